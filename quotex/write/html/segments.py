"""Segments: a text cut wherever a span begins or ends, each stretch with all that covers it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from quotex.text.marks import MARK_LETTERS
from quotex.types import ROLES, Quote, Role

MAX_MARK = 2  # characters: ``


@dataclass(frozen=True, slots=True)
class Cover:
    """One span of a quote, as it lies over the text.

    Attributes:
        quote: Whose it is.
        role: What it is in that quote.
        piece: Its number among the pieces of the content, cue or source, from 0.
        start: Where it begins.
        end: Where it ends.
        label_at: Where the number of the quote belongs: before the mark that opens it.
    """

    quote: Quote
    role: Role
    piece: int
    start: int
    end: int
    label_at: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text between two edges, with what covers it; the innermost, which is the shortest, first."""

    start: int
    end: int
    covers: tuple[Cover, ...] = ()

    def list_numbers(self) -> list[int]:
        """List the numbers of the quotes that cover it, the innermost first."""
        return list(dict.fromkeys(cover.quote.id for cover in self.covers))

    def list_contents(self) -> list[Cover]:
        """List the contents that cover it."""
        return [cover for cover in self.covers if cover.role == "content"]

    def find_role(self, role: Role) -> Cover | None:
        """Find the innermost span of a role that covers it."""
        return next((cover for cover in self.covers if cover.role == role), None)


def find_covers(text: str, quotes: Iterable[Quote]) -> list[Cover]:
    """Find what covers a text; what lies outside of it does not."""
    covers = []
    for quote in quotes:
        for role in ROLES:
            for piece, span in enumerate(getattr(quote, role)):
                start, end = max(0, span.start), min(len(text), span.end)
                if start < end:
                    covers.append(Cover(quote, role, piece, start, end, find_label_place(text, start)))
    return covers


def find_label_place(text: str, start: int) -> int:
    r"""Find the place before the quotation mark that opens a content.

    >>> find_label_place('He said, "No," twice.', 10), find_label_place("He said, ``No,'' twice.", 11)
    (9, 9)
    """
    at = start
    while at > max(0, start - MAX_MARK) and text[at - 1] in MARK_LETTERS:
        at -= 1
    return at


def cut_segments(start: int, end: int, covers: Iterable[Cover]) -> Iterator[Segment]:
    """Cut the stretch from `start` to `end` at the edges of all that covers it, and where labels belong."""
    inside = [cover for cover in covers if cover.start < end and cover.end > start]
    edges = {start, end}
    for cover in inside:
        edges |= {cover.start, cover.end, cover.label_at}
    ordered = sorted(edge for edge in edges if start <= edge <= end)
    for left, right in pairwise(ordered):
        over = (cover for cover in inside if cover.start <= left and right <= cover.end)
        yield Segment(
            left, right, tuple(sorted(over, key=lambda cover: (cover.end - cover.start, -cover.quote.id)))
        )
