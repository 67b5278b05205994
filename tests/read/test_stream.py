"""Stdin and pipes, which have no suffix."""

import gzip
import io
import sys
from types import SimpleNamespace

import pytest
import zstandard

from quotex.read import Failure, ReadOptions, read_articles
from quotex.types import Article


@pytest.fixture
def pipe(monkeypatch):
    """Read stdin that holds these bytes."""

    def read(data, **options):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        return list(read_articles(["-"], ReadOptions(**options)))

    return read


@pytest.mark.parametrize("text", ["“Yes,” she said.\r\n", "\n\n {curly\n", '["a"]\nb', "12\n{}"])
def test_text_is_one_article(pipe, text):
    """Nothing but a JSON object in the first line makes it JSON Lines."""
    assert pipe(text.encode()) == [Article("-", text)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_json_object_in_the_first_line_makes_it_json_lines(pipe, encoding):
    """Blank lines before it do not matter, and count as lines."""
    data = '\n \n{"text": "é"}\n\n{"text": "b", "id": "x"}'.encode(encoding)
    assert [(item.id, item.text) for item in pipe(data, encoding=encoding)] == [("-:3", "é"), ("x", "b")]


@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_nothing_is_a_failure(pipe, data):
    """An empty pipe is named."""
    assert pipe(data) == [Failure("-", "[Q105] -: empty, there is no text in it.")]


def test_stdin_is_decoded_as_files_are(pipe):
    """Latin-1 is named with its place."""
    assert pipe(b"caf\xe9") == [
        Failure("-", "[Q101] -: not UTF-8 at byte 3. Convert it, or pass --encoding (such as cp1252).")
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_utf_16_is_recognised(pipe, encoding):
    """As in files."""
    assert pipe("“Yes,” she said.\r\n".encode(encoding)) == [Article("-", "“Yes,” she said.\r\n")]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_packed_streams_are_unpacked(pipe, pack):
    """The first bytes tell."""
    assert pipe(pack(b'{"text": "a"}\n{"text": "b", "id": 2}')) == [Article("-:1", "a"), Article("2", "b")]
    assert pipe(pack(b"text")) == [Article("-", "text")]


def test_closed_stdin_is_a_failure(monkeypatch):
    """`quotex extract - <&-` gets a message."""
    monkeypatch.setattr(sys, "stdin", None)
    assert list(read_articles(["-"], ReadOptions())) == [
        Failure("-", "[Q108] -: cannot be read: stdin is closed.")
    ]
