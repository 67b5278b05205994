"""From bytes to text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotex.errors import InputError, UsageError
from quotex.read.decode import check_encoding, decode, decode_file

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"))


@given(text=texts, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"]))
def test_text_comes_back_exactly(text, encoding):
    """Nothing is translated or stripped, newlines least of all."""
    data = (" " + text).encode(encoding)  # the space: a text may begin like a PDF
    assert decode(data, path="a.txt", encoding=encoding) == " " + text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_byte_order_mark_is_not_part_of_the_text(encoding):
    """A byte-order mark at the beginning is left out, a later one is text."""
    data = "\ufeffa\ufeff\r\n".encode(encoding)
    assert decode(data, path="a.txt", encoding=encoding) == "a\ufeff\r\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "déjà vu".encode("latin-1"),
            "[Q101] a.txt: not UTF-8 at byte 1. Convert it, or pass --encoding (such as cp1252).",
        ),
        ("hé".encode("utf-16"), "[Q102] a.txt: this is utf-16, not UTF-8. Pass --encoding utf-16."),
        (
            codecs.BOM_UTF16_BE + "hé".encode("utf-16-be"),
            "[Q102] a.txt: this is utf-16, not UTF-8. Pass --encoding utf-16.",
        ),
        ("hé".encode("utf-32"), "[Q102] a.txt: this is utf-32, not UTF-8. Pass --encoding utf-32."),
        (
            b"ab\0c",
            "[Q103] a.txt: binary, not text (NUL at character 2). Give the text itself, as .txt or .jsonl.",
        ),
        (
            b"%PDF-1.7\n",
            "[Q103] a.txt: binary, not text (a PDF). Give the text itself, as .txt or .jsonl.",
        ),
        (
            b"\x89PNG\r\n",
            "[Q103] a.txt: binary, not text (an image). Give the text itself, as .txt or .jsonl.",
        ),
        (
            b"PK\x03\x04\x14",
            "[Q103] a.txt: binary, not text (a zip file, as .docx, .odt and .epub are). "
            "Give the text itself, as .txt or .jsonl.",
        ),
    ],
)
def test_what_is_no_text_is_named(data, message):
    """Each kind of file that cannot be read has its own message."""
    with pytest.raises(InputError) as caught:
        decode(data, path="a.txt", encoding="utf-8")
    assert str(caught.value) == message


def test_a_file_of_another_encoding_than_the_one_asked_for():
    """Only the default gives way to a byte-order mark."""
    data = "hé".encode("utf-16")
    assert decode_file(data, path="a.txt", encoding="utf-8") == "hé"
    with pytest.raises(InputError) as caught:
        decode_file(data, path="a.txt", encoding="cp1252")
    assert str(caught.value) == "[Q102] a.txt: this is utf-16, not CP1252. Pass --encoding utf-16."


@pytest.mark.parametrize("encoding", ["utf-9", "base64", ""])
def test_unknown_encoding_is_a_usage_error(encoding):
    """Encodings of bytes into bytes are not encodings of text."""
    with pytest.raises(UsageError, match=r"\[Q201\] --encoding"):
        check_encoding(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "latin-1", "cp1252", "utf-16", "shift_jis", "auto"])
def test_known_encodings_pass(encoding):
    """Names are taken as Python takes them."""
    assert check_encoding(encoding) is None


def test_binary_data_without_a_signature_is_no_text():
    """An encoding would not help it; one control character in a text of another encoding is no proof."""
    noise = bytes(range(256)) * 4
    with pytest.raises(InputError, match=r"\[Q103\] a\.bin: binary, not text \(control characters all over\)"):
        decode(noise.replace(b"\0", b""), path="a.bin", encoding="utf-8")
    with pytest.raises(InputError, match=r"\[Q101\] a\.txt: not UTF-8 at byte 3"):
        decode(b"caf\xe9 \x07" + b"word " * 20, path="a.txt", encoding="utf-8")
