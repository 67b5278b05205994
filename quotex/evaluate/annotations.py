"""Quotes as ranges of a text, be they marked by a person or found by a program."""

import re
from dataclasses import dataclass, replace

from quotex.text.marks import MARK_LETTERS
from quotex.types import Quote, Span

Range = tuple[int, int]  # half-open, in code points
Ranges = tuple[Range, ...]

# "said that “we are ready”": the content without its "that" begins after the mark
THAT_BEFORE = re.compile(rf"\bthat[,:]?\s+[\s{MARK_LETTERS}]*\Z")
THAT_REACH = 16  # characters; "that", a comma, white space and marks fit in


@dataclass(frozen=True, slots=True)
class Annotation:
    """One quote.

    Attributes:
        content: What is said.
        cue: The words that report.
        source: The words that stand for the speaker.
        speaker: The speaker's name, if it is known.
        kind: The speaker's kind, if it is known: person, org, ...
        also: Other names that are right for the speaker.
    """

    content: Ranges
    cue: Ranges = ()
    source: Ranges = ()
    speaker: str | None = None
    kind: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """One article with the quotes that somebody marked in it."""

    id: str
    text: str
    quotes: tuple[Annotation, ...]


def annotate(quote: Quote) -> Annotation:
    """Reduce a quote of the pipeline to what is compared."""
    return Annotation(
        content=_find_ranges(quote.content),
        cue=_find_ranges(quote.cue),
        source=_find_ranges(quote.source),
        speaker=quote.speaker.name if quote.speaker else None,
        kind=quote.speaker.kind if quote.speaker else None,
    )


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


def _find_ranges(spans: tuple[Span, ...]) -> Ranges:
    return tuple((span.start, span.end) for span in spans)
