"""Cuts: where a content runs over what was not said, beside the quotation in it."""

from itertools import pairwise

from quotex.pipeline.attribute.acts import is_clause, read_attribution
from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.attribute.edges import QuotedSpans, trim_piece
from quotex.types import Range


def cut_drafts(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Cut each content at the edges of the quotations in it, and make quotes of what stands for itself."""
    done = []
    for draft in drafts:
        pieces = [part for piece in draft.pieces for part in _cut_sentences(quoted, draft, piece)]
        kept = [piece for piece in pieces if not _is_beside(quoted, draft, piece)]
        draft.pieces = [_cut_ends(quoted, draft, piece) for piece in kept]
        done += [draft, *_split_off(quoted, draft)]
    return done


def _cut_sentences(quoted: QuotedSpans, draft: Draft, piece: Range) -> list[Range]:
    """Cut a piece where a quotation and a sentence of the narrator touch, and leave out the narrator's.

    "Will Ann go? “No,” (she said)": only the quotation; "(said of) the storm. “It was cruel.”": both, one by one;
    "(she said.) “Go.” It rained": only the quotation.
    """
    start, end = piece
    inside = quoted.find_overlapping(start, end)
    cuts = {quoted.openings[number] for number in inside if quoted.begins_sentence(number)}
    cuts |= {quoted.closings[number] for number in inside} & quoted.sentence_starts
    cuts = {cut for cut in cuts if start < cut < end}
    if not cuts:
        return [piece]
    parts = [trim_piece(quoted, *edge) for edge in pairwise([start, *sorted(cuts), end])]
    about = any(
        _is_quotation(quoted, other) for other in draft.pieces if other < piece
    )  # “No,” Ann said of the storm
    cued = set() if about else quoted.find_cued(draft)
    return [
        (first, last)
        for first, last in parts
        if first < last and (_is_quotation(quoted, (first, last)) or quoted.find_sentence(first) in cued)
    ]


def _is_beside(quoted: QuotedSpans, draft: Draft, piece: Range) -> bool:
    """Say whether a piece is only beside a quotation: "(slams) the mayor: “You lied.”", "“No,” it (was said)"."""
    start, end = piece
    if len(draft.pieces) < 2 or _is_quotation(quoted, piece):
        return False
    addressed = end + 1 in quoted.by_opening and quoted.texts[end] == ":"
    if addressed:
        return not is_clause(quoted.doc, draft.cue, [piece])
    empty = end == start + 1 and quoted.doc[start].lower_ == "it"
    return empty and any(_is_quotation(quoted, other) for other in draft.pieces)


def _is_quotation(quoted: QuotedSpans, piece: Range) -> bool:
    return quoted.find_around(piece[0]) is not None


def _cut_ends(quoted: QuotedSpans, draft: Draft, piece: Range) -> Range:
    """Leave out what stands before and after the quotation that a piece is about, which may say whose it is."""
    doc, (start, end) = quoted.doc, piece
    inside = quoted.find_overlapping(start, end)
    if not inside:
        return piece
    first, last = quoted.openings[inside[0]], quoted.closings[inside[0]]
    if start < first and _is_lead_in(quoted, draft, start, inside[0]):
        start = first
    elif start == first and last < end:
        is_asked = doc[last].lower_ == "when"  # “no” when asked
        if is_asked or quoted.awaits_cue(inside[0]):
            found = None if is_asked or draft.cue[0][0] < end else read_attribution(doc, last, end)
            if found:  # “No,” Ann said (, the Herald wrote)
                draft.cue, draft.source = [found[0]], [found[1]]
            end = last
    return trim_piece(quoted, start, end)


def _is_lead_in(quoted: QuotedSpans, draft: Draft, start: int, number: int) -> bool:
    """Say whether what a piece begins with only leads up to a quotation: "(said of) the storm: “It fell.”"."""
    texts, first = quoted.texts, quoted.openings[number]
    whole = texts[first - 1] in ":," and texts[quoted.spans[number].start][0].isupper()
    return whole and not is_clause(quoted.doc, draft.cue, [(start, first)])


def _split_off(quoted: QuotedSpans, draft: Draft) -> list[Draft]:
    """Make quotes of their own of quotations that stand apart from what their draft reports.

    "Ann said it was late. “We have to go.”": no cue of its own, but the same speaker; so where a sentence of the
    narrator stands between: "“No,” Ann said. She left. “We will wait.”".
    """
    told: list[Range] = []
    apart: list[Range] = []
    cued = quoted.find_cued(draft)
    reach = max(cued, default=0)
    indirect = False
    for piece in sorted(draft.pieces):
        sentence = quoted.find_sentence(piece[0])
        if _is_led_to(quoted, draft, piece):
            continue
        if _stands_alone(quoted, piece) and (indirect or _skips(quoted, draft, piece, reach)):
            apart.append(piece)
            continue
        told.append(piece)
        reach = max(reach, sentence)
        indirect = not _is_quotation(quoted, piece) and sentence in cued
    if not told:
        return []
    draft.pieces, draft.goes_on = told, bool(apart)
    return [Draft([piece], [], [], draft.confidence, draft.closed, floor=draft) for piece in apart]


def _stands_alone(quoted: QuotedSpans, piece: Range) -> bool:
    """Say whether a piece is a quotation that begins a sentence."""
    number = quoted.find_around(piece[0])
    return number is not None and quoted.begins_sentence(number)


def _is_led_to(quoted: QuotedSpans, draft: Draft, piece: Range) -> bool:
    """Say whether a piece comes after the narrator, who leads to it or in a paragraph after the cue's."""
    place, number = quoted.find_paragraph(piece[0]), quoted.find_around(piece[0])
    if number is None:
        return False
    opening = quoted.openings[number]
    if quoted.find_sentence(opening) not in quoted.find_cued(draft) and quoted.is_led_in(number):
        return True
    if any(quoted.find_paragraph(start) >= place for start, _ in draft.cue):
        return False
    goes_on = opening == quoted.paragraphs[place].start or opening in quoted.by_closing  # “A.” “B.”
    return quoted.begins_sentence(number) and not goes_on


def _skips(quoted: QuotedSpans, draft: Draft, piece: Range, reach: int) -> bool:
    """Say whether a sentence lies between a piece and sentence `reach`, in the paragraph of the cue."""
    same = quoted.find_paragraph(draft.cue[0][0]) == quoted.find_paragraph(piece[0])
    return same and quoted.find_sentence(piece[0]) > reach + 1
