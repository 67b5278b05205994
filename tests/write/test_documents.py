"""Documents to read and tables for offices: .xlsx, .docx, .md, and CSV for Excel."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from quotex.errors import UsageError
from quotex.types import Article
from quotex.write import Output, make_file_writer, make_writer
from quotex.write.columns import COLUMNS
from quotex.write.delimited import restore
from quotex.write.pages import HEADINGS

EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/c calc'!A1", "{=1+1}")
NOTHING = Article("none.txt", "It rained.")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder to write into."""
    monkeypatch.chdir(tmp_path)


def write(form, *articles, keep=(), name="q"):
    """Write articles to a file."""
    output = Output(name)
    writer = make_file_writer(form, output, keep=keep)
    for article in articles:
        writer.write(article)
    writer.close()
    output.complete()
    assert [path.name for path in Path().iterdir() if "part" in path.name] == []


def read_csv(article, keep=()):
    """Write an article as CSV and read it."""
    stream = io.StringIO()
    writer = make_writer("csv", stream, keep=keep)
    writer.write(article)
    return list(csv.reader(io.StringIO(stream.getvalue())))


def read_sheet(book):
    """Read all cells of a sheet as text."""
    rows = book.active.iter_rows(values_only=True)
    return [["" if value is None else str(value) for value in row] for row in rows]


@pytest.fixture
def openpyxl():
    """The library."""
    return pytest.importorskip("openpyxl", reason="needs the extra xlsx")


def test_xlsx_is_the_table_of_csv(openpyxl, article):
    """The same cells; numbers are numbers; the head stays in sight and can be filtered by."""
    kept = replace(article, meta={"url": "https://post.example/ü", "n": 7})
    write("xlsx", kept, NOTHING, keep=("url", "n"), name="q.xlsx")
    book = openpyxl.load_workbook("q.xlsx")
    assert book.sheetnames == ["quotes"]
    assert read_sheet(book) == [[cell.removesuffix(".0") for cell in row] for row in read_csv(kept, ("url", "n"))]
    assert isinstance(book.active.cell(2, COLUMNS.index("start") + 1).value, int)
    assert book.active.freeze_panes == "A2"
    assert book.active.auto_filter.ref.startswith("A1:")


@pytest.mark.parametrize("evil", EVIL)
def test_xlsx_has_no_formulas(openpyxl, article, evil):
    """Text is text, with nothing before it."""
    write("xlsx", replace(article, id=evil, meta={evil: evil}), keep=(evil,), name="q.xlsx")
    sheet = openpyxl.load_workbook("q.xlsx").active
    cells = [sheet["A2"], *(sheet.cell(row, len(COLUMNS) + 1) for row in (1, 2))]
    assert [(cell.value, cell.data_type) for cell in cells] == [(evil, "s")] * 3


def test_xlsx_has_more_than_one_sheet_where_it_must(openpyxl, article, monkeypatch):
    """A sheet has a million rows; each has its head."""
    monkeypatch.setattr("quotex.write.xlsx.MAX_ROWS", 3)
    write("xlsx", article, name="q.xlsx")
    book = openpyxl.load_workbook("q.xlsx")
    assert [sheet.max_row for sheet in book] == [3, 2]
    assert [sheet["A1"].value for sheet in book] == ["doc", "doc"]


def test_docx(docx, article):
    """A heading and a table for each article, in its own columns; what is carried along stands between them."""
    write("docx", replace(article, meta={"date": "2024-03-01"}), NOTHING, keep=("date", "url"), name="q.docx")
    document = docx.Document("q.docx")
    found = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert found == [
        ("Heading 1", "news/a.txt"),
        ("Normal", "date: 2024-03-01"),
        ("Heading 1", "none.txt"),
        ("Normal", "No quotes."),
    ]
    [table] = document.tables
    head, first, _, last = [[cell.text for cell in row.cells] for row in table.rows]
    assert tuple(head) == HEADINGS
    assert first == ["1", "Ann Lee, the mayor", article.quotes[0].text, "said", "1", "direct", "0.988"]
    assert last[1] == "speaker not known"
    assert "w:tblHeader" in table.rows[0]._tr.xml


def test_markdown(article):
    """The same, as text; its signs are no markup."""
    stream = io.StringIO()
    writer = make_writer("md", stream, keep=("date",))
    writer.write(replace(article, id="news/a|b_c.txt", meta={"date": "2024-03-01"}))
    writer.write(NOTHING)
    writer.close()
    head, first = "| No. | Who | What was said | Cue | Paragraph | Type | Confidence |", article.quotes[0].text
    lines = stream.getvalue().splitlines()
    assert lines[:6] == ["## news/a\\|b\\_c.txt", "", "- date: 2024-03-01", "", head, "|" + " --- |" * 7]
    assert lines[6] == f"| 1 | Ann Lee, the mayor | {first} | said | 1 | direct | 0.988 |"
    assert lines[9:] == ["", "## none.txt", "", "No quotes.", ""]


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_the_same_articles_make_the_same_file(openpyxl, docx, article, form, monkeypatch):
    """Whenever it is made."""
    write(form, article, name="one")
    monkeypatch.setattr("time.time", lambda: 1.8e9)
    monkeypatch.setattr("time.localtime", lambda *_: (2027, 1, 15, 8, 0, 0, 4, 15, 0))
    write(form, article, name="two")
    assert Path("one").read_bytes() == Path("two").read_bytes()


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_what_xml_cannot_hold(openpyxl, docx, article, form):
    """Control characters and halves of characters are replaced, and the file can be opened."""
    write(form, replace(article, id="a\x00\x1b\udce9\ufffeb"), name="q")
    with Path("q").open("rb") as file:
        if form == "xlsx":
            assert (
                openpyxl.load_workbook(file).active["A2"].value.replace("\\udce9", "\ufffd")
                == "a" + "\ufffd" * 4 + "b"
            )
        else:
            assert docx.Document(file).paragraphs[0].text.replace("\\udce9", "\ufffd") == "a" + "\ufffd" * 4 + "b"


@pytest.mark.parametrize(("form", "package"), [("xlsx", "openpyxl"), ("docx", "python-docx")])
def test_without_its_package(monkeypatch, form, package):
    """It is said before the work."""
    monkeypatch.setattr("quotex.write.find_spec", lambda name: None)
    output = Output("q")
    with pytest.raises(UsageError, match=rf"\[Q221\] writing .{form} needs a package .* \({package}\)"):
        make_file_writer(form, output)
    output.abandon()


def test_csv_for_excel(article):
    """A mark of UTF-8, carriage returns, and no formulas; once, also where a run goes on."""
    texts = []
    for is_begun in (False, True):
        stream = io.StringIO(newline="")
        writer = make_writer("csv", stream, excel=True, is_begun=is_begun)
        writer.write(replace(article, id="=1"))
        writer.close()
        texts.append(stream.getvalue())
    assert texts[0].startswith("\ufeffdoc,id,")
    assert not texts[1].startswith("\ufeff")
    assert all(text.count("\n") == text.count("\r\n") for text in texts)
    rows = list(csv.reader(io.StringIO(texts[0].removeprefix("\ufeff"), newline="")))
    assert [restore(row[0]) for row in rows[1:]] == ["=1"] * 3
    assert [row[1:] for row in rows] == [row[1:] for row in read_csv(article)]
