"""Documents: .docx, .odt, .rtf and .eml, each made here by the library that knows it."""

import io
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from quotex.read import Failure, ReadOptions, read_articles
from quotex.types import Article

SAID = "“We are ready,” said Ann Lée, the mayor. 𝒂"
KEEP = ("title", "author", "date")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder to stand in."""
    monkeypatch.chdir(tmp_path)


def read(name, **options):
    """Read one file."""
    return list(read_articles([name], ReadOptions(**options)))


@pytest.fixture
def odfdo():
    """The library."""
    return pytest.importorskip("odfdo", reason="needs the extra odt")


def make_xml(name, text):
    """Make an element of a Word document."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(f"<w:{name} {nsdecls('w')}>{text}</w:{name}>")


def test_docx(docx):
    """Paragraphs in their order, those of tables too; runs and links are one text, a line break is one."""
    document = docx.Document()
    document.add_heading("Bridge opens")
    paragraph = document.add_paragraph("“We are ready,”")
    paragraph.add_run(" said ").bold = True
    paragraph._p.append(make_xml("hyperlink", "<w:r><w:t>Ann Lée</w:t></w:r>"))
    paragraph.add_run(", the mayor. 𝒂")
    document.add_paragraph()
    document.add_paragraph("One line\nand one")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "in a cell", "in the next"
    document.core_properties.title, document.core_properties.author = "Bridge", "Nora Quill"
    document.save("a.docx")
    text = f"Bridge opens\n\n{SAID}\n\nOne line\nand one\n\nin a cell\n\nin the next"
    [article] = read("a.docx", keep=KEEP)
    assert (article.id, article.text) == ("a.docx", text)
    assert (article.meta["title"], article.meta["author"]) == ("Bridge", "Nora Quill")


def test_docx_changes_are_accepted(docx):
    """What was inserted is read, what was deleted or moved away is not."""
    document = docx.Document()
    paragraph = document.add_paragraph("Kept")._p
    for name, inner in (("ins", "t"), ("del", "delText"), ("moveFrom", "t"), ("moveTo", "t")):
        paragraph.append(make_xml(name, f"<w:r><w:{inner} xml:space='preserve'> {name}</w:{inner}><w:tab/></w:r>"))
    document.save("a.docx")
    assert [article.text for article in read("a.docx")] == ["Kept ins\t moveTo"]


def test_docx_text_boxes_are_read_once(docx):
    """As paragraphs of their own; old programs find a second copy in the file."""
    box = "<w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    document = docx.Document()
    paragraph = document.add_paragraph("around it")
    paragraph._p.append(make_xml("r", f"<mc:AlternateContent xmlns:mc='{mc}'>{both}</mc:AlternateContent>"))
    document.save("a.docx")
    assert [article.text for article in read("a.docx")] == ["around it\n\nin a box"]


def test_odt(odfdo):
    """Paragraphs in their order; white space as it is shown; no footnotes, no comments, no deleted text."""
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Bridge opens"))
    document.body.append(odfdo.Paragraph(SAID))
    noted = odfdo.Paragraph("One line\nand one")
    noted.insert_note(after="line", note_id="n1", citation="1", body="a note")
    noted.insert_annotation(after="one", body="a comment", creator="x")
    document.body.append(noted)
    deleted = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
    changes = odfdo.Element.from_tag(f"{deleted}</text:changed-region></text:tracked-changes>")
    document.body.insert(changes, position=0)
    table = odfdo.Table("t")
    table.set_values([["in a cell", "in the next"]])
    document.body.append(table)
    document.meta.title = "Bridge"
    document.save("a.odt")
    text = f"Bridge opens\n\n{SAID}\n\nOne line\nand one\n\nin a cell\n\nin the next"
    [article] = read("a.odt", keep=KEEP)
    assert (article.text, article.meta["title"]) == (text, "Bridge")


def test_rtf():
    """Paragraphs; letters of its code page, and those beyond it; no fonts, no pictures."""
    pytest.importorskip("striprtf", reason="needs the extra rtf")
    Path("a.rtf").write_bytes(
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}}{\pict 0102}\f0 "
        rb"\ldblquote We are ready,\rdblquote  said {\b Ann} L\'e9e, the mayor. \u-10187?\u-9086?\par\par "
        rb"Next.\par}"
    )
    assert read("a.rtf") == [Article("a.rtf", f"{SAID}\n\nNext.")]


def make_mail(text=f"{SAID}\r\n\r\nNext.\r\n"):
    """Make a message with an attachment."""
    message = EmailMessage()
    message["Subject"], message["From"] = "Bridge – today", "Nora Quill <nora@post.example>"
    message["Date"] = "Fri, 01 Mar 2024 10:00:00 +0100"
    message.set_content(text)
    return message


def test_eml():
    """Its plain text, whatever else there is; its headers may be kept."""
    message = make_mail()
    message.add_alternative("<p>the same as a page</p>", subtype="html")
    message.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg", filename="a.jpg")
    Path("a.eml").write_bytes(bytes(message))
    meta = {
        "title": "Bridge – today",
        "author": "Nora Quill <nora@post.example>",
        "date": "2024-03-01T10:00:00+01:00",
    }
    assert read("a.eml", keep=KEEP) == [Article("a.eml", f"{SAID}\n\nNext.", meta=meta)]


def test_eml_that_is_a_page_only():
    """It is read as pages are."""
    pytest.importorskip("trafilatura", reason="needs the extra html")
    message = make_mail()
    page = f"<html><body><article><h1>Bridge</h1><p>{SAID}</p><p>{'It rained. ' * 30}</p></article></body></html>"
    message.set_content(page, subtype="html")
    Path("a.eml").write_bytes(bytes(message))
    [article] = read("a.eml")
    assert article.text == f"Bridge\n\n{SAID}\n\n{('It rained. ' * 30).strip()}"


def test_eml_whose_lines_were_broken_by_the_sender():
    """They are put together again; a signature begins a line of its own."""
    message = make_mail("“We are \r\nready,” said \r\nAnn.\r\n\r\nNext.\r\n-- \r\nNora\r\n")
    message.set_param("format", "flowed")
    Path("a.eml").write_bytes(bytes(message))
    assert [article.text for article in read("a.eml")] == ["“We are ready,” said Ann.\n\nNext.\n-- \nNora"]


def test_eml_of_an_unknown_encoding():
    """The user's is taken then."""
    Path("a.eml").write_bytes(b"Content-Type: text/plain; charset=x-odd\n\n" + "“é”\n".encode("cp1252"))
    assert [article.text for article in read("a.eml", encoding="cp1252")] == ["“é”"]


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".rtf", ".pdf"])
def test_what_is_no_such_document(suffix):
    """It is named, with what its library says."""
    for module in ("docx", "odfdo", "striprtf", "pypdf"):
        pytest.importorskip(module, reason="needs the extra formats")
    Path(f"a{suffix}").write_bytes(b"no such thing")
    [failure] = read(f"a{suffix}")
    assert failure.message.startswith(f"[Q119] a{suffix}: broken (")


def test_an_encrypted_docx(docx):
    """It is no zip file any more."""
    Path("a.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert read("a.docx") == [Failure("a.docx", "[Q139] a.docx: needs a password. Save it without one.")]


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_bombs_are_not_unpacked(name, docx, odfdo, monkeypatch):
    """Neither by their ratio nor by their size; the libraries do not see them."""
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * (20 << 20))
    monkeypatch.setattr(docx, "Document", None)
    monkeypatch.setattr(odfdo, "Document", None)
    [failure] = read(name)
    assert failure.message.startswith(f"[Q140] {name}: unpacks to more than 200 times its size")
    monkeypatch.setattr("quotex.read.document.FREE", 1 << 20)
    [failure] = read(name)
    assert failure.message.startswith(f"[Q140] {name}: unpacks to more than 1,048,576 bytes")


def put(path, member, change):
    """Change a file within a zip file."""
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    members[member] = change(members[member])
    with zipfile.ZipFile(path, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_entities_lead_nowhere(name, docx, odfdo):
    """A document that names another file does not get it."""
    Path("secret.txt").write_text("the secret")
    if name == "a.docx":
        document = docx.Document()
        document.add_paragraph("NAMED and text")
    else:
        document = odfdo.Document("text")
        document.body.append(odfdo.Paragraph("NAMED and text"))
    document.save(name)
    secret = Path("secret.txt").resolve().as_uri().encode()

    def change(data):
        head, _, rest = data.partition(b"?>")
        doctype = b"<!DOCTYPE x [<!ENTITY named SYSTEM '" + secret + b"'>]>"
        return head + b"?>" + doctype + rest.replace(b"NAMED", b"&named;")

    put(name, "word/document.xml" if name == "a.docx" else "content.xml", change)
    [found] = read(name)
    assert "secret" not in (found.text if isinstance(found, Article) else found.message)


@pytest.mark.parametrize(
    ("name", "module", "package", "extra", "purpose"),
    [
        ("a.docx", "docx", "python-docx", "docx", "reading .docx"),
        ("a.odt", "odfdo", "odfdo", "odt", "reading .odt"),
        ("a.rtf", "striprtf.striprtf", "striprtf", "rtf", "reading RTF"),
        ("a.pdf", "pypdf", "pypdf", "pdf", "reading PDF"),
        ("a.rss", "feedparser", "feedparser", "feeds", "reading feeds"),
    ],
)
def test_without_its_package(monkeypatch, name, module, package, extra, purpose):
    """It is named."""
    monkeypatch.setitem(sys.modules, module, None)
    Path(name).write_bytes(b"x")
    message = f"[Q117] {name}: {purpose} needs a package that is not here ({package}). "
    assert read(name) == [Failure(name, f"{message}Run: pip install 'quotex[{extra}]'")]


def test_how_a_file_begins_tells_its_format(docx, monkeypatch):
    """Where its name does not: on stdin, without a suffix, and as .doc, which often is RTF."""
    pytest.importorskip("striprtf", reason="needs the extra rtf")
    document = docx.Document()
    document.add_paragraph("in Word")
    made = io.BytesIO()
    document.save(made)
    Path("report").write_bytes(made.getvalue())
    Path("a.doc").write_bytes(rb"{\rtf1 in RTF\par}")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(made.getvalue()))))
    found = list(read_articles(["report", "a.doc", "-"], ReadOptions()))
    assert found == [Article("report", "in Word"), Article("a.doc", "in RTF"), Article("-", "in Word")]
