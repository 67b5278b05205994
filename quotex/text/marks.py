"""Quotation marks: which there are, and which way each points.

Whatever looks for a mark takes it from here, so that an article gives the same quotes whichever marks it uses.
Which of the marks of a text belong together is for the marks stage to say.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from quotex.types import QuoteType

Family = Literal["double", "single", "angle", "small angle"]

# Those shaped as English opens quotations, those shaped as it closes them, and those that do either.
SHAPES: Mapping[Family, tuple[str, str, str]] = {
    "double": ("“ „ ‟ ``", "” ''", '" ＂'),
    "single": ("‘ ‚ ‛ `", "’", "'"),
    "angle": ("«", "»", ""),
    "small angle": ("‹", "›", ""),
}
FAMILIES: Mapping[str, Family] = {
    mark: family for family, shapes in SHAPES.items() for shape in shapes for mark in shape.split()
}
OPENING, CLOSING, STRAIGHT = (
    frozenset(mark for shapes in SHAPES.values() for mark in shapes[column].split()) for column in range(3)
)
MAY_OPEN, MAY_CLOSE = OPENING | STRAIGHT, CLOSING | STRAIGHT
APOSTROPHES = "'’‘‛"
SENTENCE_ENDS = frozenset(".!?…")

# Characters, in the order of the table, to be put between the brackets of a pattern: some marks have two.
MARK_LETTERS = "".join(dict.fromkeys("".join(FAMILIES)))
OPENING_LETTERS = "".join(letter for letter in MARK_LETTERS if letter in MAY_OPEN)
CLOSING_LETTERS = "".join(letter for letter in MARK_LETTERS if letter in MAY_CLOSE)
# Those that are never part of a word, as an apostrophe is.
OUTSIDE_WORDS = "".join(letter for letter in MARK_LETTERS if FAMILIES[letter] != "single")
MARK = re.compile(rf"``|''|[{MARK_LETTERS}]")


def is_single(mark: str) -> bool:
    """Say whether a mark is the lesser one of its shape, ‘ or ‹, as for a quotation inside another."""
    return FAMILIES[mark] in ("single", "small angle")


def find_type(text: str, content: Iterable[tuple[int, int]], quoted: Sequence[tuple[int, int]]) -> QuoteType:
    """Say what type of quote a content is, by its letters and digits.

    Args:
        text: The article.
        content: Ranges of it, half-open.
        quoted: What stands inside the outermost quotation marks, in order.

    >>> find_type("“Yes,” she said, it holds.", [(1, 5), (17, 25)], [(1, 5)])
    'mixed'
    """
    starts = [start for start, _ in quoted]
    letters = (at for first, last in content for at in range(first, last) if text[at].isalnum())
    return tell_type([(n := bisect_right(starts, at)) > 0 and at < quoted[n - 1][1] for at in letters])


def tell_type(inside: Sequence[bool]) -> QuoteType:
    """Tell the type of a quote by which of its parts stand inside quotation marks: all, some or none."""
    if not any(inside):
        return "indirect"
    return "direct" if all(inside) else "mixed"
