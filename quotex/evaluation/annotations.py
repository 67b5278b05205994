"""Articles with the quotes that somebody marked in them."""

import re
from dataclasses import dataclass, replace

from quotex.records import Annotation
from quotex.text.marks import MARK_LETTERS
from quotex.types import Range

# "said that “we are ready”": the content without its "that" begins after the mark
THAT_BEFORE = re.compile(rf"\bthat[,:]?\s+[\s{MARK_LETTERS}]*\Z")
THAT_REACH = 16  # characters; "that", a comma, white space and marks fit in


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """One article with the quotes that somebody marked in it."""

    id: str
    text: str
    quotes: tuple[Annotation, ...]


def extend_over_that(text: str, quote: Annotation) -> Annotation:
    """Extend each piece of the content over a "that" directly before it.

    >>> text = "Ann said that it rained."
    >>> extend_over_that(text, Annotation(content=((14, 23),))).content
    ((9, 23),)
    """
    pieces: list[Range] = []
    for start, end in quote.content:
        before = THAT_BEFORE.search(text, max(0, start - THAT_REACH), start)
        taken = pieces[-1][1] if pieces else 0
        pieces.append((before.start() if before and before.start() >= taken else start, end))
    return replace(quote, content=tuple(pieces))
