"""From the paths of a command line to sources: files, folders and stdin."""

import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from quotex.errors import Msg
from quotex.read.jsonl import read_jsonl
from quotex.read.source import STDIN, Failure, Reader, ReadOptions, Source
from quotex.read.stream import read_stream
from quotex.read.text import read_text

# What is taken from folders. Any other file given by name is read as text, except NOT_YET.
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
}

AS_TEXT = "Save its text as .txt."
AS_ROWS = "Make it JSON Lines (.jsonl), one article a row."
UNPACKED = "Unpack it first."
NOT_YET = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".pdf", ".rtf", ".epub"), AS_TEXT),
    **dict.fromkeys((".doc", ".docx", ".odt", ".ppt", ".pptx"), AS_TEXT),
    **dict.fromkeys((".json", ".xml", ".csv", ".tsv", ".xls", ".xlsx", ".parquet", ".db", ".spacy"), AS_ROWS),
    **dict.fromkeys((".gz", ".zst", ".bz2", ".xz", ".zip", ".tar", ".tgz", ".7z"), UNPACKED),
}


def find_sources(paths: list[str], options: ReadOptions) -> Iterator[Source | Failure]:
    """Find what there is to read, in the order given; the files of a folder by name."""
    for name in paths:
        try:
            if name != STDIN and Path(name).is_dir():
                yield from find_in_folder(name, options)
            else:
                yield find_source(name)
        except (OSError, ValueError) as err:  # ValueError: a NUL in the path
            yield unreadable(name, err)


def find_source(name: str) -> Source | Failure:
    """Choose the reader for one file given by name, or for stdin."""
    if name == STDIN:
        return Source(name, read_stream)
    path = Path(name)
    if not path.exists():
        return Failure(name, Msg.Q106.format(path=name, hint=suggest(path)))
    if not path.is_file():  # a named pipe, or the shell's <(...)
        return Source(name, read_stream)
    suffix = path.suffix.lower()
    if suffix in NOT_YET:
        return Failure(name, Msg.Q104.format(path=name, suffix=suffix, advice=NOT_YET[suffix]))
    return Source(name, READERS.get(suffix, read_text))


def find_in_folder(root: str, options: ReadOptions) -> Iterator[Source | Failure]:
    """Find the texts of a folder and of the folders in it."""
    n_found = 0
    for item in walk(root, seen=set()):
        if isinstance(item, Failure):
            n_found += 1
            yield item
        elif (reader := READERS.get(Path(item).suffix.lower())) and not is_same(item, options.skip):
            n_found += 1
            yield Source(item, reader)
    if not n_found:
        yield Failure(root, Msg.Q107.format(path=root, suffixes=" ".join(READERS)))


def walk(folder: str, *, seen: set[tuple[int, int]]) -> Iterator[str | Failure]:
    """List the files under a folder by name, hidden ones left out; links are followed, each folder once."""
    try:
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as err:
        yield unreadable(folder, err)
        return
    for name in names:
        path = Path(item := folder.rstrip("/") + "/" + name)
        if path.is_dir():
            yield from walk(item, seen=seen)
        elif path.is_file() or path.is_symlink():  # a broken link is an error; pipes and devices are no texts
            yield item


def is_same(path: str, other: Path | None) -> bool:
    """Tell whether two paths lead to one existing file."""
    try:
        return other is not None and other.samefile(path)
    except OSError:
        return False


def suggest(path: Path) -> str:
    """Say which path beside a missing one has a similar name; empty if none has."""
    try:
        names = {entry.name.lower(): entry for entry in path.parent.iterdir()}
    except OSError:
        return ""
    close = get_close_matches(path.name.lower(), names, n=1, cutoff=0.75)  # .txt alone is not enough
    return f" Did you mean {names[close[0]]}?" if close else ""


def unreadable(name: str, err: Exception) -> Failure:
    """Tell why the system would not let us read."""
    reason = err.strerror if isinstance(err, OSError) and err.strerror else err
    return Failure(name, Msg.Q108.format(path=name, reason=reason))
