"""Ranges: what many cover together, and which of them lie before a place or in another, found in one pass."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from quotex.types import Range

START = attrgetter("start")
T = TypeVar("T")


def find_before(ordered: Sequence[T], place: int, key: Callable[[Any], int] = int) -> T | None:
    """Find the last that stands before a place.

    >>> find_before([2, 5, 9], 5), find_before([2, 5, 9], 2)
    (2, None)
    """
    number = bisect_left(ordered, place, key=key)
    return ordered[number - 1] if number else None


def list_between(ordered: list[T], start: int, end: int, key: Callable[[Any], int] = int) -> list[T]:
    """List those that stand, or begin, in a range.

    >>> list_between([2, 5, 9], 5, 9)
    [5]
    """
    return ordered[bisect_left(ordered, start, key=key) : bisect_left(ordered, end, key=key)]


def merge_ranges(ranges: Iterable[Range]) -> list[Range]:
    """Sort ranges and join those that overlap or touch."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def find_holders(ranges: Sequence[Range], asked: Sequence[Range]) -> list[list[int]]:
    """Find of each range that is asked for the numbers of those that hold all of it, in the order of their places.

    Takes time in proportion to their number as long as few lie over one another.

    >>> find_holders([(5, 9), (0, 4), (6, 8)], [(6, 7), (4, 6)])
    [[0, 2], []]
    """
    later = sorted(range(len(ranges)), key=lambda number: (ranges[number], number), reverse=True)
    held: list[list[int]] = [[] for _ in asked]
    begun: list[int] = []
    for number in sorted(range(len(asked)), key=lambda number: asked[number]):
        start, end = asked[number]
        while later and ranges[later[-1]][0] <= start:
            begun.append(later.pop())
        begun = [one for one in begun if ranges[one][1] >= start]
        held[number] = [one for one in begun if ranges[one][1] >= end]
    return held


def find_within(quotes: Sequence[tuple[Sequence[Range], Sequence[Range]]]) -> dict[int, int]:
    """Find of each quote the number, from 1, of the closest in whose content all of it stands, cue and all.

    Args:
        quotes: Content and cue of each.

    >>> find_within([([(0, 20)], [(21, 25)]), ([(4, 9)], [(10, 13)])])
    {2: 1}
    """
    pieces = [(piece, number) for number, (content, _) in enumerate(quotes, start=1) for piece in content]
    parts = [(part, number) for number, quote in enumerate(quotes, start=1) for part in (*quote[0], *quote[1])]
    around: dict[int, set[int]] = {}
    beyond: defaultdict[int, set[int]] = defaultdict(set)  # those of which a part is no whole piece
    holders = find_holders([piece for piece, _ in pieces], [part for part, _ in parts])
    for (part, number), held in zip(parts, holders, strict=True):
        holding = {pieces[one][1] for one in held}
        around[number] = around.get(number, holding) & holding
        beyond[number] |= holding - {pieces[one][1] for one in held if pieces[one][0] == part}
    lengths = [sum(end - start for start, end in content) for content, _ in quotes]
    found = {number: (held & beyond[number]) - {number} for number, held in around.items()}
    return {number: min(held, key=lambda one: (lengths[one - 1], one)) for number, held in found.items() if held}
