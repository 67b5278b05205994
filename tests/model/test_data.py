"""Annotated articles as the labels and links that are learned."""

from pathlib import Path

import numpy as np
import pytest

from models.news_en.training.data import NO_CUE, NONE, Example, WordReader, add_mentions, add_quotes, add_teacher
from quotex.model.encode import MARK_STATES, Encoder
from quotex.model.labels import ROLE_LABELS
from tests.model.toy import make_tokenizer

TEXT = "“No,” Ann Lee said.\n\nIt was said."
SOURCE, CUE, CONTENT = [6, 13], [14, 18], [0, 5]


@pytest.fixture
def example() -> Example:
    words = WordReader()(TEXT)
    encoder = Encoder(make_tokenizer())
    return Example("a", words, encoder.encode(words.words, words.marks, words.paragraphs))


def test_words_with_their_marks_and_paragraphs(example: Example) -> None:
    """Marks are words of their own."""
    words = example.words
    assert words.words == ["“", "No", ",", "”", "Ann", "Lee", "said", ".", "It", "was", "said", "."]
    states = [MARK_STATES[state] for state in words.marks]
    assert states == ["opening", "inside", "inside", "closing", *["outside"] * 8]
    assert words.paragraphs.tolist() == [0] * 8 + [1] * 4


def test_quotes_are_labels_and_links(example: Example) -> None:
    """Every word of source and content links to the first word of the cue, the cue to that of the source."""
    unsourced = {"content": [[21, 23]], "cue": [[28, 32]], "source": []}
    add_quotes(example, [{"content": [CONTENT], "cue": [CUE], "source": [SOURCE]}, unsourced])
    assert example.gold is not None
    assert [ROLE_LABELS[label] for label in example.gold] == [
        *["B-content", "I-content", "I-content", "I-content", "B-source", "I-source", "B-cue", "O"],
        *["B-content", "O", "B-cue", "O"],
    ]
    assert sorted(example.cues) == [(word, 6) for word in range(6)] + [(8, 10)]
    assert example.sources == [(6, 4), (10, NONE)]


def test_only_the_outermost_mentions_are_labels(example: Example) -> None:
    """A "Lee" inside "Ann Lee" is not learned of its own; other kinds of things are not learned at all."""
    mentions = [
        {"start": 10, "end": 13, "type": "person"},
        {"start": 6, "end": 13, "type": "person"},
        {"start": 6, "end": 9, "type": "organization"},
        {"start": 21, "end": 23, "type": "abstract"},
    ]
    add_mentions(example, mentions)
    assert example.mentions is not None
    assert example.mentions[4:6].tolist() == [[1, 1], [2, 0]]
    assert example.mentions.sum() == 4


def test_a_teachers_opinion_is_carried_to_smaller_words(tmp_path: Path) -> None:
    """What is one word to the teacher and several to us begins a span once."""
    words = WordReader()("He said“No")
    example = Example("a", words, Encoder(make_tokenizer()).encode(words.words, words.marks, words.paragraphs))
    probs = np.zeros((2, 7), dtype=np.uint8)
    probs[0, ROLE_LABELS.index("B-source")] = probs[1, ROLE_LABELS.index("B-cue")] = 255
    cues = np.array([1, NO_CUE], dtype=np.int16)
    np.savez(tmp_path / "teacher.npz", lengths=np.array([2]), probs=probs, cue=cues)
    add_teacher([example], tmp_path / "teacher.npz")
    assert example.teacher is not None
    assert words.words == ["He", "said", "“", "No"]
    assert [ROLE_LABELS[label] for label in example.teacher.argmax(axis=1)] == [
        "B-source",
        "B-cue",
        "I-cue",
        "I-cue",
    ]
    assert example.cues == [(0, 1)]
    assert example.sources == [(1, 0)]
