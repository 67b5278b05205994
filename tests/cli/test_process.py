"""`quotex` as a process of its own: pipes, locales, terminals, signals."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

QUOTEX = [sys.executable, "-m", "quotex"]
ARTICLE = "“We are ready, naïve 𝒂s we are,” Ann Lee said.\n\n“Come in,” said Bo Lind, the mayor.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder with an article to stand in."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")


def test_a_pipe_that_closes_ends_the_run_quietly():
    """`quotex extract a.txt ... | head -1`: one line, status 0, no traceback."""
    script = f'"{sys.executable}" -m quotex extract {"a.txt " * 50} | head -1; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, encoding="utf-8")
    row, status = done.stdout.splitlines()
    assert (json.loads(row)["doc"], status, done.stderr) == ("a.txt", "0", "")


def test_output_is_utf8_in_every_locale():
    """Neither the C locale nor Python's own settings change a byte."""
    Path("b.jsonl").write_text('{"id": "né", "text": ""}', encoding="utf-8")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run([*QUOTEX, "extract", "a.txt", "b.jsonl"], capture_output=True, env=os.environ | plain)
    rows = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert (done.returncode, done.stderr.decode("utf-8")) == (1, "[Q105] né: empty, there is no text in it.\n")
    assert rows[0]["content"][0]["text"] == "We are ready, naïve 𝒂s we are,"
    assert [ARTICLE[span["start"] : span["end"]] for span in rows[0]["content"]] == [rows[0]["content"][0]["text"]]


def test_a_run_that_ends_before_the_model_is_open():
    """It is opened while the inputs are read; a process that ended meanwhile was aborted, one time in ten."""
    script = (
        "import quotex.work, threading, sys\n"
        "from quotex.cli.app import main\n"
        "sys.argv = ['quotex', 'extract', 'missing.txt']\n"
        "started, start = [], threading.Thread.start\n"
        "threading.Thread.start = lambda self: (started.append(self), start(self))[1]\n"
        "try:\n    main()\n"
        "finally:\n    print([one.daemon for one in started if one.name.endswith('(open_files)')])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "[False]\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [["extract", "a.txt"], ["verify", "a.txt", "a.txt"], ["schema"], ["--version"], ["train", "--help"]],
)
def test_a_stdout_that_is_full(arguments):
    """One line and status 2, whoever wrote; Python's own complaint at its exit is not heard."""
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run([*QUOTEX, *arguments], stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (2, "[Q209] Writing to stdout failed: No space left on device.\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["extract", "a.txt", "-o", "q.csv"], 0), (["extract", "b.txt"], 1), (["extract", "--nothing"], 2)],
)
def test_a_stderr_that_is_full(arguments, status):
    """Messages are lost, and nothing else."""
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run([*QUOTEX, *arguments], stderr=full, stdout=subprocess.PIPE, text=True)
    assert (done.returncode, done.stdout) == (status, "")
    assert Path("q.csv").exists() is (status == 0)


@pytest.mark.parametrize(
    "arguments", [["extract", "a.txt"], ["verify", "a.txt", "a.txt"], ["convert", "q.jsonl", "-"]]
)
def test_a_stdout_that_is_closed(arguments):
    """As the shell closes it with >&-."""
    Path("q.jsonl").write_text('{"id": "a", "text": "It rained.", "quotes": []}\n')
    done = subprocess.run(
        ["bash", "-c", f"{shlex.join([*QUOTEX, *arguments])} >&-"], stderr=subprocess.PIPE, text=True
    )
    assert (done.returncode, done.stderr) == (2, "[Q204] stdout: cannot be written: it is closed.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "{place}/q.csv", "--errors", "e.jsonl"], "[Q204] e.jsonl: cannot be written: "),
        (["-o", "q.csv", "--save-text", "texts"], "[Q204] q.csv: cannot be written: "),
    ],
)
def test_a_working_folder_that_somebody_has_removed(tmp_path, arguments, message):
    """There is no place to write in it, and that is what is said."""
    Path("gone").mkdir()
    command = [*QUOTEX, "extract", tmp_path / "a.txt", *(one.format(place=tmp_path) for one in arguments)]
    script = f"cd gone && rmdir ../gone && exec {shlex.join(map(str, command))}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)
    assert done.stderr.count("\n") == 1


def test_at_a_terminal_it_shows_a_table():
    """With a terminal for stdout; the width and NO_COLOR are obeyed."""
    pty = pytest.importorskip("pty")
    main, terminal = pty.openpty()
    settings = {"COLUMNS": "70", "NO_COLOR": "1", "TERM": "xterm"}
    done = subprocess.run(
        [*QUOTEX, "extract", "a.txt"], stdout=terminal, stderr=subprocess.PIPE, env=os.environ | settings
    )
    os.close(terminal)
    shown = os.read(main, 100_000).decode("utf-8")
    os.close(main)
    assert (done.returncode, done.stderr) == (0, b"")
    assert shown.splitlines()[0].endswith("─" * 60 + "\x1b[0m")
    assert "“We are ready, naïve 𝒂s we are,”" in shown
    assert "\x1b[1;3" not in shown


EVIL = "“Come\x1b[2J in\x9b2J,\u202e” said Ann Lee."


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "e.txt"],
        ["extract", "e.txt", "--jsonl"],
        ["extract", "e.txt", "--tsv"],
        ["speakers", "e.txt", "--json"],
        ["verify", "e.txt", "a.txt"],
        ["verify", "e.txt", "a.txt", "--json"],
        ["convert", "e.jsonl", "-", "--to", "jsonl"],
        ["convert", "e.jsonl", "-", "--to", "conll"],
        ["convert", "e.jsonl", "-", "--to", "spacy"],
        ["speakers", "e.txt", "--by", "Lee\x1b[2J\x9b\u202e"],
        ["schema", "Lee\x1b[2J\x9b\u202e"],
    ],
    ids=" ".join,
)
def test_no_text_controls_the_terminal(arguments):
    """Neither clears it nor turns the order of reading round, whichever command shows it."""
    pty = pytest.importorskip("pty")
    Path("e.txt").write_text(EVIL, "utf-8")
    quote = {"content": [[1, EVIL.index("”")]], "speaker": "Ann\x1b[2J Lee"}
    Path("e.jsonl").write_text(json.dumps({"id": "e\x9b2J", "text": EVIL, "quotes": [quote]}), "utf-8")
    main, terminal = pty.openpty()
    done = subprocess.run(
        [*QUOTEX, *arguments], stdout=terminal, stderr=terminal, env=os.environ | {"NO_COLOR": "1", "TERM": "dumb"}
    )
    os.close(terminal)
    shown = os.read(main, 100_000).decode("utf-8")
    os.close(main)
    assert done.returncode in ((2,) if "schema" in arguments else (0, 1)), shown
    assert "Lee" in shown or "spacy" in arguments
    assert "\x1b[2J" not in shown
    assert not set(shown) & set("\x9b\u202e")


def heed_ctrl_c():
    """Undo what a shell does to jobs in the background: they ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to a child")
@pytest.mark.parametrize("source", ["pipe", "-"])
def test_ctrl_c_keeps_what_was_done(source):
    """Status 130, one line, and the part file; whatever the thread that reads still waits for."""
    os.mkfifo("pipe")
    command = [*QUOTEX, "extract", "a.txt", source, "-o", "q.jsonl", "-v"]
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, preexec_fn=heed_ctrl_c) as run:
        assert run.stderr.readline().startswith("a.txt: 2 quotes, ")
        time.sleep(0.2)  # by now it waits for the source
        run.send_signal(signal.SIGINT)
        run.wait(60)
        said = run.stderr.read()
    *progress, last = said.splitlines()
    assert (run.returncode, last) == (
        130,
        "[Q210] Interrupted. What was done is in q.jsonl.part; the same command goes on from there.",
    )
    assert all(line.startswith("1 article, ") for line in progress)  # slow machines say how far they are
    assert [json.loads(row)["id"] for row in Path("q.jsonl.part").read_text().splitlines()] == [1, 2]
    assert not Path("q.jsonl").exists()


def test_a_profiler_sees_the_run():
    """What Python does at the end of a process is done: coverage and profilers write their files then."""
    subprocess.run([sys.executable, "-m", "cProfile", "-o", "run.prof", *QUOTEX[1:], "--version"], check=True)
    assert Path("run.prof").stat().st_size
