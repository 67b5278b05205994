"""Annotated articles as the labels and links that are learned."""

import pytest

from quotex.evaluation import Annotation
from quotex.model.encode import MARK_STATES, Encoder
from quotex.model.labels import ROLE_LABELS
from quotex.training.examples import NONE, Example, add_quotes
from quotex.training.reader import ExampleReader
from tests.model.toy import make_tokenizer

TEXT = "“No,” Ann Lee said.\n\nIt was said."
SOURCE, CUE, CONTENT = (6, 13), (14, 18), (0, 5)


@pytest.fixture
def example() -> Example:
    return ExampleReader(Encoder(make_tokenizer()))("a", TEXT)


def test_words_with_their_marks_and_paragraphs(example: Example) -> None:
    """Marks are words of their own."""
    words = example.words
    assert words.words == ["“", "No", ",", "”", "Ann", "Lee", "said", ".", "It", "was", "said", "."]
    states = [MARK_STATES[state] for state in words.marks]
    assert states == ["opening", "inside", "inside", "closing", *["outside"] * 8]
    assert words.paragraphs.tolist() == [0] * 8 + [1] * 4


def test_quotes_are_labels_and_links(example: Example) -> None:
    """Every word of source and content links to the first word of the cue, the cue to that of the source."""
    unsourced = Annotation(content=((21, 23),), cue=((28, 32),))
    add_quotes(example, [Annotation(content=(CONTENT,), cue=(CUE,), source=(SOURCE,)), unsourced])
    assert example.gold is not None
    assert [ROLE_LABELS[label] for label in example.gold] == [
        *["B-content", "I-content", "I-content", "I-content", "B-source", "I-source", "B-cue", "O"],
        *["B-content", "O", "B-cue", "O"],
    ]
    assert sorted(example.cues) == [(word, 6) for word in range(6)] + [(8, 10)]
    assert example.sources == [(6, 4), (10, NONE)]
