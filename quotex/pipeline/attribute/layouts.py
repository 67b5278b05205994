"""Layouts: quotations whose speaker is told by their place on the page, not by a sentence."""

from spacy.tokens import Doc, Span

from quotex.pipeline.attribute.drafts import Draft, Range
from quotex.pipeline.attribute.edges import QuotedSpans, merge_ranges
from quotex.pipeline.attribute.floor import find_owners

MAX_NAME = 14  # tokens of a name with its description
MIN_WORDS = 3  # of a quotation
DASHES = frozenset(["—", "–", "―", "-", "--"])
LAYOUT_CONFIDENCE = 0.7  # a guess: the corpora at hand have too few such layouts to measure it


def add_laid_out(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Give a quotation that no cue beside it reports to the name that its layout shows.

    `Ann Lee (mayor): "We act now."`, and `“We act now.” — Ann Lee, mayor`, the name in the next line too.
    """
    owners = find_owners(quoted, drafts)
    added = []
    for number, span in enumerate(quoted.spans):
        place = quoted.find_paragraph(span.start)
        owner = owners.get(number)
        if len(span) < MIN_WORDS or (owner and _has_cue_in(owner, quoted.paragraphs[place])):
            continue
        here = quoted.paragraphs[place : place + 2]
        found = _find_name_before(quoted, number, here[0]) or _find_signature(quoted, number, here)
        if found is None:
            continue
        cue, source = found
        piece = (span.start, span.end)
        if owner:
            owner.pieces = [other for other in owner.pieces if other != piece]
        added.append(Draft([piece], [cue], [source], LAYOUT_CONFIDENCE, closed=span.label_ == "closed"))
    for draft in drafts:
        draft.pieces = merge_ranges(draft.pieces)
    return [draft for draft in [*drafts, *added] if draft.pieces]


def _has_cue_in(draft: Draft, paragraph: Span) -> bool:
    return any(paragraph.start <= cue[0] < paragraph.end for cue in draft.cue)


def _find_name_before(quoted: QuotedSpans, number: int, paragraph: Span) -> tuple[Range, Range] | None:
    """`Ann Lee (mayor): "..."`: a name and a colon at the paragraph's start."""
    colon = quoted.openings[number] - 1
    if colon <= paragraph.start or quoted.doc[colon].text != ":":
        return None
    source = (paragraph.start, colon)
    return ((colon, colon + 1), source) if _is_name(quoted.doc, source) else None


def _find_signature(quoted: QuotedSpans, number: int, paragraphs: list[Span]) -> tuple[Range, Range] | None:
    """`“...” — Ann Lee, mayor`: a quotation, a dash and a name are all there is."""
    doc = quoted.doc
    if quoted.openings[number] != paragraphs[0].start:
        return None
    dash, end = quoted.closings[number], paragraphs[0].end
    if dash >= end and len(paragraphs) > 1:
        dash, end = paragraphs[1].start, paragraphs[1].end
    if dash >= end or doc[dash].text not in DASHES:
        return None
    source = (dash + 1, end)
    return ((dash, dash + 1), source) if _is_name(doc, source) else None


def _is_name(doc: Doc, source: Range) -> bool:
    """Say whether tokens look like a name with a description: short, a capital first, no sentence."""
    tokens = doc[source[0] : source[1]]
    short = 0 < len(tokens) <= MAX_NAME
    return short and tokens[0].text[0].isupper() and not any(token.text in ".?!" for token in tokens[:-1])
