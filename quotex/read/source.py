"""What readers take and give: a source with its options in, articles and failures out."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from quotex.types import Article

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Failure:
    """One input, or one row of it, that could not be done.

    Attributes:
        doc: Which one: a path as given, PATH:LINE, or the id of an article.
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
        encoding: Any text encoding that Python knows. A byte-order mark is left out of the text.
        text_key: Key of the text in JSON Lines.
        id_key: Key of the id in JSON Lines; None means "id" in those rows that have it.
        skip: A file to leave out of folders: the output of this run.
    """

    encoding: str = "utf-8"
    text_key: str = "text"
    id_key: str | None = None
    skip: Path | None = None
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One file, pipe or stdin, and the reader for its format."""

    name: str
    reader: "Reader"

    def open(self) -> AbstractContextManager[BinaryIO]:
        """Open for reading bytes; stdin stays open afterwards."""
        if self.name != STDIN:
            return Path(self.name).open("rb")
        if sys.stdin is None:  # closed by the caller: `quotex extract - <&-`
            raise OSError("stdin is closed")
        return nullcontext(sys.stdin.buffer)


Reader = Callable[[Source, ReadOptions], Iterator[Article | Failure]]
