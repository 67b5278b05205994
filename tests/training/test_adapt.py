"""What a model says of an article, as what another learns."""

from dataclasses import replace

import pytest

pytest.importorskip("torch")

from quotex.model.encode import Encoder
from quotex.model.labels import ROLE_LABELS
from quotex.model.tagger import Tagger
from quotex.training.adapt import add_opinion
from quotex.training.reader import ExampleReader
from tests.model.toy import ToyModel, make_tokenizer


def test_what_the_model_says_of_inner_quotes_is_learned() -> None:
    """They stay what they are, as articles that go on from a model rarely mark them."""
    example = ExampleReader(Encoder(make_tokenizer()))("a", "Ann said no.")
    words = example.words
    tagging = Tagger(ToyModel())(words.words, words.marks, words.paragraphs)
    add_opinion(example, replace(tagging, inner=tagging.roles))
    assert example.inner is not None
    assert [ROLE_LABELS[label] for label in example.inner] == ["B-source", "B-cue", "I-content", "O"]
