"""Which encoding it is."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotex.errors import InputError, UsageError
from quotex.read import Failure, ReadOptions, read_articles
from quotex.read.decode import check_encoding
from quotex.read.sniff import find_encoding
from quotex.types import Article

ENGLISH = "The mayor said the bridge in Orléans would open. “We’re ready,” she said — at the café of José Núñez. "
PLAIN = ENGLISH.replace("“", '"').replace("”", '"').replace("’", "'").replace("—", "-")


def find(data, encoding="utf-8"):
    """Find the encoding of a file."""
    return find_encoding(data, path="a.txt", encoding=encoding)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("asked", ["utf-8", "UTF8", "auto"])
def test_wide_encodings_are_recognised(encoding, asked):
    """By the byte-order mark, which UTF-16 may lack."""
    assert find(ENGLISH.encode(encoding), asked) == encoding


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_utf_8_is_never_taken_for_another_encoding(text):
    """Whatever is in it, but NULs."""
    assert find(text.encode()) == "utf-8"


@given(st.binary(), st.sampled_from(["cp1252", "utf-8-sig", "utf-16-be"]))
def test_an_encoding_that_is_asked_for_is_taken(data, encoding):
    """Nothing is guessed then."""
    assert find(data, encoding) == encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("suffix", ["txt", "jsonl"])
def test_the_order_of_bytes_is_found(tmp_path, encoding, suffix):
    """UTF-16 that is asked for need not have a byte-order mark, in rows and in texts."""
    path = tmp_path / f"a.{suffix}"
    path.write_bytes((ENGLISH if suffix == "txt" else f'{{"text": "{ENGLISH}"}}\n').encode(encoding))
    [article] = read_articles([str(path)], ReadOptions(encoding=encoding[:6]))
    assert article.text == ENGLISH


@pytest.mark.parametrize("data", [b"ab\0c", b"\1\0\2\0\3\0\4\0", b"a\0\0\0b\0\0\0", b"a", b""])
def test_nulls_alone_do_not_make_it_utf_16(data):
    """Numbers in a binary file have them, too."""
    assert find(data) == "utf-8"


@pytest.mark.parametrize("n_times", [1, 40, 2000])
@pytest.mark.parametrize(("text", "encoding"), [(ENGLISH, "cp1252"), (ENGLISH, "mac_roman"), (PLAIN, "cp437")])
def test_auto_guesses(text, encoding, n_times):
    """The text comes out right; where the first odd byte stands does not matter."""
    data = (text * n_times).encode(encoding)
    for before in (b"", b"ascii " * 20_000):
        assert (before + data).decode(find(before + data, "auto")) == before.decode() + text * n_times


def test_auto_takes_utf_8_for_what_it_is():
    """Also where it is cut in the middle of a character."""
    assert find(ENGLISH.encode(), "auto") == "utf-8"
    data = "café".encode()[:-1]
    assert find_encoding(data, path="a.txt", encoding="auto", is_cut=True) == "utf-8"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            bytes(range(128, 256)) + b"\x81" * 50,
            "[Q124] a.txt: no encoding fits its bytes. Pass --encoding with the right one.",
        ),
        (
            bytes(range(1, 256)) * 9,
            "[Q103] a.txt: binary, not text (control characters all over). "
            "Give the text itself, as .txt or .jsonl.",
        ),
    ],
)
def test_what_cannot_be_guessed(data, message):
    """It is named."""
    with pytest.raises(InputError) as caught:
        find(data, "auto")
    assert str(caught.value) == message


@pytest.mark.parametrize("suffix", ["txt", "csv", "jsonl", "json", "html"])
def test_auto_in_all_formats(tmp_path, suffix):
    """Text, rows and pages; those with rows are judged by how they begin."""
    path = tmp_path / f"a.{suffix}"
    body = ENGLISH.strip()
    page = f"<html><body><article><p>{body}</p></article></body></html>"
    rows = {"csv": f'text\n"{body}"\n', "jsonl": f'{{"text": "{body}"}}\n', "json": f'[{{"text": "{body}"}}]'}
    path.write_bytes({"txt": body, "html": page, **rows}[suffix].encode("cp1252"))
    [article] = read_articles([str(path)], ReadOptions(encoding="auto"))
    assert article.text == body


def test_auto_without_its_package(monkeypatch, tmp_path):
    """The command does not start; from Python, what needs no guess is read."""
    monkeypatch.setitem(sys.modules, "charset_normalizer", None)
    with pytest.raises(UsageError) as caught:
        check_encoding("auto")
    assert str(caught.value) == (
        "[Q117] --encoding auto: guessing the encoding needs a package that is not here (charset-normalizer). "
        "Run: pip install 'quotex[encodings]'"
    )
    one, two = tmp_path / "1.txt", tmp_path / "2.txt"
    one.write_bytes(b"caf\xe9")
    two.write_bytes(b"cafe")
    assert list(read_articles([str(one), str(two)], ReadOptions(encoding="auto"))) == [
        Failure(
            str(one),
            f"[Q117] {one}: guessing the encoding needs a package that is not here (charset-normalizer). "
            "Run: pip install 'quotex[encodings]'",
        ),
        Article(str(two), "cafe"),
    ]
