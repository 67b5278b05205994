"""Streams of text: JSON Lines if the first line that is not blank is a JSON object, else one article."""

import json
from collections.abc import Iterator
from io import BufferedReader
from itertools import chain

from quotex.read.decode import BOM, decode, decode_line_safe
from quotex.read.file import Failure, File, ReadOptions
from quotex.read.jsonl import read_rows
from quotex.read.limits import find_limit, read_lines, read_text_bytes
from quotex.read.text import check_article
from quotex.types import Article


def read_lines_or_text(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read a stream that has no suffix to tell its format; rows are read as they come."""
    with file.open(options.meter) as raw:
        stream, encoding = decode_line_safe(raw, path=file.name, encoding=options.encoding)
        limit = find_limit(options)
        head = read_head(stream, limit)
        if is_row(head[-1], encoding):
            lines = chain(head, read_lines(stream, limit))
            yield from read_rows(lines, file.name, options, encoding=encoding)
        else:
            data = read_text_bytes(stream, file.name, options, b"".join(head))
            text = decode(data, path=file.name, encoding=encoding)
            yield check_article(Article(file.name, text), options.max_chars)


def read_head(stream: BufferedReader, limit: int) -> list[bytes]:
    """Read up to and with the first line that is not blank, or the limit; the last item is empty at the end."""
    head = [stream.readline(limit)]
    n_read = len(head[0])
    while head[-1] and not head[-1].strip() and n_read < limit:
        head.append(stream.readline(limit))
        n_read += len(head[-1])
    return head


def is_row(line: bytes, encoding: str) -> bool:
    """Tell whether a line is a JSON object."""
    try:
        return isinstance(json.loads(line.decode(encoding).removeprefix(BOM)), dict)
    except (ValueError, RecursionError):  # a UnicodeDecodeError is a ValueError too
        return False
