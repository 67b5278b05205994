"""The README and docs/ are true: their commands, outputs, Python, tables and help are those of the code."""

import doctest
import json
import re

import pytest

from quotex.types import ACTS, KINDS, QUOTE_TYPES
from quotex.write import load_schema
from quotex.write.columns import COLUMNS
from tests.paths import ROOT
from tests.tools.readme import COMMAND, PAGES, PYTHON, find_shown, refresh

TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in PAGES}
README, RECORDS = TEXTS["README.md"], TEXTS["docs/records.md"]
SHOWN = [shown for text in TEXTS.values() for shown in find_shown(text)]
MAX_LINES = 285
# The last digits of a probability are not the same on all processors.
CONFIDENCE = re.compile(r'(?<="confidence": )[\d.]+|(?<=,)[01]\.\d+(?=,$)', re.MULTILINE)
MAX_DIFFERENCE = 0.05


def test_commands():
    """Two, each a single line that can be copied."""
    commands = {match[1]: match[2] for match in COMMAND.finditer(README)}
    assert list(commands) == ["try", "test"]
    assert all(command.count("\n") == 1 for command in commands.values())


def test_there_is_output_to_compare():
    """The pattern that finds it has not gone blind."""
    assert len(find_shown(README)) == README.count("\n$ quotex ") >= 3
    pages = "".join(TEXTS.values())
    assert len(SHOWN) == pages.count("<!-- output -->") + pages.count("<!-- terminal -->") >= 7


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.command)
def test_output(shown):
    """Character by character, but for the last digits of a probability."""
    printed = shown.run()
    assert CONFIDENCE.sub("…", printed) == CONFIDENCE.sub("…", shown.output)
    pairs = zip(CONFIDENCE.findall(printed), CONFIDENCE.findall(shown.output), strict=True)
    assert all(abs(float(now) - float(then)) <= MAX_DIFFERENCE for now, then in pairs)


def test_refresh_keeps_all_else():
    """The tool that writes the outputs anew touches nothing but outputs."""
    kept = "```console\n$ quotex --version\nquotex 9\n```\n"
    assert refresh(kept) == kept


def test_readme_is_short():
    """What is not for everybody has a page of its own, to which it leads."""
    assert README.count("\n") <= MAX_LINES
    assert set(TEXTS) - {"README.md"} <= set(re.findall(r"\]\(([^)]+)\)", README))


@pytest.mark.parametrize("name", ["README.md", "docs/corpora.md"])
def test_python(monkeypatch, name):
    """What is shown of Python is a doctest, run in the root of the project."""
    monkeypatch.chdir(ROOT)
    blocks = PYTHON.findall(TEXTS[name])
    assert blocks
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, name, name, 0)
    assert test.examples
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=report.append)
    assert "".join(report) == ""


def test_fields_are_those_of_the_schema():
    """Each once, in the order of the records."""
    fields = re.findall(r"^\| `(\w+)` \|", RECORDS, re.MULTILINE)
    defs = json.loads(load_schema())["$defs"]
    speaker = ("aliases", "descriptions", "affiliation", "pronoun", "quotes")
    assert fields == [*defs["quote"]["properties"], *speaker]
    assert set(speaker) <= set(defs["speaker"]["properties"])


def test_columns_are_those_of_csv():
    """As one line."""
    assert f"`{','.join(COLUMNS)}`" in RECORDS


def test_vocabulary():
    """Every type, act and kind is explained."""
    for word in (*QUOTE_TYPES, *ACTS, *KINDS):
        assert f"*{word}*" in RECORDS, word


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_somewhere(name):
    """Those to files of the project."""
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", TEXTS[name])
    assert links or name != "README.md"
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []
