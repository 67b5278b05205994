"""Tagger: mark the words that are a source, a cue or a content, and the mentions of people and bodies."""

from functools import cached_property
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from quotex.model.arrays import Bytes1d, Ints1d
from quotex.model.decode import RoleSpan, decode_mentions, decode_roles
from quotex.model.encode import CLOSING, INSIDE, OPENING, OUTSIDE
from quotex.model.session import Model, open_model
from quotex.model.tagger import FLOOR, Tagger, Tagging
from quotex.types import MARKS, MENTIONS, PARAGRAPHS, QUOTED, ROLES

NEAR = 512  # words; a window holds fewer, and no link leaves it
Link = tuple[int, int, float]


@Language.factory(
    "quotex_tagger", requires=["doc.spans"], assigns=["doc.spans"], default_config={"model": None, "n_threads": 1}
)
def make_tagger(nlp: Language, name: str, *, model: str | None, n_threads: int) -> "RoleTagger":
    """Build the component that runs the model.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        model: Folder of a model; None means the one that comes with quotex.
        n_threads: Threads the model may use.
    """
    return RoleTagger(open_model(Path(model) if model else None, n_threads=n_threads))


class RoleTagger:
    """Reads span groups PARAGRAPHS, QUOTED and MARKS; writes ROLES and MENTIONS.

    A span of ROLES has its role as label and its number in the group as `id_`. The group's `attrs` hold the
    spans' `probabilities`, the `calibration` of quotes, and two lists of links with their log probabilities:
    `cue_links`, (number of a source or content, number of its cue, score), and `source_links`, (number of a cue,
    number of its source or -1 for none, score). A span of MENTIONS is labelled person or org.
    """

    def __init__(self, model: Model) -> None:
        self.model = model

    def __getstate__(self) -> dict[str, object]:
        """Pickle without what has been opened: `nlp.pipe(texts, n_process=2)`."""
        return {"model": self.model}

    @cached_property
    def _tagger(self) -> Tagger:
        return Tagger(self.model)

    def __call__(self, doc: Doc) -> Doc:
        """Tag one Doc."""
        tokens = [token for token in doc if not token.is_space]
        paragraphs = find_paragraph_numbers(doc, tokens)
        tagging = self._tagger([token.text for token in tokens], find_mark_states(doc, tokens), paragraphs)
        meta = self.model.meta
        roles = decode_roles(tagging.roles, paragraphs, meta.transitions, meta.calibration)
        doc.spans[ROLES] = [
            Span(doc, tokens[role.start].i, tokens[role.end - 1].i + 1, role.label, span_id=str(number))
            for number, role in enumerate(roles)
        ]
        doc.spans[ROLES].attrs.update(
            probabilities=[role.probability for role in roles],
            cue_links=find_cue_links(tagging, roles),
            source_links=find_source_links(tagging, roles),
            calibration=meta.calibration.get("quote", (1.0, 0.0)),
        )
        doc.spans[MENTIONS] = [
            Span(doc, tokens[mention.start].i, tokens[mention.end - 1].i + 1, mention.label)
            for mention in decode_mentions(tagging.mentions, paragraphs)
        ]
        return doc


def find_paragraph_numbers(doc: Doc, tokens: list[Token]) -> Ints1d:
    """Give each word the number of its paragraph, from 0: int32, shape (n_words,)."""
    starts = [span.start for span in doc.spans[PARAGRAPHS]]
    places = np.array([token.i for token in tokens], dtype=np.int32)
    return np.maximum(np.searchsorted(starts, places, side="right") - 1, 0).astype(np.int32)


def find_mark_states(doc: Doc, tokens: list[Token]) -> Bytes1d:
    """Give each word its state by the outermost marks: int8, shape (n_words,), index into MARK_STATES."""
    states = np.full(len(doc), OUTSIDE, dtype=np.int8)
    for span in doc.spans[QUOTED]:
        states[span.start : span.end] = INSIDE
    for mark in doc.spans[MARKS]:
        if mark.kb_id_ == "0":
            states[mark.start : mark.end] = OPENING if mark.label_ == "open" else CLOSING
    return states[[token.i for token in tokens]]


def find_cue_links(tagging: Tagging, roles: list[RoleSpan]) -> list[Link]:
    """Score each source and content with each cue that the model saw together with it."""
    cues = [number for number, role in enumerate(roles) if role.label == "cue"]
    firsts = np.array([roles[number].start for number in cues], dtype=np.int32)
    links = []
    for number, role in enumerate(roles):
        if role.label != "cue":
            low, high = np.searchsorted(firsts, [role.start - NEAR, role.end + NEAR])
            scores = tagging.score_cues(role.start, role.end, firsts[low:high].tolist())
            links += [(number, cues[low + at], float(s)) for at, s in enumerate(scores) if s > FLOOR]
    return links


def find_source_links(tagging: Tagging, roles: list[RoleSpan]) -> list[Link]:
    """Score each cue with each source that the model saw together with it, and with none."""
    sources = [number for number, role in enumerate(roles) if role.label == "source"]
    firsts = np.array([roles[number].start for number in sources], dtype=np.int32)
    links = []
    for number, role in enumerate(roles):
        if role.label == "cue":
            low, high = np.searchsorted(firsts, [role.start - NEAR, role.end + NEAR])
            *scores, none = tagging.score_sources(role.start, firsts[low:high].tolist())
            links += [(number, sources[low + at], float(s)) for at, s in enumerate(scores) if s > FLOOR]
            links.append((number, -1, float(none)))
    return links
