"""The pages of convert and verify are true: their commands run, and print what they show."""

import doctest
import re
import shlex
import shutil

import pytest

from quotex.convert import FORMATS
from quotex.convert.label_studio import CONFIG
from tests.paths import ROOT

DOCS = ROOT / "docs"
SHOWN = re.compile(r"```console\n(.*?)```\n", re.DOTALL)
TEXT = "“We are ready for the rain,” said Ann Lee.\n\n“Never,” said Bo Lind.\n"


def read_page(name):
    return (DOCS / name).read_text(encoding="utf-8")


def find_commands(page):
    """Find the commands of a page, each with what is shown below it."""
    for block in SHOWN.findall(page):
        for shown in block.removeprefix("$ ").split("\n$ "):
            command, _, output = shown.partition("\n")
            yield shlex.split(command)[1:], output.rstrip("\n")


def test_convert(quotex, stand_in, tmp_path, monkeypatch):
    """One command after the other, as they stand there."""
    pytest.importorskip("cassis", reason="the extra xmi is not installed")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples", "examples")
    commands = list(find_commands(read_page("convert.md")))
    assert len(commands) >= 9
    printed = ""
    for command, _ in commands:
        result = quotex(*command)
        assert result.exit_code == 0, (command, result.output)
        printed += result.stdout
    assert "100.0" in printed


def test_every_format_has_its_rows():
    """In both tables; and what is to be pasted into Label Studio is what we have."""
    page = read_page("convert.md")
    named = re.findall(r"^\| [^|]+ \| `(\w[\w-]*)` \|", page, re.MULTILINE)
    assert named == list(FORMATS)
    assert f"```xml\n{CONFIG}```\n" in page


def test_verify(quotex, stand_in, tmp_path, monkeypatch):
    """Prints what is shown."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "edited.txt").write_text(TEXT.replace("rain", "snow").replace("Bo Lind", "Mia Roe"), "utf-8")
    (tmp_path / "summary.txt").write_text(TEXT.partition("\n")[0], encoding="utf-8")
    commands = list(find_commands(read_page("verify.md")))
    assert len(commands) == 2
    for command, output in commands:
        assert quotex(*command).stdout.rstrip("\n") == output


def test_verify_from_python():
    """Doctests."""
    test = doctest.DocTestParser().get_doctest(read_page("verify.md"), {}, "verify.md", "verify.md", 0)
    report: list[str] = []
    doctest.DocTestRunner().run(test, out=report.append)
    assert (len(test.examples), "".join(report)) == (2, "")
