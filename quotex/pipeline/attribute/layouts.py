"""Layouts: statements whose speaker is told by their place on the page, not by a sentence.

`Ann Lee (mayor): "We act now."`, `“We act now.” — Ann Lee, mayor`, the name on a line of its own after the
quotation or before it, and headlines: ‘We act now’: Lee on the flood.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from quotex.pipeline.attribute.acts import FINITE, is_title
from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.attribute.edges import QuotedSpans
from quotex.pipeline.attribute.floor import find_owners
from quotex.pipeline.index import Paragraph
from quotex.pipeline.ranges import START, list_between, merge_ranges
from quotex.rules import load_nouns
from quotex.text.marks import SENTENCE_ENDS
from quotex.text.phrases import DASHES, POSSESSIVE_PRONOUNS, PREPOSITIONS
from quotex.types import Range

MAX_NAME = 14  # tokens of a name with its description
MIN_WORDS = 3  # of a quotation; one that ends as a sentence does may have fewer
MAX_TAIL = 6  # tokens between an attribution and the colon that ends its paragraph: "said in a statement:"
MAX_HEADLINE_NAME = 4  # tokens
MIN_CLAUSE = 3  # tokens of what a headline without marks reports
TOPICS = frozenset(["on", "to", "about", "after"])
NO_NAME = SENTENCE_ENDS | {":"}
LAYOUT_CONFIDENCE = 0.7  # a guess: the corpora at hand have too few such layouts to measure it

Attribution = tuple[list[Range], Range]  # the cue, and the source


def take_introduced(quoted: QuotedSpans, drafts: list[Draft]) -> None:
    """Give an attribution that ends its paragraph with a colon the quotation that the next one begins with."""
    owners = find_owners(quoted, [draft for draft in drafts if draft.pieces])
    for draft in drafts:
        place = quoted.find_paragraph(draft.cue[-1][1] - 1)
        if place + 1 >= len(quoted.paragraphs):
            continue
        end, following = quoted.paragraphs[place].end, quoted.paragraphs[place + 1]
        number = quoted.by_opening.get(following.start)
        tail = max(last for _, last in [*draft.cue, *draft.source])
        if number is None or quoted.doc[end - 1].text != ":" or not 0 <= end - tail <= MAX_TAIL:
            continue
        owner = owners.get(number)
        beside = owner and any(start >= quoted.closings[number] for start, _ in owner.cue)
        if not beside:
            span = quoted.spans[number]
            draft.pieces, draft.closed = [(span.start, span.end)], span.closed
            if owner and owner is not draft:
                owner.pieces = [piece for piece in owner.pieces if piece != draft.pieces[0]]


def add_laid_out(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Give what no cue beside it reports to the name that its layout shows."""
    owners = find_owners(quoted, drafts)
    lines = _NameLines(quoted)
    added = []
    for number, span in enumerate(quoted.spans):
        place = quoted.find_paragraph(span.start)
        owner = owners.get(number)
        reported = {quoted.find_paragraph(start) for start, _ in owner.cue} if owner else set()
        if not _is_long(quoted, number) or place in reported:
            continue
        found = _find_beside(quoted, number, quoted.paragraphs[place]) or lines.find(number)
        if found is None:
            continue
        cue, source = found
        if owner:
            owner.pieces = [one for one in owner.pieces if number not in quoted.find_overlapping(*one)]
        added.append(Draft([(span.start, span.end)], cue, [source], LAYOUT_CONFIDENCE, closed=span.closed))
    for draft in drafts:
        draft.pieces = merge_ranges(draft.pieces)
    kept = [draft for draft in [*drafts, *added] if draft.pieces]
    return [*kept, *_read_headlines(quoted, kept)]


def _is_long(quoted: QuotedSpans, number: int) -> bool:
    """Say whether a quotation is no mere name: it has several words, ends a sentence, or ends a headline."""
    span = quoted.spans[number]
    paragraph = quoted.paragraphs[quoted.find_paragraph(span.start)]
    return (
        len(span) >= MIN_WORDS
        or quoted.texts[span.end - 1] in SENTENCE_ENDS
        or quoted.closings[number] >= paragraph.end
    )


def _find_beside(quoted: QuotedSpans, number: int, paragraph: Paragraph) -> Attribution | None:
    """Find the name that stands in a quotation's paragraph, before it or after it."""
    doc, opening, closing = quoted.doc, quoted.openings[number], quoted.closings[number]
    sign = opening - 1
    start = max(paragraph.start, quoted.closings[number - 1]) if number else paragraph.start
    if sign > start and doc[sign].text == ":":
        source = _leave_out_topic(doc, start, sign)
        return ([(sign, opening)], _find_who(quoted, *source)) if _is_name(doc, source) else None
    if opening != paragraph.start or closing >= paragraph.end:
        return None
    sign, end = closing, paragraph.end
    if doc[sign].text in DASHES:
        source = (sign + 1, end)
        return ([(sign, sign + 1)], source) if _is_name(doc, source) else None
    if doc[sign].text == "(" and doc[end - 1].text == ")":
        source = (sign + 1, end - 1)
        return ([], source) if _is_name(doc, source) else None
    if doc[sign].text == ":":  # ‘We act now’: Lee on the flood
        name = _find_name_at(quoted, sign + 1, end)
        return ([(sign, sign + 1)], name) if name and doc[end - 1].text not in SENTENCE_ENDS else None
    return ([], (sign, end)) if _is_name_line(quoted, sign, end) and not is_title(quoted, number) else None


def _leave_out_topic(doc: Doc, start: int, end: int) -> Range:
    """Find the name in what stands before a sign: `Lee on the flood: “We act now”`."""
    return start, next((i for i in range(start + 1, end) if doc[i].lower_ in TOPICS), end)


def _find_who(quoted: QuotedSpans, start: int, end: int) -> Range:
    """Find who leads to a colon: all of `Baker Ann Lee, of Ora`, who is named in `On Sunday, [she] wrote this`."""
    doc = quoted.doc
    named = [span for span in quoted.list_named(start, end) if span.text.lower() not in POSSESSIVE_PRONOUNS]
    if not named:
        return start, end
    first = max(named, key=lambda span: (-span.start, span.end))
    goes_on = first.end == end or not doc[first.end].is_alpha or doc[first.end].lower_ in PREPOSITIONS
    is_title = all(token.text[0].isupper() for token in doc[start : first.start])
    return (start, end) if goes_on and is_title else (first.start, first.end)


class _NameLines:
    """The lines that hold a name and nothing else, beside quotations that are all of their paragraphs."""

    def __init__(self, quoted: QuotedSpans) -> None:
        self.quoted = quoted
        alone = [number for number in range(len(quoted.spans)) if self._is_alone(number)]
        n_before = sum(self._find_at(number, -1) is not None for number in alone)
        n_after = sum(self._find_at(number, 1) is not None for number in alone)
        self._steps = (1, -1) if n_after >= n_before else (-1, 1)
        self._alone = frozenset(alone)

    def find(self, number: int) -> Attribution | None:
        """Find the line that names who speaks in a quotation."""
        if number not in self._alone:
            return None
        both = (self._find_at(number, step) for step in self._steps)
        return next((one for one in both if one), None)

    def _is_alone(self, number: int) -> bool:
        paragraph = self.quoted.paragraphs[self.quoted.find_paragraph(self.quoted.spans[number].start)]
        first, last = self.quoted.openings[number], self.quoted.closings[number]
        return first == paragraph.start and last >= paragraph.end and not is_title(self.quoted, number)

    def _find_at(self, number: int, step: int) -> Attribution | None:
        place = self.quoted.find_paragraph(self.quoted.spans[number].start) + step
        if not 0 <= place < len(self.quoted.paragraphs):
            return None
        doc, start, end = self.quoted.doc, *self.quoted.paragraphs[place]
        if doc[start].text in DASHES:
            source = (start + 1, end)
            return ([(start, start + 1)], source) if _is_name(doc, source) else None
        if step < 0 and doc[end - 1].text == ":":
            start, end = _leave_out_topic(doc, start, end - 1)
        return ([], (start, end)) if _is_name_line(self.quoted, start, end) else None


def _read_headlines(quoted: QuotedSpans, drafts: list[Draft]) -> Iterator[Draft]:
    """Read the headlines without marks in which a colon stands for "says": `Bridge is unsafe: Lee`."""
    reported = sorted(start for draft in drafts for start, _ in [*draft.pieces, *draft.cue])
    for paragraph in quoted.paragraphs:
        start, end = paragraph.start, paragraph.end
        colon = next((i for i in range(end - 2, start, -1) if quoted.doc[i].text == ":"), None)
        if colon is None or quoted.doc[end - 1].text in SENTENCE_ENDS or list_between(reported, start, end):
            continue
        if found := _read_headline(quoted, start, colon, end):
            piece, source = found
            yield Draft([piece], [(colon, colon + 1)], [source], LAYOUT_CONFIDENCE)


def _read_headline(quoted: QuotedSpans, start: int, colon: int, end: int) -> tuple[Range, Range] | None:
    """Tell what is said from who says it, on either side of a headline's colon."""
    doc, first, last = quoted.doc, (start, colon), (colon + 1, end)
    if colon - start >= MIN_CLAUSE and end - colon - 1 <= MAX_HEADLINE_NAME:
        mentioned = any(span.end == end for span in list_between(quoted.mentions, colon + 1, end, START))
        titled = mentioned or doc[end - 1].lower_ in load_nouns().documents
        if _ends_with_person(quoted, last) or (titled and _has_verb(doc, *first)):
            return first, last
    is_name = colon - start <= MAX_HEADLINE_NAME and _ends_with_person(quoted, first)
    return (last, first) if is_name and _has_verb(doc, *last) else None


def _has_verb(doc: Doc, start: int, end: int) -> bool:
    return any(token.lower_ in FINITE for token in doc[start:end])


def _ends_with_person(quoted: QuotedSpans, place: Range) -> bool:
    """Say whether the name of a person ends where a range does."""
    return any(name.label_ == "person" and name.end == place[1] for name in quoted.list_names(*place))


def _find_name_at(quoted: QuotedSpans, start: int, end: int) -> Range | None:
    """Find the name that begins at a token: that of the tagger, else all words with a capital."""
    capital = next((i for i in range(start, end) if not quoted.doc[i].text[0].isupper()), end)
    last = max([capital, *(name.end for name in quoted.list_names(start, start + 1))])
    return (start, last) if last > start else None


def _is_name_line(quoted: QuotedSpans, start: int, end: int) -> bool:
    """Say whether a line without any sign is a name, perhaps with a description: `Ann Lee, mayor of Keta`."""
    doc = quoted.doc
    if not _is_name(doc, (start, end)) or doc[end - 1].text in ".?!:;,":
        return False
    comma = next((i for i in range(start, end) if doc[i].text in ",(" or doc[i].text in DASHES), end)
    named = any(
        name.end == comma and (name.start == start if name.label_ == "org" else _leads_up(doc, start, name))
        for name in quoted.list_names(start, comma)
    )
    capitals = 2 <= comma - start <= MAX_HEADLINE_NAME and all(
        doc[i].text[0].isupper() for i in range(start, comma)
    )
    return named or (capitals and comma < end)


def _leads_up(doc: Doc, start: int, name: Span) -> bool:
    """Say whether a line begins with a person, or with a title of theirs: `Baker Ann Lee`."""
    return name.label_ == "person" and not any(token.lower_ in PREPOSITIONS for token in doc[start : name.start])


def _is_name(doc: Doc, source: Range) -> bool:
    """Say whether tokens look like a name with a description: short, a capital first, no sentence."""
    tokens = doc[source[0] : source[1]]
    short = 0 < len(tokens) <= MAX_NAME
    return short and tokens[0].text[0].isupper() and not any(token.text in NO_NAME for token in tokens[:-1])
