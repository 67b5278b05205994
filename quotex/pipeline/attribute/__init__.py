"""Attribute: make quotes of role spans, the links between them, and quotation marks.

`links` decides what belongs together, `edges` where a content begins and ends, `clauses` and `cuts` what the build
of a sentence says of either, `layouts`, `turns` and `floor` who says what no cue reports, `acts` what is a
statement and what a thought.
"""

from spacy.language import Language
from spacy.tokens import Doc, Span

from quotex.pipeline.attribute.acts import find_act
from quotex.pipeline.attribute.clauses import add_interrupted, mend_clauses
from quotex.pipeline.attribute.cuts import cut_drafts
from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.attribute.edges import QuotedSpans, find_type, snap_to_marks
from quotex.pipeline.attribute.floor import add_floating, join_parts
from quotex.pipeline.attribute.layouts import add_laid_out
from quotex.pipeline.attribute.links import draft_quotes
from quotex.pipeline.attribute.turns import add_turns
from quotex.types import CONTENT, CUE, SOURCE


@Language.factory("quotex_attribute", requires=["doc.spans"], assigns=["doc.spans"])
def make_attributor(nlp: Language, name: str) -> "Attributor":
    """Build the component that makes quotes of role spans and quoted spans."""
    return Attributor()


class Attributor:
    """Reads span groups PARAGRAPHS, QUOTED, MARKS and ROLES; writes CONTENT, CUE and SOURCE.

    Spans of one quote share its number in `id_`; a content span has the quote's type as its label. The `attrs` of
    CONTENT hold of each quote its act, its confidence, whether its marks are closed, and as `floor` the number of
    the quote whose speaker goes on where the text names none.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Attribute the quotations of one Doc."""
        quoted = QuotedSpans(doc)
        drafts = draft_quotes(quoted)
        for draft in drafts:
            snap_to_marks(quoted, draft)
        add_interrupted(quoted, drafts)
        drafts = mend_clauses(quoted, [draft for draft in drafts if draft.pieces])
        drafts = cut_drafts(quoted, drafts)
        drafts = add_laid_out(quoted, [draft for draft in drafts if draft.pieces])
        drafts = add_turns(quoted, drafts)
        drafts = join_parts(quoted, drafts)
        drafts = add_floating(quoted, drafts)
        write_drafts(quoted, sorted(drafts, key=lambda draft: (draft.pieces[0][0], -draft.pieces[-1][1])))
        return doc


def write_drafts(quoted: QuotedSpans, drafts: list[Draft]) -> None:
    """Write the finished quotes, in the order of the text, as span groups."""
    doc = quoted.doc
    numbers = {id(draft): number for number, draft in enumerate(drafts, start=1)}
    groups: dict[str, list[Span]] = {CONTENT: [], CUE: [], SOURCE: []}
    details: dict[str, dict[str, object]] = {}
    for number, draft in enumerate(drafts, start=1):
        name = str(number)
        kind = "direct" if draft.spoken else find_type(quoted, draft.pieces)
        groups[CONTENT] += [Span(doc, *piece, label=kind, span_id=name) for piece in draft.pieces]
        groups[CUE] += [Span(doc, *piece, span_id=name) for piece in draft.cue]
        groups[SOURCE] += [Span(doc, *piece, span_id=name) for piece in draft.source]
        details[name] = {
            "act": find_act(quoted, draft),
            "confidence": draft.confidence,
            "closed": draft.closed,
            "floor": numbers.get(id(draft.floor)),
        }
    for key, spans in groups.items():
        doc.spans[key] = spans
    doc.spans[CONTENT].attrs.update(details)
