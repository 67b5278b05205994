"""Files and folders."""

import gzip
import os
import threading
from pathlib import Path

import pytest

from quotex.read import Failure, Meter, ReadOptions, find_files, read_articles
from quotex.read.formats import READERS
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
    """Only formats that are read, nothing hidden, each folder once though links go in circles."""
    for name in ("z.txt", "b/c.md", "b/a.TXT", "b/page.zip", ".hid/x.txt", ".x.txt", "d.text", "n.log", "n.gz"):
        path = Path("news", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    Path("news/a.jsonl").write_text('{"text": "row", "id": "r1"}')
    Path("news/e.ndjson").write_text('{"text": "row"}')
    Path("news/f.csv").write_text("text,id\nrow,r2\n")
    Path("news/g.json.gz").write_bytes(gzip.compress(b'[{"text": "row"}]'))
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
        "r2",
        f"{root}/g.json.gz:1",
        f"{root}/z.txt",
    ]


def test_the_output_of_the_run_is_left_out_of_folders(folder):
    """`quotex extract . -o quotes.jsonl` does not read what the run before has written."""
    Path("quotes.jsonl").write_text("{}")
    assert [article.id for article in read(".", skip=(Path("quotes.jsonl"),))] == ["./a.txt"]


def test_what_a_folder_holds_that_is_not_read(folder):
    """It is counted by suffix, once, hidden files and what this run writes left out."""
    Path("news/deep").mkdir(parents=True)
    for name in ("a.jpg", "b.JPG", "c.jpg.gz", "deep/d.mp3", "Makefile", ".hidden.mp3", "q.db", "e.txt"):
        Path("news", name).write_text("text")
    warned = []
    assert read("news", warn=warned.append, skip=(Path("news/q.db"),)) == [Article("news/e.txt", "text")]
    assert warned == ["[Q137] news: 5 files not read: 3 .jpg, 1 without suffix, 1 .mp3."]
    assert read("a.txt", warn=warned.append) == [Article("a.txt", "A\r\n")]
    assert len(warned) == 1


def test_a_folder_without_texts(folder):
    """It is named, with what would be read."""
    Path("news").mkdir()
    Path("news/a.zip").touch()
    assert read("news", "a.txt") == [
        Failure(
            "news",
            "[Q107] news: no texts in this folder. "
            f"Files read from folders: {' '.join(READERS)}, each also with .gz or .zst; give others by name.",
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


@pytest.mark.parametrize("given", ["https://news.example/a.html", "http://news.example"])
def test_addresses_are_not_fetched(given):
    """It is said what to do instead."""
    [failure] = read(given)
    assert failure.message.startswith(f"[Q106] {given}: no such file or folder. Nothing is fetched from the web")


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
        ("a.EPUB", "Save its text as .txt."),
        ("a.doc", "Save it as .docx."),
        ("a.xlsx", "Make it JSON Lines (.jsonl) or CSV, one article a row."),
        ("a.xml", "Make it JSON Lines (.jsonl) or CSV, one article a row."),
        ("a.tar.gz", "Unpack it first."),
        ("a.zip", "Unpack it first."),
    ],
)
def test_formats_that_are_not_read_yet(folder, name, advice):
    """Their names are enough to say what to do."""
    Path(name).write_text("text")
    suffix = "." + name.lower().split(".")[1]
    assert read(name) == [Failure(name, f"[Q104] {name}: {suffix} files are not read yet. {advice}")]


def test_a_pattern_is_expanded_by_name(folder):
    """As a shell does it: files, folders, nothing hidden; ** goes in depth; the output of the run is left out."""
    for name in ("news/2.txt", "news/1.txt", "news/.0.txt", "news/deep/3.txt", "news/quotes.csv", "x[1].txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("text\n1\n")
    skip = (Path("news/quotes.csv"),)

    def ids(*paths):
        return [article.id for article in read(*paths, skip=skip)]

    assert ids("news/*") == ["news/1.txt", "news/2.txt", "news/deep/3.txt"]
    assert ids("news/**") == ["news/1.txt", "news/2.txt", "news/deep/3.txt"]
    assert ids("./news/[2-9].t?t", "a.txt") == ["./news/2.txt", "a.txt"]
    assert ids("x[1].txt") == ["x[1].txt"]  # there is such a file


@pytest.mark.parametrize("pattern", ["news/*.csv", "*.jsonl", "zz?", "[z].txt"])
def test_a_pattern_without_a_match(folder, pattern):
    """It is named, and the rest is read."""
    assert read(pattern, "a.txt") == [
        Failure(pattern, f"[Q122] {pattern}: nothing has a name like this. Correct the pattern."),
        Article("a.txt", "A\r\n"),
    ]


def test_a_link_that_leads_to_itself(folder):
    """In a folder it is named; by name it is not there."""
    Path("news").mkdir()
    Path("news/loop.txt").symlink_to("loop.txt")
    assert read("news", "news/loop.txt") == [
        Failure("news/loop.txt", "[Q108] news/loop.txt: cannot be read: Too many levels of symbolic links."),
        Failure("news/loop.txt", "[Q106] news/loop.txt: no such file or folder."),
    ]


@pytest.mark.parametrize("name", ["a.html", "a.json", "a.jsonl", "a.csv.gz", "a.tsv", "a.parquet"])
def test_no_format_is_read_without_permission(folder, monkeypatch, name):
    """Each says so in the same words."""
    Path(name).write_text("text")
    read(name)  # all is imported that it takes

    def refuse(path, *arguments, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    for meter in (None, Meter()):
        assert read(name, meter=meter) == [Failure(name, f"[Q108] {name}: cannot be read: Permission denied.")]


def test_the_meter_counts_bytes_as_they_lie_on_disk(folder):
    """All of them by the end of a file, packed or not; the size of a source is what it can count."""
    Path("b.csv.gz").write_bytes(gzip.compress(b"text\n" + b"row\n" * 100_000))
    for name in ("a.txt", "b.csv.gz"):
        meter = Meter()
        [source] = find_files([name], ReadOptions())
        n_read = [meter.n_read for _ in read_articles([name], ReadOptions(meter=meter))]
        assert n_read == sorted(n_read)
        assert meter.n_read == source.size == Path(name).stat().st_size
    assert [source.size for source in find_files(["-"], ReadOptions())] == [0]


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
