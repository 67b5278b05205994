"""Limits: long articles, long rows, deep values, deep folders, what never ends."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from quotex.read import Failure, ReadOptions, read_articles
from quotex.types import Article

TOO_LONG = "more than 10 characters. Cut it up, or pass a larger --max-chars."


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder to stand in."""
    monkeypatch.chdir(tmp_path)


def read(*paths, **options):
    """Read paths as the command line does, with ten characters an article."""
    return list(read_articles([str(path) for path in paths], ReadOptions(**{"max_chars": 10, **options})))


def test_long_articles_are_named_and_left_out():
    """In every format, at the character; the rest is read."""
    texts = ("𝒂" * 10, "𝒂" * 11)
    rows = [{"id": f"{n}", "text": text} for n, text in enumerate(texts)]
    Path("a.txt").write_text(texts[0], "utf-8")
    Path("b.txt").write_text(texts[1], "utf-8")
    Path("c.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    Path("d.json").write_text(json.dumps(rows))
    Path("e.csv").write_text("id,text\n0," + "\n1,".join(texts) + "\n", "utf-8")
    Path("f.html").write_text(f"<html><body><p>{'Words. ' * 20}</p></body></html>")
    message = f"[Q131] 1: {TOO_LONG}"
    assert read("a.txt", "b.txt", "c.jsonl", "d.json", "e.csv", "f.html") == [
        Article("a.txt", texts[0]),
        Failure("b.txt", f"[Q131] b.txt: {TOO_LONG}"),
        *(Article("0", texts[0]), Failure("c.jsonl:2", message)),
        *(Article("0", texts[0]), Failure("d.json:2", message)),
        *(Article("0", texts[0]), Failure("e.csv:3", message)),
        Failure("f.html", f"[Q131] f.html: {TOO_LONG}"),
    ]


def test_the_most_that_is_read_at_once(monkeypatch):
    """Where no larger --max-chars is taken, none is asked for, from whatever format the text comes."""
    monkeypatch.setattr("quotex.read.limits.MAX_LENGTH", 10)
    rows = [{"id": "0", "text": "x" * 11}]
    Path("a.txt").write_text("x" * 11)
    Path("b.txt").write_text("x" * 100)  # more bytes than may be read
    Path("c.jsonl").write_text(json.dumps(rows[0]))
    Path("d.json").write_text(json.dumps(rows))
    Path("e.csv").write_text(f"text\n{'x' * 11}\n")
    assert [failure.message for failure in read("a.txt", "b.txt", "c.jsonl", "d.json", "e.csv")] == [
        f"[Q142] {name}: more than 10 characters, the most that are read at once. Cut it up."
        for name in ("a.txt", "b.txt", "0", "0", "e.csv:2")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "utf-8-sig"])
def test_the_limit_is_one_of_characters(encoding):
    """Whatever they take in bytes, and a byte-order mark is none."""
    Path("a.txt").write_bytes(("é" * 10).encode(encoding))
    assert read("a.txt", encoding=encoding) == [Article("a.txt", "é" * 10)]


class Endless(io.RawIOBase):
    """Never ends, as /dev/zero does not, and counts."""

    n_read = 0

    def readable(self):  # noqa: D102
        return True

    def readinto(self, buffer):  # noqa: D102
        buffer[:] = b"x" * len(buffer)
        self.n_read += len(buffer)
        return len(buffer)


def test_a_stream_without_end(monkeypatch):
    """It is read only so far that it is clear."""
    raw = Endless()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(raw)))
    assert read("-") == [Failure("-", f"[Q131] -: {TOO_LONG}")]
    assert raw.n_read < 1 << 22


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.json"])
def test_a_row_that_is_too_long_costs_itself(name):
    """Not the memory, and not the rows after it."""
    long = "x" * 3_000_000
    rows = (
        f"text\n{long}\nshort\n"
        if name == "a.csv"
        else f'{{"text": "early"}}\n{{"text": "{long}"}}\n{{"text": "short"}}\n'
    )
    Path(name).write_text(rows)
    *_, failure, last = read(name)
    assert failure.message.startswith(f"[Q132] {name}, line 2: more than 1,048,736 bytes.")
    assert (last.id, last.text) == (f"{name}:3", "short")


def test_a_json_file_that_is_too_long(monkeypatch):
    """It is read all at once, so its length has a limit."""
    monkeypatch.setattr("quotex.read.limits.MAX_JSON", 20)
    Path("a.json").write_text('{"text": "short"}    ')
    [failure] = read("a.json")
    assert failure.message.startswith("[Q133] a.json: more than 20 bytes of JSON.")


@pytest.mark.parametrize("opening", ["[", '{"a":'])
@pytest.mark.parametrize("depth", [50, 400, 900, 100_000])
def test_values_nested_deep(opening, depth):
    """What is carried along may be nested a hundred deep; deeper rows are named, and the rest is read."""
    closing = "]" if opening == "[" else "}"
    deep = opening * depth + "1" + closing * depth
    Path("a.jsonl").write_text(f'{{"text": "one", "k": {deep}}}\n{{"text": "two", "k": 1}}\n')
    first, last = read("a.jsonl", keep=("k",))
    assert (last.text, last.meta) == ("two", {"k": 1})
    if depth == 50:
        assert json.dumps(first.meta["k"]).replace(" ", "") == deep
    else:
        assert first.message.startswith(("[Q128] a.jsonl, line 1: 'k' is nested more than 100 deep", "[Q109]"))


def test_numbers_of_thousands_of_digits():
    """They are no numbers of JSON that anybody reads; the row is named."""
    Path("a.jsonl").write_text('{"text": "one", "k": %s}\n{"text": "two", "k": 1e999}\n' % ("9" * 5_000))
    first, last = read("a.jsonl", keep=("k",))
    assert first.message.startswith("[Q109] a.jsonl, line 1: not JSON")
    assert last.meta == {"k": None}


@pytest.fixture
def deep():
    """A folder with 1,300 in each other and a text in the last."""
    start = Path.cwd()
    for _ in range(1_300):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.txt").write_text("deep")
    yield
    os.chdir(start)
    for _ in range(1_300):
        os.chdir("d")
    for _ in range(1_300):
        Path("a.txt").unlink(missing_ok=True)
        os.chdir("..")
        Path("d").rmdir()


def test_a_thousand_folders_in_each_other(deep, tmp_path, monkeypatch):
    """The text in the last is read, and so is what comes after them."""
    os.chdir(tmp_path)
    Path("e.txt").write_text("last")
    assert [article.text for article in read(".")] == ["deep", "last"]
    assert read("**/*.txt", "e.txt")[-1] == Article("e.txt", "last")


def test_pipes_and_devices_in_folders_are_passed_over():
    """Links to them, too, whether a folder or a pattern leads there; it is said."""
    Path("news").mkdir()
    Path("news/a.txt").write_text("text")
    os.mkfifo("news/pipe.txt")
    os.mkfifo("other")
    Path("news/link.txt").symlink_to("../other")
    Path("news/zero.jsonl").symlink_to("/dev/zero")
    Path("news/zero.bin").symlink_to("/dev/zero")
    Path("news/tail.txt").symlink_to("gone")
    said = []
    for path, n_said in (("news", 3), ("news/*.txt", 2)):
        said.clear()
        article, failure = read(path, warn=said.append)
        assert article == Article("news/a.txt", "text")
        assert failure.doc == "news/tail.txt"
        assert failure.message.startswith(("[Q106]", "[Q108]"))
        assert len(said) == n_said
        assert all(message.startswith("[Q129] news/") for message in said)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux")
def test_what_the_kernel_makes_up_is_passed_over():
    """As a device is: its log is a file by its kind, and whoever reads it waits for more."""
    Path("news").mkdir()
    Path("news/a.txt").write_text("text")
    Path("news/b.txt").touch()
    Path("news/log.txt").symlink_to("/proc/self/stat")  # as /proc/kmsg, which not everybody may read
    for path in ("news", "news/*.txt"):
        said: list[str] = []
        article, empty = read(path, warn=said.append)
        assert (article, empty.doc) == (Article("news/a.txt", "text"), "news/b.txt")
        [message] = said
        assert message.startswith("[Q129] news/log.txt")


def test_links_in_circles(tmp_path, monkeypatch):
    """Two of them would make as many paths as there are numbers of 40 digits: each folder counts once."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "in/b.txt", "in/[c]/d.txt", ".hidden/e.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("It rained.")
    for link in ("in/one", "in/two"):
        Path(link).symlink_to("..")
    for pattern, found in (
        ("**/*.txt", ["a.txt", "in/[c]/d.txt", "in/b.txt"]),
        ("in/**/[a-c].txt", ["in/b.txt", "in/one/a.txt"]),
        ("./in/**/**/d*", ["./in/[c]/d.txt"]),
        ("i*/**", ["in/[c]/d.txt", "in/b.txt", "in/one/a.txt"]),
        ("**/in/**/b.txt", ["in/b.txt"]),
        (f"{tmp_path}/**/b.txt", [f"{tmp_path}/in/b.txt"]),
    ):
        assert [item.id for item in read_articles([pattern], ReadOptions())] == found, pattern
