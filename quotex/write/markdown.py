"""Markdown (.md): a heading and a table of its quotes for each article."""

import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from quotex.types import Article
from quotex.write.pages import HEADINGS, NOTHING, list_kept, make_page_row

SIGNS = re.compile(r"([\\`*_\[\]<>|~#&])")


class MarkdownWriter:
    """Writes one article after the other."""

    def __init__(self, stream: TextIO, *, keep: Sequence[str] = ()) -> None:
        self.stream = stream
        self.keep = keep

    def write(self, article: Article) -> None:
        """Write one article, with quotes or without."""
        lines = [f"## {escape(article.id)}", ""]
        kept = list_kept(article, self.keep)
        lines += [f"- {escape(key)}: {escape(value)}" for key, value in kept] + [""] * bool(kept)
        if article.quotes:
            lines += [make_line(HEADINGS), make_line(["---"] * len(HEADINGS))]
            lines += [make_line(map(escape, make_page_row(article, quote))) for quote in article.quotes]
        else:
            lines.append(NOTHING)
        self.stream.write("\n".join(lines) + "\n\n")

    def close(self) -> None:
        """Do nothing: Markdown just ends."""


def make_line(cells: Iterable[str]) -> str:
    """Make a row of a table."""
    return f"| {' | '.join(cells)} |"


def escape(text: str) -> str:
    r"""Make text of what would be a sign of Markdown, and one line of several.

    >>> print(escape("a|b\n*c*"))
    a\|b \*c\*
    """
    return SIGNS.sub(r"\\\1", " ".join(text.split()))
