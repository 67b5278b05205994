"""What the page asks of the server: quotes, the view, files, and to save."""

import gzip
import json
import re

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from quotex.evaluation import read_gold
from quotex.evaluation.corrections import digest_text
from quotex.serve.export import DOWNLOADS, list_downloads
from quotex.serve.marked import describe_found, render
from quotex.types import KINDS, Article
from quotex.write import load_schema
from quotex.write.html import render_article
from tests.conftest import extract_marked
from tests.serve.conftest import load_marks
from tests.strategies import marked_articles
from tests.write.html_reader import PageReader

TEXT = "“It holds,” said Bo Lind.\r\n“𝒂bc” hoped Ann Lee. “Yes”"
QUOTE = {"content": [[1, 10]], "cue": [], "source": [], "speaker": "Bo Lind", "kind": "person"}


def test_find(serve):
    """Ranges in code points; thoughts only where they were asked for; a name made of the digest."""
    reply = serve().ask("POST", "/review/find", {"text": TEXT})
    found = reply.json
    assert (found["id"], found["text"], found["revision"]) == (f"pasted {digest_text(TEXT)[:8]}", TEXT, 0)
    assert found["sha256"] == digest_text(TEXT)
    assert [quote["content"] for quote in found["quotes"]] == [[[1, 10]], [[49, 52]]]
    assert found["speakers"][0] == {
        "name": "Bo Lind",
        "kind": "person",
        "aliases": [],
        "descriptions": [],
        "affiliation": None,
        "pronoun": None,
    }
    found = serve(thoughts=True).ask("POST", "/review/find", {"text": TEXT, "id": "a"}).json
    assert (found["id"], [quote["act"] for quote in found["quotes"]]) == (
        "a",
        ["statement", "thought", "statement"],
    )


def test_what_was_saved_is_found_again(serve):
    """Instead of what the model finds, unless it is asked for anew; the next save follows on it."""
    server = serve()
    row = {"id": "a.txt", "text": TEXT, "quotes": [QUOTE | {"checked": True}], "rejected": [], "revision": 0}
    assert server.ask("POST", "/review/save", row).json == {"revision": 1}
    found = server.ask("POST", "/review/find", {"text": TEXT}).json
    assert (found["id"], found["revision"], len(found["quotes"])) == ("a.txt", 1, 1)
    assert found["quotes"][0]["checked"]
    found = server.ask("POST", "/review/find", {"text": TEXT, "anew": True}).json
    assert (found["revision"], len(found["quotes"])) == (1, 2)
    reply = server.ask("POST", "/review/save", row)
    assert (reply.status, reply.error[:4]) == (409, "Q606")
    assert server.ask("POST", "/review/save", row | {"revision": None}).json == {"revision": 2}


def test_what_is_saved(serve, tmp_path):
    """GOLD with more: types by the marks of the text, who was rejected, in the order of the text."""
    server = serve()
    quotes = [
        {"content": [[49, 52], [12, 16]], "act": "thought", "also": ["Annie"], "speaker": "Ann", "kind": "x"},
        QUOTE | {"confidence": 0.5, "closed": False, "key": 7},
    ]
    body = {"id": "a", "text": TEXT, "quotes": quotes, "rejected": [{"content": [[28, 31]]}], "speakers": []}
    server.ask("POST", "/review/save", body | {"revision": 0})
    row = json.loads((tmp_path / "corrections.jsonl").read_text("utf-8"))
    assert list(row) == ["sha256", "id", "text", "quotes", "rejected", "speakers", "saved", "quotex"]
    assert row["quotes"][0] == QUOTE | {
        "type": "direct",
        "act": "statement",
        "checked": False,
        "confidence": 0.5,
        "closed": False,
    }
    assert row["quotes"][1]["content"] == [[12, 16], [49, 52]]
    assert [row["quotes"][1][key] for key in ("type", "act", "kind", "also")] == [
        "mixed",
        "thought",
        None,
        ["Annie"],
    ]
    assert row["rejected"][0]["content"] == [[28, 31]]
    (found,) = read_gold(str(tmp_path / "corrections.jsonl"))
    assert [(quote.content, quote.speaker) for quote in found.quotes] == [
        (((1, 10),), "Bo Lind"),
        (((12, 16), (49, 52)), "Ann"),
    ]


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"text": " "}, 422, "Q105"),
        ({"text": 5}, 422, "Q618"),
        ({"quotes": None}, 422, "Q618 quotes: is a JSON null, not an array."),
        ({"quotes": [{}]}, 422, "Q403 quotes, line 1, quote 1: content must be"),
        ({"quotes": [QUOTE | {"content": []}]}, 422, "Q403"),
        ({"quotes": [QUOTE | {"content": [[1, 999]]}]}, 422, "Q404"),
        ({"rejected": [QUOTE | {"cue": [[5, 5]]}]}, 422, "Q405"),
        ({"quotes": [QUOTE | {"speaker": 5}]}, 422, "Q402"),
        ({"revision": "x"}, 422, "Q618"),
    ],
)
def test_what_cannot_be_saved(serve, tmp_path, change, status, error):
    """Nothing is written."""
    body = {"id": "a", "text": TEXT, "quotes": [], "rejected": [], "revision": 0}
    reply = serve().ask("POST", "/review/save", body | change)
    assert reply.status == status
    assert reply.error.startswith(error)
    assert not (tmp_path / "corrections.jsonl").exists()


def test_a_file_that_cannot_be_written(serve, tmp_path):
    """It is said, and the page keeps what it has."""
    (tmp_path / "corrections.jsonl").mkdir()
    reply = serve().ask("POST", "/review/save", {"id": "a", "text": TEXT, "quotes": [], "revision": 0})
    assert (reply.status, reply.error[:4]) == (500, "Q204")


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(article=marked_articles())
def test_the_view_is_that_of_a_report(article):
    """Whatever lies over whatever: the same text and the same ranges."""
    found = extract_marked(Article("a", "“Rain,” said Bo Lind. " + article.text), thoughts=True)
    sent = json.loads(json.dumps(describe_found(found)))
    shown = PageReader(render(sent, load_marks())["html"])
    report = PageReader(render_article(found))
    assert (shown.texts, shown.segments) == (report.texts, report.segments)


@pytest.mark.parametrize(
    ("name", "data", "articles"),
    [
        ("a.txt", b"\xef\xbb\xbfIt\r\nrained.", [("a.txt", "It\r\nrained.")]),
        ("C:\\news\\a.txt", b"Rain.", [("a.txt", "Rain.")]),
        ("../../etc/a.txt", b"Rain.", [("a.txt", "Rain.")]),
        ("a.txt", "Rain, ěščř".encode("utf-16"), [("a.txt", "Rain, ěščř")]),
        ("a.txt.gz", gzip.compress(b"Rain."), [("a.txt.gz", "Rain.")]),
        ("a.jsonl", b'{"text": "One."}\n{"id": 2, "text": "Two."}\n', [("a.jsonl:1", "One."), ("2", "Two.")]),
        ("a.csv", b"id,text\nx,Rain.\n", [("x", "Rain.")]),
    ],
)
def test_files(serve, name, data, articles):
    """As `quotex extract` reads them, whatever folder a name pretends."""
    from urllib.parse import quote

    path = f"/review/open?name={quote(name)}"
    reply = serve().ask("POST", path, data, Content_Type="application/octet-stream")
    assert [(article["id"], article["text"]) for article in reply.json["articles"]] == articles


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.epub", b"PK", "Q104 a.epub: .epub files are not read yet."),
        ("a.txt", b"%PDF-1.4", "Q103 a.txt: binary, not text (a PDF)."),
        ("a.txt", b"caf\xe9", "Q101 a.txt: not UTF-8 at byte 3."),
        ("", b" ", "Q105 pasted: empty"),
    ],
)
def test_wrong_files(serve, name, data, error):
    reply = serve().ask("POST", f"/review/open?name={name}", data, Content_Type="application/octet-stream")
    assert reply.status == 422
    assert reply.error.startswith(error)


def test_what_there_is_to_review(serve):
    """With what of it is saved, by whoever."""
    server = serve(articles=[Article("a", "One."), Article("b", TEXT)])
    row = {"id": "b", "text": TEXT, "quotes": [], "revision": 0}
    server.ask("POST", "/review/save", row)
    reply = server.ask("GET", "/review/articles")
    one, other = digest_text("One."), digest_text(TEXT)
    assert reply.json == {
        "articles": [{"id": "a", "sha256": one, "saved": False}, {"id": "b", "sha256": other, "saved": True}]
    }


def test_an_article_has_an_address(serve):
    """By the beginning of its digest, if it is there to review or has been saved; the page is the same for all."""
    server = serve(articles=[Article("a", "One.")])
    server.ask("POST", "/review/save", {"id": "b", "text": TEXT, "quotes": [], "revision": 0})
    for article in ({"id": "a", "text": "One."}, {"id": "b", "text": TEXT}):
        digest = digest_text(article["text"])
        assert server.ask("GET", f"/review/articles/{digest[:16]}").json == article
        assert server.ask("GET", f"/review/articles/{digest[:15]}").status == 404
        assert server.ask("GET", f"/articles/{digest[:16]}").body == server.ask("GET", "/").body
    assert server.ask("GET", f"/review/articles/{'0' * 16}").status == 404


def test_downloads(serve):
    """The quotes as the page has them, with all that the records of `quotex extract` have."""
    server = serve()
    text = "It rained.\n\n“He said that it holds,” said Bo Lind, the mayor. “Yes.”"
    inner, outer = text.index("it holds"), text.index("He said")
    quotes = [
        {
            "content": [[outer, inner + 9], [text.index("Yes"), text.index("Yes") + 4]],
            "speaker": "Bo Lind",
            "kind": "person",
        },
        {"content": [[inner, inner + 8]], "speaker": None},
    ]
    known = [{"name": "Bo Lind", "kind": "person", "descriptions": ["the mayor"]}]
    body = {"id": "a.txt", "text": text, "quotes": quotes, "speakers": known}
    document = server.ask("POST", "/review/export?format=json", body).json
    jsonschema.validate(document, json.loads(load_schema()))
    ((article,), first, second) = (document["articles"], *document["articles"][0]["quotes"])
    assert (article["doc"], article["speakers"][0]["id"], article["speakers"][0]["quotes"]) == (
        "a.txt",
        "bo-lind",
        [1],
    )
    assert (first["quote"], first["type"], first["paragraph"], first["within"]) == (
        "He said that it holds, … Yes.",
        "direct",
        2,
        None,
    )
    assert first["sentence"] == "“He said that it holds,” said Bo Lind, the mayor. “Yes.”"
    assert (first["speaker"]["description"], second["within"], second["speaker"]) == ("the mayor", 1, None)
    for form, start in (
        ("csv", b"doc,"),
        ("md", b"## a.txt"),
        ("html", b"<!DOCTYPE"),
        ("xlsx", b"PK"),
        ("docx", b"PK"),
    ):
        reply = server.ask("POST", f"/review/export?format={form}", body)
        assert (reply.status, reply.body[: len(start)]) == (200, start)
    for form in ("exe", "parquet", ""):
        reply = server.ask("POST", f"/review/export?format={form}", body)
        assert (reply.status, reply.error[:4]) == (422, "Q620")
    reply = server.ask("POST", "/review/export?format=csv", body | {"quotes": [{"content": [[0, 999]]}]})
    assert (reply.status, reply.error[:4]) == (422, "Q404")


def test_the_page_offers_what_can_be_written(serve, monkeypatch):
    """Formats whose packages are not there are left out."""
    offered = re.findall(r'<option value="(\w+)">[^<]*\(\.', serve().ask("GET", "/").body.decode())
    assert offered == list(DOWNLOADS)
    monkeypatch.setattr("quotex.serve.export.find_spec", lambda name: None)
    assert list(list_downloads()) == ["csv", "md", "html", "json"]


def test_the_page_knows_every_kind_of_speaker(serve):
    """None is missing from its list, and each role has its two buttons."""
    page = serve().ask("GET", "/").body.decode()
    kinds = re.search(r'<select id="kind">(.*?)</select>', page, re.DOTALL)
    assert kinds
    assert re.findall('value="(.*?)"', kinds[1]) == ["", *KINDS]
    assert re.findall('data-role="(.*?)" data-how="set"', page) == ["content", "cue", "source"]


def test_the_page(serve):
    """Its own files only, and nothing in it that runs by itself."""
    server = serve()
    page = PageReader(server.ask("GET", "/").body.decode())
    linked = page.list_values("src") + [name for name in page.list_values("href") if name.startswith("/static")]
    assert linked
    assert all(server.ask("GET", name).status == 200 for name in linked)
    assert not [
        key for _, attributes in page.elements for key in attributes if key.startswith("on") or key == "style"
    ]
    ids = page.list_values("id")
    assert len(ids) == len(set(ids))
