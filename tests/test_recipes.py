"""docs/recipes.md is true: each recipe runs as it stands there, and counts what the others count."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT
from tests.tools.readme import find_run

PAGE = (ROOT / "docs" / "recipes.md").read_text("utf-8")
START, *SECTIONS = re.split(r"^## ", PAGE, flags=re.MULTILINE)
RECIPES = {title: text for title, _, text in (section.partition("\n") for section in SECTIONS)}
COUNTING = {
    "pandas": "pandas",
    "polars": "polars",
    "DuckDB": "duckdb",
    "Datasette": "datasette",
    "R": "",
    "jq": "",
}
SPEAKER = "Tran Quoc Linh"
FEED = """<rss version="2.0"><channel><item><title>Open</title><link>https://news.example/1</link>
<guid isPermaLink="false">n1</guid><description>“It is open,” said Ann Lee.</description></item></channel></rss>"""

pytestmark = pytest.mark.slow


def run(folder: Path, *arguments: str, **variables: str) -> str:
    """Run a command in the folder, as a person has it: `quotex` is on the path; returns what it prints."""
    programs = os.pathsep.join([str(folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        arguments,
        cwd=folder,
        env=os.environ | {"PATH": programs, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_block(folder: Path, language: str, block: str) -> str:
    """Run a block of the page, line by line where it is of commands."""
    if language == "python":
        return run(folder, sys.executable, "-c", block)
    if language == "r":
        return run(folder, "Rscript", "-e", block)
    return "".join(run(folder, "sh", "-c", line) for line in block.splitlines())


def need(*programs: str) -> None:
    """Skip the test where a program is not installed."""
    for program in programs:
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")


def make_folder(path: Path) -> Path:
    """Make a folder as a checkout is, with the command beside it."""
    shutil.copytree(ROOT / "examples", path / "examples")
    (path / "bin").mkdir()
    command = path / "bin" / "quotex"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m quotex "$@"\n', "utf-8")
    command.chmod(0o755)
    return path


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory):
    """A folder with what the page begins with."""
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    need("sh")
    folder = make_folder(tmp_path_factory.mktemp("kitchen"))
    (block,) = find_run(START, "sh")
    run_block(folder, "sh", block)
    return folder


def test_every_recipe_is_tested():
    """None is on the page alone."""
    assert list(RECIPES) == [*COUNTING, "make", "cron, over RSS", "A notebook"]


@pytest.mark.parametrize("title", COUNTING)
def test_counting(kitchen, title):
    """Each says how often a speaker is quoted; all of its lines run."""
    module, language = COUNTING[title], {"Datasette": "sh", "R": "r", "jq": "sh"}.get(title, "python")
    if module:
        pytest.importorskip(module, reason="the extra tools is not installed")
    need(*{"R": ["Rscript"], "jq": ["jq"]}.get(title, []))
    (block,) = find_run(RECIPES[title], language)
    printed = run_block(kitchen, language, block)
    rows = map(json.loads, (kitchen / "quotes.jsonl").read_text("utf-8").splitlines())
    n = sum(row["speaker"] is not None and row["speaker"]["name"] == SPEAKER for row in rows)
    assert n > 1
    assert re.search(rf"{SPEAKER}\D*\b{n}\b|^{n}\s+{SPEAKER}", printed, re.MULTILINE), printed


def test_make(tmp_path):
    """Only what has changed is read again."""
    need("make")
    folder = make_folder(tmp_path)
    (block,) = find_run(RECIPES["make"], "make")
    (folder / "Makefile").write_text(block, "utf-8")
    (command,) = re.findall(r"```sh\n(make .*)\n```", RECIPES["make"])
    assert run(folder, "sh", "-c", command).count("quotex extract") == 4
    assert SPEAKER in (folder / "all.jsonl").read_text("utf-8")
    assert "up to date" in run(folder, "sh", "-c", command)
    (folder / "examples/news/museum.txt").touch()
    again = run(folder, "sh", "-c", command)
    assert (again.count("quotex extract"), "museum.txt" in again) == (1, True)


def test_cron(tmp_path):
    """As cron runs it, twice; what was there the first time is there once."""
    need("curl", "jq")
    pytest.importorskip("feedparser", reason="the extra feeds is not installed")
    folder = make_folder(tmp_path)
    (folder / "watch").mkdir()
    (folder / "feed.rss").write_text(FEED, "utf-8")
    (script,), (crontab,) = (find_run(RECIPES["cron, over RSS"], name) for name in ("sh", "crontab"))
    (folder / "watch" / "watch.sh").write_text(script, "utf-8")
    setting, entry = crontab.splitlines()
    assert re.fullmatch(r"PATH=/.*:/usr/bin:/bin", setting)
    *times, command = entry.split(" ", 5)
    assert times == ["15", *"****"]
    assert "%" not in command  # a line end to cron
    command = command.replace("https://news.example/rss", (folder / "feed.rss").as_uri())
    for minute in (1, 2):
        run(folder, "sh", "-c", command, HOME=str(folder))
        for path in (folder / "watch" / "found").iterdir():
            path.rename(path.with_name(f"{minute}-{path.name}"))
    (row,) = map(json.loads, (folder / "watch" / "quotes.jsonl").read_text("utf-8").splitlines())
    assert (row["doc"], row["speaker"]["name"]) == ("https://news.example/1", "Ann Lee")
    assert row["meta"]["title"] == "Open"
    assert len(list((folder / "watch" / "found").iterdir())) == 2


def test_notebook(kitchen):
    """The article is shown as its report, and the quotes as a data frame."""
    nbclient = pytest.importorskip("nbclient", reason="the extra tools is not installed")
    for module in ("ipykernel", "pandas"):
        pytest.importorskip(module, reason="the extra tools is not installed")
    from nbformat import v4

    cells = [v4.new_code_cell(block) for block in find_run(RECIPES["A notebook"], "python")]
    notebook = v4.new_notebook(cells=cells)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(kitchen)}}).execute()
    report, frame = (cell.outputs[-1]["data"]["text/html"] for cell in notebook.cells)
    assert "<iframe" in report
    assert SPEAKER in report
    assert f"<td>{SPEAKER}</td>" in frame
