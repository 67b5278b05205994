"""Packed files: gzip and zstd."""

import gzip
import io
import json
import sys

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from quotex.errors import InputError
from quotex.read import Failure, ReadOptions, read_articles
from quotex.read.unpack import unpack
from quotex.types import Article

PACK = {".gz": gzip.compress, ".zst": zstandard.compress}
packings = st.sampled_from(list(PACK))
ROWS = b"".join(json.dumps({"text": f"row {n} " + str(n**50)}).encode() + b"\n" for n in range(20_000))


def open_packed(data, suffix):
    """Unpack these bytes."""
    return unpack(io.BufferedReader(io.BytesIO(data)), f"a{suffix}")


@given(parts=st.lists(st.binary(), min_size=1), suffix=packings, padding=st.integers(0, 600))
def test_bytes_come_back_exactly(parts, suffix, padding):
    """A file may have several members, and NULs after the last."""
    data = b"".join(PACK[suffix](part) for part in parts) + b"\0" * padding
    assert open_packed(data, suffix).read() == b"".join(parts)
    assert unpack(io.BufferedReader(io.BytesIO(data)), "a.txt").read() == b"".join(parts)  # as its bytes tell


@given(rows=st.lists(st.binary(max_size=99), min_size=1), suffix=packings, share=st.floats(0.01, 0.99))
def test_what_comes_before_the_break_is_read(rows, suffix, share):
    """A part of the file gives its beginning and an error."""
    plain = b"\n".join(rows)
    packed = PACK[suffix](plain)
    stream = open_packed(packed[: max(1, int(share * len(packed)))], suffix)
    read = bytearray()
    with pytest.raises(InputError) as caught:
        while chunk := stream.read1():
            read += chunk
    assert plain.startswith(read)
    label = {".gz": "gzip", ".zst": "zstd"}[suffix]
    assert str(caught.value) == (
        f"[Q119] a{suffix}: broken (the {label} data end too soon); nothing can be read from there on. "
        "Get the file again."
    )


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_rows_before_the_break_are_read(tmp_path, suffix):
    """Nearly as many as there are in the part; then one failure for the file, and the next one is read."""
    path, other = tmp_path / f"a.jsonl{suffix}", tmp_path / "b.txt"
    packed = PACK[suffix](ROWS)
    path.write_bytes(packed[: len(packed) // 2])
    other.write_text("b")
    *articles, failure, last = read_articles([str(path), str(other)], ReadOptions())
    assert [article.id for article in articles] == [f"{path}:{n}" for n in range(1, len(articles) + 1)]
    assert 8000 < len(articles) < 12_000
    assert isinstance(failure, Failure)
    assert failure.doc == str(path)
    assert failure.message.startswith(f"[Q119] {path}: broken (the ")
    assert last == Article(str(other), "b")


def test_damage_costs_what_comes_after_it(tmp_path):
    """A block that is none, a check sum that is wrong, and a file that only bears the name."""
    path = tmp_path / "a.jsonl.gz"
    packed = bytearray(gzip.compress(b'{"text": "a"}\n{"text": "b"}\n'))
    packed[-6] ^= 1
    for data, reason, n_read in (
        (gzip.compress(b'{"text": "a"}\n') + b"trash", "damaged gzip data: incorrect header check", 1),
        (packed, "damaged gzip data: incorrect data check", 0),
        (b'{"text": "a"}\n', "damaged gzip data: incorrect header check", 0),
    ):
        path.write_bytes(data)
        *articles, failure = read_articles([str(path)], ReadOptions())
        assert len(articles) == n_read
        message = f"[Q119] {path}: broken ({reason}); nothing can be read from there on. Get the file again."
        assert failure == Failure(str(path), message)


def test_text_and_pages_may_be_packed(tmp_path):
    """The suffix before the last tells the format; case does not matter."""
    (tmp_path / "a.TXT.GZ").write_bytes(gzip.compress("é".encode("utf-16")))
    (tmp_path / "b.html.zst").write_bytes(zstandard.compress(b"<html><body><p>Page of words.</p></body></html>"))
    (tmp_path / "c.gz").write_bytes(gzip.compress(b"no suffix"))
    names = [str(tmp_path / name) for name in ("a.TXT.GZ", "b.html.zst", "c.gz")]
    read = list(read_articles(names, ReadOptions()))
    assert read == [
        Article(name, text) for name, text in zip(names, ["é", "Page of words.", "no suffix"], strict=True)
    ]


def test_an_empty_packed_file(tmp_path):
    """It is empty, packed or not."""
    path = tmp_path / "a.txt.gz"
    for data in (b"", gzip.compress(b"")):
        path.write_bytes(data)
        assert list(read_articles([str(path)], ReadOptions())) == [
            Failure(str(path), f"[Q105] {path}: empty, there is no text in it.")
        ]


def test_zstd_without_its_package(monkeypatch, tmp_path):
    """It is named, and the rest is read."""
    monkeypatch.setitem(sys.modules, "zstandard", None)
    path, other = tmp_path / "a.txt.zst", tmp_path / "b.txt"
    path.write_bytes(zstandard.compress(b"a"))
    other.write_text("b")
    assert list(read_articles([str(path), str(other)], ReadOptions())) == [
        Failure(
            str(path),
            f"[Q117] {path}: unpacking zstd needs a package that is not here (zstandard). "
            "Run: pip install 'quotex[zst]'",
        ),
        Article(str(other), "b"),
    ]


class Zeros(io.RawIOBase):
    """So many NULs, which take no memory."""

    def __init__(self, left):
        self.left = left

    def readable(self):  # noqa: D102
        return True

    def readinto(self, buffer):  # noqa: D102
        n_read = min(len(buffer), self.left)
        buffer[:n_read] = bytes(n_read)
        self.left -= n_read
        return n_read


@pytest.mark.parametrize("name", ["a.txt.zst", "a.jsonl.zst", "a.json.zst", "a.csv.zst", "a.html.zst", "noname"])
def test_a_bomb_costs_itself_only(tmp_path, monkeypatch, name):
    """A gigabyte in some kilobytes: it is stopped, whatever the format, and the next file is read."""
    monkeypatch.setattr("quotex.read.unpack.FREE", 1 << 22)
    path, other = tmp_path / name, tmp_path / "b.txt"
    with path.open("wb") as file:
        zstandard.ZstdCompressor(level=1).copy_stream(Zeros(1 << 30), file)
    other.write_text("b")
    assert path.stat().st_size < 200_000
    failure, last = read_articles([str(path), str(other)], ReadOptions())
    assert failure.message.startswith((f"[Q130] {path}: unpacks to more than 200 times its size", "[Q103]"))
    assert last == Article(str(other), "b")


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_what_may_come_out(suffix):
    """As the server says it; files that are no bombs unpack to hundreds of megabytes."""
    data = PACK[suffix](b"x" * 100_000)
    assert unpack(io.BufferedReader(io.BytesIO(data)), f"a{suffix}", most=100_000).read() == b"x" * 100_000
    with pytest.raises(InputError, match=r"\[Q130\] a\.\w+: unpacks to more than 99,999 bytes"):
        unpack(io.BufferedReader(io.BytesIO(data)), f"a{suffix}", most=99_999).read()
