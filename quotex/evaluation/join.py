"""Join: quotations that go on from the one before, without a cue of their own, are made pieces of it.

Where one quotation ends and the next begins is a matter of guidelines, not of who said what.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from quotex.evaluation.names import split_name
from quotex.records import Annotation

LINE_END = re.compile(r"\n\n?")  # an empty line, too, is one step from paragraph to paragraph
MAX_STEPS = 1  # from the end of a quotation to one that goes on from it: in the same paragraph or the next


def join_floating(text: str, quotes: Iterable[Annotation]) -> list[Annotation]:
    """Join each quote that floats, with neither cue nor source, to one of the same speaker before it.

    Args:
        text: The article.
        quotes: Its quotes in any order; those without content are left out.

    Returns:
        Quotes in the order of the text; cue, source and speaker are those of the first piece.

    >>> rained = Annotation(((1, 11),), ((13, 17),), ((18, 21),), speaker="Ann")
    >>> poured = Annotation(((24, 34),), speaker="Ann")
    >>> [quote.content for quote in join_floating("“It rained,” said Ann. “It poured.”", [rained, poured])]
    [((1, 11), (24, 34))]
    """
    line_ends = [match.start() for match in LINE_END.finditer(text)]
    groups: list[list[Annotation]] = []
    last: list[Annotation] = []  # the group that ends last; others may lie inside it
    last_end = 0
    for quote in sorted((quote for quote in quotes if quote.content), key=lambda quote: min(quote.content)):
        start, end = min(quote.content)[0], max(end for _, end in quote.content)
        n_steps = bisect_left(line_ends, start) - bisect_left(line_ends, last_end)
        if last and last_end <= start and n_steps <= MAX_STEPS and goes_on(last[0], quote):
            last.append(quote)
        else:
            groups.append([quote])
            last = groups[-1] if end > last_end else last
        last_end = max(last_end, end)
    return [
        replace(group[0], content=tuple(sorted(piece for quote in group for piece in quote.content)))
        for group in groups
    ]


def goes_on(before: Annotation, quote: Annotation) -> bool:
    """Tell whether a quote floats and has the speaker of the one before, whatever title either is given."""
    if quote.cue or quote.source or not before.speaker or not quote.speaker:
        return False
    return split_name(before.speaker) == split_name(quote.speaker)
