"""RSS and Atom: entries to articles."""

from pathlib import Path

import pytest

from quotex.read import Failure, ReadOptions, read_articles
from quotex.types import Article

pytest.importorskip("feedparser", reason="needs the extra feeds")

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Harbour Post</title>
<item><title>Bridge opens</title><link>https://post.example/1</link><guid>https://post.example/?p=1</guid>
<pubDate>Fri, 01 Mar 2024 10:00:00 +0100</pubDate><dc:creator>Nora Quill</dc:creator><category>Town</category>
<description>Short.</description><content:encoded><![CDATA[<p>“We are ready,” said <b>Ann</b> Lee.</p>
<p>“Come <script>x</script>in.”<br/>She did.</p>]]></content:encoded></item>
<item><title>Only a title</title></item>
<item><description>Plain &amp;amp; short.</description></item>
</channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>
<entry><id>tag:post,7</id><title>Bridge</title><link href="https://post.example/7"/>
<updated>2024-03-01T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>“We are ready,” said Ann Lee.</p><p>Next.</p></div></content></entry></feed>
"""


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Read a feed."""
    monkeypatch.chdir(tmp_path)

    def read(content, name="a.rss", **options):
        Path(name).write_text(content, "utf-8")
        return list(read_articles([name], ReadOptions(**options)))

    return read


def test_rss(read):
    """An entry is an article, by its whole content where the feed has it; one without text is named."""
    keep = ("title", "author", "url", "date", "sitename", "tags")
    meta = {
        "title": "Bridge opens",
        "author": "Nora Quill",
        "url": "https://post.example/1",
        "date": "2024-03-01T09:00:00+00:00",
        "sitename": "The Harbour Post",
        "tags": ["Town"],
    }
    assert read(RSS, keep=keep) == [
        Article("https://post.example/?p=1", "“We are ready,” said Ann Lee.\n\n“Come in.”\nShe did.", meta=meta),
        Failure("a.rss:2", "[Q105] a.rss:2: empty, there is no text in it."),
        Article("a.rss:3", "Plain & short.", meta={"sitename": "The Harbour Post"}),
    ]
    assert read(RSS, id_key="URL")[0].id == "https://post.example/1"


@pytest.mark.parametrize("name", ["a.atom", "a.xml", "feed"])
def test_atom(read, name):
    """Under any name."""
    assert read(ATOM, name) == [Article("tag:post,7", "“We are ready,” said Ann Lee.\n\nNext.")]


def test_other_xml_is_no_feed(read):
    """By name it is an error, in a folder it is passed over."""
    [failure] = read("<?xml version='1.0'?><root/>", "a.xml")
    assert failure.message.startswith("[Q104] a.xml: .xml files are not read yet.")
    Path("b.xml").write_text(ATOM)
    warned = []
    assert [one.id for one in read_articles(["."], ReadOptions(warn=warned.append))] == ["tag:post,7"]
    assert warned == ["[Q137] .: 1 file not read: 1 .xml."]


def test_a_feed_that_breaks_off(read):
    """What is there is read, and something is said."""
    warned = []
    [article] = read(ATOM[: ATOM.index("</entry>")], "a.atom", warn=warned.append)
    assert article.id == "tag:post,7"
    assert warned[0].startswith("[Q141] a.atom: not well-formed (")


def test_entities_lead_nowhere(read):
    """Neither to files nor to billions of letters."""
    Path("secret.txt").write_text("the secret")
    named = "<!DOCTYPE x [<!ENTITY a SYSTEM 'secret.txt'><!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'>]>"
    found = read(named + ATOM.replace("Next.", "Next &a; &c;"), "a.atom")
    assert all("secret" not in str(one) and "bbbb" not in str(one) for one in found)
