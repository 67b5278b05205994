"""`quotex extract --corrections`: what was saved counts instead of what is found, in every format."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quotex.corrected import Corrected
from quotex.evaluation.corrections import digest_text
from quotex.types import Article

TEXT = "It rained. “We are ready,” said Ann Lee. “I told them: ‘No,’” she said. Bo Ek agreed that it was late.\n"
OTHER = "“It holds,” said Bo Lind."
ANN = {"name": "Ann Lee", "kind": "person", "aliases": ["Lee"], "descriptions": ["the mayor"], "pronoun": "she"}


def mark(content: str, cue: str = "", source: str = "", **more: object) -> dict[str, object]:
    """Mark a quote by its words."""
    places = {"content": content, "cue": cue, "source": source}
    return {
        **{
            role: [[TEXT.index(part), TEXT.index(part) + len(part)]] if part else []
            for role, part in places.items()
        },
        "speaker": None,
        "kind": None,
        "act": "statement",
        **more,
    }


def save(*quotes: dict[str, object], text: str = TEXT, **more: object) -> str:
    """Write the line of a correction."""
    return json.dumps({"sha256": digest_text(text), "id": "x", "text": text, "quotes": quotes, **more}) + "\n"


FIRST = mark("We are ready,", "said", "Bo Ek", speaker="Bo Ek", kind="person", type="direct", confidence=0.2)
LAST = save(
    FIRST,
    mark("I told them: ‘No,’", "said", "she", speaker="Ann Lee", kind="person", type="direct"),
    mark("No,", "told", "I", speaker="Ann Lee", kind="person", type="direct"),
    mark("it was late", "agreed", "Bo Ek", speaker="Bo Ek", kind="person", type="indirect", act="thought"),
    speakers=[ANN],
    rejected=[mark("It rained")],
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder with two articles, one of which was corrected twice; half a line is left of a third time."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, "utf-8")
    Path("b.txt").write_text(OTHER, "utf-8")
    Path("mine.jsonl").write_text(save() + LAST + '{"sha256": "ab', "utf-8")


def test_what_is_read():
    """The last line of a text, with all that records have."""
    corrected = Corrected(Path("mine.jsonl"))
    assert corrected(Article("b", OTHER)) is None
    assert corrected.count() == (0, 1)
    found = corrected(Article("elsewhere/a.txt", TEXT))
    assert corrected.count() == (1, 1)
    assert [(one.text, one.confidence, one.within) for one in found.quotes] == [
        ("We are ready,", 1.0, None),
        ("I told them: ‘No,’", 1.0, None),
        ("No,", 1.0, 2),
        ("it was late", 1.0, None),
    ]
    assert found.quotes[0].sentence == "“We are ready,” said Ann Lee. … Bo Ek agreed that it was late."
    assert [(one.name, one.quotes, one.pronoun) for one in found.speakers] == [
        ("Bo Ek", (1, 4), None),
        ("Ann Lee", (2, 3), "she"),
    ]
    assert found.quotes[1].speaker.aliases == ("Lee",)


def test_two_speakers_of_one_name_stay_two():
    """A person and a body may have the same."""
    quotes = [
        mark("We are ready,", "said", "Ann Lee", speaker="Lee", kind="person"),
        mark("it was late", "agreed", "Bo Ek", speaker="Lee", kind="org"),
    ]
    speakers = [{"name": "Lee", "kind": kind} for kind in ("person", "org")]
    Path("two.jsonl").write_text(save(*quotes, speakers=speakers), "utf-8")
    found = Corrected(Path("two.jsonl"))(Article("a.txt", TEXT))
    assert [(one.id, one.kind, one.quotes) for one in found.speakers] == [
        ("lee", "person", (1,)),
        ("lee-2", "org", (2,)),
    ]


@pytest.mark.parametrize("suffix", ["jsonl", "json", "csv", "tsv", "md", "html", "db"])
def test_in_every_format(quotex, stand_in, suffix):
    """Those of the text are there, those that were found in it are not, and the other text is as it was."""
    name = f"out.{suffix}"
    result = quotex("extract", "a.txt", "b.txt", "--corrections", "mine.jsonl", "-o", name)
    assert (result.exit_code, result.stderr) == (0, f"{name}: 4 quotes in 2 articles\n")
    if suffix == "db":
        with closing(sqlite3.connect(name)) as database:
            shown = json.dumps(database.execute("SELECT speaker, quote FROM who_said_what").fetchall())
    else:
        shown = Path(name).read_text("utf-8")
    for words in ("Bo Ek", "We are ready,", "Ann Lee", "Bo Lind", "It holds,"):
        assert words in shown


def test_filters(quotex, stand_in):
    """They hold for what was corrected, too; `--speaker` knows whom it names."""
    result = quotex("extract", "a.txt", "--corrections", "mine.jsonl", "--speaker", "ek", "--thoughts", "--csv")
    assert result.stderr == ""
    rows = [line.split(",")[:5] for line in result.stdout.splitlines()[1:]]
    assert rows == [
        ["a.txt", "1", "direct", "statement", "Bo Ek"],
        ["a.txt", "4", "indirect", "thought", "Bo Ek"],
    ]


def test_what_is_said(quotex, stand_in):
    """Of corrections of other texts, of a file that is none, and of one that would be written to."""
    result = quotex("extract", "b.txt", "--corrections", "mine.jsonl")
    assert result.exit_code == 0
    assert result.stderr.startswith("[Q245] mine.jsonl: 1 of 1 corrected texts are none of these.")
    for options, message in (
        (("--corrections", "none.jsonl"), "[Q106] none.jsonl"),
        (("--corrections", "b.txt"), "[Q109] b.txt"),
        (("--corrections", "mine.jsonl", "-o", "mine.jsonl"), "[Q205] mine.jsonl"),
        (("--corrections", "mine.jsonl", "--engine", "ray", "-o", "out"), "[Q227] --corrections"),
    ):
        result = quotex("extract", "a.txt", *options)
        assert (result.exit_code, result.stderr[: len(message)]) == (2, message)
