"""Limits: how much is read at once, so that no input takes all the memory there is."""

from collections.abc import Iterator
from io import BufferedReader
from typing import IO

from quotex.errors import InputError, Msg
from quotex.read.chunks import CHUNK
from quotex.read.file import ReadOptions
from quotex.types import MAX_LENGTH

WIDEST = 4  # bytes of one character, in UTF-8, UTF-16 and UTF-32
MARKUP = (
    16  # bytes of a page or a row for each character of its article: escapes take six, scripts and columns more
)
SPARE = 1 << 20  # bytes, for pages and rows around short articles
MAX_JSON = 1 << 30  # bytes of a JSON file, which is read all at once


def find_limit(options: ReadOptions) -> int:
    """Find how many bytes one page or one row may have."""
    return MARKUP * options.max_chars + SPARE


def read_text_bytes(stream: BufferedReader, path: str, options: ReadOptions, head: bytes = b"") -> bytes:
    """Read all that is left of a stream of plain text.

    Args:
        stream: Where to read.
        path: Its name, for messages.
        options: With the limit.
        head: What has been read of it.

    Raises:
        InputError: Q131, Q142, there are more characters than there may be.
    """
    limit = WIDEST * (options.max_chars + 1)  # a byte-order mark is no character of the text
    return read_within(stream, limit, explain_length(path, options.max_chars), head)


def explain_length(doc: str, max_chars: int) -> str:
    """Say that an article is too long; where no larger --max-chars is taken, none is asked for."""
    message = Msg.Q131 if max_chars < MAX_LENGTH else Msg.Q142
    return message.format(doc=doc, limit=max_chars)


def read_page_bytes(stream: BufferedReader, path: str, options: ReadOptions) -> bytes:
    """Read all of a page; raise InputError (Q132) where it is too long."""
    return read_within(stream, limit := find_limit(options), Msg.Q132.format(place=path, limit=limit))


def read_json_bytes(stream: BufferedReader, path: str) -> bytes:
    """Read all of a JSON file; raise InputError (Q133) where it is too long."""
    return read_within(stream, MAX_JSON, Msg.Q133.format(path=path, limit=MAX_JSON))


def read_within(stream: BufferedReader, limit: int, message: str, head: bytes = b"") -> bytes:
    """Read all that is left, after a head that has been read; raise InputError where that is over the limit."""
    chunks, n_read = [head], len(head)
    while n_read <= limit and (chunk := stream.read(CHUNK)):
        chunks.append(chunk)
        n_read += len(chunk)
    if n_read > limit:
        raise InputError(message)
    return b"".join(chunks)


def read_lines(stream: IO[bytes], limit: int) -> Iterator[bytes]:
    """Read lines with their ends; one that is too long is cut to a byte over the limit, its rest passed over."""
    while line := stream.readline(limit + 1):
        yield line
        while len(line) > limit and not line.endswith(b"\n"):
            line = stream.readline(limit + 1)
