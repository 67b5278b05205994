"""Edges: where a content begins and ends, by the quotation marks in and around it."""

from bisect import bisect_right
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.index import TextIndex
from quotex.pipeline.notes import take_index
from quotex.pipeline.ranges import START, list_between, merge_ranges
from quotex.pipeline.segment import find_sentence_starts
from quotex.text.marks import tell_type
from quotex.types import MENTIONS, NAMES, QuoteType, Range

MIN_SHARE = 0.5  # of a quoted span that a content must cover to be given all of it
NO_FIRST = frozenset(",;:.–—-)]") | {"that"}  # what a content does not begin with, outside marks
NO_LAST = frozenset(",;:.–—-([") | {"and", "but", "or"}  # what it does not end with


class QuotedSpans:
    """The quoted spans of one depth of a Doc, in order, with their marks, and its paragraphs and mentions."""

    def __init__(self, doc: Doc, *, depth: int = 0) -> None:
        self.doc = doc
        self.index = take_index(doc)
        self.texts = self.index.tokens.texts
        self.paragraphs, self.find_paragraph = self.index.paragraphs, self.index.find_paragraph
        self.spans = [span for span in self.index.quoted if span.depth == depth]
        self._starts = [span.start for span in self.spans]
        self._sentence_starts = find_inner_starts(self.index) if depth else self.index.sentences
        self.sentence_starts = frozenset(self._sentence_starts)
        self.mentions: list[Span] = list(doc.spans.get(MENTIONS, ()))
        self._names = sorted(doc.spans.get(NAMES, ()), key=START)
        self._named = sorted([*self._names, *self.mentions], key=START)
        opening = {end: start for (start, end), opens, _ in self.index.marks if opens}
        closing = {start: end for (start, end), opens, _ in self.index.marks if not opens}
        # white space may stand between a mark and what it encloses
        self.openings = [opening.get(span.start, opening.get(span.start - 1, span.start)) for span in self.spans]
        self.closings = [closing.get(span.end, closing.get(span.end + 1, span.end)) for span in self.spans]
        self.by_start = {start: number for number, start in enumerate(self._starts)}
        self.by_opening = {start: number for number, start in enumerate(self.openings)}
        self.by_closing = {end: number for number, end in enumerate(self.closings)}

    @cached_property
    def inner(self) -> "QuotedSpans":
        """The quoted spans inside these."""
        return QuotedSpans(self.doc, depth=1)

    def list_names(self, start: int, end: int) -> list[Span]:
        """List the names that begin in a range, in order."""
        return list_between(self._names, start, end, START)

    def list_named(self, start: int, end: int) -> list[Span]:
        """List the names and the mentions that begin in a range, in order."""
        return list_between(self._named, start, end, START)

    def find_overlapping(self, start: int, end: int) -> list[int]:
        """Find the numbers of the spans that share a token with a range."""
        at = max(0, bisect_right(self._starts, start) - 1)
        found = []
        while at < len(self.spans) and self.spans[at].start < end:
            if self.spans[at].end > start:
                found.append(at)
            at += 1
        return found

    def overlaps(self, start: int, end: int) -> bool:
        """Say whether any span shares a token with a range."""
        at = max(0, bisect_right(self._starts, start) - 1)
        return any(span.start < end and span.end > start for span in self.spans[at : at + 2])

    def find_sentence(self, token: int) -> int:
        """Find the number of the sentence that a token stands in."""
        return bisect_right(self._sentence_starts, token)

    def find_sentence_range(self, token: int) -> Range:
        """Find the tokens of the sentence that a token stands in."""
        number = bisect_right(self._sentence_starts, token)
        later = self._sentence_starts[number : number + 1]
        return self._sentence_starts[number - 1], later[0] if later else len(self.doc)

    def begins_sentence(self, number: int) -> bool:
        """Say whether a quoted span, with its mark, begins a sentence."""
        return self.openings[number] in self.sentence_starts

    def find_cued(self, draft: Draft) -> set[int]:
        """Find the numbers of the sentences in which the cues of a draft stand."""
        return {self.find_sentence(start) for start, _ in draft.cue}

    def awaits_cue(self, number: int) -> bool:
        """Say whether a span ends so that who said it may follow: “No,” she said."""
        return self.texts[self.spans[number].end - 1] in ",?!"

    def is_led_in(self, number: int) -> bool:
        """Say whether a sentence that names somebody leads to a span by a colon: "Here is Lee: “We lost.”"."""
        opening = self.openings[number]
        begun = self.find_sentence_range(opening)[0]
        return bool(self.list_named(begun, opening)) and self.texts[opening - 1] == ":"

    def find_around(self, token: int) -> int | None:
        """Find the number of the span that a token is inside of."""
        return next(iter(self.find_overlapping(token, token + 1)), None)


def find_inner_starts(index: TextIndex) -> list[int]:
    """Find where sentences begin, those inside the outermost quotations too."""
    found = set(index.sentences)
    for span in index.quoted:
        if span.depth == 0:
            found |= {span.start, *find_sentence_starts(index.tokens, span.start, span.end)}
    return sorted(found)


def snap_to_marks(quoted: QuotedSpans, draft: Draft) -> None:
    """Let the pieces of a content begin and end with the marks that they were meant to.

    A quoted span is all content or none: a piece with most of it gets all of it.
    """
    snapped: list[Range] = []
    for start, end in draft.pieces:
        for number in quoted.find_overlapping(start, end):
            span = quoted.spans[number]
            n_shared = min(end, span.end) - max(start, span.start)
            # `"A," he said, "B"` with a stray mark is one span; its cue is no content
            holds_cue = any(first < span.end and span.start < last for first, last in draft.cue)
            if n_shared >= MIN_SHARE * len(span) and not holds_cue:
                start, end = min(start, span.start), max(end, span.end)
                if start <= quoted.openings[number] and end == span.end:
                    end = quoted.closings[number]  # both marks or none
                draft.closed = draft.closed and span.closed
        snapped += split_adjoining(quoted, *trim_piece(quoted, start, end))
    draft.pieces = merge_ranges([(start, end) for start, end in snapped if start < end])


def split_adjoining(quoted: QuotedSpans, start: int, end: int) -> list[Range]:
    """Split a piece into the quoted spans that it is made of, where nothing stands between them."""
    inside = quoted.find_overlapping(start, end)
    gaps = [(quoted.closings[one], quoted.openings[other]) for one, other in pairwise(inside)]
    if not gaps or not (quoted.openings[inside[0]] <= start and end <= quoted.closings[inside[-1]]):
        return [(start, end)]
    if any(not token.is_space for first, last in gaps for token in quoted.doc[first:last]):
        return [(start, end)]
    spans = [quoted.spans[number] for number in inside]
    return [(max(start, span.start), min(end, span.end)) for span in spans]


def trim_piece(quoted: QuotedSpans, start: int, end: int) -> Range:
    """Leave out the marks around a content, a leading "that", and the punctuation around an indirect one."""
    doc = quoted.doc
    before = (-1, -1)
    while (start, end) != before and start < end:
        before = (start, end)
        first, last = doc[start], doc[end - 1]
        if first.is_space or (
            first.lower_ in NO_FIRST and start not in quoted.by_start
        ):  # but “— and so,” Ann said
            start += 1
        elif last.is_space or (quoted.find_around(end - 1) is None and last.lower_ in NO_LAST):
            end -= 1
        else:
            start, end = _trim_marks(quoted, start, end)
    return start, end


def trim_words(doc: Doc, start: int, end: int) -> Range:
    """Leave out the punctuation and white space at either end of a source or cue, unless that is all there is."""
    first, last = start, end
    while first < last and _is_loose(doc[first]):
        first += 1
    while first < last and _is_loose(doc[last - 1]):
        if doc[last - 1].text == ")" and any(token.text == "(" for token in doc[first : last - 1]):
            break  # Ann Lee (mayor)
        last -= 1
    return (first, last) if first < last else (start, end)


def _is_loose(token: Token) -> bool:
    return bool(token.is_space or (token.is_punct and token.text != "%"))


def _trim_marks(quoted: QuotedSpans, start: int, end: int) -> Range:
    """Leave out marks at both ends that enclose all of the piece, or more: `“A” and b` keeps its own."""
    opened = quoted.by_opening.get(start)
    if opened is not None and quoted.closings[opened] >= end:
        return quoted.spans[opened].start, min(end, quoted.spans[opened].end)
    closed = quoted.by_closing.get(end)
    if closed is not None and quoted.openings[closed] < start:
        return start, max(start, quoted.spans[closed].end)
    return start, end


def find_forgotten(quoted: QuotedSpans, draft: Draft) -> list[int]:
    """Find the quoted spans that lack their closing mark where a draft's cue begins: `"It fell, said Ann.`."""
    return [
        number
        for start, end in draft.pieces
        if (number := quoted.by_start.get(start)) is not None
        and (last := quoted.spans[number].end) == quoted.closings[number]
        and any(end <= cue < last for cue, _ in draft.cue)
    ]


def find_token_type(quoted: QuotedSpans, pieces: list[Range]) -> QuoteType:
    """Say what type of quote a content is, by its tokens."""
    return tell_type([quoted.find_around(at) is not None for piece in pieces for at in range(*piece)])
