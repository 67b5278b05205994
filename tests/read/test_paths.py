"""Files and folders."""

import os
import threading
from pathlib import Path

import pytest

from quotex.read import Failure, ReadOptions, read_articles
from quotex.types import Article


def read(*paths, **options):
    """Read paths as the command line does."""
    return list(read_articles([str(path) for path in paths], ReadOptions(**options)))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to stand in, with one text."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_bytes(b"A\r\n")
    return tmp_path


def test_paths_are_read_in_the_order_given(folder):
    """The id is the path as given; a path given twice is read twice; any suffix is text if given by name."""
    Path("b.story").write_text("B")
    Path("noext").write_text("N")
    assert read("./b.story", "a.txt", "noext", "a.txt") == [
        Article("./b.story", "B"),
        Article("a.txt", "A\r\n"),
        Article("noext", "N"),
        Article("a.txt", "A\r\n"),
    ]


@pytest.mark.parametrize("given", ["news", "news/", "./news"])
def test_folders_are_read_by_name_and_in_depth(folder, given):
    """Only texts and JSON Lines, nothing hidden, each folder once though links go in circles."""
    for name in ("z.txt", "b/c.md", "b/a.TXT", "b/page.html", ".hid/x.txt", ".x.txt", "d.text", "n.log"):
        path = Path("news", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    Path("news/a.jsonl").write_text('{"text": "row", "id": "r1"}')
    Path("news/e.ndjson").write_text('{"text": "row"}')
    Path("news/b/loop").symlink_to("..")
    Path("news/self").symlink_to("self")
    os.mkfifo("news/pipe.txt")
    root = given.rstrip("/")
    assert [article.id for article in read(given)] == [
        "r1",
        f"{root}/b/a.TXT",
        f"{root}/b/c.md",
        f"{root}/d.text",
        f"{root}/e.ndjson:1",
        f"{root}/z.txt",
    ]


def test_the_output_of_the_run_is_left_out_of_folders(folder):
    """`quotex extract . -o quotes.jsonl` does not read what the run before has written."""
    Path("quotes.jsonl").write_text("{}")
    assert [article.id for article in read(".", skip=Path("quotes.jsonl"))] == ["./a.txt"]


def test_a_folder_without_texts(folder):
    """It is named, with what would be read."""
    Path("news").mkdir()
    Path("news/a.html").touch()
    assert read("news", "a.txt") == [
        Failure(
            "news",
            "[Q107] news: no texts in this folder. "
            "Files read from folders: .txt .text .md .jsonl .ndjson; give others by name.",
        ),
        Article("a.txt", "A\r\n"),
    ]


@pytest.mark.parametrize(
    ("given", "hint"),
    [("A.text", " Did you mean a.txt?"), ("zzzzzzz", ""), ("no/where/a.txt", "")],
)
def test_a_missing_file(folder, given, hint):
    """A similar name beside it is suggested."""
    assert read(given) == [Failure(given, f"[Q106] {given}: no such file or folder.{hint}")]


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf\n"])
def test_an_empty_file(folder, data):
    """White space and a byte-order mark are nothing to read."""
    Path("e.txt").write_bytes(data)
    assert read("e.txt", "a.txt") == [
        Failure("e.txt", "[Q105] e.txt: empty, there is no text in it."),
        Article("a.txt", "A\r\n"),
    ]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.html", "Save its text as .txt."),
        ("a.PDF", "Save its text as .txt."),
        ("a.docx", "Save its text as .txt."),
        ("a.csv", "Make it JSON Lines (.jsonl), one article a row."),
        ("a.json", "Make it JSON Lines (.jsonl), one article a row."),
        ("a.jsonl.gz", "Unpack it first."),
    ],
)
def test_formats_that_are_not_read_yet(folder, name, advice):
    """Their names are enough to say what to do."""
    Path(name).write_text("text")
    suffix = Path(name).suffix.lower()
    assert read(name) == [Failure(name, f"[Q104] {name}: {suffix} files are not read yet. {advice}")]


def test_what_the_system_refuses(folder, monkeypatch):
    """A broken link in a folder, a file without permission and an impossible name are named."""
    Path("news").mkdir()
    Path("news/gone.txt").symlink_to("nowhere")
    real_open = Path.open

    def refuse(path, *arguments, **options):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return real_open(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert read("news", "a.txt", "a\0b") == [
        Failure("news/gone.txt", "[Q108] news/gone.txt: cannot be read: No such file or directory."),
        Failure("a.txt", "[Q108] a.txt: cannot be read: Permission denied."),
        Failure("a\0b", "[Q106] a\0b: no such file or folder."),
    ]


def test_a_folder_that_cannot_be_listed(folder, monkeypatch):
    """It is named; it is not said to be without texts."""
    Path("news").mkdir()

    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert read("news") == [Failure("news", "[Q108] news: cannot be read: Permission denied.")]


def test_named_pipes_are_read_like_stdin(folder):
    """The shell's <(...) may bring text or JSON Lines."""
    os.mkfifo("pipe")
    writer = threading.Thread(target=Path("pipe").write_bytes, args=(b'{"text": "P", "id": 1}\n',))
    writer.start()
    assert [(article.id, article.text) for article in read("pipe")] == [("1", "P")]
    writer.join()
