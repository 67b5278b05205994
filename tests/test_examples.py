"""The articles and scripts of examples/: what a reader expects of them is what quotex finds."""

import json
import subprocess
import sys

import pytest

import quotex
from quotex.types import Article
from tests.paths import NEWS, ROOT, strip_edges

EXPECTED = json.loads((ROOT / "tests" / "data" / "examples.json").read_text("utf-8"))
TEXTS = {path.name: path.read_bytes().decode("utf-8") for path in sorted(NEWS.glob("*.txt"))}
ROWS = [json.loads(line) for line in (NEWS / "briefs.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    """All articles, read once."""
    texts = TEXTS | {row["id"]: row["text"] for row in ROWS}
    return {name: quotex.extract(text, id=name) for name, text in texts.items()}


def test_every_article_has_expectations():
    """None is left out."""
    assert set(TEXTS) == set(EXPECTED)


@pytest.mark.parametrize("name", [*TEXTS, *(row["id"] for row in ROWS)])
def test_offsets_cut_each_span_out_of_the_text(articles, name):
    """Of contents, cues and sources alike."""
    article = articles[name]
    for quote in article.quotes:
        spans = [*quote.content, *quote.cue, *quote.source]
        assert [article.text[span.start : span.end] for span in spans] == [span.text for span in spans]


@pytest.mark.parametrize("name", TEXTS)
def test_direct_quotes(articles, name):
    """Pieces and speaker as written down by hand."""
    found = [
        {
            "speaker": quote.speaker.name if quote.speaker else None,
            "content": [strip_edges(span.text) for span in quote.content],
        }
        for quote in articles[name].quotes
    ]
    assert [quote for quote in EXPECTED[name]["direct"] if quote not in found] == []


@pytest.mark.parametrize("name", TEXTS)
def test_scare_quotes_and_titles_are_no_quotes(articles, name):
    """What stands in marks need not have been said."""
    found = {strip_edges(quote.text) for quote in articles[name].quotes}
    assert found.isdisjoint(EXPECTED[name]["no quotes"])


def test_briefs(articles):
    """Rows of JSON Lines are articles; one without quotes is fine."""
    speakers = {row["id"]: {s.name for s in articles[row["id"]].speakers if s.kind == "person"} for row in ROWS}
    assert speakers == {"brief-1": {"Saara Lindqvist"}, "brief-2": {"Nadia Ferchichi"}, "brief-3": set()}


def test_script_prints_who_said_what():
    """As a user runs it, from the root of the project."""
    paths = [f"examples/news/{name}" for name in TEXTS]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "examples/who_said_what.py", *paths],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines if not line.startswith(" ")] == paths
    for name in TEXTS:
        for quote in EXPECTED[name]["direct"]:
            start = f"  {quote['speaker']}: {quote['content'][0]}"
            assert any(line.startswith(start) for line in lines), start
