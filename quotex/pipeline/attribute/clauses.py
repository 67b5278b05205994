"""Clauses: who reports what, where the build of a sentence tells it more surely than the tagger.

A quotation is reported by what stands next to it, and an attribution between commas is about the words on either
side of it.

Source: where verb and source may stand beside what is reported, Krestel, Bergler and Witte 2008 (LREC); the rest
is ours, each rule for a sentence like the one in its docstring.
"""

from quotex.pipeline.attribute.acts import find_saying, is_clause, read_attribution
from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.attribute.edges import QuotedSpans, trim_piece
from quotex.pipeline.ranges import list_between
from quotex.text.phrases import PREPOSITIONS, RELATIVES
from quotex.types import Range

WHO = RELATIVES - {"that", "whose"}
WHEN = frozenset(["when", "after", "before", "while", "until"])  # begin what the narrator tells of the saying
WHERE = frozenset("across at during from in inside into on outside over through".split())
# What somebody did to words; of what is only named, as in `criticised “the deal” at home`, more may be quoted.
UTTERED = frozenset(
    "said says wrote writes shouted shouts yelled chanted screamed cried whispered muttered replied answered "
    "tweeted posted texted painted sprayed scrawled scribbled repeated read".split()
)
ASKED = frozenset(["asked", "pressed", "questioned", "quizzed"])
BEFORE_ASKED = frozenset(["when", "if", "after", "being", "once", "he", "she", "they", "was", "were"])
NOT_OPENING = frozenset(
    "and but or who which that while as when where because so if although though whether".split()
)
MAX_ADDRESSEE = 5  # tokens between a cue and the comma: "Ann told the panel, "


def mend_clauses(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Mend each draft by the clauses it stands in; those that report nothing are left out."""
    done = []
    for draft in drafts:
        if _is_of_asking(quoted, draft):
            continue
        take_nearest(quoted, draft)
        take_relative(quoted, draft)
        done.append(draft)
        draft.pieces = [_cut_after(quoted, draft, piece) for piece in draft.pieces]
    return done


def _is_of_asking(quoted: QuotedSpans, draft: Draft) -> bool:
    """Say whether a draft is the question that a quotation answers: `said “no” when [asked] [if it was hers]`."""
    doc, start, last = quoted.doc, draft.cue[0][0], draft.cue[-1][1] - 1
    if doc[last].lower_ not in ASKED or start > draft.pieces[0][0]:
        return False
    before = next((i for i in range(start - 1, max(-1, start - 4), -1) if doc[i].lower_ not in BEFORE_ASKED), -1)
    return before < start - 1 and before + 1 in quoted.by_closing


def take_nearest(quoted: QuotedSpans, draft: Draft) -> None:
    """Give a quotation to who stands next to it: “No,” [Ann] [said], the Herald reported."""
    closing = max(_find_speech_end(quoted, piece) for piece in draft.pieces)
    if not closing or draft.cue[0][0] < closing:
        return
    end = min(start for start, _ in [*draft.cue, *draft.source] if start >= closing)
    same = quoted.find_sentence(closing) == quoted.find_sentence(end - 1)
    if same and (found := read_attribution(quoted.doc, closing, end)):
        draft.cue, draft.source = [found[0]], [found[1]]


def _find_speech_end(quoted: QuotedSpans, piece: Range) -> int:
    """Find where the quotation that ends a piece, and goes on with an attribution, is closed; 0 for none."""
    number = quoted.find_around(piece[1] - 1)
    return 0 if number is None or not quoted.awaits_cue(number) else quoted.closings[number]


def take_relative(quoted: QuotedSpans, draft: Draft) -> None:
    """Give a relative clause that has no source its pronoun: `Ann, [who] [called] it “a ruin”`."""
    before = draft.cue[0][0] - 1
    if not draft.source and before > 0 and quoted.doc[before].lower_ in WHO:
        draft.source = [(before, before + 1)]


def _cut_after(quoted: QuotedSpans, draft: Draft, piece: Range) -> Range:
    """Leave out what follows the last words in marks of a piece and is the narrator's."""
    start, end = piece
    numbers = quoted.find_overlapping(start, end)
    last = quoted.closings[numbers[-1]] if numbers else end
    if last >= end:
        return piece
    doc = quoted.doc
    word = doc[last].lower_
    at_once = draft.cue[-1][1] == quoted.openings[numbers[0]]
    uttered = doc[draft.cue[-1][1] - 1].lower_ in UTTERED
    when = at_once and (word in WHEN or (uttered and word in WHERE | {"as"}))
    agent = word == "by" and (not draft.source or last + 1 == end)
    return trim_piece(quoted, start, last) if when or agent else piece


def add_interrupted(quoted: QuotedSpans, drafts: list[Draft]) -> None:
    """Give an attribution between commas the words on either side of it: [The river], Ann says, [will rise]."""
    taken = sorted(at for draft in drafts for span in [*draft.cue, *draft.source] for at in range(*span))
    for draft in drafts:
        if not draft.source or all(find_saying(quoted.doc, *cue) is None for cue in draft.cue):
            continue
        start, end = min(*draft.cue, *draft.source)[0], max(*draft.cue, *draft.source)[1]
        sides = _find_sides(quoted, draft, start, end)
        if sides is None:
            continue
        before, after = sides
        has = [_overlaps(draft.pieces, side) for side in sides]
        if not draft.pieces:
            draft.pieces = [trim_piece(quoted, *before), trim_piece(quoted, *after)]
        elif has == [False, True] and not list_between(taken, *before) and _may_lack(quoted, *sides):
            draft.pieces = sorted([trim_piece(quoted, *before), *draft.pieces])
        elif has == [True, False] and not list_between(taken, *after) and not is_clause(quoted.doc, [], [before]):
            draft.pieces = [*draft.pieces, trim_piece(quoted, *after)]
        draft.pieces = [piece for piece in draft.pieces if piece[0] < piece[1]]


def _may_lack(quoted: QuotedSpans, before: Range, after: Range) -> bool:
    """Say whether what follows an attribution lacks what stands before it: no `On Monday`, no `Speaking to us`."""
    word = quoted.doc[before[0]].lower_
    adverbial = word in NOT_OPENING | PREPOSITIONS | WHEN | WHERE or word.endswith("ing")
    return not adverbial and not quoted.overlaps(*after)


def _overlaps(pieces: list[Range], side: Range) -> bool:
    return any(start < side[1] and side[0] < end for start, end in pieces)


def _find_sides(quoted: QuotedSpans, draft: Draft, start: int, end: int) -> tuple[Range, Range] | None:
    """Find what stands on either side, within the sentence, of what commas set off; None where none do."""
    doc = quoted.doc
    comma = next((i for i in range(end, min(end + MAX_ADDRESSEE, len(doc))) if doc[i].is_punct), len(doc))
    first, last = quoted.find_sentence_range(start)
    before, after = (first, start - 1), (comma + 1, last)
    if (
        before[0] >= before[1]
        or after[0] >= after[1]
        or doc[before[1]].text != ","
        or doc[comma].text != ","
        or doc[before[1] - 1].lower_ in NOT_OPENING
        or quoted.overlaps(first, start)
        or _overlaps(draft.pieces, (end, comma))
    ):
        return None
    word = doc[after[0]].lower_
    aside = word in NOT_OPENING | PREPOSITIONS | WHERE or word.endswith("ing")
    return None if aside else (before, after)
