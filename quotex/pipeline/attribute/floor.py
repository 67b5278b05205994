"""Floor: quotations that no cue of their own reports go to the one who is speaking.

Source: the speaker before as a candidate, O'Keefe et al. 2012 (EMNLP); how far that reaches was measured.
"""

from quotex.pipeline.attribute.acts import find_act
from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.attribute.edges import QuotedSpans, find_forgotten
from quotex.pipeline.ranges import merge_ranges
from quotex.text.marks import SENTENCE_ENDS
from quotex.types import Range

MAX_SILENCE = 4  # paragraphs; after 8 more names were wrong on news_dev, after 2 fewer quotes had any
MIN_WORDS = 4  # what is shorter, has no cue and does not end as a sentence is a title, a nickname or a scare quote
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
        owners |= dict.fromkeys(find_forgotten(quoted, draft), draft)
    return owners


def join_parts(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Join the parts of a quotation over several paragraphs.

    `"A.` ¶ `"B," he said.`: one quote in two pieces, though only the second stands beside its cue.
    """
    owners = find_owners(quoted, drafts)
    chains: dict[int, list[int]] = {}
    for number, span in enumerate(quoted.spans):
        chains.setdefault(span.chain, []).append(number)
    cued: dict[int, list[Draft]] = {}  # by the quotation that a cue stands in
    for draft in drafts:
        for around in dict.fromkeys(quoted.find_around(start) for start, _ in draft.cue):
            if around is not None:
                cued.setdefault(around, []).append(draft)
    for chain in chains.values():
        numbers = [  # but not what a closing mark was forgotten in: `"It fell, said Ann.`
            number
            for number in chain
            if not any(number in find_forgotten(quoted, draft) for draft in cued.get(number, ()))
        ]
        parts = set(numbers)
        owned = dict.fromkeys(owners[number] for number in numbers if number in owners)
        speaking = [draft for draft in owned if not _is_inside(quoted, draft, parts)]
        if len(numbers) < 2 or not speaking:
            continue
        sentences = {quoted.find_sentence(quoted.spans[number].start) for number in numbers}
        draft = max(speaking, key=lambda one: (not sentences.isdisjoint(quoted.find_cued(one)), one.confidence))
        for other in speaking:
            if other is not draft:  # it keeps what it has elsewhere
                other.pieces = [one for one in other.pieces if parts.isdisjoint(quoted.find_overlapping(*one))]
        for number in numbers:
            owners[number] = draft
            draft.pieces.append((quoted.spans[number].start, quoted.spans[number].end))
    for draft in drafts:
        draft.pieces = merge_ranges(draft.pieces)
    return [draft for draft in drafts if draft.pieces]


def _is_inside(quoted: QuotedSpans, draft: Draft, parts: set[int]) -> bool:
    """Say whether a draft is what somebody is said to have said in a quotation."""
    return any(quoted.find_around(start) in parts for start, _ in draft.cue)


def add_floating(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Add paragraphs and sentences that are one quotation and have no cue.

    Each is a quote of the one who acts in the sentence before ("Ann shook her head. “We heard nothing.”") or is
    named before its colon, else of who has the floor, else of nobody who could be told.
    """
    owners = find_owners(quoted, drafts)
    actors = _find_actors(quoted, drafts)
    last_in: dict[int, Draft] = {}
    for draft in sorted(drafts, key=lambda draft: draft.pieces[-1]):
        if find_act(quoted, draft) == "statement":
            last_in[quoted.find_paragraph(draft.pieces[-1][0])] = draft
    added = []
    goes_on: dict[int, Draft] = {}  # by the number of its quotation
    for number, span in enumerate(quoted.spans):
        if number in owners:
            continue
        if span.chain in goes_on:
            goes_on[span.chain].pieces.append((span.start, span.end))
            continue
        if not _is_speech(quoted, number):
            continue
        place = quoted.find_paragraph(span.start)
        sentence = quoted.find_sentence(quoted.openings[number])
        actor = actors.get(sentence - 1 if quoted.begins_sentence(number) else sentence)
        source = [actor] if actor and quoted.find_paragraph(actor[0]) == place else []
        floor = None if source else _find_floor(last_in, place, span.start)
        confidence = FLOATING_CONFIDENCE * (floor.confidence if floor else FLOATING_CONFIDENCE)
        draft = Draft([(span.start, span.end)], [], source, confidence, span.closed, floor=floor)
        last_in[place] = goes_on[span.chain] = draft
        added.append(draft)
    return [*drafts, *added]


def _find_actors(quoted: QuotedSpans, drafts: list[Draft]) -> dict[int, Range]:
    """Find who is mentioned first in each sentence that reports nothing, by the sentence's number."""
    reporting = {sentence for draft in drafts for sentence in quoted.find_cued(draft)}
    actors: dict[int, Range] = {}
    for mention in quoted.mentions:
        sentence = quoted.find_sentence(mention.start)
        if sentence not in reporting and quoted.find_around(mention.start) is None:
            actors.setdefault(sentence, (mention.start, mention.end))
    return actors


def _find_floor(last_in: dict[int, Draft], place: int, start: int) -> Draft | None:
    """Find who spoke last before a token: in its paragraph or the two before."""
    before = (last_in.get(at) for at in range(place, place - 1 - MAX_SILENCE, -1))
    return next((draft for draft in before if draft and draft.pieces[0][0] < start), None)


def _is_speech(quoted: QuotedSpans, number: int) -> bool:
    """Say whether a quoted span is a whole paragraph, or whole sentences of it."""
    span, end = quoted.spans[number], quoted.closings[number]
    paragraph = quoted.paragraphs[quoted.find_paragraph(span.start)]
    ends_as_speech = quoted.texts[span.end - 1] in SENTENCE_ENDS  # “Nothing.”
    begins = quoted.begins_sentence(number) or quoted.is_led_in(number)
    if not begins or (len(span) < MIN_WORDS and not ends_as_speech):
        return False
    if quoted.openings[number] == paragraph.start and end >= paragraph.end:
        return True
    return ends_as_speech and (end >= paragraph.end or end in quoted.sentence_starts)
