"""Attribute: make quotes of role spans, the links between them, and quotation marks.

`links` decides what belongs together, `edges` where a content begins and ends, `clauses` and `cuts` what the build
of a sentence says of either, `layouts`, `turns` and `floor` who says what no cue reports, `acts` what is a
statement and what a thought.
"""

from bisect import bisect_left

from spacy.language import Language
from spacy.tokens import Doc, Span

from quotex.pipeline.attribute.acts import find_act
from quotex.pipeline.attribute.clauses import add_interrupted, mend_clauses
from quotex.pipeline.attribute.cuts import cut_drafts
from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.attribute.edges import QuotedSpans, find_forgotten, find_token_type, snap_to_marks
from quotex.pipeline.attribute.floor import add_floating, join_parts
from quotex.pipeline.attribute.layouts import add_laid_out, take_introduced
from quotex.pipeline.attribute.links import draft_quotes
from quotex.pipeline.attribute.posts import add_posts
from quotex.pipeline.attribute.turns import add_turns
from quotex.pipeline.notes import Statement, require, take_notes
from quotex.pipeline.ranges import find_within
from quotex.pipeline.results import make_quotes, store_quotes
from quotex.types import CONTENT, CUE, INNER, ROLE_SPANS, SOURCE

MAX_LEAD = 3  # tokens between a cue and the mark that it leads to: ‘told us, “No”’
LEADS = (",", ":")  # before that mark


@Language.factory("quotex_attribute", requires=["doc.spans"], assigns=["doc.spans"])
def make_attributor(nlp: Language, name: str) -> "Attributor":
    """Build the component that makes quotes of role spans and quoted spans."""
    return Attributor()


class Attributor:
    """Reads PARAGRAPHS, QUOTED, MARKS, ROLE_SPANS and INNER; writes CONTENT, CUE and SOURCE, and notes.

    Spans of one quote share its number in `id_`; a content span has the quote's type as its label. What else is
    known of each quote is noted, and there is a record of it, without a speaker.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Attribute the quotations of one Doc."""
        require(doc, "quotex_attribute", "quotex_segment", "quotex_marks", "quotex_tagger")
        quoted = QuotedSpans(doc)
        drafts = make_drafts(quoted, draft_quotes(quoted, ROLE_SPANS))
        drafts = add_laid_out(quoted, drafts)
        drafts = add_turns(quoted, drafts)
        drafts = add_posts(quoted, drafts)
        drafts = join_parts(quoted, drafts)
        drafts = add_floating(quoted, drafts)
        inner = make_inner(quoted, drafts) if doc.spans[INNER] else []
        write_drafts(quoted, place_drafts(drafts, inner))
        return doc


def make_drafts(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Make quotes of what belongs together, as far as cues and marks tell."""
    for draft in drafts:
        snap_to_marks(quoted, draft)
    add_interrupted(quoted, drafts)
    take_introduced(quoted, drafts)
    drafts = mend_clauses(quoted, [draft for draft in drafts if draft.pieces])
    return cut_drafts(quoted, drafts)


def make_inner(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Make quotes of what is said to be said inside the content of others."""
    known = {start for draft in drafts for start, _ in draft.cue}
    inner = [draft for draft in draft_quotes(quoted, INNER) if draft.cue[0][0] not in known]
    by_marks: dict[QuotedSpans, list[Draft]] = {quoted: [], quoted.inner: []}
    for draft in inner:
        by_marks[choose_marks(quoted, draft)].append(draft)
    for draft in by_marks[quoted.inner]:
        keep_led_to(quoted.inner, draft)
    made: list[Draft] = []
    for marks, some in by_marks.items():
        made += join_parts(marks, make_drafts(marks, some))
    return made


def place_drafts(drafts: list[Draft], inner: list[Draft]) -> list[Draft]:
    """Put quotes in the order of the text and note in which each stands; an inner one has to stand in one."""
    found = sorted([*drafts, *inner], key=lambda draft: (draft.pieces[0][0], -draft.pieces[-1][1]))
    for number, around in find_within([(draft.pieces, draft.cue) for draft in found]).items():
        found[number - 1].within = found[around - 1]
    alone = {draft for draft in inner if draft.within is None}
    return [draft for draft in found if draft not in alone]


def keep_led_to(quoted: QuotedSpans, draft: Draft) -> None:
    """Where a cue leads to words in marks, keep these alone: “He asked, ‘Who are you?’ and I ran,” Ann said."""
    end = draft.cue[-1][1]
    number = bisect_left(quoted.openings, end)
    if len(draft.pieces) > 1 or number == len(quoted.spans):
        return
    opening = quoted.openings[number]
    if opening == end or (opening - end <= MAX_LEAD and quoted.texts[opening - 1] in LEADS):
        before = [piece for piece in draft.pieces if piece[1] <= draft.cue[0][0]]
        draft.pieces = [*before, (quoted.spans[number].start, quoted.spans[number].end)]


def choose_marks(quoted: QuotedSpans, draft: Draft) -> QuotedSpans:
    """Choose the marks that count for a quote: of what is reported inside a quotation, those inside that."""
    whole = not draft.cue or find_forgotten(quoted, draft)
    around = None if whole else quoted.find_around(draft.cue[0][0])
    inside = around is not None and all(quoted.find_around(start) == around for start, _ in draft.pieces)
    return quoted.inner if inside else quoted


def write_drafts(quoted: QuotedSpans, drafts: list[Draft]) -> None:
    """Write the finished quotes, in the order of the text, as span groups."""
    doc = quoted.doc
    numbers = {id(draft): number for number, draft in enumerate(drafts, start=1)}
    groups: dict[str, list[Span]] = {CONTENT: [], CUE: [], SOURCE: []}
    statements: dict[int, Statement] = {}
    for number, draft in enumerate(drafts, start=1):
        name = str(number)
        marks = choose_marks(quoted, draft)
        kind = "direct" if draft.spoken else find_token_type(marks, draft.pieces)
        groups[CONTENT] += [Span(doc, *piece, label=kind, span_id=name) for piece in draft.pieces]
        groups[CUE] += [Span(doc, *piece, span_id=name) for piece in draft.cue]
        groups[SOURCE] += [Span(doc, *piece, span_id=name) for piece in draft.source]
        statements[number] = Statement(
            act=find_act(marks, draft),
            probability=draft.confidence,
            closed=draft.closed,
            floor=numbers.get(id(draft.floor)),
            within=numbers.get(id(draft.within)),
        )
    for key, spans in groups.items():
        doc.spans[key] = spans
    take_notes(doc).statements = statements
    store_quotes(doc, make_quotes(doc))
