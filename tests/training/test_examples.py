"""Annotated articles as the labels and links that are learned."""

import pytest

from quotex.evaluation import Annotation
from quotex.model.encode import MARK_STATES, Encoder
from quotex.model.labels import ROLE_LABELS
from quotex.training.examples import NONE, UNKNOWN, Example, add_quotes
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


def test_inner_quotes_are_labels_of_their_own(example: Example) -> None:
    """What is said inside a content leaves that as it is; of texts without such marks nothing is known."""
    outer = Annotation(content=((1, 18),), cue=((28, 32),))
    inner = Annotation(content=((1, 3),), cue=(CUE,), source=(SOURCE,))
    add_quotes(example, [outer, inner])
    assert example.inner is None
    add_quotes(example, [outer, inner], are_inner_known=True)
    assert example.gold is not None
    assert example.inner is not None
    whole, within = ([ROLE_LABELS[label] for label in labels] for labels in (example.gold, example.inner))
    assert whole == ["O", "B-content", *["I-content"] * 5, "O", "O", "O", "B-cue", "O"]
    assert within == ["O", "B-content", "O", "O", "B-source", "I-source", "B-cue", *["O"] * 5]


@pytest.mark.parametrize(("said", "is_known"), [("No, ‘no’", False), ("No, no", True)])
def test_a_quotation_with_another_in_it_that_nobody_marked(said: str, is_known: bool) -> None:
    """What is said inside it is not known, and elsewhere is none."""
    example = ExampleReader(Encoder(make_tokenizer()))("a", f"“{said},” Ann said.")
    add_quotes(example, [Annotation(content=((1, len(said) + 2),))], are_inner_known=True)
    assert example.inner is not None
    assert set(example.inner[1:3].tolist()) == {0 if is_known else UNKNOWN}
    assert set(example.inner[-3:].tolist()) == {0}
