"""Ranges: which of many hold which others, found in one pass over both."""

from collections.abc import Sequence


def find_holders(ranges: Sequence[tuple[int, int]], asked: Sequence[tuple[int, int]]) -> list[list[int]]:
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
