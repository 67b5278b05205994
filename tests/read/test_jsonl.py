"""JSON Lines: rows to articles."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotex.read import Failure, ReadOptions, read_articles
from quotex.read.jsonl import read_rows
from quotex.types import Article

bodies = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


def read(data, **options):
    """Read a file that holds these bytes."""
    return list(read_rows(data.splitlines(keepends=True), "a.jsonl", ReadOptions(**options), encoding="utf-8"))


@given(rows=st.lists(st.tuples(st.text(min_size=1), bodies), min_size=1), is_ascii=st.booleans())
def test_ids_and_texts_come_back_exactly(rows, is_ascii):
    """Whatever JSON can hold comes back, in order, and blank lines do not count."""
    items = [json.dumps({"id": name, "text": text}, ensure_ascii=is_ascii) for name, text in rows]
    data = "\n\n".join(items).encode("utf-8", errors="surrogatepass" if not is_ascii else "strict")
    lines = [line + b"\n" for line in data.split(b"\n")]
    if any("\ud800" <= letter <= "\udfff" for name, _ in rows for letter in name) and not is_ascii:
        return  # no UTF-8
    read = list(read_rows(lines, "a.jsonl", ReadOptions(), encoding="utf-8"))
    assert [(article.id, article.text) for article in read] == rows


def test_ids_are_made_of_path_and_line_where_there_are_none():
    """An integer is an id; null, nothing and the empty string are not."""
    data = (
        b'{"text": "a", "id": 7}\n\n{"text": "b", "id": null, "url": "u"}\n{"text": "c"}\n{"text": "d", "id": ""}'
    )
    assert read(data) == [
        Article("7", "a"),
        Article("a.jsonl:3", "b"),
        Article("a.jsonl:4", "c"),
        Article("a.jsonl:5", "d"),
    ]


def test_what_is_asked_for_is_carried_along():
    """In the order asked for, as it is; rows need not have it."""
    data = b'{"text": "a", "n": 1.5, "tags": ["x", {"y": null}], "url": "u"}\n{"text": "b", "no": true}'
    first, second = read(data, keep=("url", "tags", "n", "no"))
    assert list(first.meta.items()) == [("url", "u"), ("tags", ["x", {"y": None}]), ("n", 1.5)]
    assert second.meta == {"no": True}


def test_keys_can_be_chosen():
    """--text-key and --id-key name other keys."""
    assert read(b'{"body": "a", "url": "u", "id": 1}', text_key="body", id_key="url") == [Article("u", "a")]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            b'{"text": "a"',
            "[Q109] a.jsonl, line 2: not JSON (Expecting ',' delimiter at column 13). "
            "Each line must be one JSON object.",
        ),
        (
            b"[" * 100_000,
            "[Q109] a.jsonl, line 2: not JSON (",
        ),
        (
            b'["text"]',
            "[Q110] a.jsonl, line 2: a JSON array, not an object. Each line must be one JSON object.",
        ),
        (
            b"null",
            "[Q110] a.jsonl, line 2: a JSON null, not an object. Each line must be one JSON object.",
        ),
        (
            b'{"body": "a", "b": "u"}',
            "[Q111] a.jsonl, line 2: no key 'text'; its keys are 'body', 'b'. Pass --text-key with the right one.",
        ),
        (
            b"{}",
            "[Q111] a.jsonl, line 2: no key 'text'; its keys are none. Pass --text-key with the right one.",
        ),
        (
            b'{"text": 1.5}',
            "[Q112] a.jsonl, line 2: 'text' is a number, not a string. "
            "Correct the row, or pass another --text-key.",
        ),
        (
            b'{"text": "a", "id": true}',
            "[Q113] a.jsonl, line 2: 'id' is a boolean, not a string or integer. "
            "Correct the row, or pass another --id-key.",
        ),
        (
            b'{"text": " \\n"}',
            "[Q105] a.jsonl:2: empty, there is no text in it.",
        ),
        (
            b'{"text": "a\\ud800"}',
            "[Q114] a.jsonl:2: half of a surrogate pair at character 1, which is no text. Correct the row.",
        ),
        (
            b'{"text": "\xe9"}',
            "[Q101] a.jsonl, line 2: not UTF-8 at byte 24. Convert it, or pass --encoding (such as cp1252).",
        ),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_read(row, message):
    """A failure takes the place of its row."""
    first, failure, last = read(b'{"text": "x"}\n' + row + b'\n{"text": "y"}\n')
    assert (first.text, last.text) == ("x", "y")
    assert isinstance(failure, Failure)
    assert failure.doc == "a.jsonl:2"
    assert failure.message.startswith(message)
    assert failure.message.endswith("object.") or failure.message == message


def test_an_id_key_that_is_asked_for_must_be_there():
    """Only the default falls back to PATH:LINE, so that a slip does not go unnoticed."""
    assert read(b'{"text": "a", "uri": 1}', id_key="url") == [
        Failure(
            "a.jsonl:1",
            "[Q111] a.jsonl, line 1: no key 'url'; its keys are 'text', 'uri'. Pass --id-key with the right one.",
        )
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "[Q105] {path}: empty, there is no text in it."),
        (b"\n  \n", "[Q105] {path}: empty, there is no text in it."),
        (
            b"%PDF-1.7\n\n\n",
            "[Q103] {path}: binary, not text (a PDF). Give the text itself, as .txt or .jsonl.",
        ),
        (
            b"a\0b\nc\0d\n",
            "[Q103] {path}: binary, not text (NUL at byte 1). Give the text itself, as .txt or .jsonl.",
        ),
        (
            b"\xff\xfe{\0\xd8",
            "[Q101] {path}: not UTF-16 at byte 4. Convert it, or pass --encoding (such as cp1252).",
        ),
    ],
)
def test_a_file_that_is_no_json_lines_at_all_fails_once(tmp_path, data, message):
    """Not every one of its lines is named."""
    path = str(tmp_path / "a.jsonl")
    (tmp_path / "a.jsonl").write_bytes(data)
    assert list(read_articles([path], ReadOptions())) == [Failure(path, message.format(path=path))]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "latin-1"])
def test_rows_in_other_encodings(tmp_path, encoding):
    """Lines are cut where the encoding has them; a byte-order mark does not spoil the first."""
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"id": "1", "text": "é\u0085"}\r\n{"id": "2", "text": "ü"}\r\n'.encode(encoding))
    read = read_articles([str(path)], ReadOptions(encoding=encoding))
    assert [(article.id, article.text) for article in read] == [("1", "é\u0085"), ("2", "ü")]


def test_utf_16_is_recognised(tmp_path):
    """By its byte-order mark or by its NULs; what comes before the first bad character is read."""
    text = '{"id": "1", "text": "“é”"}\n{"id": "2", "text": "ü"}\n'
    path = tmp_path / "a.jsonl"
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        path.write_bytes(text.encode(encoding))
        assert [item.text for item in read_articles([str(path)], ReadOptions())] == ["“é”", "ü"]
    path.write_bytes((text * 5000).encode("utf-16-le") + b"\0\xd8")
    *articles, failure = read_articles([str(path)], ReadOptions())
    at = len(text) * 10_000
    assert 9000 < len(articles) <= 10_000
    assert failure == Failure(
        str(path),
        f"[Q101] {path}: not UTF-16-LE at byte {at}. Convert it, or pass --encoding (such as cp1252).",
    )


def test_rows_are_read_as_they_come():
    """The second row is not touched before the first has been given out."""

    def lines():
        yield b'{"text": "a"}\n'
        raise AssertionError("read too far")

    assert next(read_rows(lines(), "a.jsonl", ReadOptions(), encoding="utf-8")).text == "a"
