"""Layouts: quotations whose speaker is told by their place on the page, not by a sentence."""

from collections import Counter

from spacy.tokens import Doc, Span

from quotex.pipeline.attribute.drafts import Draft, Range
from quotex.pipeline.attribute.edges import QuotedSpans, merge_ranges
from quotex.pipeline.attribute.floor import find_owners

MAX_NAME = 14  # tokens of a name with its description
MIN_WORDS = 3  # of a quotation
MAX_TURN_NAME = 7  # tokens, with the colon
MIN_TURNS, MIN_TIMES = 3, 2  # paragraphs with a name and a colon, and with the same name, that make a transcript
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


def add_turns(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Give each paragraph of a transcript to the name before its colon: `LEE: We act now.`, `A: We act now`.

    One such paragraph may be anything (`Note: bring boots`), so there must be several, and a name again.
    """
    turns = [turn for paragraph in quoted.paragraphs if (turn := _find_turn(quoted, paragraph))]
    names = Counter(quoted.doc[start:colon].text for start, colon, _ in turns)
    if len(turns) < MIN_TURNS or max(names.values()) < MIN_TIMES:
        return drafts
    kept = [draft for draft in drafts if not any(_is_of_turn(draft, turn) for turn in turns)]
    return kept + [
        Draft([(colon + 1, end)], [(colon, colon + 1)], [(start, colon)], LAYOUT_CONFIDENCE, closed=True)
        for start, colon, end in turns
    ]


def _find_turn(quoted: QuotedSpans, paragraph: Span) -> tuple[int, int, int] | None:
    """Find where a turn's name begins, its colon, and its end; None where a paragraph is none, or has marks."""
    doc, start, end = quoted.doc, paragraph.start, paragraph.end
    colon = next((i for i in range(start + 1, min(end, start + MAX_TURN_NAME)) if doc[i].text == ":"), None)
    if colon is None or end - colon <= MIN_WORDS or quoted.find_overlapping(colon, colon + 3):
        return None
    is_name = all(token.text[0].isupper() or token.text in ".-" for token in doc[start:colon])
    return (start, colon, end) if is_name else None


def _is_of_turn(draft: Draft, turn: tuple[int, int, int]) -> bool:
    """Say whether a draft is of the turn itself: its cue is the colon, or its source the name."""
    start, colon, _ = turn
    return any(first <= colon < last for first, last in draft.cue) or any(
        start <= first < colon for first, _ in draft.source
    )


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
