"""The corpora that our model learned from, as labels and links."""

from pathlib import Path

import pytest

pytest.importorskip("torch")

from models.news_en.training.corpora import (
    add_mates,
    add_mentions,
    read_pronouns,
)
from quotex.model.encode import Encoder
from quotex.training.examples import Example, GoldMates
from quotex.training.reader import ExampleReader
from tests.model.toy import make_tokenizer

TEXT = "“No,” Ann Lee said.\n\nIt was said."


@pytest.fixture
def example() -> Example:
    return ExampleReader(Encoder(make_tokenizer()))("a", TEXT)


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


def test_mentions_of_one_entity_are_mates(example: Example) -> None:
    """Each mention's head is linked to those of all others of the same one; one alone has none."""
    mentions = [
        {"start": 6, "end": 13, "type": "person", "entity": 1, "form": "name"},
        {"start": 21, "end": 23, "type": "person", "entity": 1, "form": "pronoun"},
        {"start": 1, "end": 3, "type": "organization", "entity": 2, "form": "nominal"},
        {"start": 28, "end": 32, "type": "event", "entity": 1, "form": "nominal"},
    ]
    add_mates(example, mentions)
    assert example.mates == [GoldMates(5, (), (8,)), GoldMates(8, (5,)), GoldMates(1, ())]


def test_a_pronoun_between_two_names(tmp_path: Path) -> None:
    """The names are told from each other; where it is neither, there is nothing to learn."""
    columns = "ID Text Pronoun Pronoun-offset A A-offset A-coref B B-offset B-coref URL".split()
    text = "Ann Lee met Bob Moe before he left."
    row = ["p1", text, "he", "27", "Ann Lee", "0", "FALSE", "Bob Moe", "12", "TRUE", ""]
    neither = [*row[:6], "FALSE", *row[7:9], "FALSE", ""]
    path = tmp_path / "pronouns.tsv"
    path.write_text("\n".join("\t".join(line) for line in (columns, row, neither)) + "\n")
    (example,) = read_pronouns(path, ExampleReader(Encoder(make_tokenizer())))
    assert example.mates == [GoldMates(6, (4,), among=(1, 4))]
