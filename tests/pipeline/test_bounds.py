"""No rule looks beyond the ends of a text: a number below 0 would silently be one from its other end."""

from math import log

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from quotex.model.tagger import Mates
from quotex.pipeline.attribute import Attributor
from quotex.pipeline.marks import MarkPairer
from quotex.pipeline.notes import MentionLinks, RoleLinks, take_index, take_notes
from quotex.pipeline.segment import Segmenter
from quotex.pipeline.speakers import SpeakerResolver
from quotex.pipeline.tokenizer import MarkedEnglish
from quotex.text.phrases import find_head
from quotex.types import BESIDE, INNER, MENTIONS, NAMES, ROLE_SPANS
from tests.pipeline.test_speakers import WEIGHTS

NLP = MarkedEnglish()
# What rules look for, at any place, with what they look at beside it.
WORDS = (
    "Ann Lee Ora Bo mayor lawyer report clubs the a that its his she it they who which of by for with from and "
    "when asked where said says told called quoted was rained is not - — : , . ? ( ) @ ’s “ ” ‘ ’ "
    '" about By Mr. Inc.'
).split()
ROLES = ("source", "cue", "content")


class Forward(list[str]):
    """Texts of tokens that cannot be counted from the end."""

    def __getitem__(self, at):
        assert isinstance(at, slice) or at >= 0, f"token {at}"
        return super().__getitem__(at)


class ForwardDoc(Doc):
    """A Doc whose tokens cannot be counted from the end."""

    def __getitem__(self, at):
        assert isinstance(at, slice) or at >= 0, f"token {at}"
        return super().__getitem__(at)


@st.composite
def read_docs(draw: st.DrawFn) -> Doc:
    """A short text of such words, with roles and names wherever the model might see some."""
    words = draw(st.lists(st.sampled_from([*WORDS, "\n\n"]), min_size=1, max_size=16))
    made = NLP.make_doc(" ".join(words).replace(" \n\n ", "\n\n"))
    doc = ForwardDoc(made.vocab, [token.text for token in made], [bool(token.whitespace_) for token in made])
    doc = MarkPairer()(Segmenter()(doc))
    for key, labels in (
        (NAMES, ("person", "org", "place")),
        (BESIDE, ("title", "description")),
        (MENTIONS, ("person", "org")),
    ):
        doc.spans[key] = draw_spans(draw, doc, labels, most=3)
    for key in (ROLE_SPANS, INNER):
        doc.spans[key] = draw_spans(draw, doc, ROLES, most=5)
        take_notes(doc).links[key] = draw_links(draw, [span.label_ for span in doc.spans[key]])
    heads = [span.start + find_head([token.text for token in span]) for span in doc.spans[MENTIONS]]
    mates = [Mates(np.array(heads), np.array(heads), np.log(np.full((len(heads), len(heads)), 0.4)))] * bool(heads)
    take_notes(doc).mentions = MentionLinks(heads, mates)
    index = take_index(doc)
    index.tokens = index.tokens._replace(texts=Forward(index.tokens.texts))
    return doc


def draw_spans(draw: st.DrawFn, doc: Doc, labels: tuple[str, ...], most: int) -> list[Span]:
    """Spans that do not overlap, and neither begin nor end in white space, as those of the model."""
    edges = sorted(draw(st.sets(st.integers(0, len(doc)), max_size=2 * most)))
    spans = [
        Span(doc, start, end, draw(st.sampled_from(labels)))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    ]
    return [span for span in spans if not (span[0].is_space or span[-1].is_space)]


def draw_links(draw: st.DrawFn, labels: list[str]) -> RoleLinks:
    """Links of all sources and contents to all cues, and back."""
    probabilities = st.sampled_from([log(0.9), log(0.3), log(0.01)])
    cues = [number for number, label in enumerate(labels) if label == "cue"]
    others = [number for number, label in enumerate(labels) if label != "cue"]
    sources = [number for number, label in enumerate(labels) if label == "source"]
    return RoleLinks(
        [0.9] * len(labels),
        [(other, cue, draw(probabilities)) for other in others for cue in cues],
        [(cue, source, draw(probabilities)) for cue in cues for source in [*sources, -1]],
    )


@settings(max_examples=300)
@given(read_docs())
def test_no_rule_looks_beyond_the_text(doc):
    """Whatever stands first or last, and whatever the model makes of it."""
    SpeakerResolver(WEIGHTS)(Attributor()(doc))
