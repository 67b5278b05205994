"""Blocks: the paragraphs of a tree of XML or HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SPACE = re.compile(r"[^\S\xa0]+")  # no-break spaces are kept


@dataclass(frozen=True, slots=True)
class Tags:
    """What elements mean, by their names without namespace; all others begin and end a paragraph.

    Attributes:
        inline: They stand within a paragraph.
        signs: They stand for these characters.
        hidden: They are left out, with all in them.
    """

    inline: frozenset[str]
    signs: Mapping[str, str]
    hidden: frozenset[str] = field(default_factory=frozenset)


def find_blocks(root: Any, tags: Tags) -> list[str]:
    """Find the paragraphs in a tree of lxml's; a sign may be a line break in them, and so are several."""
    blocks = [""]
    add_blocks(root, tags, blocks)
    paragraphs = ("\n".join(line.strip() for line in block.split("\n") if line.strip()) for block in blocks)
    return [paragraph for paragraph in paragraphs if paragraph]


def add_blocks(element: Any, tags: Tags, blocks: list[str]) -> None:
    """Add the text of an element, and what follows it in the one around it."""
    name = find_name(element)
    if name and name not in tags.hidden:
        is_block = name not in tags.inline and name not in tags.signs
        if is_block:
            blocks.append("")
        blocks[-1] += tags.signs.get(name, "") + fold(element.text)
        for child in element:
            add_blocks(child, tags, blocks)
        if is_block:
            blocks.append("")
    blocks[-1] += fold(element.tail)


def find_name(element: Any) -> str:
    """Find the name of an element; "" for a comment and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def fold(text: str | None) -> str:
    """Fold white space, as browsers do."""
    return SPACE.sub(" ", text or "")
