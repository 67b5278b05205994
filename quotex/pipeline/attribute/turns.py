"""Turns: who speaks in an interview or a transcript, whose paragraphs begin with a label.

    HALL: Is it safe?
    [00:05] Ida Brom (mayor): It is.
    Q. And now?

One such paragraph may be anything (`Note: bring boots`); whether a text is a transcript is decided by what all of
its labels and turns look like, taken together.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.attribute.edges import QuotedSpans
from quotex.pipeline.ranges import list_between
from quotex.pipeline.tokens import make_span
from quotex.text.marks import MAY_CLOSE, OPENING_LETTERS, OUTSIDE_WORDS
from quotex.text.paragraphs import trim
from quotex.types import BESIDE, MENTIONS, NAMES, Range

TURN_CONFIDENCE = 0.7  # a guess: the corpora at hand have too few such layouts to measure it
MIN_SCORE = 1.5  # of a text's turns, on the average; "Monday: rain." has 0, a fact box in capitals 1
MIN_SHARE = 0.25  # of the paragraphs from the first turn to the last that have a label
MAX_LABEL = 70  # characters
MAX_LABEL_WORDS = 8  # of a name with its titles, before a comma or bracket

TIME = r"[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?(?: ?[ap]\.?m\.?)?[\])]?"
ASKED = re.compile(
    rf"(?:{TIME}\s*[-–—]?\s*)?((?:Q|A|Question|Answer)\d*)(?:[.:)]+\s*|\s+[-–—]?\s*(?=[A-Z{OPENING_LETTERS}]))"
)
LABELLED = re.compile(
    rf"(?P<before>{TIME}\s*[-–—|]?\s*)?(?P<label>[^\W\d_a-z][^:\n{OUTSIDE_WORDS}]{{0,{MAX_LABEL}}}?)(?P<after>\s*{TIME})?\s*:(?=\s|$)\s*"
)
# The Congressional Record: "Mr. BROM. I rise today."
RECORDED = re.compile(
    r"(?P<label>(?:(?:Mrs?|Ms|Dr|The)\.? )?[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+)*(?: of [A-Z]\w+)?)\.\s+(?=[A-Z])"
)
STAMPED = re.compile(
    rf"(?P<label>[^\W\d_a-z][^:\n{OUTSIDE_WORDS}.?!]{{1,40}}?)\s+(?P<after>{TIME})$"
)  # the words follow below
SMALL = frozenset("of the for and de la del da di do van von der den al el bin ibn ben y e".split())
ROLE = re.compile(r"[,(\[–—/]| - ")
ASIDE = re.compile(r"\[[^\[\]]{1,60}\]|\([^()]{1,60}\)|\*[^*]{1,40}\*")
SPEECH = re.compile(r"\?|!|\b(?:I|we|you|my|our|your|me|us)\b", re.IGNORECASE)
ENDS = MAY_CLOSE | frozenset(".?!…)]—–-")


@dataclass(frozen=True, slots=True)
class Turn:
    """One paragraph with a label; places are characters of the text.

    Attributes:
        place: Number of the paragraph.
        label: Where the label stands.
        body: Where what is said begins; the paragraph's end where it follows in the next.
        key: What is the same for all turns of one speaker.
        score: How much it looks like a turn by itself.
        of_person: The label holds the name of a person, or ends in a title.
        shouts: The label is in capitals, as headings may be, too.
    """

    place: int
    label: tuple[int, int]
    body: int
    key: str
    score: float
    of_person: bool = False
    shouts: bool = False


def add_turns(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Give the paragraphs of a transcript to the label they stand under, instead of what was made of them."""
    turns = find_turns(quoted)
    made = []
    for turn, following in zip_longest(turns, turns[1:]):
        places = list(_find_places(quoted, turn, following))
        pieces = [piece for start, end in places for piece in _leave_out_asides(quoted, start, end)]
        if pieces:
            label = make_span(quoted.doc, *turn.label)
            cue = [(label.end, label.end + 1)] if quoted.doc[label.end].text in ":." else []
            made.append(Draft(pieces, cue, [(label.start, label.end)], TURN_CONFIDENCE, spoken=True))
    return [*_leave_out_turns(drafts, made), *made]


def find_turns(quoted: QuotedSpans) -> list[Turn]:
    """Find the turns of a transcript; none where a text is no transcript."""
    people = find_people(quoted)
    turns = [turn for place in range(len(quoted.paragraphs)) if (turn := read_turn(quoted, place, people))]
    times = Counter(turn.key for turn in turns)
    again = [times[turn.key] > 1 for turn in turns]
    scores = [
        turn.score + same + turn.shouts * (same or turn.of_person) for turn, same in zip(turns, again, strict=True)
    ]
    many = len(turns) > 1 and len(turns) >= MIN_SHARE * (turns[-1].place - turns[0].place + 1)
    return turns if many and sum(scores) >= MIN_SCORE * len(turns) else []


def read_turn(quoted: QuotedSpans, place: int, people: list[int]) -> Turn | None:
    """Read a paragraph as a turn; None where it has no label, or is a quotation in marks."""
    paragraph = quoted.paragraphs[place]
    start, end = quoted.index.find_place(*paragraph)
    text = quoted.index.text[start:end]
    body_of = SPEECH.search(text)
    if match := ASKED.match(text):
        letter = match[1][0]
        return Turn(
            place, (start + match.start(1), start + match.end(1)), start + match.end(), letter, 1.5 + bool(body_of)
        )
    match = LABELLED.match(text) or STAMPED.match(text) or RECORDED.match(text)
    if not match or (match.end() == len(text) and match.re is LABELLED and match["label"].count(" ") > 3):
        return None
    name = ROLE.split(match["label"])[0].strip()
    words = name.split()
    if len(words) > MAX_LABEL_WORDS or not all(_is_of_name(word) for word in words):
        return None
    body = start + match.end()
    if match.end() < len(text):
        opened = quoted.by_opening.get(make_span(quoted.doc, body, body + 1).start)
        if opened is not None and quoted.closings[opened] >= paragraph.end - 1:
            return None  # LEE: “We act now.”
    timed = any(match.groupdict().get(group) for group in ("before", "after"))
    label = (start + match.start("label"), start + match.start("label") + len(match["label"].rstrip()))
    person = bool(list_between(people, *label))
    score = (
        timed
        + person
        + bool(SPEECH.search(text, match.end()))
        - (text[-1] not in ENDS and match.end() < len(text))
    )
    key = words[-1].strip(".").lower()
    return Turn(place, label, body, key, score, person, name.isupper())


def _is_of_name(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or word.lower() in SMALL or word[0] in "'’&-"


def find_people(quoted: QuotedSpans) -> list[int]:
    """Find where the words begin, in characters, of names of people, of titles and of descriptions."""
    spans = quoted.doc.spans
    people = [span for key in (NAMES, MENTIONS) for span in spans.get(key, ()) if span.label_ == "person"]
    return sorted({token.idx for span in (*people, *spans.get(BESIDE, ())) for token in span})


def _find_places(quoted: QuotedSpans, turn: Turn, following: Turn | None) -> Iterator[tuple[int, int]]:
    """Find where a turn is spoken: beside its label, and in the paragraphs below that have none."""
    _, end_here = quoted.index.find_place(*quoted.paragraphs[turn.place])
    if turn.body < end_here:
        yield turn.body, end_here
    last = following.place if following else len(quoted.paragraphs)
    for paragraph in quoted.paragraphs[turn.place + 1 : last]:
        start, end = quoted.index.find_place(*paragraph)
        text = quoted.index.text[start:end]
        spoken = text[-1] in ENDS and not ASIDE.fullmatch(text)
        if spoken and (following or turn.body >= end_here or SPEECH.search(text)):
            yield start, end


def _leave_out_asides(quoted: QuotedSpans, start: int, end: int) -> Iterator[Range]:
    """Leave out stage directions, `(laughs)`: what stands in brackets at either end, or between sentences."""
    text = quoted.index.text[start:end]
    at = 0
    for match in ASIDE.finditer(text):
        before, after = text[at : match.start()].rstrip(), text[match.end() :].lstrip(" .")
        between = before[-1:] in ENDS and after[:1].isupper()
        if not before or not after or between:
            yield from _make_piece(quoted, start + at, start + match.start())
            at = match.end()
    yield from _make_piece(quoted, start + at, end)


def _make_piece(quoted: QuotedSpans, start: int, end: int) -> Iterator[Range]:
    if any(map(str.isalnum, quoted.index.text[start:end])):
        span = make_span(quoted.doc, *trim(quoted.index.text, start, end))
        yield span.start, span.end


def _leave_out_turns(drafts: list[Draft], turns: list[Draft]) -> Iterator[Draft]:
    """Leave out the drafts that are turns themselves; the turns are in order, and none over another."""
    firsts = [turn.source[0][0] for turn in turns]
    for draft in drafts:
        places = {bisect_right(firsts, start) - 1 for start, _ in [*draft.pieces, *draft.cue, *draft.source]}
        if not any(_is_of_turn(draft, turns[place]) for place in places if place >= 0):
            yield draft


def _is_of_turn(draft: Draft, turn: Draft) -> bool:
    """Say whether a draft is the turn itself: it has its label or colon, or its words and no cue in them."""
    first, body, last = turn.source[0][0], turn.pieces[0][0], turn.pieces[-1][1]
    if any(first <= start < body for start, _ in [*draft.cue, *draft.source]):
        return True
    inside = [start for start, _ in draft.pieces if body <= start < last]
    return bool(inside) and not any(body <= start < last for start, _ in draft.cue)
