"""Floor: quotations that no cue of their own reports go to the one who is speaking."""

from spacy.tokens import Span

from quotex.pipeline.attribute.drafts import Draft, Range
from quotex.pipeline.attribute.edges import QuotedSpans, merge_ranges

MIN_WORDS = 4  # what is shorter and has no cue is a title, a nickname or a scare quote
# Share of the probability of the quote before that one given to who has the floor keeps; nothing was measured, for
# no corpus at hand has such quotes marked.
FLOATING_CONFIDENCE = 0.5


def find_owners(quoted: QuotedSpans, drafts: list[Draft]) -> dict[int, Draft]:
    """Find the draft that has each quoted span as content, by the span's number."""
    owners: dict[int, Draft] = {}
    for draft in drafts:
        for start, end in draft.pieces:
            for number in quoted.find_overlapping(start, end):
                span = quoted.spans[number]
                if min(end, span.end) - max(start, span.start) >= len(span) / 2:
                    owners[number] = draft
    return owners


def join_parts(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Join the parts of a quotation over several paragraphs, and what goes on after its cue.

    `"A.` ¶ `"B," he said. "C."`: one quote in three pieces, though only the second stands beside its cue.
    """
    owners = find_owners(quoted, drafts)
    chains: dict[str, list[int]] = {}
    for number, span in enumerate(quoted.spans):
        chains.setdefault(span.id_, []).append(number)
    for numbers in chains.values():
        owned = [owners[number] for number in numbers if number in owners]
        if len(numbers) == 1 or not owned:
            continue
        spans = [quoted.spans[number] for number in numbers]
        draft = max(owned, key=lambda draft: (_has_cue_beside(quoted, draft, spans), draft.confidence))
        for other in owned:
            if other is not draft:  # it keeps what it has elsewhere
                other.pieces = [piece for piece in other.pieces if not _is_part(piece, spans)]
        for number in numbers:
            owners[number] = draft
            _add_piece(draft, quoted.spans[number])
    _join_following(quoted, owners)
    for draft in drafts:
        draft.pieces = merge_ranges(draft.pieces)
    return [draft for draft in drafts if draft.pieces]


def _has_cue_beside(quoted: QuotedSpans, draft: Draft, parts: list[Span]) -> bool:
    """Say whether a cue stands in the sentence of one of the parts of a quotation."""
    sentences = {quoted.find_sentence(part.start) for part in parts}
    return any(quoted.find_sentence(start) in sentences for start, _ in draft.cue)


def _is_part(piece: Range, parts: list[Span]) -> bool:
    return any(piece[0] < part.end and part.start < piece[1] for part in parts)


def _add_piece(draft: Draft, span: Span) -> None:
    draft.pieces.append((span.start, span.end))
    draft.closed = draft.closed and span.label_ == "closed"


def _join_following(quoted: QuotedSpans, owners: dict[int, Draft]) -> None:
    """Give what follows a quotation and its cue in the same paragraph to the same quote: `"A," he said. "B."`."""
    for number in range(1, len(quoted.spans)):
        before, span = quoted.spans[number - 1], quoted.spans[number]
        if number in owners or number - 1 not in owners or len(span) < MIN_WORDS:
            continue
        same = quoted.find_paragraph(before.start) == quoted.find_paragraph(span.start)
        if same and quoted.begins_sentence(number):
            owners[number] = owners[number - 1]
            _add_piece(owners[number], span)


def add_floating(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Add paragraphs that are one quotation and have no cue, each as a quote of who spoke in the one before."""
    owners = find_owners(quoted, drafts)
    last_in: dict[int, Draft] = {}
    for draft in sorted(drafts, key=lambda draft: draft.pieces[-1]):
        last_in[quoted.find_paragraph(draft.pieces[-1][0])] = draft
    added = []
    for number, span in enumerate(quoted.spans):
        place = quoted.find_paragraph(span.start)
        paragraph = quoted.paragraphs[place]
        whole = quoted.openings[number] == paragraph.start and quoted.closings[number] >= paragraph.end
        floor = last_in.get(place - 1)
        if number in owners or not whole or floor is None or len(span) < MIN_WORDS:
            continue
        closed = span.label_ == "closed"
        draft = Draft([(span.start, span.end)], [], [], FLOATING_CONFIDENCE * floor.confidence, closed, floor)
        last_in[place] = draft
        added.append(draft)
    return [*drafts, *added]
