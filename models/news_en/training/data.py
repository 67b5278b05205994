"""Data: annotated articles, a teacher's opinions and mentions, as arrays over words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import spacy

from quotex.model.arrays import Floats2d, Ints1d
from quotex.model.encode import EncodedArticle, Encoder
from quotex.model.labels import MENTION_KINDS, ROLES
from quotex.pipeline.marks import MarkPairer
from quotex.pipeline.segment import Segmenter
from quotex.pipeline.tagger import find_mark_states, find_paragraph_numbers
from quotex.pipeline.tokenizer import make_language

NONE = -1  # the target of a cue that has no source
NO_CUE = -32_768  # in the teacher's file: a word that is neither source nor content
# GUM's names of what we call MENTION_KINDS
GUM_TYPES = {"person": "person", "org": "organization"}

Link = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one article as the tagger gets them.

    Attributes:
        text: The article.
        words: Words that are not white space.
        offsets: int32, shape (n_words, 2), half-open ranges of code points.
        marks: int8, shape (n_words,), index into MARK_STATES.
        paragraphs: int32, shape (n_words,).
    """

    text: str
    words: list[str]
    offsets: Ints1d
    marks: np.ndarray[Any, np.dtype[np.int8]]
    paragraphs: Ints1d

    def find(self, start: int, end: int) -> tuple[int, int]:
        """Find the words that a range of code points touches, as a half-open range of words."""
        first = int(np.searchsorted(self.offsets[:, 1], start, side="right"))
        last = int(np.searchsorted(self.offsets[:, 0], end, side="left"))
        return first, max(first, last)


@dataclass(slots=True)
class Example:
    """One article to learn from; what is not known of it is None or empty.

    Attributes:
        id: The article's id.
        words: Its words.
        encoded: Its word pieces and features.
        gold: int64, shape (n_words,), index into ROLE_LABELS.
        teacher: float32, shape (n_words, len(ROLE_LABELS)), probabilities.
        cues: Pairs (source or content word, first word of its cue).
        sources: Pairs (first word of a cue, first word of its source, or NONE).
        mentions: int64, shape (n_words, len(MENTION_KINDS)): 0 outside, 1 first word, 2 inside.
    """

    id: str
    words: Words
    encoded: EncodedArticle
    gold: Ints1d | None = None
    teacher: Floats2d | None = None
    cues: list[Link] = field(default_factory=list)
    sources: list[Link] = field(default_factory=list)
    mentions: Ints1d | None = None


class WordReader:
    """Cuts texts into words with mark states and paragraphs, by the stages that the pipeline runs."""

    def __init__(self) -> None:
        self._nlp = make_language()
        self._stages = (Segmenter(), MarkPairer())

    def __call__(self, text: str) -> Words:
        """Cut one text."""
        doc = self._nlp.make_doc(text)
        for stage in self._stages:
            doc = stage(doc)
        tokens = [token for token in doc if not token.is_space]
        offsets = np.array([(token.idx, token.idx + len(token)) for token in tokens], dtype=np.int32).reshape(
            -1, 2
        )
        marks, paragraphs = find_mark_states(doc, tokens), find_paragraph_numbers(doc, tokens)
        return Words(text, [token.text for token in tokens], offsets, marks, paragraphs)


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def read_examples(path: Path, encoder: Encoder) -> list[Example]:
    """Read articles and, where they have any, their quotes and mentions."""
    read = WordReader()
    examples = []
    for row in read_jsonl(path):
        words = read(row["text"])
        example = Example(row["id"], words, encoder.encode(words.words, words.marks, words.paragraphs))
        if "quotes" in row:
            add_quotes(example, row["quotes"])
        if "mentions" in row:
            add_mentions(example, row["mentions"])
        examples.append(example)
    return examples


def add_quotes(example: Example, quotes: list[dict[str, Any]]) -> None:
    """Write gold quotes as labels and links.

    A word has one role; where spans overlap (8 words in 100,000 of PolNeAR) source goes before cue before
    content, and where two of one role do, the first one goes on.
    """
    gold = np.zeros(len(example.words.words), dtype=np.int64)
    for role in reversed(ROLES):
        pieces = {example.words.find(start, end) for quote in quotes for start, end in quote[role]}
        label = 1 + 2 * ROLES.index(role)
        taken = 0
        for first, last in sorted(pieces):
            first = max(first, taken)
            if first < last:
                gold[first] = label
                gold[first + 1 : last] = label + 1
                taken = last
    example.gold = gold
    for quote in quotes:
        if not quote["cue"]:
            continue
        cue = min(example.words.find(start, end)[0] for start, end in quote["cue"])
        sources = [example.words.find(start, end) for start, end in quote["source"]]
        contents = [example.words.find(start, end) for start, end in quote["content"]]
        example.cues += [(word, cue) for piece in (*sources, *contents) for word in range(*piece)]
        example.sources.append((cue, min(first for first, _ in sources) if sources else NONE))


def add_mentions(example: Example, mentions: list[dict[str, Any]]) -> None:
    """Write the outermost mentions of each kind as labels."""
    labels = np.zeros((len(example.words.words), len(MENTION_KINDS)), dtype=np.int64)
    for column, kind in enumerate(MENTION_KINDS):
        of_kind = [mention for mention in mentions if mention["type"] == GUM_TYPES[kind]]
        taken = 0
        for mention in sorted(of_kind, key=lambda mention: (mention["start"], -mention["end"])):
            first, last = example.words.find(mention["start"], mention["end"])
            if taken <= first < last:
                labels[first, column] = 1
                labels[first + 1 : last, column] = 2
                taken = last
    example.mentions = labels


def add_teacher(examples: list[Example], path: Path) -> None:
    """Add a teacher's opinion of every word; its links only where there are none in gold.

    Args:
        examples: All articles that the teacher read, in its order.
        path: NumPy archive: `lengths` (n_articles,), words an article; `probs` (n_words, 7), 255 times the
            probability of each of ROLE_LABELS; `cue` (n_words,), distance to the first word of the cue.
            Its words are the tokens of a blank English spaCy pipeline that are not white space.
    """
    tokenize = spacy.blank("en").tokenizer
    with np.load(path) as archive:
        lengths, probs, cues = archive["lengths"], archive["probs"], archive["cue"]
    if len(lengths) != len(examples):
        raise ValueError(f"{path}: {len(lengths)} articles, not {len(examples)}")
    offset = 0
    for example, length in zip(examples, lengths.tolist(), strict=True):
        starts = np.array([token.idx for token in tokenize(example.words.text) if not token.is_space])
        if len(starts) != length:
            raise ValueError(f"{path}: article {example.id} has {len(starts)} words, not {length}")
        _add_opinion(example, starts, probs[offset : offset + length], cues[offset : offset + length])
        offset += length


def _add_opinion(example: Example, starts: Ints1d, probs: Ints1d, distances: Ints1d) -> None:
    """Carry the teacher's opinion from its words, which begin at `starts`, to ours, which may be smaller."""
    ours = example.words.offsets[:, 0]
    theirs = np.searchsorted(starts, ours, side="right") - 1
    opinion = probs[theirs].astype(np.float32)
    goes_on = np.flatnonzero(theirs[1:] == theirs[:-1]) + 1
    for first in (1, 3, 5):  # the second half of a word that begins a span is inside it
        opinion[goes_on, first + 1] += opinion[goes_on, first]
        opinion[goes_on, first] = 0
    example.teacher = opinion / opinion.sum(axis=1, keepdims=True)
    if example.gold is not None:
        return
    first_of = np.searchsorted(theirs, np.arange(len(starts)))
    labels = example.teacher.argmax(axis=1)
    distance = distances[theirs].astype(np.int64)
    for word in np.flatnonzero((labels != 0) & (distance != NO_CUE)).tolist():
        cue = theirs[word] + distance[word]
        if labels[word] in (1, 2, 5, 6) and 0 <= cue < len(starts):
            example.cues.append((word, int(first_of[cue])))
    starts_source = {word: cue for word, cue in example.cues if labels[word] == 1}
    nearest: dict[int, int] = {}
    for source, cue in starts_source.items():
        if labels[cue] == 3 and (cue not in nearest or abs(source - cue) < abs(nearest[cue] - cue)):
            nearest[cue] = source
    example.sources += list(nearest.items())
