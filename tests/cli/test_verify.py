"""`quotex verify`: table, JSON, status."""

import json

import pytest

TEXT = "“We are ready for the rain,” said Ann Lee.\n\n“Never,” said Bo Lind.\n"


@pytest.fixture
def texts(tmp_path):
    def write(other, text=TEXT):
        one, two = tmp_path / "article.txt", tmp_path / "edited.txt"
        one.write_text(text, encoding="utf-8")
        two.write_text(other, encoding="utf-8")
        return one, two

    return write


def test_all_holds(quotex, stand_in, texts):
    """Status 0."""
    result = quotex("verify", *texts(TEXT.replace("\n\n", " ")))
    assert (result.exit_code, result.stdout) == (0, "2 of 2 quotations hold\n")


def test_changes(quotex, stand_in, texts):
    """Status 1; changed words are seen without colours, too."""
    result = quotex("verify", *texts(TEXT.replace("rain", "snow").replace("Bo Lind", "Mia Roe")))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "changed         “We are ready for the [-rain-] {+snow+}”",
        "                Ann Lee",
        "",
        "other speaker   “Never”",
        "                Bo Lind → Mia Roe",
        "",
        "0 of 2 quotations hold; 1 changed; 1 other speaker",
    ]


def test_allow(quotex, stand_in, texts):
    """What a summary leaves out is listed, and no failure; what it changes is."""
    paths = texts("“Never,” said Bo Lind.")
    assert quotex("verify", *paths).exit_code == 1
    result = quotex("verify", *paths, "--allow", "shortened,missing")
    assert (result.exit_code, "missing" in result.stdout) == (0, True)
    assert quotex("verify", *texts("“Ever,” said Bo Lind."), "--allow", "missing").exit_code == 1


def test_allow_names_the_changes(quotex, stand_in, texts):
    """Where there is no such."""
    result = quotex("verify", *texts(TEXT), "--allow", "all")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "shortened, changed, other speaker, missing, new" in result.stderr


def test_json(quotex, stand_in, texts):
    """One document, with places in both texts."""
    result = quotex("verify", *texts(TEXT.replace("Never", "Not ever")), "--json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert document["holds"] is False
    first = document["quotations"][0]
    place = {"text": "We are ready for the rain,", "start": 1, "end": 27, "quote": 1, "speaker": "Ann Lee"}
    assert (first["changes"], first["first"], first["second"]) == ([], place, [place])
    assert [one["changes"] for one in document["quotations"]] == [[], ["missing"], ["new"]]


def test_what_cannot_be_read(quotex, stand_in, texts, tmp_path):
    """Status 2, with the file's name; rows are not one article."""
    one, _ = texts(TEXT)
    result = quotex("verify", one, tmp_path / "none.txt")
    assert (result.exit_code, "none.txt" in result.stderr) == (2, True)
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "a"}\n{"text": "b"}\n')
    assert "Q806" in quotex("verify", one, rows).stderr
