"""`quotex extract`: what it writes, what it says, and its status."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import find_marked

ROW_A1 = {
    "doc": "a.txt",
    "id": 1,
    "type": "direct",
    "act": "statement",
    "quote": "We are ready,",
    "content": [{"start": 1, "end": 14, "text": "We are ready,"}],
    "cue": [{"start": 16, "end": 20, "text": "said"}],
    "source": [{"start": 21, "end": 28, "text": "Ann Lee"}],
    "sentence": "",
    "speaker": {
        "id": "ann-lee",
        "name": "Ann Lee",
        "kind": "person",
        "description": None,
        "affiliation": None,
        "pronoun": None,
    },
    "confidence": 1.0,
    "paragraph": 1,
    "within": None,
}
CSV = """\
doc,id,type,act,speaker,speaker_id,kind,pronoun,description,affiliation,cue,source,quote,sentence,start,end,pieces,\
paragraph,confidence,within
a.txt,1,direct,statement,Ann Lee,ann-lee,person,,,,said,Ann Lee,"We are ready,",,1,14,"[[1, 14]]",1,1.0,
a.txt,2,direct,statement,,,,,,,,,Nobody asked us,,57,72,"[[57, 72]]",1,0.333,
"""

pytestmark = pytest.mark.usefixtures("stand_in")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder with three articles to stand in."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("“We are ready,” said Ann Lee. “We can,” hoped Bo Lind.\n\n“Nobody asked us\n")
    Path("b.txt").write_text("Nothing.\n")
    Path("c.jsonl").write_text(json.dumps({"id": 7, "text": "“No,” said Bo Lind."}) + "\n")


def ids(result):
    """Which quotes there are in JSON Lines."""
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    return [(row["doc"], row["id"]) for row in rows]


def test_in_a_pipe_it_writes_json_lines(quotex):
    """Statements only, one a row, in the order given; nothing on stderr."""
    result = quotex("extract", "c.jsonl", "a.txt", "b.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert ids(result) == [("7", 1), ("a.txt", 1), ("a.txt", 2)]
    assert result.stdout.splitlines()[1] == json.dumps(ROW_A1)


@pytest.mark.parametrize("options", [["--csv"], ["--format", "csv"], ["-f", "csv", "--csv"]])
def test_csv(quotex, options):
    """Short and long forms do the same, and may be given together."""
    result = quotex("extract", "a.txt", *options)
    assert (result.exit_code, result.stdout, result.stderr) == (0, CSV, "")


def test_tsv(quotex):
    """Tabs instead of commas."""
    result = quotex("extract", "a.txt", "--tsv", "--type", "direct", "--speaker", "lee")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == CSV.splitlines()[0].replace(",", "\t") + (
        "\na.txt\t1\tdirect\tstatement\tAnn Lee\tann-lee\tperson\t\t\t\tsaid\tAnn Lee\tWe are ready,\t"
        "\t1\t14\t[[1, 14]]\t1\t1.0\t\n"
    )


def test_json(quotex):
    """All articles in one document."""
    result = quotex("extract", "a.txt", "b.txt", "--json", "--speaker", "ann")
    assert (result.exit_code, result.stderr) == (0, "")
    speaker = {
        "id": "ann-lee",
        "name": "Ann Lee",
        "kind": "person",
        "aliases": [],
        "descriptions": [],
        "affiliation": None,
        "pronoun": None,
        "quotes": [1],
    }
    assert json.loads(result.stdout) == {
        "quotex": "1",
        "articles": [
            {"doc": "a.txt", "quotes": [ROW_A1], "speakers": [speaker]},
            {"doc": "b.txt", "quotes": [], "speakers": []},
        ],
    }


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (["--thoughts"], [1, 2, 3]),
        (["--speaker", "LEE", "--speaker", "lind", "--thoughts"], [1, 2]),
        (["--min-confidence", "0.4"], [1]),
        (["--min-confidence", "0.4", "--thoughts"], [1, 2]),
        (["--type", "mixed,indirect"], []),
        (["--type", "mixed", "--type", "direct"], [1, 2]),
    ],
)
def test_filters(quotex, options, kept):
    """Numbers stay what they are, and thoughts left out have none; to find nothing is no failure."""
    result = quotex("extract", "a.txt", *options)
    assert (result.exit_code, result.stderr) == (0, "")
    assert ids(result) == [("a.txt", number) for number in kept]


def test_the_surest_first(quotex, monkeypatch):
    """Within each article; numbers are those of the text."""

    def find(article, nlp):
        found = find_marked(article, nlp)
        return replace(found, quotes=tuple(replace(one, confidence=1 - one.confidence) for one in found.quotes))

    monkeypatch.setattr("quotex.extraction.find_all", find)
    result = quotex("extract", "a.txt", "c.jsonl", "--sort", "confidence", "--thoughts")
    assert ids(result) == [("a.txt", 3), ("a.txt", 2), ("a.txt", 1), ("7", 1)]


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_stdin(quotex, arguments):
    """A pipe needs no argument; what comes in may be text or JSON Lines."""
    text = quotex("extract", *arguments, stdin="“Yes,” said Ann Lee.")
    rows = quotex("extract", *arguments, stdin='{"text": "“Yes,” said Ann Lee."}\n')
    assert (text.exit_code, ids(text)) == (0, [("-", 1)])
    assert (rows.exit_code, ids(rows)) == (0, [("-:1", 1)])


def test_keys_of_json_lines(quotex):
    """--text-key and --id-key."""
    row = '{"body": "“Yes,” said Ann Lee.", "url": "u"}'
    result = quotex("extract", "--text-key", "body", "--id-key", "url", stdin=row)
    assert (result.exit_code, ids(result)) == (0, [("u", 1)])


def test_encoding(quotex):
    """--encoding reads what is not UTF-8; offsets count characters."""
    Path("l.txt").write_bytes("“Déjà,” said Ann Lee.".encode("cp1252"))
    result = quotex("extract", "l.txt", "--encoding", "cp1252")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["content"] == [{"start": 1, "end": 6, "text": "Déjà,"}]


@pytest.mark.parametrize("name", ["q.jsonl", "q.json", "q.csv", "q.tsv", "q.html"])
def test_the_suffix_names_the_format(quotex, name):
    """-o writes what --format would, and sums up on stderr."""
    written = quotex("extract", "a.txt", "b.txt", "-o", name)
    assert (written.exit_code, written.stdout) == (0, "")
    assert written.stderr == f"{name}: 2 quotes in 2 articles\n"
    shown = quotex("extract", "a.txt", "b.txt", "--format", name.split(".")[1])
    assert Path(name).read_text() == shown.stdout
    assert not Path(name + ".part").exists()


@pytest.mark.parametrize("output", [("-o", "r.html"), ("--format", "html")])
def test_a_report_has_a_title_and_what_failed(quotex, output):
    """Of a file and of a stream."""
    result = quotex("extract", "a.txt", "none.txt", *output, "--title", "Ora in May")
    page = result.stdout or Path("r.html").read_text("utf-8")
    assert result.exit_code == 1
    assert "<title>Ora in May</title>" in page
    assert "Not read: 1" in page
    assert "none.txt: no such file or folder." in page


def test_the_format_may_be_another_than_the_suffix_says(quotex):
    """--format goes before; -o - is stdout."""
    assert quotex("extract", "a.txt", "-o", "q.txt", "--csv", "-q").stderr == ""
    assert Path("q.txt").read_text() == CSV
    assert quotex("extract", "a.txt", "-o", "-", "--csv").stdout == CSV


def test_a_folder_is_read_without_the_output_in_it(quotex):
    """A second run finds what the first has found, and replaces that only if it is told to."""
    first = quotex("extract", ".", "-o", "q.jsonl")
    rows = Path("q.jsonl").read_text()
    refused = quotex("extract", ".", "-o", "q.jsonl")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "[Q211] q.jsonl: is there already. Choose another file, or pass --force to replace it.\n",
    )
    second = quotex("extract", ".", "-o", "q.jsonl", "--force")
    assert (first.exit_code, first.stderr) == (0, "q.jsonl: 3 quotes in 3 articles\n")
    assert (second.exit_code, second.stderr) == (0, "q.jsonl: 3 quotes in 3 articles\n")
    assert Path("q.jsonl").read_text() == rows


def test_verbose_tells_about_each_article(quotex, monkeypatch):
    """Quotes, words, seconds, and marks that are never closed."""
    monkeypatch.setattr("quotex.work.perf_counter", lambda: 1.0)
    result = quotex("extract", "a.txt", "b.txt", "--csv", "-v")
    assert (result.exit_code, result.stdout) == (0, CSV)
    assert result.stderr == (
        "a.txt: 2 quotes, 14 words, 0.00 s\n"
        "a.txt: quote 2, at 57: the quotation mark is never closed\n"
        "b.txt: 0 quotes, 1 word, 0.00 s\n"
    )


def test_quiet_hides_all_but_failures(quotex):
    """-q goes before -v."""
    result = quotex("extract", "a.txt", "no.txt", "-qv", "-o", "q.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "[Q106] no.txt: no such file or folder.\n"
    assert Path("q.csv").read_text() == CSV


def test_at_a_terminal_without_arguments_it_shows_help(quotex, monkeypatch):
    """It does not wait for someone to type an article."""
    monkeypatch.setattr("quotex.cli.run.is_terminal", lambda stream: True)
    result = quotex("extract")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == quotex("extract", "--help").stdout


def test_at_a_terminal_it_shows_a_table(quotex, monkeypatch):
    """The default is a table where someone reads."""
    monkeypatch.setattr("quotex.cli.options.is_terminal", lambda stream: True)
    result = quotex("extract", "a.txt")
    assert (result.exit_code, result.stdout) == (0, quotex("extract", "a.txt", "--format", "table").stdout)
    assert result.stdout.startswith("a.txt ───")


@pytest.mark.parametrize(
    ("given", "hint"),
    [("Ann Leigh", " Nearest: Ann Lee."), ("lint", " Nearest: Bo Lind."), ("zzz", "")],
)
def test_a_speaker_whom_nobody_has_is_said(quotex, stand_in, given, hint):
    """With those who come nearest; who is there is not named."""
    text = "“We are ready,” said Ann Lee.\n“No,” said Bo Lind."
    result = quotex("extract", "-", "--speaker", given, "--speaker", "ann lee", stdin=text)
    assert result.exit_code == 0
    assert result.stderr == f"[Q243] --speaker {given}: nobody quoted here is called so.{hint}\n"
