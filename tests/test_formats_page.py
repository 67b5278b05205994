"""docs/formats.md is true: its commands run, and its tables name what is read and written."""

import json
import re
import shlex
from email.message import EmailMessage
from pathlib import Path

import pytest

from quotex.read.formats import READERS
from quotex.write import SUFFIXES
from tests.paths import ROOT
from tests.tools.readme import find_run

PAGE = (ROOT / "docs/formats.md").read_text("utf-8")
COMMANDS = "".join(find_run(PAGE, "sh")).splitlines()
SAID = "“It is open,” said Ann Lee."
PLAIN = '"It is open," said Ann Lee.'


def list_suffixes(title):
    """List the suffixes in the first column of a table."""
    table = PAGE.partition(f"\n## {title}\n")[2].strip().partition("\n\n")[0]
    return {suffix for row in table.splitlines() for suffix in re.findall(r"`(\.\w+)`", row.split("|")[1])}


def test_every_format_has_its_row():
    """Those that are read, and those that are written; of several suffixes one will do for the latter."""
    assert list_suffixes("In") == set(READERS)
    assert {SUFFIXES[suffix] for suffix in list_suffixes("Out")} == set(SUFFIXES.values())


def make_files():
    """Make the files of the page."""
    for module in ("docx", "odfdo", "striprtf", "pypdf", "feedparser", "openpyxl", "fpdf"):
        pytest.importorskip(module, reason="needs the extra formats, and fpdf2")
    import docx
    import fpdf
    import odfdo

    document = docx.Document()
    document.add_paragraph(SAID)
    document.save("report.docx")
    text = odfdo.Document("text")
    text.body.append(odfdo.Paragraph(SAID))
    text.save("minutes.odt")
    Path("statement.rtf").write_bytes(rb"{\rtf1\ansi \ldblquote It is open,\rdblquote  said Ann Lee.\par}")
    pdf = fpdf.FPDF()
    pdf.add_page()
    pdf.set_font("helvetica")
    pdf.cell(text=PLAIN)
    pdf.output("release.pdf")
    mail = EmailMessage()
    mail.set_content(SAID)
    Path("mail.eml").write_bytes(bytes(mail))
    entry = f"<item><title>Open</title><link>https://post.example/1</link><description>{SAID}</description></item>"
    Path("news.rss").write_text(f"<rss version='2.0'><channel>{entry}</channel></rss>", "utf-8")
    article = {"id": "a1", "webTitle": "Open", "source": {"name": "Post"}, "fields": {"bodyText": SAID}}
    Path("answer.json").write_text(json.dumps({"response": {"status": "ok", "results": [article]}}))
    Path("export.csv").write_text(f"sep=;\r\nID;Body;Outlet\r\n7;{SAID};Post\r\n", "utf-8")
    Path("folder").mkdir()
    Path("folder/a.txt").write_text(SAID, "utf-8")
    Path("folder/b.jpg").touch()


def test_the_commands_run(tmp_path, monkeypatch, quotex, stand_in):
    """Each as it stands there; each article is read, and each output is there."""
    monkeypatch.chdir(tmp_path)
    make_files()
    assert len(COMMANDS) == 9
    told = ""
    for command in COMMANDS:
        arguments = shlex.split(command)[1:]
        result = quotex(*arguments)
        assert (result.exit_code, result.exception) == (0, None), (command, result.stderr)
        assert Path(arguments[-1]).stat().st_size
        told += result.stderr
    assert (
        "quotes.jsonl: 4 quotes in 5 articles" in told
    )  # the PDF has straight marks, which the stand-in does not know
    assert "[Q137] folder: 1 file not read: 1 .jpg." in told
    assert Path("texts/release.pdf.txt").read_text("utf-8") == PLAIN
    assert ",Open,Post" in Path("answer.csv").read_text("utf-8")
    assert '"meta": {"OUTLET": "Post"}' in Path("export.jsonl").read_text("utf-8")
    assert Path("quotes.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc,")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--excel", "--raw"), "[Q227] --raw does not go with --excel."),
        (("--excel", "--json"), "[Q227] --excel does not go with json."),
        (("--excel", "-o", "q.xlsx"), "[Q227] --excel does not go with xlsx."),
        (("-f", "xlsx"), "[Q218] xlsx is for files only."),
    ],
)
def test_what_does_not_go_together(tmp_path, monkeypatch, quotex, stand_in, options, message):
    """It is said before the work."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(SAID, "utf-8")
    result = quotex("extract", "a.txt", *options)
    assert result.exit_code == 2
    assert result.stderr.startswith(message)


def test_excel_at_stdout(tmp_path, monkeypatch, quotex, stand_in):
    """It is CSV where nothing else is asked for."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(SAID, "utf-8")
    result = quotex("extract", "a.txt", "--excel")
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbfdoc,id,")
    assert result.stdout_bytes.count(b"\r\n") == 2
