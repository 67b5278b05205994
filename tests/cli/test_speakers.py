"""`quotex speakers`: records, table, and what can go wrong."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

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
    """A page with the figures; it is none of the articles."""
    page = quotex("speakers", news, "--format", "html").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert '>87.5%</td><td data-value="14">14</td>' in page
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


@pytest.fixture
def outlets(tmp_path):
    """Articles of two outlets, one of them without a quote."""
    rows = [
        {"id": "a", "text": TEXT, "outlet": "Ora Post", "date": "2026-03-31"},
        {"id": "b", "text": "“No,” said Bo Lind.", "outlet": "The <b>Sun</b>", "date": "2026-04-01"},
        {"id": "c", "text": "It rained.", "outlet": "Ora Post", "date": "2026-04-02"},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def database(quotex, stand_in, outlets, tmp_path, monkeypatch):
    """The same, extracted; nothing can be extracted after that."""
    path = tmp_path / "quotes.db"
    assert quotex("extract", outlets, "--keep", "outlet,date", "-o", path).exit_code == 0

    def extract(*arguments):
        raise AssertionError("articles are read again")

    monkeypatch.setattr("quotex.extraction.load", extract)
    return path


def test_results_are_counted_without_reading_again(quotex, database):
    """The figures are those of the articles; those without quotes count."""
    document = json.loads(quotex("speakers", database, "--json").stdout)
    assert [document[key] for key in ("articles", "without_quotes", "quotes")] == [3, 1, 4]
    assert document["pronouns"]["none"] == {"speakers": 2, "quotes": 4, "words": 9, "share": 1.0}
    assert document["names"]["unnamed"]["quotes"] == 0
    assert [(one["id"], one["said"]) for one in document["speakers"]] == [
        ("ann-lee", {"a": [1, 3]}),
        ("bo-lind", {"a": [2], "b": [1]}),
    ]


def test_json_lines_do_not_list_articles_without_quotes(quotex, stand_in, outlets, tmp_path):
    """Which is said, and not counted as none."""
    path = tmp_path / "quotes.jsonl"
    quotex("extract", outlets, "-o", path)
    result = quotex("speakers", path, "--json")
    assert json.loads(result.stdout)["without_quotes"] is None
    assert "[Q153]" in result.stderr


def test_articles_with_one_id_are_told(quotex, stand_in, tmp_path):
    """Their quotes do not join back: each would be both speakers'."""
    rows = tmp_path / "rows.jsonl"
    texts = ["“Rain is coming,” said Ann Lee.", "“Never,” said Bo Lind."]
    rows.write_text("".join(json.dumps({"id": "1", "text": text}) + "\n" for text in texts), encoding="utf-8")
    quotex("extract", rows, "-o", tmp_path / "quotes.db")
    result = quotex("speakers", tmp_path / "quotes.db", "--json")
    assert "[Q154] 1 article with the id of an earlier one ('1')" in result.stderr


def test_outlets_side_by_side_in_csv(quotex, database):
    """Quotes, words and the share of the words there, each outlet in columns of its own."""
    head, ann, bo = csv.reader(io.StringIO(quotex("speakers", database, "--by", "Outlet", "--csv").stdout))
    assert head[-6:-3] == ["Ora Post: quotes", "Ora Post: words", "Ora Post: share"]
    assert ann[-6:] == ["2", "7", "0.875", "0", "0", "0.0"]
    assert bo[-6:] == ["1", "1", "0.125", "1", "1", "1.0"]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("date:month", {"2026-03": (1, 0), "2026-04": (2, 1)}),
        ("date:year", {"2026": (3, 1)}),
        ("folder", {".": (3, 1)}),
    ],
)
def test_months_and_folders(quotex, database, by, expected):
    """Articles, and those without quotes, of each."""
    groups = json.loads(quotex("speakers", database, "--by", by, "--json").stdout)["groups"]
    assert {one["name"]: (one["articles"], one["without_quotes"]) for one in groups} == expected


def test_articles_by_outlet(quotex, stand_in, outlets):
    """The column is carried along from articles without --keep."""
    records = map(json.loads, quotex("speakers", outlets, "--by", "outlet").stdout.splitlines())
    assert list(next(records)["groups"]) == ["Ora Post"]


def test_outlets_in_a_table(quotex, database):
    """Quotes and shares; articles with and without quotes."""
    lines = quotex("speakers", database, "--by", "outlet", "--format", "table").stdout.splitlines()
    cells = [line.split() for line in lines]
    assert ["Ann", "Lee", "2", "87.5%", "–"] in cells
    assert ["articles", "2", "1"] in cells
    assert ["without", "quotes", "1", "0"] in cells
    assert lines[-1] == "4 quotes, 9 words in 3 articles, 1 of them without quotes"


def test_outlets_as_a_chart(quotex, database):
    """Bars of our own; names from outside are text."""
    page = quotex("speakers", database, "--by", "outlet", "--format", "html").stdout
    assert "The &lt;b&gt;Sun&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "<rect" in page
    assert "no pronoun 100.0% (3 quotes)" in page
    assert "http" not in page.partition("<style>")[2].partition("</style>")[2].replace("http-equiv", "")


def test_counts_join_back(quotex, database, tmp_path):
    """The quotes of the database of `extract` find their speaker in that of `speakers`."""
    path = tmp_path / "speakers.db"
    assert quotex("speakers", database, "--by", "outlet", "-o", path).exit_code == 0
    with closing(sqlite3.connect(path)) as joined:
        joined.execute("ATTACH ? AS found", (str(database),))
        rows = joined.execute(
            "SELECT doc, number, speakers.name FROM found.who_said_what JOIN quotes USING (doc, number) "
            "JOIN speakers ON speakers.id = quotes.speaker_id ORDER BY 1, 2"
        ).fetchall()
        counts = joined.execute('SELECT "group", n_quotes FROM counts WHERE speaker_id = ?', ("bo-lind",))
        assert rows == [("a", 1, "Ann Lee"), ("a", 2, "Bo Lind"), ("a", 3, "Ann Lee"), ("b", 1, "Bo Lind")]
        assert counts.fetchall() == [("Ora Post", 1), ("The <b>Sun</b>", 1)]
        assert joined.execute("SELECT n_without_quotes FROM groups ORDER BY name").fetchall() == [(1,), (0,)]


@pytest.mark.parametrize(
    ("by", "status", "part"),
    [
        ("paper", 0, "[Q242] --by paper: no article has it. Kept by `extract --keep` are: 'outlet', 'date'."),
        ("outlet:month", 0, "[Q242] --by outlet: no article has a date in it"),
        ("date:week", 2, "[Q241] --by date:week"),
    ],
)
def test_what_cannot_be_told_apart_is_said(quotex, database, by, status, part):
    """A column that is not there, one without dates, a period that there is none of."""
    result = quotex("speakers", database, "--by", by)
    assert result.exit_code == status
    assert part in result.stderr


def test_suggestions(quotex, database, tmp_path):
    """A file of its own, which is not replaced: somebody may have edited it."""
    path = tmp_path / "names.txt"
    result = quotex("speakers", database, "--suggest-aliases", path)
    assert (result.exit_code, result.stderr) == (0, f"{path}: 0 pairs of names that may be one\n")
    assert path.read_text("utf-8").startswith("# Names that may be one")
    result = quotex("speakers", database, "--suggest-aliases", path)
    assert result.exit_code == 2
    assert "[Q211]" in result.stderr


@pytest.mark.parametrize(
    ("options", "first", "second"),
    [
        (("-o", "who.csv", "--suggest-aliases", "WHO.csv"), "-o", "--suggest-aliases"),
        (("--errors", "who.csv", "--suggest-aliases", "./who.csv"), "--errors", "--suggest-aliases"),
        (("-o", "who.csv", "--errors", "who.csv"), "-o", "--errors"),
    ],
)
def test_each_file_has_a_place_of_its_own(quotex, tmp_path, monkeypatch, options, first, second):
    """Suggestions would take the place of the counts."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = quotex("speakers", "a.txt", *options)
    message = f"would be written to by both {first} and {second}. Choose another place for one of them.\n"
    assert (result.exit_code, result.stderr) == (2, f"[Q228] {Path(options[-1])}: {message}")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("option", ["-o", "--suggest-aliases"])
@pytest.mark.parametrize("name", ["a.csv", "who.csv", "link.csv"])
def test_what_is_read_is_not_replaced(quotex, stand_in, tmp_path, monkeypatch, option, name):
    """Neither an article nor the aliases, whatever they are called by."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text(f'id,text\n1,"{TEXT}"\n', encoding="utf-8")
    (tmp_path / "who.csv").write_text("Ann Lee = Annie Lee\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("who.csv")
    before = [(tmp_path / one).read_bytes() for one in ("a.csv", "who.csv")]
    result = quotex("speakers", "a.csv", "--aliases", "who.csv", option, name, "--force")
    message = f"[Q205] {name}: is one of the inputs. Choose another file for {option}.\n"
    assert (result.exit_code, result.stderr) == (2, message)
    assert [(tmp_path / one).read_bytes() for one in ("a.csv", "who.csv")] == before
