"""`quotex extract`: what goes wrong, what it says then, and its status."""

import json
from pathlib import Path

import pytest

from quotex.errors import InputError, ModelError

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
        "Files read from folders: .txt .text .md .jsonl .ndjson; give others by name.\n"
        "[Q111] rows.jsonl, line 1: no key 'text'; its keys are 'txt'. Pass --text-key with the right one.\n"
        "[Q106] missing.txt: no such file or folder.\n"
    )


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

    monkeypatch.setattr("quotex.extraction.extract_article", refuse)
    result = quotex("extract", "a.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "[Q199] too long\n")


def test_a_missing_model_stops_the_run(quotex, monkeypatch):
    """Status 2, and nothing is left behind."""

    def fail(model=None):
        raise ModelError(f"[Q301] no {model}")

    monkeypatch.setattr("quotex.extraction.load", fail)
    for form in ("csv", "json", "table"):
        result = quotex("extract", "a.txt", "-o", "q.out", "--format", form, "--model", "mine")
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", "[Q301] no mine\n")
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
            "End it in .json .jsonl .ndjson .csv .tsv .html .htm, or pass --format.\n",
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


def test_an_interrupted_run_keeps_what_was_done(quotex, monkeypatch):
    """Status 130; the part file is a whole document as far as it goes."""
    from quotex.extraction import extract_article

    def interrupt(article, nlp):
        if article.id == "b.txt":
            raise KeyboardInterrupt
        return extract_article(article, nlp)

    monkeypatch.setattr("quotex.extraction.extract_article", interrupt)
    Path("b.txt").write_text("b")
    result = quotex("extract", "a.txt", "b.txt", "a.txt", "-o", "q.json")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "[Q210] Interrupted. What was done is in q.json.part.\n"
    assert [article["doc"] for article in json.loads(Path("q.json.part").read_text())["articles"]] == ["a.txt"]
    assert names() == ["a.txt", "b.txt", "q.json.part"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "table"])
def test_a_full_disk(quotex, form):
    """Status 2 and the reason."""
    result = quotex("extract", "a.txt", "-o", "/dev/full", "--format", form)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "[Q209] Writing to /dev/full failed: No space left on device.\n"


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
