"""JSON: files that hold articles."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotex.read import Failure, ReadOptions, read_articles
from quotex.read.json_file import find_articles
from quotex.read.rows import make_articles
from quotex.types import Article

bodies = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Read a file that holds this."""
    monkeypatch.chdir(tmp_path)

    def read(content, encoding="utf-8", **options):
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        (tmp_path / "a.json").write_bytes(text.encode(encoding))
        return list(read_articles(["a.json"], ReadOptions(**options)))

    return read


@given(rows=st.lists(st.tuples(st.text(min_size=1), bodies), min_size=1))
def test_ids_and_texts_come_back_exactly(rows):
    """Whatever JSON can hold comes back, in order."""
    value = json.loads(json.dumps([{"id": name, "text": text} for name, text in rows]))
    articles = make_articles(find_articles(value, "a.json", "text"), "a.json", ReadOptions())
    assert [(article.id, article.text) for article in articles] == rows


def test_an_array_of_articles(read):
    """Without ids they are counted; what is kept comes along."""
    rows = [{"text": "a", "id": 7, "url": "u"}, {"text": "é"}]
    assert read(rows, keep=("url",)) == [Article("7", "a", meta={"url": "u"}), Article("a.json:2", "é")]


def test_one_article(read):
    """It is called as the file is, if it has no id; lists in it do not matter."""
    row = {"body": "a", "paragraphs": [{"text": "b"}], "tags": ["x"]}
    assert read(row, text_key="body", keep=("tags",)) == [Article("a.json", "a", meta={"tags": ["x"]})]
    assert read({"text": "a", "id": "x"}) == [Article("x", "a")]


def test_an_object_with_a_list_of_articles(read):
    """As services on the web answer."""
    answer = {"status": "ok", "tags": ["x"], "articles": [{"text": "a"}, {"text": "b", "id": "x"}], "sources": []}
    assert read(answer) == [Article("a.json:1", "a"), Article("x", "b")]


LONG = "It rained all day on the bridge and nobody came to see it open."


@pytest.mark.parametrize(
    ("answer", "text_key"),
    [
        ({"status": "ok", "articles": [{"source": {"id": None}, "content": LONG}]}, "content"),
        (
            {"response": {"status": "ok", "results": [{"webTitle": "Rain", "fields": {"bodyText": LONG}}]}},
            "bodyText",
        ),
        ({"response": {"results": [{"fields": {"bodyText": LONG}}], "tags": [{"a": 1}]}}, "fields.bodytext"),
        ({"took": 3, "hits": {"total": {"value": 1}, "hits": [{"_id": "x", "_source": {"Text": LONG}}]}}, "text"),
        ({"data": [{"id": "x", "attributes": {"body": LONG}}], "links": [{"text": "next"}]}, "body"),
        ({"data": {"edges": [{"node": {"text": LONG}}], "authors": [{"name": "Ann"}]}}, "text"),
        ({"news": [{"text": LONG}, {"text": LONG}, {"title": "none"}][:2], "ads": [{"text": ""}, {}, {}]}, "text"),
    ],
)
def test_answers_of_services(read, answer, text_key):
    """The list of objects most of which have the text is found wherever it stands; no service is known by name."""
    found = read(answer, text_key=text_key)
    assert {one.text for one in found} == {LONG}


def test_answers_with_another_key_say_what_there_is(read):
    """The list is found by what could be a text, and each article names its keys."""
    answer = {"tags": [{"name": "x"}], "results": [{"title": "Rain", "fields": {"body": LONG, "words": 13}}]}
    [failure] = read(answer)
    keys = "'title', 'fields.body', 'fields.words'"
    assert failure.message.startswith(f"[Q111] a.json, item 1: no key 'text'; its keys are {keys}.")


def test_a_headline_is_not_taken_for_the_text(read):
    """Though it has a key of that name, and the article itself another."""
    [failure] = read([{"headline": {"text": "Rain"}, "content": LONG}])
    assert failure.message.startswith(
        "[Q111] a.json, item 1: no key 'text'; its keys are 'headline.text', 'content'."
    )


def test_keys_of_objects_in_an_article(read):
    """With dots, for texts, ids and what is kept; in any case; a key that has dots itself comes first."""
    row = {"Content": {"Body": LONG}, "source": {"name": "Post", "id": 7}, "source.url": "u", "Date": "1 March"}
    keep = ("source.name", "source.url", "date", "source.zzz")
    [article] = read([row], text_key="content.body", id_key="source.id", keep=keep)
    meta = {"source.name": "Post", "source.url": "u", "date": "1 March"}
    assert article == Article("7", LONG, meta=meta)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_other_encodings(read, encoding):
    """Recognised as in text files."""
    assert read([{"text": "é"}], encoding) == [Article("a.json:1", "é")]


def test_json_lines_that_are_called_json(read):
    """They are read as what they are."""
    assert read('{"text": "a"}\n\n{"text": "b", "id": 1}\n{}') == [
        Article("a.json:1", "a"),
        Article("1", "b"),
        Failure(
            "a.json:4",
            "[Q111] a.json, line 4: no key 'text'; its keys are none. Pass --text-key with the right one.",
        ),
    ]


def test_a_bad_item_is_named_and_the_rest_is_read(read):
    """A failure takes its place."""
    assert read(
        [{"text": "a"}, "b", {"txt": "c"}, {"text": None}, {"text": " "}, {"text": "d", "id": 1.5}, {"text": "e"}]
    ) == [
        Article("a.json:1", "a"),
        Failure("a.json:2", "[Q110] a.json, item 2: a JSON string, not an object. Each article must be one."),
        Failure(
            "a.json:3",
            "[Q111] a.json, item 3: no key 'text'; its keys are 'txt'. Pass --text-key with the right one.",
        ),
        Failure(
            "a.json:4",
            "[Q112] a.json, item 4: 'text' is null, not a string. Correct the row, or pass another --text-key.",
        ),
        Failure("a.json:5", "[Q105] a.json:5: empty, there is no text in it."),
        Failure(
            "a.json:6",
            "[Q113] a.json, item 6: 'id' is a number, not a string or integer. "
            "Correct the row, or pass another --id-key.",
        ),
        Article("a.json:7", "e"),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "[Q105] a.json: empty, there is no text in it."),
        ("[]", "[Q105] a.json: empty, there is no text in it."),
        (
            '[{"text": "a"},\n {"text": "b"',
            "[Q109] a.json: not JSON (Expecting ',' delimiter at line 2, column 14). "
            "It must be one article, or an array of them.",
        ),
        (
            '{\n"text": "a"}\n{"text": "b"}',
            "[Q109] a.json: not JSON (Extra data at line 3, column 1). "
            "It must be one article, or an array of them.",
        ),
        (
            "12",
            "[Q110] a.json: a JSON number, not an object. It must be one article, or an array of them.",
        ),
        (
            '{"body": "a", "tags": []}',
            "[Q111] a.json: no key 'text'; its keys are 'body', 'tags'. Pass --text-key with the right one.",
        ),
        (
            '{"a": [{"text": "a"}], "b": [{"text": "b"}], "c": 1}',
            "[Q125] a.json: holds several lists ('a', 'b'). Pass --text-key with the key of the text, "
            "or make the one with the articles a file of its own.",
        ),
    ],
)
def test_a_file_without_articles_fails_once(read, content, message):
    """It says what it holds instead."""
    assert read(content) == [Failure("a.json", message)]


def test_brackets_without_end(read):
    """No stack overflows."""
    [failure] = read("[" * 100_000)
    assert failure.message.startswith("[Q109] a.json: not JSON (")
