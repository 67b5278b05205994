"""HTML: pages to articles."""

import logging
import sys
from pathlib import Path

import pytest

from quotex.read import Failure, ReadOptions, read_articles
from quotex.types import Article

PAGE = """\
<!DOCTYPE html>
<html lang="en"><head>{head}<title>Bridge opens at last</title>
<meta name="author" content="Nora Quill">
<meta property="og:site_name" content="The Harbour Post">
<meta property="article:published_time" content="2024-03-01T10:00:00Z">
<link rel="canonical" href="https://post.example/bridge"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Bridge opens at last</h1>
<p>The bridge at the old mill was opened on Monday,
   after <b>four</b> years of <a href="/delay">delay</a>.</p>
<p>“We are ready,” said Ann Lee, the mayor of Orléans.<br>“Come in.”<br><br>She cut the ribbon.</p>
<blockquote><p>“Nobody asked us.”</p><p>“Nobody ever does.”</p></blockquote>
<ul><li>The first to cross was Bo Lind.</li><li>The second was his dog.</li></ul>
</article>
<footer>All rights reserved</footer></body></html>
"""
TEXT = """\
Bridge opens at last

The bridge at the old mill was opened on Monday, after four years of delay.

“We are ready,” said Ann Lee, the mayor of Orléans.
“Come in.”
She cut the ribbon.

“Nobody asked us.”

“Nobody ever does.”

The first to cross was Bo Lind.

The second was his dog."""


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Read a page of these bytes."""
    monkeypatch.chdir(tmp_path)

    def read(data, name="a.html", **options):
        Path(name).write_bytes(data)
        return list(read_articles([name], ReadOptions(**options)))

    return read


def make_page(head=""):
    """Make a page with this in its head."""
    return PAGE.format(head=head)


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml"])
def test_paragraphs_are_kept_apart(read, name):
    """By a blank line; menus are left out, and where the lines of the source end does not matter."""
    assert read(make_page().encode(), name) == [Article(name, TEXT)]


def test_metadata_can_be_carried_along(read):
    """In the order asked for; the text is the same; what a page does not say is left out."""
    keep = ("sitename", "url", "date", "license", "author", "title", "filedate", "zzz")
    [article] = read(make_page().encode(), keep=keep)
    assert article.text == TEXT
    assert list(article.meta.items()) == [
        ("sitename", "The Harbour Post"),
        ("url", "https://post.example/bridge"),
        ("date", "2024-03-01"),
        ("author", "Nora Quill"),
        ("title", "Bridge opens at last"),
    ]


@pytest.mark.parametrize(
    ("head", "encoding", "options"),
    [
        ("", "utf-8", {}),
        ("", "utf-8-sig", {}),
        ("", "utf-16", {}),
        ("", "utf-16-le", {}),
        ('<meta charset="windows-1252">', "utf-8", {}),  # servers convert pages and leave what they say
        ('<meta charset="windows-1252">', "cp1252", {}),
        ("<meta charset=iso-8859-1>", "cp1252", {}),
        ('<META http-equiv="Content-Type" content="text/html; charset=macintosh">', "mac_roman", {}),
        ('<meta charset="x-unknown">', "cp1252", {"encoding": "cp1252"}),
        ("", "cp1252", {"encoding": "cp1252"}),
        ("", "cp1252", {"encoding": "auto"}),
    ],
)
def test_encodings(read, head, encoding, options):
    """UTF-8 if it is that, else what the page says, else what the user says."""
    assert read(make_page(head).encode(encoding), **options) == [Article("a.html", TEXT)]


def test_xhtml_says_its_encoding_in_the_first_line(read):
    """And need not be well-formed."""
    page = '<?xml version="1.0" encoding="windows-1252"?>\n' + make_page()
    assert read(page.encode("cp1252"), "a.xhtml") == [Article("a.xhtml", TEXT)]


@pytest.mark.parametrize("head", ["", '<meta charset="utf-8">', '<meta charset="base64">'])
def test_an_unknown_encoding_is_named(read, head):
    """With the place of the first bad byte."""
    data = make_page(head).encode("cp1252")
    assert read(data) == [
        Failure(
            "a.html",
            f"[Q101] a.html: not UTF-8 at byte {data.index(0x93)}. "
            "Convert it, or pass --encoding (such as cp1252).",
        )
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b" \n", "[Q105] a.html: empty, there is no text in it."),
        (
            b"<html><head><title>x</title></head><body><script>f()</script></body></html>",
            "[Q118] a.html: no article found in this page. Save its text as .txt.",
        ),
        (b"%PDF-1.7", "[Q103] a.html: binary, not text (a PDF). Give the text itself, as .txt or .jsonl."),
    ],
)
def test_a_page_without_text(read, capfd, data, message):
    """One message, ours: nothing is printed by others."""
    assert read(data) == [Failure("a.html", message)]
    assert capfd.readouterr() == ("", "")


def test_what_goes_wrong_in_trafilatura_costs_one_page(read, monkeypatch):
    """It is named, and the rest is read."""

    def fail(*arguments, **options):
        raise RecursionError("too deep")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    assert read(make_page().encode()) == [
        Failure(
            "a.html",
            "[Q118] a.html: no article found in this page (RecursionError: too deep). Save its text as .txt.",
        )
    ]


@pytest.mark.parametrize(("n", "is_read"), [(200, True), (260, False), (100_000, False)])
def test_what_is_nested_too_deep_is_not_left_out_in_silence(tmp_path, n, is_read):
    """The parser gives up at 255 elements in one another, and says so only when asked."""
    paragraphs = "<p>The bridge was closed on Monday, the mayor said, and it will stay closed.</p>" * 5
    page = f"<html><body><article>{paragraphs}{'<div>' * n}{paragraphs}{'</div>' * n}</article></body></html>"
    (tmp_path / "a.html").write_text(page)
    [found] = read_articles([str(tmp_path / "a.html")], ReadOptions())
    assert isinstance(found, Article if is_read else Failure)
    assert is_read or found.message.startswith("[Q134]")


def test_reading_is_deterministic(read):
    """The pages before do not matter."""
    first = read(make_page().encode())
    read(make_page("<meta name=x>").replace("mayor", "baker").encode())
    assert read(make_page().encode()) == first
    assert logging.getLogger().level == logging.WARNING  # nobody's logging is touched


def test_without_its_package(read, monkeypatch):
    """It is named."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert read(make_page().encode()) == [
        Failure(
            "a.html",
            "[Q117] a.html: reading HTML needs a package that is not here (trafilatura). "
            "Run: pip install 'quotex[html]'",
        )
    ]
