"""`quotex extract`: what goes wrong, what it says then, and its status."""

import json
import os
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

import pytest

from quotex.errors import InputError, ModelError
from quotex.read.formats import READERS
from tests.paths import ROOT

pytestmark = pytest.mark.usefixtures("stand_in")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder with one good article."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("“Yes,” said Ann Lee.")


def names():
    """The files there are."""
    return sorted(path.name for path in Path().iterdir())


def test_bad_inputs_are_named_and_the_rest_is_written(quotex):
    """One line each, in order; status 1."""
    Path("bad.txt").write_bytes(b"caf\xe9")
    Path("empty.txt").touch()
    Path("folder").mkdir()
    Path("rows.jsonl").write_text('{"txt": "x"}\n{"text": "“No,” said Bo Lind."}\n')
    result = quotex("extract", "bad.txt", "empty.txt", "folder", "rows.jsonl", "missing.txt", "a.txt")
    assert result.exit_code == 1
    assert [json.loads(line)["doc"] for line in result.stdout.splitlines()] == ["rows.jsonl:2", "a.txt"]
    assert result.stderr == (
        "[Q101] bad.txt: not UTF-8 at byte 3. Convert it, or pass --encoding (such as cp1252).\n"
        "[Q105] empty.txt: empty, there is no text in it.\n"
        "[Q107] folder: no texts in this folder. "
        f"Files read from folders: {' '.join(READERS)}, each also with .gz or .zst; give others by name.\n"
        "[Q111] rows.jsonl, line 1: no key 'text'; its keys are 'txt'. Pass --text-key with the right one.\n"
        "[Q106] missing.txt: no such file or folder.\n"
    )


def test_tables_patterns_and_guesses(quotex):
    """Keys, columns to keep, patterns and the guess of an encoding go from the options to the readers."""
    Path("n1.csv").write_bytes("who;body\n7;“Yes,” said Ann Lée.\n".encode("cp1252"))
    Path("n2.csv").write_text("body,url,date\n“No”,u,d\n")
    keys = ("--text-key", "body", "--encoding", "auto")
    result = quotex("extract", "n*.csv", "x*.csv", *keys, "--keep", "url, date,url", "--keep", "day")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "[Q111] n1.csv: no column 'url'; its columns are 'who', 'body'. Pass --keep with the right one.\n"
        "[Q111] n2.csv: no column 'day'; its columns are 'body', 'url', 'date'. Pass --keep with the right one.\n"
        "[Q122] x*.csv: nothing has a name like this. Correct the pattern.\n"
    )
    result = quotex("extract", "n1.csv", *keys, "--id-key", "who")
    [row] = map(json.loads, result.stdout.splitlines())
    assert (result.exit_code, result.stderr, row["doc"], row["quote"]) == (0, "", "7", "Yes,")


def test_the_output_is_complete_though_some_inputs_failed(quotex):
    """The file gets its name, and the last line counts the failures."""
    result = quotex("extract", "zzz", "a.txt", "-o", "q.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == ("[Q106] zzz: no such file or folder.\nq.json: 1 quote in 1 article; 1 input failed\n")
    assert len(json.loads(Path("q.json").read_text())["articles"]) == 1
    assert names() == ["a.txt", "q.json"]


def test_a_bug_costs_one_article(quotex):
    """It is called a bug; -v shows where."""
    Path("bug.txt").write_text("BUG")
    message = (
        "[Q115] bug.txt: could not be processed (KeyError: 'bug'). This is a bug in quotex; please report it.\n"
    )
    result = quotex("extract", "bug.txt", "a.txt", "--csv")
    assert (result.exit_code, result.stderr, len(result.stdout.splitlines())) == (1, message, 2)
    shown = quotex("extract", "bug.txt", "a.txt", "--csv", "-v").stderr
    assert shown.startswith(message + "Traceback (most recent call last):\n")
    assert "KeyError: 'bug'\na.txt: 1 quote, 4 words," in shown


def test_an_article_that_the_pipeline_refuses(quotex, monkeypatch):
    """Its message is shown as it is: it is no bug."""

    def refuse(article, nlp):
        raise InputError("[Q199] too long")

    monkeypatch.setattr("quotex.extraction.find_all", refuse)
    result = quotex("extract", "a.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "[Q199] too long\n")


def test_a_missing_model_stops_the_run(quotex, monkeypatch):
    """Status 2, and nothing is left behind."""

    def fail(model=None):
        raise ModelError(f"[Q301] no {model}")

    monkeypatch.setattr("quotex.extraction.load", fail)
    for form in ("csv", "json", "table"):
        result = quotex("extract", "a.txt", "-o", "q.out", "--format", form)
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", "[Q301] no None\n")
    result = quotex("extract", "a.txt", "-o", "q.csv", "--model", "mine")
    assert (result.exit_code, result.stdout, result.stderr) == (
        2,
        "",
        "[Q301] mine/meta.json: cannot be read: No such file or directory. "
        "Install quotex again, or pass --model with a model's folder.\n",
    )
    assert names() == ["a.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--json", "--csv"], "[Q202] --json and --csv: more than one output format. Pass one of them.\n"),
        (
            ["--json", "--format", "table"],
            "[Q202] --json and --format table: more than one output format. Pass one of them.\n",
        ),
        (
            ["-o", "q.txt"],
            "[Q203] q.txt: no format goes with this name. "
            "End it in .json .jsonl .ndjson .csv .tsv .parquet .db .sqlite .sqlite3 .html .htm "
            ".md .xlsx .docx, "
            "or pass --format.\n",
        ),
        (["-o", "no/q.csv"], "[Q204] no/q.csv: cannot be written: No such file or directory.\n"),
        (["-o", ".", "--csv"], "[Q204] .: cannot be written: Is a directory.\n"),
        (["-o", "./a.txt", "--csv"], "[Q205] ./a.txt: is one of the inputs. Choose another file for -o.\n"),
        (["--type", "spoken"], "[Q206] --type spoken: no such type. Types are direct, mixed, indirect.\n"),
        (["--speaker", "!"], "[Q207] --speaker '!': holds no letters to look for.\n"),
        (["--min-confidence", "90"], "[Q208] --min-confidence 90.0: not a number from 0 to 1.\n"),
        (
            ["--encoding", "utf-9"],
            "[Q201] --encoding utf-9: no such text encoding. Try utf-8, utf-16, latin-1 or cp1252.\n",
        ),
    ],
)
def test_wrong_usage_stops_the_run(quotex, arguments, message):
    """Status 2, one line that says what to do, and nothing is written."""
    result = quotex("extract", "a.txt", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)
    assert names() == ["a.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract", "--format", "xml", "a.txt"], "'xml' is not one of"),
        (["extract", "--min-confidence", "high", "a.txt"], "--min-confidence"),
        (["extract", "--jsn", "a.txt"], "--json"),
        (["extrct", "a.txt"], "extract"),
    ],
)
def test_slips_of_the_pen(quotex, arguments, message):
    """Typer names the option or command that was meant."""
    result = quotex(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


@pytest.fixture
def broken_off(quotex, monkeypatch):
    """Run a command that is interrupted in its second article, b.txt."""
    from quotex.extraction import find_all

    def interrupt(article, nlp):
        if article.id == "b.txt":
            raise KeyboardInterrupt
        return find_all(article, nlp)

    Path("b.txt").write_text("“No,” said Bo Lind.")

    def run(*arguments):
        with monkeypatch.context() as patch:
            patch.setattr("quotex.extraction.find_all", interrupt)
            return quotex("extract", "a.txt", "b.txt", "zzz.txt", *arguments)

    return run


@pytest.mark.parametrize("name", ["q.json", "q.jsonl", "q.csv", "q.tsv", "q.db", "q.parquet", "q.html"])
def test_an_interrupted_run_goes_on(quotex, broken_off, name):
    """Status 130; the same command ends with the file of an undisturbed run, whatever the format."""
    whole = f"whole{Path(name).suffix}"
    assert quotex("extract", "a.txt", "b.txt", "zzz.txt", "-o", whole, "-q").exit_code == 1
    result = broken_off("-o", name)
    assert (result.exit_code, result.stdout) == (130, "")
    assert (
        result.stderr
        == f"[Q210] Interrupted. What was done is in {name}.part; the same command goes on from there.\n"
    )
    assert [one for one in names() if one.startswith("q.")] == [f"{name}.part", f"{name}.part.journal"]
    result = quotex("extract", "a.txt", "b.txt", "zzz.txt", "-o", name)
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "",
        f"{name}: goes on after 1 quote in 1 article\n"
        "[Q106] zzz.txt: no such file or folder.\n"
        f"{name}: 2 quotes in 2 articles; 1 input failed\n",
    )
    assert Path(name).read_bytes() == Path(whole).read_bytes()
    assert [one for one in names() if one.startswith("q.")] == [name]


@pytest.mark.parametrize("name", ["q.db", "q.parquet", "q.html", "q.xlsx", "q.docx"])
@pytest.mark.parametrize("damage", [b"\xff", b"[", b'{"a": 1}\n'])
def test_a_part_file_that_is_damaged_is_named(quotex, broken_off, name, damage):
    """Where the file is made of it in the end; at once, before anything is read; --force starts over."""
    broken_off("-o", name)
    part = Path(f"{name}.part")
    part.write_bytes((damage * 1_000)[: part.stat().st_size - 1] + b"\n")
    arguments = ["extract", "a.txt", "b.txt", "zzz.txt", "-o", name]
    result = quotex(*arguments)
    message = f"[Q230] {name}.part: changed or damaged since the run was broken off. Pass --force to start over.\n"
    assert (result.exit_code, result.stderr) == (2, message)
    assert quotex(*arguments, "--force").exit_code == 1


def test_a_run_goes_on_only_as_it_was_begun(quotex, broken_off):
    """Other options, other inputs and another model are refused, with what is other; --force starts over."""
    broken_off("-o", "q.csv")
    refused = quotex("extract", "a.txt", "b.txt", "zzz.txt", "-o", "q.csv", "--type", "direct")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "[Q212] q.csv.part was begun with no --type, now there is --type direct. "
        "Give the command as it was to go on from there, or pass --force to start over.\n",
    )
    refused = quotex("extract", "a.txt", "-o", "q.csv")
    assert "was begun with inputs a.txt b.txt zzz.txt, now there is inputs a.txt." in refused.stderr
    Path("a.txt").write_text("“Well,” said Ann Lee.")
    refused = quotex("extract", "a.txt", "b.txt", "zzz.txt", "-o", "q.csv")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "q.csv: goes on after 1 quote in 1 article\n"
        "[Q216] q.csv.part was begun with other inputs: the first 1 articles were not these. "
        "Put them back to go on from there, or pass --force to start over.\n",
    )
    assert [one for one in names() if one.startswith("q.")] == ["q.csv.part", "q.csv.part.journal"]
    assert quotex("extract", "a.txt", "-o", "q.csv", "--force").exit_code == 0
    assert Path("q.csv").read_text().splitlines()[1].startswith("a.txt,1,direct,statement,Ann Lee")
    assert [one for one in names() if one.startswith("q.")] == ["q.csv"]


def test_another_model_is_another_run(quotex, broken_off, monkeypatch):
    """Its meta.json tells."""
    broken_off("-o", "q.csv")
    monkeypatch.setattr("quotex.model.session.read_file", lambda path: b"other")
    refused = quotex("extract", "a.txt", "b.txt", "zzz.txt", "-o", "q.csv")
    assert refused.stderr.startswith("[Q212] q.csv.part was begun with model ")


def test_a_part_file_of_something_else(quotex):
    """It is not touched."""
    Path("q.csv.part").write_text("precious")
    refused = quotex("extract", "a.txt", "-o", "q.csv")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "[Q217] q.csv.part: is a part file without its journal. Move it away, or pass --force to replace it.\n",
    )
    assert Path("q.csv.part").read_text() == "precious"


def test_two_runs_do_not_write_one_file(quotex, broken_off):
    """The second is told to wait."""
    fcntl = pytest.importorskip("fcntl")
    broken_off("-o", "q.csv")
    with Path("q.csv.part.journal").open() as journal:
        fcntl.flock(journal, fcntl.LOCK_EX)
        refused = quotex("extract", "a.txt", "b.txt", "zzz.txt", "-o", "q.csv")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "[Q220] q.csv: another run is writing there. Wait for it, or choose another file.\n",
    )


def test_failures_as_records(quotex, broken_off):
    """One row each, in a file that goes on with the run."""
    Path("empty.txt").touch()
    arguments = ["extract", "empty.txt", "a.txt", "b.txt", "zzz.txt"]
    assert quotex(*arguments, "--errors", "e.jsonl", "--csv").exit_code == 1
    rows = [json.loads(line) for line in Path("e.jsonl").read_text().splitlines()]
    assert rows == [
        {"doc": "empty.txt", "code": "Q105", "message": "empty.txt: empty, there is no text in it."},
        {"doc": "zzz.txt", "code": "Q106", "message": "zzz.txt: no such file or folder."},
    ]
    refused = quotex(*arguments, "--errors", "e.jsonl", "--csv")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("[Q211] e.jsonl: is there already.")


def test_failures_go_on_with_the_run(quotex, broken_off):
    """None is lost, none is there twice."""
    Path("a.txt").unlink()
    broken_off("-o", "q.csv", "--errors", "e.jsonl")
    quotex("extract", "a.txt", "b.txt", "zzz.txt", "-o", "q.csv", "--errors", "e.jsonl")
    assert [json.loads(row)["doc"] for row in Path("e.jsonl").read_text().splitlines()] == ["a.txt", "zzz.txt"]


def test_formats_that_need_a_file(quotex):
    """A database cannot go through a pipe."""
    result = quotex("extract", "a.txt", "--format", "sqlite")
    assert (result.exit_code, result.stderr) == (
        2,
        "[Q218] sqlite is for files only. Pass -o with the name of one.\n",
    )


def test_parquet_without_its_package(quotex, monkeypatch):
    """It is said before anything is read."""
    monkeypatch.setattr("quotex.write.find_spec", lambda name: None)
    result = quotex("extract", "a.txt", "-o", "q.parquet")
    assert (result.exit_code, result.stderr) == (
        2,
        "[Q221] writing Parquet needs a package that is not here (pyarrow). Run: pip install 'quotex[parquet]'\n",
    )
    assert names() == ["a.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "table"])
def test_a_full_disk(quotex, form):
    """Status 2 and the reason."""
    result = quotex("extract", "a.txt", "-o", "/dev/full", "--format", form)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "[Q209] Writing to /dev/full failed: No space left on device.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_for_the_failures(quotex):
    """It is their file that is named, not the output."""
    result = quotex("extract", "a.txt", "missing.txt", "-o", "b.jsonl", "--errors", "/dev/full")
    assert result.exit_code == 2
    assert "[Q209] Writing to /dev/full failed: No space left on device." in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_for_the_texts(quotex):
    """It is the text that is named, and no half of it is left."""
    Path("texts").mkdir()
    digest = blake2b("“Yes,” said Ann Lee.".encode(), digest_size=4).hexdigest()
    Path(f"texts/a.txt-{digest}.txt.part").symlink_to("/dev/full")
    result = quotex("extract", "a.txt", "-o", "b.jsonl", "--save-text", "texts")
    message = "[Q209] Writing to texts/a.txt.txt failed: No space left on device.\n"
    assert (result.exit_code, result.stderr) == (2, message)
    assert names() == ["a.txt", "texts"]
    assert not list(Path("texts").iterdir())


def test_where_nothing_can_be_written_the_output_is_named(quotex):
    """Nobody knows of the journal beside it."""
    Path("b.jsonl.part.journal").mkdir()
    result = quotex("extract", "a.txt", "-o", "b.jsonl")
    assert (result.exit_code, result.stderr) == (2, "[Q204] b.jsonl: cannot be written: Is a directory.\n")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("[" * 100_000, "arrays or objects within one another, too deep to be read"),
        ("1" * 5000 + "}", "a number has thousands of digits"),
    ],
)
def test_json_that_python_does_not_read(quotex, value, reason):
    """The reason is one of the file, not of Python."""
    for name in ("d.json", "d.jsonl"):
        Path(name).write_text('{"text": ' + value)
        result = quotex("extract", name)
        assert (result.exit_code, f": not JSON ({reason})." in result.stderr) == (1, True)
    assert f"d.json: not JSON ({reason})." in quotex("convert", "d.json", "b.xml").stderr


def test_messages_need_no_width(quotex, monkeypatch):
    """Where COLUMNS says that there is none, they were lost."""
    monkeypatch.setenv("COLUMNS", "0")
    result = quotex("extract", "missing.txt")
    assert (result.exit_code, result.stderr) == (1, "[Q106] missing.txt: no such file or folder.\n")


@pytest.mark.parametrize(
    ("command", "option"), [("extract", "--timeout"), ("serve", "--timeout"), ("serve", "--max-body")]
)
@pytest.mark.parametrize("value", ["1e308", "inf", "nan", "-1"])
def test_limits_have_limits(quotex, command, option, value):
    """What no system can wait for, or count, was a traceback in the middle of a run."""
    result = quotex(command, "a.txt", option, value)
    assert result.exit_code == 2
    assert f"Invalid value for '{option}'" in result.stderr


def test_names_cannot_control_the_terminal(quotex):
    """An escape sequence in the name of a file is shown, not obeyed."""
    result = quotex("extract", "no\x1b[2J\n.txt")
    assert (result.exit_code, result.stderr) == (1, "[Q106] no␛[2J␊.txt: no such file or folder.\n")


def test_another_language_is_read_with_a_warning(quotex):
    """On stderr, with status 0; quiet runs do without."""
    Path("de.txt").write_text("Der Bürgermeister sagte am Montag, dass keine Schiffe mehr fahren. " * 5, "utf-8")
    warning = (
        "[Q116] de.txt: does not look like English, the one language quotex reads. Take its quotes with care.\n"
    )
    result = quotex("extract", "de.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", warning)
    result = quotex("extract", "de.txt", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_force_does_not_break_into_a_run(quotex, broken_off):
    """What another run is writing stays whole: its part file, and its file of failures."""
    fcntl = pytest.importorskip("fcntl")
    broken_off("-o", "q.csv", "--errors", "e.jsonl")
    part = Path("q.csv.part").read_bytes()
    Path("e.jsonl").write_text("precious")
    with Path("q.csv.part.journal").open() as journal, Path("e.jsonl").open() as failures:
        fcntl.flock(journal, fcntl.LOCK_EX)
        fcntl.flock(failures, fcntl.LOCK_EX)
        refused = quotex("extract", "a.txt", "-o", "q.csv", "--force")
        assert (refused.exit_code, refused.stderr[:6]) == (2, "[Q220]")
        refused = quotex("extract", "a.txt", "-o", "other.csv", "--errors", "e.jsonl", "--force")
        assert (refused.exit_code, refused.stderr) == (
            2,
            "[Q220] e.jsonl: another run is writing there. Wait for it, or choose another file.\n",
        )
    assert Path("q.csv.part").read_bytes() == part
    assert Path("e.jsonl").read_text() == "precious"
    assert "other.csv.part" not in names()


def test_a_run_killed_before_its_first_save_goes_on(quotex, broken_off, monkeypatch):
    """With its file of failures, which is there by then."""

    def die(target):
        for file in (target.output.stream, target.failures, target.journal):
            file.close()
        return ""

    with monkeypatch.context() as patch:
        patch.setattr("quotex.batch.target.Target.save", lambda self: None)
        patch.setattr("quotex.batch.target.Target.put_away", die)
        assert broken_off("-o", "q.csv", "--errors", "e.jsonl").exit_code == 130
    assert [one for one in names() if one[0] in "eq"] == ["e.jsonl", "q.csv.part", "q.csv.part.journal"]
    done = quotex("extract", "a.txt", "b.txt", "zzz.txt", "-o", "q.csv", "--errors", "e.jsonl")
    assert (done.exit_code, "2 quotes in 2 articles" in done.stderr) == (1, True)
    assert [json.loads(row)["doc"] for row in Path("e.jsonl").read_text().splitlines()] == ["zzz.txt"]


def test_another_file_of_failures_is_not_cut_at_a_resume(quotex, broken_off):
    """It is another run, as with any other option."""
    broken_off("-o", "q.csv", "--errors", "e.jsonl")
    Path("mine.txt").write_text("precious")
    refused = quotex("extract", "a.txt", "b.txt", "zzz.txt", "-o", "q.csv", "--errors", "mine.txt")
    assert (refused.exit_code, refused.stderr[:48]) == (2, "[Q212] q.csv.part was begun with --errors e.json")
    assert Path("mine.txt").read_text() == "precious"


@pytest.mark.parametrize("remains", [None, b"", b'{"doc"'])
def test_a_file_of_failures_that_was_cut_is_made_anew(quotex, broken_off, remains):
    """With no NULs where something is missing."""
    Path("a.txt").unlink()
    broken_off("-o", "q.csv", "--errors", "e.jsonl")
    Path("e.jsonl").unlink()
    if remains is not None:
        Path("e.jsonl").write_bytes(remains)
    quotex("extract", "a.txt", "b.txt", "zzz.txt", "-o", "q.csv", "--errors", "e.jsonl")
    assert [json.loads(row)["doc"] for row in Path("e.jsonl").read_text().splitlines()] == ["a.txt", "zzz.txt"]


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_errors_replace_neither_input_nor_output(quotex, force):
    """Whatever they are called by."""
    Path("link").symlink_to("a.txt")
    for name in ("a.txt", "./a.txt", "link"):
        refused = quotex("extract", "a.txt", "--errors", name, *force)
        message = f"[Q205] {Path(name)}: is one of the inputs. Choose another file for --errors.\n"
        assert (refused.exit_code, refused.stderr) == (2, message)
    for name in ("q.csv", "./q.csv", "q.csv.part", "q.csv.part.journal", "q.csv.part.made"):
        refused = quotex("extract", "a.txt", "-o", "q.csv", "--errors", name, *force)
        assert (refused.exit_code, refused.stderr) == (
            2,
            f"[Q228] {Path(name)}: would be written to by both -o and --errors. "
            "Choose another place for one of them.\n",
        )
    assert Path("a.txt").read_text() == "“Yes,” said Ann Lee."
    assert names() == ["a.txt", "link"]


@pytest.mark.parametrize(
    ("output", "option", "other", "path"),
    [
        ("q.csv", "--errors", "Q.CSV", "Q.CSV"),
        ("q.csv", "--errors", "q.csv.PART", "q.csv.PART"),
        ("q.csv", "--errors", "linked/q.csv", "linked/q.csv"),
        ("here/q.csv", "--errors", "linked/here/Q.csv", "linked/here/Q.csv"),
        ("q.txt", "--save-text", ".", "q.txt"),
        ("Q.TXT", "--save-text", ".", "Q.TXT"),
        ("q.txt.part", "--save-text", ".", "q.txt.part"),
        ("here/q.txt", "--save-text", ".", "here/q.txt"),
        ("here/q.txt", "--save-text", "linked", "here/q.txt"),
        ("q.csv", "--save-text", "q.csv", "q.csv"),
        ("q.csv", "--save-text", "Q.csv/texts", "q.csv"),
        ("q.csv", "--save-text", "q.csv.part", "q.csv.part"),
        ("q.csv", "--save-text", "q.csv.part.journal/a", "q.csv.part.journal"),
    ],
)
def test_no_two_things_are_written_in_one_place(quotex, output, option, other, path):
    """Links are followed, and some systems tell no capitals; nothing is read, and nothing is there after it."""
    Path("linked").symlink_to(".")
    Path("here").mkdir()
    refused = quotex("extract", "missing.txt", "-o", output, "--jsonl", option, other)
    message = (
        f"[Q228] {path}: would be written to by both -o and {option}. Choose another place for one of them.\n"
    )
    assert (refused.exit_code, refused.stderr) == (2, message)
    assert names() == ["a.txt", "here", "linked"]


@pytest.mark.parametrize(
    ("errors", "texts"), [("e.txt", "."), ("here/../e.txt.part", "."), ("here/texts", "here/texts")]
)
def test_failures_and_texts_are_in_places_of_their_own(quotex, errors, texts):
    """A text would replace what has failed so far."""
    Path("here").mkdir()
    refused = quotex("extract", "a.txt", "--errors", errors, "--save-text", texts)
    assert refused.exit_code == 2
    assert refused.stderr.startswith(f"[Q228] {errors}: would be written to by both --errors and --save-text.")
    assert names() == ["a.txt", "here"]


def test_texts_need_a_folder(quotex):
    """Which is seen before anything is written."""
    refused = quotex("extract", "a.txt", "--save-text", "a.txt")
    message = "[Q209] Writing to a.txt failed: File exists.\n"
    assert (refused.exit_code, refused.stdout, refused.stderr) == (2, "", message)


@pytest.mark.parametrize("name", ["q\0.csv", "\ud800.csv"])
def test_names_that_no_system_has(quotex, name):
    """From programs that call the command; it is no bug of ours."""
    refused = quotex("extract", "a.txt", "-o", name)
    assert (refused.exit_code, refused.stdout, refused.stderr[:7]) == (2, "", "[Q204] ")


def test_outputs_stand_beside_texts(quotex):
    """As long as no text can have their names."""
    done = quotex("extract", "a.txt", "-o", "q.csv", "--errors", "e.jsonl", "--save-text", ".")
    assert done.exit_code == 0
    assert names() == ["a.txt", "a.txt.txt", "e.jsonl", "q.csv"]


@pytest.mark.parametrize("suffix", ["csv", "db"])
def test_no_text_of_an_article_stands_where_an_output_comes_to_be(quotex, suffix):
    """Whatever its id is: a folder of this name would end the run, and every one that goes on from it."""
    output = f"q.{suffix}"
    endings = ("", ".part", ".part.journal", ".part.made")
    docs = ["a", "E.jsonl/b", *(f"{output}{ending}/b" for ending in endings), f"{output.upper()}/b/c"]
    rows = [{"id": doc, "text": f"“Yes,” said Ann Lee of {doc}."} for doc in docs]
    Path("in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    done = quotex("extract", "in.jsonl", "-o", output, "--errors", "e.jsonl", "--save-text", ".")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (0, f"{output}: 7 quotes in 7 articles")
    assert Path(output).stat().st_size
    assert sorted(path.read_text() for path in Path().rglob("*.txt") if path.name != "a.txt.txt") == sorted(
        ["“Yes,” said Ann Lee.", *(row["text"] for row in rows)]
    )


@pytest.mark.parametrize("arguments", [["--errors", "a.txt"], ["-o", "a.txt", "--format", "csv"]])
@pytest.mark.parametrize("paths", [[], ["-"]])
def test_what_is_piped_in_is_not_replaced(arguments, paths):
    """`quotex extract < a.txt` has an input, too, though none is named."""
    command = [sys.executable, "-m", "quotex", "extract", *paths, *arguments, "--force"]
    with Path("a.txt").open() as stdin:
        refused = subprocess.run(
            command, stdin=stdin, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
    assert (refused.returncode, refused.stderr[:46]) == (2, "[Q205] a.txt: is one of the inputs. Choose ano")
    assert Path("a.txt").read_text() == "“Yes,” said Ann Lee."


def test_rows_of_somebody_else_are_not_taken_for_ours(quotex):
    """Others, too, call a column "doc"; their rows are not replaced."""
    Path("b.txt").write_text(theirs := '{"doc": "“No,” said Bo."}\n')
    refused = quotex("extract", ".", "-o", "b.txt", "--format", "jsonl", "--force")
    assert (refused.exit_code, refused.stderr[:26]) == (2, "[Q205] b.txt: is one of th")
    assert Path("b.txt").read_text() == theirs


@pytest.mark.parametrize("paths", [".", "*.txt", "**/*.txt"])
@pytest.mark.parametrize("arguments", [["-o", "q.csv", "--errors", "a.txt"], ["-o", "a.txt", "--format", "jsonl"]])
def test_no_text_of_a_folder_is_replaced(quotex, paths, arguments):
    """Nor one that a pattern finds; what we have written there ourselves is."""
    refused = quotex("extract", paths, *arguments, "--force")
    assert (refused.exit_code, refused.stderr[:46]) == (2, "[Q205] a.txt: is one of the inputs. Choose ano")
    assert Path("a.txt").read_text() == "“Yes,” said Ann Lee."
    for _ in range(2):
        written = ["e.txt" if argument == "a.txt" else argument for argument in arguments]
        assert quotex("extract", paths, *written, "--force").exit_code == 0
    assert Path("a.txt").read_text() == "“Yes,” said Ann Lee."


@pytest.mark.parametrize("name", ["q.csv.part", "q.csv.part.journal", "q.xlsx.part.made"])
def test_no_input_is_where_an_output_grows(quotex, name):
    """What stands beside the output while it is made would replace it."""
    Path(name).write_text("“Yes,” said Ann Lee.")
    result = quotex("extract", name, "-o", name.partition(".part")[0], "--force")
    assert (result.exit_code, result.stderr[:6]) == (2, "[Q205]")
    assert Path(name).read_text() == "“Yes,” said Ann Lee."


def test_names_that_the_system_does_not_take(quotex):
    """Too long, or a link to itself: a message, no traceback."""
    Path("self.csv").symlink_to("self.csv")
    for name in ("x" * 300 + ".csv", "x" * 245 + ".csv", "self.csv"):
        for arguments in (["-o", name], ["--errors", name]):
            result = quotex("extract", "a.txt", *arguments)
            assert (result.exit_code, result.stderr[:6]) == (2, "[Q204]")
