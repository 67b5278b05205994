"""The spool: articles as lines, for files that can only be made when all is known.

A killed run goes on in the spool, as in any file that is appended to; when all articles are in it, the file
that was asked for is made of it in one go, and from the same articles it is always the same file.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from quotex.errors import Msg, UsageError
from quotex.records import Record, check_article, pack_article, read_article
from quotex.types import Article
from quotex.write.output import Output
from quotex.write.writer import FailureWriter, Writer

MADE = ".made"  # after the name of the part file
FAILED = "failed"  # the key of a line that is no article


class SpooledWriter:
    """Writes articles to the part file of an output, and at the end makes the file of them.

    Articles that are read back have no text, unless `with_text` says so.
    """

    def __init__(self, output: Output, make: Callable[[Path], Writer], *, with_text: bool = False) -> None:
        """Make one.

        Args:
            output: A file, not stdout.
            make: Gives the writer of a file; its `close` leaves the file complete.
            with_text: Keep the texts of the articles for that writer.

        Raises:
            UsageError: Q230, what an earlier run has left is damaged; better now than when all is done.
        """
        self.output = output
        self.make = make
        self.with_text = with_text
        if output.start and output.part:
            for _ in read_spool(output.part):
                pass

    def write(self, article: Article) -> None:
        """Write one article."""
        record = pack_article(article, with_text=self.with_text)
        self._add(record)

    def fail(self, doc: str, message: str) -> None:
        """Write one failure, for a writer that shows them."""
        self._add({FAILED: doc, "message": message})

    def _add(self, record: Record) -> None:
        self.output.stream.write(json.dumps(record, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Make the file."""
        part = self.output.part
        assert part is not None, "a spool is for files"
        self.output.save()
        made = part.with_name(part.name + MADE)
        made.unlink(missing_ok=True)
        writer = self.make(made)
        for found in read_spool(part):
            if isinstance(found, Article):
                writer.write(found)
            elif isinstance(writer, FailureWriter):
                writer.fail(*found)
        writer.close()
        self.output.made = made


def read_spool(part: Path) -> Iterator[Article | tuple[str, str]]:
    """Read the lines of a spool: each an article, or what failed and why.

    Raises:
        UsageError: Q230, a line is none of ours: the disk or somebody has changed it since a run was broken off.
    """
    with part.open("rb") as lines:
        for line in lines:
            try:
                found = read_line(json.loads(line.decode()))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as err:
                raise UsageError(Msg.Q230.format(part=part)) from err
            yield found


def read_line(record: Record) -> Article | tuple[str, str]:
    """Read one line of a spool."""
    if FAILED in record:
        return record[FAILED], record["message"]
    article = read_article(record)
    check_article(article)
    return article


class FileWriter:
    """Writes with another writer to a file of its own, which is complete once closed."""

    def __init__(self, path: Path, make: Callable[[TextIO], Writer]) -> None:
        self.stream = path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
        self.writer = make(self.stream)
        self.write = self.writer.write

    def fail(self, doc: str, message: str) -> None:
        """Note one failure, if the other writer shows them."""
        if isinstance(self.writer, FailureWriter):
            self.writer.fail(doc, message)

    def close(self) -> None:
        """Write what ends the file."""
        self.writer.close()
        self.stream.close()


def open_page(output: Output, make: Callable[[TextIO], Writer], *, with_text: bool = False) -> Writer:
    """Make a writer that has to see all articles in one run; a file of it is made in the end, from a spool."""
    if output.part is None:
        return make(output.stream)
    return SpooledWriter(output, lambda path: FileWriter(path, make), with_text=with_text)
