"""PDF: pages to paragraphs."""

from collections import Counter
from pathlib import Path

import pytest

from quotex.read import Failure, ReadOptions, read_articles
from quotex.read.pdf import join

fpdf = pytest.importorskip("fpdf", reason="makes the files")
pypdf = pytest.importorskip("pypdf", reason="needs the extra pdf")

LONG = (
    '"We are ready, and we have been ready for longer than anybody in this town would believe," said Ann Lee, who '
    'was the mayor when the work began. "Come in and look at it yourselves, whatever they say on the hill."'
)
OTHER = (
    "The bridge at the old mill was opened on Monday after four years of delay, in front of a crowd of those who "
    "live beside it and had begun to doubt that it would ever be done."
)


@pytest.fixture
def pdf(tmp_path, monkeypatch):
    """A document with one page, to be written to."""
    monkeypatch.chdir(tmp_path)
    made = fpdf.FPDF()
    made.set_font("helvetica", size=12)
    made.add_page()
    return made


def write(pdf, text, **options):
    """Write a paragraph, wrapped."""
    pdf.multi_cell(90, 6, text, new_x="LMARGIN", new_y="NEXT", **options)


def read(pdf=None, **options):
    """Read it."""
    if pdf:
        pdf.output("a.pdf")
    return list(read_articles(["a.pdf"], ReadOptions(**options)))


def paragraphs(pdf):
    """Read its paragraphs."""
    [article] = read(pdf)
    return article.text.split("\n\n")


def test_paragraphs_with_space_between_them(pdf):
    """Their lines are put together; a heading stands for itself; title and author may be kept."""
    pdf.set_title("Bridge opens")
    pdf.set_font("helvetica", size=18)
    write(pdf, "Bridge opens")
    pdf.set_font("helvetica", size=12)
    for text in (OTHER, LONG, OTHER):
        write(pdf, text)
        pdf.ln(4)
    assert paragraphs(pdf) == ["Bridge opens", OTHER, LONG, OTHER]
    assert read(keep=("title",))[0].meta == {"title": "Bridge opens"}


def test_paragraphs_that_are_indented(pdf):
    """Without space between them; one that ends with a short line needs no more than that."""
    for text in (OTHER, LONG, "Nobody spoke.", OTHER):
        write(pdf, f"        {text}" if text != OTHER else text)
    assert paragraphs(pdf) == [OTHER, LONG, "Nobody spoke.", OTHER]


def test_columns(pdf):
    """One after the other; a paragraph goes on in the next."""
    first, second = OTHER[: OTHER.index(" in front")], OTHER[OTHER.index("in front") :]
    write(pdf, LONG)
    pdf.ln(4)
    write(pdf, first)
    pdf.set_left_margin(110)
    pdf.set_xy(110, 10)
    write(pdf, second)
    pdf.ln(4)
    write(pdf, LONG)
    assert paragraphs(pdf) == [LONG, OTHER, LONG]


def test_a_paragraph_over_two_pages(pdf):
    """Numbers of pages, and what stands on each, are left out."""
    pages = [
        (LONG, "The bridge, which was closed on"),
        ("Monday, is open.", "“Nobody"),
        ("spoke,” he said.", "The end."),
    ]
    pdf.set_auto_page_break(False)
    for number, texts in enumerate(pages, start=1):
        if number > 1:
            pdf.add_page()
        write(pdf, f"The Harbour Post, page {number} of 3")
        pdf.ln(8)
        for text in texts:
            write(pdf, text.replace("“", '"').replace("”", '"'))
            pdf.ln(4)
        pdf.set_y(-20)
        write(pdf, str(number))
    assert paragraphs(pdf) == [
        LONG,
        "The bridge, which was closed on Monday, is open.",
        '"Nobody spoke," he said.',
        "The end.",
    ]


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("the muni-", "cipality", "the municipality"),
        ("a well-", "known man", "a well-known man"),
        ("the Anglo-", "Saxon", "the Anglo-Saxon"),
        ("in 1990-", "95", "in 1990-95"),
        ("he said -", "and left", "he said - and left"),
        ("the muni\u00ad", "cipality", "the municipality"),
        ("the end", "of it", "the end of it"),
    ],
)
def test_hyphens_at_the_ends_of_lines(left, right, joined):
    """They go, but where the same word has one elsewhere, and before a capital or a number."""
    assert join(left, right, Counter(["well-known", "municipality"])) == joined


def test_ligatures_are_letters(pdf, monkeypatch):
    """So that "office" is found."""

    def extract_text(self, visitor_text):
        visitor_text("the oﬃce ﬁled it", [1, 0, 0, 1, 0, 0], [1, 0, 0, 1, 50, 700], None, 12)

    monkeypatch.setattr(pypdf.PageObject, "extract_text", extract_text)
    assert paragraphs(pdf) == ["the office filed it"]


def test_a_pdf_without_text(pdf):
    """It says what to do."""
    pdf.rect(10, 10, 50, 50)
    message = "[Q138] a.pdf: no text in this PDF, only pictures of it. Let a program for OCR read it first."
    assert read(pdf) == [Failure("a.pdf", message)]


@pytest.mark.parametrize(("password", "is_read"), [("", True), ("open sesame", False)])
def test_encrypted(pdf, password, is_read):
    """What everybody may open is read, however printing is locked."""
    pytest.importorskip("cryptography", reason="needs the extra pdf")
    write(pdf, "It rained.")
    pdf.output("plain.pdf")
    locked = pypdf.PdfWriter(clone_from="plain.pdf")
    locked.encrypt(password, "owner", algorithm="AES-256")
    locked.write("a.pdf")
    [found] = read()
    if is_read:
        assert found.text == "It rained."
    else:
        assert found.message == "[Q139] a.pdf: needs a password. Save it without one."


def test_bombs_cost_themselves(pdf):
    """No piece may unpack to more than pypdf lets it."""
    pdf.set_compression(True)
    write(pdf, "It rained.")
    pdf.output("plain.pdf")
    bomb = pypdf.PdfWriter(clone_from="plain.pdf")
    stream = pypdf.generic.StreamObject()
    stream.set_data(b" " * 76_000_000)
    bomb.pages[0][pypdf.generic.NameObject("/Contents")] = bomb._add_object(stream.flate_encode())
    bomb.write("a.pdf")
    assert Path("a.pdf").stat().st_size < 1 << 20
    [failure] = read()
    assert failure.message.startswith("[Q140] a.pdf: unpacks to more than 75,000,000 bytes at once")
