"""What quotex wrote is no article."""

import gzip
import json
from pathlib import Path

import pytest

TEXT = "“Yes,” said Ann Lee.\n"
OTHERS = {
    "rows.jsonl": json.dumps({"doc": "a", "id": 1, "type": "news", "text": TEXT}),
    "one.json": json.dumps({"id": 1, "name": "quotex", "text": TEXT}),
    "rows.csv": 'doc,id,type,text\na,1,news,"“Yes,” said Ann Lee."\n',
    "notes.md": "## a\n\n| No. | Who |\n| --- | --- |\n\n" + TEXT,
    "gold.jsonl": json.dumps({"id": "g", "text": TEXT, "quotes": []}),
}

pytestmark = pytest.mark.usefixtures("stand_in")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder with an article to stand in."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT)


@pytest.mark.parametrize(
    ("command", "suffix"),
    [
        *(("extract", suffix) for suffix in ("jsonl", "json", "csv", "tsv", "html", "md", "docx")),
        *(("speakers", suffix) for suffix in ("jsonl", "json", "csv", "tsv", "html")),
    ],
)
def test_results_in_a_folder_are_passed_over(quotex, command, suffix):
    """Those of an earlier run; it is counted."""
    if suffix == "docx":
        pytest.importorskip("docx", reason="the extra docx is not installed")
    assert quotex(command, "a.txt", "-o", f"b.{suffix}", "-q").exit_code == 0
    result = quotex("extract", ".")
    assert result.exit_code == 0
    assert [json.loads(line)["doc"] for line in result.stdout.splitlines()] == ["./a.txt"]
    assert result.stderr == f"[Q147] 1 file passed over that quotex wrote (./b.{suffix}).\n"


def test_texts_that_were_kept_are_passed_over(quotex):
    """Where the folder lies in one that is read: each article counts once, however often it is read."""
    assert quotex("extract", ".", "-o", "b.jsonl", "--save-text", "texts", "-q").exit_code == 0
    result = quotex("extract", ".")
    assert [json.loads(line)["doc"] for line in result.stdout.splitlines()] == ["./a.txt"]
    assert "[Q148] ./texts: texts that --save-text kept, passed over." in result.stderr
    assert json.loads(quotex("extract", "texts").stdout)["doc"] == "texts/a.txt.txt"


def test_a_folder_of_their_own_is_read(quotex):
    """Also where texts were kept in it."""
    Path("own").mkdir()
    Path("own/c.txt").write_text(Path("a.txt").read_text("utf-8"), "utf-8")
    assert quotex("extract", "a.txt", "-o", "b.jsonl", "--save-text", "own", "-q").exit_code == 0
    docs = [json.loads(line)["doc"] for line in quotex("extract", ".").stdout.splitlines()]
    assert docs == ["./a.txt", "./own/a.txt.txt", "./own/c.txt"]


def test_more_of_ours(quotex):
    """For Excel, packed, and what failed; found by a pattern, too."""
    quotex("extract", "a.txt", "zzz", "-o", "b.csv", "--excel", "--errors", "c.jsonl")
    quotex("extract", "a.txt", "-o", "d.jsonl", "-q")
    Path("e.jsonl.gz").write_bytes(gzip.compress(Path("d.jsonl").read_bytes()))
    result = quotex("extract", "*.*")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    assert result.stderr == "[Q147] 4 files passed over that quotex wrote (b.csv).\n"


def test_what_is_ours_is_told_by_what_it_holds(quotex):
    """Whatever it is called."""
    assert quotex("extract", "a.txt", "-o", "b.txt", "--format", "jsonl", "-q").exit_code == 0
    result = quotex("extract", ".")
    assert [json.loads(line)["doc"] for line in result.stdout.splitlines()] == ["./a.txt"]
    assert result.stderr == "[Q147] 1 file passed over that quotex wrote (./b.txt).\n"


def test_results_by_name(quotex):
    """They are named once, not row by row; with a key of theirs, somebody wants to have them read."""
    quotex("extract", "a.txt", "-o", "b.jsonl", "-q")
    result = quotex("extract", "b.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("[Q146] b.jsonl: written by quotex, and no article.")
    assert result.stderr.count("\n") == 1
    assert "Q146" not in quotex("extract", "b.jsonl", "--text-key", "quote").stderr


@pytest.mark.parametrize("name", OTHERS)
def test_what_others_wrote_is_read(quotex, name):
    """However much it looks like ours."""
    Path(name).write_text(OTHERS[name])
    result = quotex("extract", ".")
    assert (result.exit_code, result.stdout.count("\n"), result.stderr) == (0, 2, "")


def test_what_is_broken_is_told_by_its_reader(quotex):
    """A file that only begins as a Word document or a packed one does."""
    Path("b.docx").write_bytes(b"PK\x03\x04 and no more")
    Path("c.jsonl.gz").write_bytes(b"\x1f\x8b and no more")
    result = quotex("extract", ".")
    assert result.exit_code == 1
    assert [line.split()[1] for line in result.stderr.splitlines()] == ["./b.docx:", "./c.jsonl.gz:"]
