"""`quotex speakers`: records, table, and what can go wrong."""

import csv
import io
import json

import pytest

TEXT = "“We are ready for the rain,” said Ann Lee.\n\n“No,” said Bo Lind. “Never,” said Ann Lee.\n"


@pytest.fixture
def news(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_json_lines_in_a_pipe(quotex, stand_in, news):
    """One speaker a row, who said most first."""
    result = quotex("speakers", news)
    assert result.exit_code == 0
    ann, bo = map(json.loads, result.stdout.splitlines())
    assert (ann["name"], ann["quotes"], ann["words"], ann["direct"]) == ("Ann Lee", 4, 14, 4)
    assert (bo["name"], bo["share"]) == ("Bo Lind", round(2 / 16, 4))
    assert bo["articles"] == [str(news / "a.txt"), str(news / "b.txt")]


def test_json_has_the_totals(quotex, stand_in, news):
    """So that shares can be checked."""
    document = json.loads(quotex("speakers", news, "--json").stdout)
    assert {key: document[key] for key in ("articles", "quotes", "words", "unknown")} == {
        "articles": 2,
        "quotes": 6,
        "words": 16,
        "unknown": 0,
    }
    assert len(document["speakers"]) == 2


def test_csv(quotex, stand_in, news):
    """The number of articles stands for their ids."""
    head, ann, _ = csv.reader(io.StringIO(quotex("speakers", news, "--csv").stdout))
    columns = "id name kind pronoun description affiliation articles quotes words share direct mixed indirect"
    assert head == columns.split()
    assert ann == ["ann-lee", "Ann Lee", "person", "", "", "", "2", "4", "14", "0.875", "4", "0", "0"]


def test_html(quotex, stand_in, news):
    """A page with the bars; it is none of the articles."""
    page = quotex("speakers", news, "--format", "html").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert "14 words, 4 quotes" in page
    assert "Never" not in page


def test_table(quotex, stand_in, news):
    """Bars, figures and totals."""
    result = quotex("speakers", news, "--format", "table", "--top", "1")
    lines = result.stdout.splitlines()
    assert lines[1].split() == ["Ann", "Lee", "█" * 24, "14", "87.5%", "4", "4"]
    assert lines[2].startswith("1 more with a name")
    assert lines[-1] == "6 quotes, 16 words in 2 articles"


def test_a_narrow_table_has_no_bars(quotex, stand_in, news, monkeypatch):
    """Figures go before pictures."""
    monkeypatch.setenv("COLUMNS", "50")
    assert "█" not in quotex("speakers", news, "--format", "table").stdout


def test_nothing_found(quotex, stand_in, tmp_path):
    """An article without quotes has no speakers, and that is no failure."""
    path = tmp_path / "a.txt"
    path.write_text("It rained.", encoding="utf-8")
    result = quotex("speakers", path, "--format", "table")
    assert (result.exit_code, result.stdout) == (0, "No quotes found.\n")


def test_bad_aliases_stop_it_before_anything_is_read(quotex, news):
    """With the file's name, and status 2."""
    result = quotex("speakers", news, "--aliases", news / "none.txt")
    assert result.exit_code == 2
    assert "Q213" in result.stderr
    assert result.stdout == ""


def test_the_rest_is_counted_where_one_fails(quotex, stand_in, news):
    """As everywhere."""
    result = quotex("speakers", news / "a.txt", news / "none.txt")
    assert result.exit_code == 1
    assert "none.txt" in result.stderr
    assert len(result.stdout.splitlines()) == 2
