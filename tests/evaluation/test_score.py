"""The measures: the same figures as ../shared/score.py, whatever the quotes are."""

import json
import subprocess
import sys
from collections.abc import Mapping
from math import isnan
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotex.evaluation import AnnotatedText, Annotation, pair_quotes, read_gold, read_predictions, score
from quotex.evaluation.names import is_same_name
from quotex.records import Origin, parse_annotation
from quotex.types import SLICES
from tests.evaluation.corpora import NAMES, corpora
from tests.paths import SHARED, needs_shared

REAL = ("polnear_dev", "wikinews_dev")


def write_rows(path: Path, rows: list[dict]) -> Path:
    """Write JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def score_ours(gold: Path, found: Path) -> list[dict]:
    """Score two files with quotex; where there is nothing to judge, the script has zeros."""
    articles = read_gold(str(gold))
    quotes = read_predictions(str(found), articles, str(gold))
    pairings = [pair_quotes(article, quotes.get(article.id, [])) for article in articles]
    return [put_zeros(score(pairings, which)) for which in SLICES]


def put_zeros(figures: Mapping) -> dict:
    """Put zeros in place of NaN."""
    return {
        key: put_zeros(value) if isinstance(value, Mapping) else 0.0 if value != value else value
        for key, value in figures.items()
    }


def score_theirs(gold: Path, found: Path) -> list[dict]:
    """Score two files with score.py."""
    command = [sys.executable, "-X", "utf8", SHARED / "score.py", gold, found, "--json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@needs_shared
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(corpus=corpora())
def test_every_figure_is_that_of_the_script(tmp_path, corpus):
    """Of all slices, for odd marks, odd names, letters of other planes, pieces, ties and gaps."""
    gold, found = (write_rows(tmp_path / name, rows) for name, rows in zip("gp", corpus, strict=True))
    assert score_ours(gold, found) == score_theirs(gold, found)


@needs_shared
@pytest.mark.parametrize("name", REAL)
def test_every_figure_is_that_of_the_script_on_news(tmp_path, name):
    """With edges, sources and speakers changed here and there."""
    gold = SHARED / "data" / f"{name}.jsonl"
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    for row in rows[1:]:
        row["quotes"] = [spoil(quote, number) for number, quote in enumerate(row["quotes"]) if number % 5]
    found = write_rows(tmp_path / "found", rows[1:])
    assert score_ours(gold, found) == score_theirs(gold, found)


def spoil(quote: dict, number: int) -> dict:
    """Change one thing or another."""
    start, end = quote["content"][0]
    content = [[start, end - (end - start) * (number % 3) // 3]]
    source = quote["source"] if number % 4 else quote["cue"]
    speaker = quote.get("speaker") if number % 7 else "Ann Lee"
    return quote | {"content": content, "source": source, "speaker": speaker}


@needs_shared
def test_the_right_quotes_score_100():
    """Against themselves, in all measures."""
    name = str(SHARED / "data" / "wikinews_dev.jsonl")
    for figures in score_ours(name, name):
        rates = [value for value in figures.values() if isinstance(value, dict)]
        assert rates == [{"P": 100.0, "R": 100.0, "F1": 100.0}] * len(rates)


def test_nothing_found_and_nothing_right():
    """No division by zero, and no figure."""
    figures = score([], SLICES[0])
    assert (figures["gold"], figures["pred"], str(figures["overlap"])) == (0, 0, "{'P': nan, 'R': nan, 'F1': nan}")
    assert isnan(figures["named_acc"])


def test_a_hundred_thousand_words_take_no_time():
    """Pairing and counting are linear in the text."""
    n_words = 100_000
    text = "word " * n_words
    content = [{"content": [[at, at + 49]]} for at in range(0, 5 * n_words, 50)]
    article, found = (
        [parse_annotation(quote, text, Origin("a", 1)) for quote in content],
        [parse_annotation({"content": [[at, at + 29]]}, text, Origin("a", 1)) for at in range(0, 5 * n_words, 50)],
    )
    figures = score([pair_quotes(AnnotatedText("a", text, tuple(article)), found)])
    assert figures["overlap"] == {"P": 100.0, "R": 100.0, "F1": 100.0}
    assert figures["char"] == {"P": 100.0, "R": 60.0, "F1": 75.0}


def test_joining_takes_no_time_either():
    """Ten thousand pieces of one quote."""
    text = "“word word” " * 10_000
    quotes = [Annotation(((at + 1, at + 10),), speaker="Ann Lee") for at in range(0, len(text), 12)]
    figures = score([pair_quotes(AnnotatedText("a", text, tuple(quotes)), quotes)])
    assert (figures["gold"], figures["pred"], figures["exact"]["F1"]) == (1, 1, 100.0)


def test_char_named():
    """By letters: those of people and bodies, whose kind is known, and by which other name they may go."""
    text = "a b c d e f g h"
    gold = AnnotatedText(
        "a",
        text,
        (
            Annotation(((0, 7),), speaker="Ann Lee", kind="person", also=("Dr. Moe",)),  # a b c d
            Annotation(((8, 9),), speaker="a baker", kind="unnamed"),  # e
            Annotation(((10, 11),)),  # f: nobody has said who it is
        ),
    )
    found = [
        Annotation(((0, 1),), speaker="Moe", kind="person"),
        Annotation(((2, 3),), speaker="Bo Lind"),
        Annotation(((4, 5),), speaker="Ann Lee", kind="unnamed"),
        Annotation(((8, 9),), speaker="Bo Lind"),
        Annotation(((10, 11),), speaker="Bo Lind"),
        Annotation(((12, 15),), speaker="Bo Lind"),  # g h
    ]
    assert score([pair_quotes(gold, found)])["char_named"] == {"P": 20.0, "R": 25.0, "F1": 22.2}


@given(name=st.sampled_from(NAMES))
def test_a_name_is_itself(name):
    """Unless it has no letters."""
    assert is_same_name(name, name) == (name != "!")
