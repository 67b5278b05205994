"""Forgotten marks: a quotation that is not closed ends where its attribution begins: `"It fell, said Ann.`."""

from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.attribute.edges import QuotedSpans


def find_forgotten(quoted: QuotedSpans, draft: Draft) -> list[int]:
    """Find the quoted spans that begin with a content of a draft and go on with its cue."""
    found = []
    for start, end in draft.pieces:
        number = quoted.find_around(start)
        span = quoted.spans[number] if number is not None else None
        if span and number is not None and quoted.closings[number] == span.end and span.start == start:
            found += [number] if any(end <= cue[0] < span.end for cue in draft.cue) else []
    return [number for number in found if number is not None]
