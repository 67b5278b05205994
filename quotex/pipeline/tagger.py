"""Tagger: mark the words that are a source, a cue or a content, and the mentions of people and bodies."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from spacy import util
from spacy.language import Language
from spacy.tokens import Doc, Span

from quotex.model.arrays import Bytes1d, Ints1d
from quotex.model.decode import (
    LabelledSpan,
    MentionSpan,
    RoleSpan,
    cut_ends,
    decode_beside,
    decode_mentions,
    decode_names,
    decode_roles,
)
from quotex.model.discourse import settle_kinds
from quotex.model.encode import CLOSING, INSIDE, OPENING, OUTSIDE
from quotex.model.session import FILES, Model, hold_model, open_model, read_file
from quotex.model.tagger import Link, Mates, Tagger, Tagging
from quotex.pipeline.index import TextIndex
from quotex.pipeline.notes import MentionLinks, RoleLinks, require, take_index
from quotex.pipeline.ranges import merge_ranges
from quotex.text.phrases import POSSESSIVE_PRONOUNS, find_head
from quotex.types import BESIDE, INNER, MENTIONS, NAMES, ROLE_SPANS


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
    return RoleTagger(Path(model) if model else None, n_threads=n_threads)


class RoleTagger:
    """Reads PARAGRAPHS, QUOTED and MARKS; writes ROLE_SPANS, INNER, NAMES, BESIDE and MENTIONS, and notes.

    All but the notes are span groups. A span of ROLE_SPANS has its role as label. INNER is like it, of what is
    said to be said inside contents. A span of NAMES is labelled person, org, place or other, one of BESIDE title
    or description, one of MENTIONS person or org. How likely they are and how they belong together is noted.
    """

    def __init__(self, folder: Path | None = None, *, n_threads: int = 1) -> None:
        """Name the model.

        Args:
            folder: Of the model, which is opened when it is needed: one that is stored with the pipeline takes its
                place before. None means the one that comes with quotex.
            n_threads: Threads the model may use.
        """
        self._folder = folder
        self._n_threads = n_threads

    def __getstate__(self) -> dict[str, object]:
        """Pickle without what has been opened: `nlp.pipe(texts, n_process=2)`."""
        return {name: value for name, value in vars(self).items() if name != "_tagger"}

    @cached_property
    def opened(self) -> Model:
        """The model; what is called `model` spaCy looks at in every component, which would open it."""
        return open_model(self._folder, n_threads=self._n_threads)

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the files of the model into a folder."""
        contents = {name: self.opened.read(name) for name in FILES}  # it may be the folder that they came from
        util.to_disk(Path(path), {name: partial(_write, content) for name, content in contents.items()}, exclude)

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> "RoleTagger":
        """Take the model in a folder that `to_disk` wrote; it is no longer needed then.

        Raises:
            ModelError: Q301, Q303, Q304.
        """
        folder = Path(path)
        return self._hold({name: read_file(folder / name) for name in FILES}, folder)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Give the files of the model as one string of bytes."""
        return util.to_bytes({name: partial(self.opened.read, name) for name in FILES}, exclude)

    def from_bytes(self, bytes_data: bytes, *, exclude: Iterable[str] = ()) -> "RoleTagger":
        """Take the model that `to_bytes` gave.

        Raises:
            ModelError: Q303, Q304.
        """
        files: dict[str, bytes] = {}
        util.from_bytes(bytes_data, {name: partial(files.__setitem__, name) for name in FILES}, exclude)
        return self._hold(files, Path("from_bytes"))

    def _hold(self, files: dict[str, bytes], folder: Path) -> "RoleTagger":
        self.opened = hold_model(files, folder, n_threads=self._n_threads)
        vars(self).pop("_tagger", None)
        return self

    @cached_property
    def _tagger(self) -> Tagger:
        return Tagger(self.opened)

    def __call__(self, doc: Doc) -> Doc:
        """Tag one Doc."""
        notes = require(doc, "quotex_tagger", "quotex_segment", "quotex_marks")
        index = take_index(doc)
        tokens = index.tokens
        places = tokens.words.tolist()
        paragraphs = find_paragraph_numbers(index)
        words = [tokens.texts[i] for i in places]
        tagging = self._tagger(words, find_mark_states(index), paragraphs)
        meta = self.opened.meta
        notes.calibration = meta.calibration.get("quote", notes.calibration)
        notes.ranking = meta.ranking
        sentences = np.searchsorted(index.sentences, tokens.words, side="right")
        for key, probabilities in ((ROLE_SPANS, tagging.roles), (INNER, tagging.inner)):
            roles = decode_roles(probabilities, paragraphs, meta.transitions, meta.calibration)
            roles = part_sources(roles, sentences)
            doc.spans[key] = make_spans(doc, places, roles)
            notes.links[key] = find_links(tagging, roles)
        names = cut_ends(decode_names(tagging.names, paragraphs), words)
        doc.spans[NAMES] = make_spans(doc, places, settle_kinds(tagging.names, names, words))
        doc.spans[BESIDE] = make_spans(doc, places, decode_beside(tagging.beside, paragraphs))
        mentions = find_mentions(tagging, paragraphs, words)
        doc.spans[MENTIONS] = make_spans(doc, places, mentions)
        notes.mentions = MentionLinks(
            heads=[places[head] for head in find_heads(mentions, words)],
            mates=[
                Mates(tokens.words[mates.words], tokens.words[mates.targets], mates.scores)
                for mates in tagging.mates
            ],
        )
        return doc


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def part_sources(roles: Sequence[RoleSpan], sentences: Ints1d) -> list[RoleSpan]:
    """Part sources where a sentence ends: who is named on either side is not one.

    Args:
        roles: In words.
        sentences: int64, shape (n_words,), number of each word's sentence.
    """
    parted = []
    for role in roles:
        cuts = np.flatnonzero(np.diff(sentences[role.start : role.end])) + 1 if role.label == "source" else ()
        edges = [role.start, *(role.start + int(cut) for cut in cuts), role.end]
        parted += [replace(role, start=start, end=end) for start, end in pairwise(edges)]
    return parted


def make_spans(doc: Doc, places: Sequence[int], found: Iterable[LabelledSpan[Any]]) -> list[Span]:
    """Make spans of a Doc of what was found in its words; `places` are the words' tokens."""
    return [Span(doc, places[one.start], places[one.end - 1] + 1, one.label) for one in found]


def find_paragraph_numbers(index: TextIndex) -> Ints1d:
    """Give each word the number of its paragraph, from 0: int32, shape (n_words,)."""
    starts = [start for start, _ in index.paragraphs]
    return np.maximum(np.searchsorted(starts, index.tokens.words, side="right") - 1, 0).astype(np.int32)


def find_mark_states(index: TextIndex) -> Bytes1d:
    """Give each word its state by the outermost marks: int8, shape (n_words,), index into MARK_STATES."""
    states = np.full(len(index.tokens.texts), OUTSIDE, dtype=np.int8)
    for start, end in merge_ranges((one.start, one.end) for one in index.quoted):
        states[start:end] = INSIDE
    for (start, end), opens, at in index.marks:
        if at == 0:
            states[start:end] = OPENING if opens else CLOSING
    return states[index.tokens.words]


def find_links(tagging: Tagging, roles: list[RoleSpan]) -> RoleLinks:
    """Find what belongs together among the roles of a text."""
    probabilities = [role.probability for role in roles]
    return RoleLinks(probabilities, find_cue_links(tagging, roles), find_source_links(tagging, roles))


def find_cue_links(tagging: Tagging, roles: list[RoleSpan]) -> list[Link]:
    """Score each source and content with each cue that the model saw together with it."""
    cues = [number for number, role in enumerate(roles) if role.label == "cue"]
    others = [number for number, role in enumerate(roles) if role.label != "cue"]
    spans = [(roles[number].start, roles[number].end) for number in others]
    links = tagging.link_cues(spans, [roles[number].start for number in cues])
    return [(others[span], cues[cue], score) for span, cue, score in links]


def find_source_links(tagging: Tagging, roles: list[RoleSpan]) -> list[Link]:
    """Score each cue with each source that the model saw together with it, and with none."""
    cues = [number for number, role in enumerate(roles) if role.label == "cue"]
    sources = [number for number, role in enumerate(roles) if role.label == "source"]
    links = tagging.link_sources([roles[n].start for n in cues], [roles[n].start for n in sources])
    return [(cues[cue], sources[source] if source >= 0 else -1, score) for cue, source, score in links]


def find_mentions(tagging: Tagging, paragraphs: Ints1d, words: list[str]) -> list[MentionSpan]:
    """Find the mentions, and within them the possessive pronouns as mentions of their own: `[her] spokesman`."""
    mentions = decode_mentions(tagging.mentions, paragraphs)
    found = list(mentions)
    seen = {(mention.start, mention.end) for mention in mentions}
    for mention in mentions:
        for i in range(mention.start, mention.end):
            if words[i].lower() in POSSESSIVE_PRONOUNS and (i, i + 1) not in seen:
                seen.add((i, i + 1))
                found.append(LabelledSpan("org" if words[i].lower() == "its" else "person", i, i + 1, 1.0))
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def find_heads(mentions: list[MentionSpan], words: list[str]) -> list[int]:
    """Find the word that stands for each mention."""
    return [mention.start + find_head(words[mention.start : mention.end]) for mention in mentions]
