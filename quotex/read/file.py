"""What readers take and give: a file with its options in, articles and failures out."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import cast

from quotex.read.chunks import CHUNK, Counted, Meter
from quotex.read.unpack import unpack
from quotex.types import Article

STDIN = "-"
TEXT_KEY = "text"  # if not given
MAX_CHARS = 10_000_000  # characters of one article; the longest novels have three million


@dataclass(frozen=True, slots=True)
class Failure:
    """One input, or one row of it, that could not be done.

    Attributes:
        doc: Which one: a path as given, PATH:NUMBER, or the id of an article.
        message: One of `quotex.errors.Msg`, filled in.
        detail: More for those who ask, such as a traceback; may be empty.
    """

    doc: str
    message: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read.

    Attributes:
        encoding: Any text encoding that Python knows, or "auto". A byte-order mark is left out of the text.
        text_key: Key or column of the text.
        id_key: Key or column of the id; None means "id" where there is one.
        skip: Files and folders to leave out of folders and patterns: what this run writes.
        keep: Keys or columns to carry along in `Article.meta`, in this order.
        max_chars: Most characters of one article.
        meter: Where to count the bytes read, for those who show progress.
        warn: Is told what is passed over and is no failure.
        seen: Hashes of the ids of rows so far; `read_articles` begins with none.
    """

    encoding: str = "utf-8"
    text_key: str = TEXT_KEY
    id_key: str | None = None
    skip: tuple[Path, ...] = ()
    keep: tuple[str, ...] = ()
    max_chars: int = MAX_CHARS
    meter: Meter | None = field(default=None, compare=False)
    warn: Callable[[str], None] | None = field(default=None, compare=False)
    seen: set[int] = field(default_factory=set, compare=False)


@dataclass(frozen=True, slots=True)
class File:
    """One file, pipe or stdin, and the reader for its format.

    Attributes:
        name: Its path, or "-".
        reader: For its format.
        is_named: The user has named it, not a folder or pattern that it is in.
    """

    name: str
    reader: "Reader"
    is_named: bool = field(default=True, kw_only=True)

    @property
    def size(self) -> int:
        """Bytes on disk; 0 for streams, and for what is not there any more."""
        path = Path(self.name)
        try:
            return path.stat().st_size if self.name != STDIN and path.is_file() else 0
        except OSError:
            return 0

    @contextmanager
    def open(self, meter: Meter | None = None) -> Iterator[BufferedReader]:
        """Open for reading bytes, unpacked if they are packed; stdin stays open afterwards.

        Args:
            meter: Counts the bytes of a file as they lie on disk, packed or not.
        """
        if self.name == STDIN:
            yield unpack(find_stdin(), self.name)
            return
        with Path(self.name).open("rb", buffering=0) as raw:
            # A pipe is not counted: it has no size that one could come closer to.
            counted: RawIOBase = Counted(raw, meter) if meter and self.size else raw
            stream: BufferedReader = BufferedReader(counted, CHUNK)
            with stream:
                yield unpack(stream, self.name)


@dataclass(frozen=True, slots=True)
class Opened(File):
    """What is open already, because somebody has looked at how it begins."""

    stream: BufferedReader

    @contextmanager
    def open(self, meter: Meter | None = None) -> Iterator[BufferedReader]:
        """Give the stream; whoever has opened it closes it, and counts."""
        yield self.stream


def find_stdin() -> BufferedReader:
    """Return stdin as bytes that can be peeked at.

    Raises:
        OSError: It is closed.
    """
    if sys.stdin is None:  # closed by the caller: `quotex extract - <&-`
        raise OSError("stdin is closed")
    stream = sys.stdin.buffer
    if sys.stdin is sys.__stdin__:  # by a reader of our own: while a thread reads that one, Python cannot end
        return open(stream.fileno(), "rb", closefd=False)
    # What stands in for it in a Python program may be any binary stream.
    return stream if isinstance(stream, BufferedReader) else BufferedReader(cast(BufferedReader, stream))


Reader = Callable[[File, ReadOptions], Iterator[Article | Failure]]
