"""Texts with names marked by hand, as the tagger leaves them.

In `[t:Mayor] [p:Ann Lee] of [l:Ora]` a title, a person and a place are marked, in `[m:a nurse]` and
`[b:the firm]` other mentions of a person and of a body; sources, cues and contents are marked as in
test_attribute, and may hold names.
"""

import re

import numpy as np
from spacy.tokens import Doc

from quotex.pipeline.speakers import Resolver
from quotex.pipeline.speakers.mentions import Mentions
from quotex.text.phrases import find_head
from quotex.types import BESIDE, CONTENT, MENTIONS, NAMES
from tests.pipeline.test_attribute import make_doc

KINDS = {
    **{"p": (NAMES, "person"), "o": (NAMES, "org"), "l": (NAMES, "place"), "x": (NAMES, "other")},
    **{"t": (BESIDE, "title"), "d": (BESIDE, "description"), "m": (MENTIONS, "person"), "b": (MENTIONS, "org")},
}
MARKUP = re.compile(r"(\[[polxtdmb]:|\]|\{[sck]\d+:|\})")

Links = tuple[tuple[str, str, float], ...]  # from the last place of a word to the first of another, probability


def make_named(marked: str, links: Links = ()) -> Doc:
    """Make a Doc of a marked text, with links between mentions."""
    text = roles = ""
    opened: list[tuple[str, int]] = []
    found: list[tuple[int, int, str]] = []
    for part in MARKUP.split(marked):
        if part.startswith("[") and MARKUP.fullmatch(part):
            opened.append((part[1], len(text)))
        elif part == "]":
            kind, start = opened.pop()
            found.append((start, len(text), kind))
        else:
            roles += part
            text += "" if MARKUP.fullmatch(part) else part
    doc = make_doc(roles)
    for key in (NAMES, BESIDE, MENTIONS):
        doc.spans[key] = [
            doc.char_span(start, end, KINDS[kind][1], alignment_mode="expand")
            for start, end, kind in sorted(found)
            if KINDS[kind][0] == key
        ]
    words = [token.text for token in doc]
    heads = [span.start + find_head(words[span.start : span.end]) for span in doc.spans[MENTIONS]]
    mates = [
        (
            np.array([len(words) - 1 - words[::-1].index(word)]),
            np.array([words.index(other)]),
            np.log([[probability]]),
        )
        for word, other, probability in links
    ]
    doc.spans[MENTIONS].attrs.update(heads=heads, mates=mates)
    return doc


def read(marked: str, links: Links = ()) -> Mentions:
    """Read the names off a marked text."""
    return Mentions(make_named(marked, links))


def make_resolver(marked: str, links: Links = ()) -> Resolver:
    """Make the resolver of a marked text in which nobody is quoted."""
    doc = make_named(marked, links)
    doc.spans[CONTENT] = []
    return Resolver(doc, {})
