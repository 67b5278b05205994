"""Examples come back from the file that they were written to, but for their words."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from models.news_en.training.naming import read_marked
from models.news_en.training.store import read_examples, write_examples
from models.news_en.training.texts import FOLDER, read_texts
from quotex.model.encode import EncodedArticle, Encoder
from quotex.training.examples import UNKNOWN
from quotex.training.reader import ExampleReader
from tests.model.toy import make_tokenizer


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """All that is known of some, and nothing of others."""
    read = ExampleReader(Encoder(make_tokenizer()))
    examples = read_marked(read_texts(FOLDER)[:3], read)
    examples.insert(1, read("plain", "Two words.\n\nMore of them."))
    examples[0].fold = 2
    mentions = np.zeros((len(examples[0].words.words), 2), dtype=np.int64)
    mentions[3], mentions[4], mentions[5] = (1, 2), (2, 0), UNKNOWN
    examples[0].mentions = mentions
    write_examples(tmp_path / "examples.npz", examples)
    again = read_examples(tmp_path / "examples.npz")
    assert len(again) == len(examples)
    for one, other in zip(again, examples, strict=True):
        for field in fields(EncodedArticle):
            if field.name != "paragraphs":  # numbers, of which only the changes say anything
                np.testing.assert_array_equal(getattr(one.encoded, field.name), getattr(other.encoded, field.name))
        np.testing.assert_array_equal(np.diff(one.encoded.paragraphs), np.diff(other.encoded.paragraphs))
        for name in ("gold", "mentions", "names", "beside"):
            if getattr(other, name) is None:
                assert getattr(one, name) is None
            else:
                np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
        assert (one.id, one.fold, one.cues, one.sources, one.mates) == (
            other.id, other.fold, other.cues, other.sources, other.mates
        )  # fmt: skip
