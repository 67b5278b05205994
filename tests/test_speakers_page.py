"""docs/speakers.md is true: its commands run, and what they write is as it says."""

import json
import shlex
import sqlite3
from contextlib import closing

import pytest

from tests.paths import ROOT
from tests.tools.readme import find_run

PAGE = (ROOT / "docs/speakers.md").read_text("utf-8")
COMMANDS = "".join(find_run(PAGE, "sh")).splitlines()
(QUERY,) = find_run(PAGE, "sql")
TEXT = "“We are ready for rain,” said Ann Lee. “No,” said Bo Lind."


@pytest.fixture
def ran(quotex, stand_in, tmp_path, monkeypatch):
    """What the commands print, run one after the other in a folder."""
    monkeypatch.chdir(tmp_path)
    rows = [
        {"id": "a", "text": TEXT, "outlet": "Ora Post", "date": "2026-03-31"},
        {"id": "b", "text": "It rained.", "outlet": "Sun", "date": "2026-04-01"},
    ]
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    results = {command: quotex(*shlex.split(command)[1:]) for command in COMMANDS}
    assert [result.exit_code for result in results.values()] == [0] * len(COMMANDS)
    return {command: result.stdout for command, result in results.items()}


def test_commands(ran, tmp_path):
    """Each writes what the page says."""
    assert "Ora Post: share" in (tmp_path / "outlets.csv").read_text("utf-8")
    assert "<svg" in (tmp_path / "outlets.html").read_text("utf-8")
    months = json.loads(ran["quotex speakers quotes.db --by date:month --json"])["groups"]
    assert [(one["name"], one["without_quotes"]) for one in months] == [("2026-03", 0), ("2026-04", 1)]
    assert (tmp_path / "names.txt").read_text("utf-8").startswith("# ")


def test_query(ran):
    """Counts join back to the quotes."""
    with closing(sqlite3.connect("speakers.db")) as database:
        attach, select = QUERY.split(";\n")[:2]
        database.execute(attach)
        assert database.execute(select).fetchall() == [
            ("ann-lee", None, "We are ready for rain,"),
            ("bo-lind", None, "No,"),
        ]
