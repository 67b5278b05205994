"""Stdin and pipes: JSON Lines if the first line that is not blank is a JSON object, else text."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from quotex.read.decode import BOM, decode, decode_line_safe
from quotex.read.jsonl import read_rows
from quotex.read.source import Failure, ReadOptions, Source
from quotex.read.text import check_article
from quotex.types import Article


def read_stream(source: Source, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read a stream that has no suffix to tell its format; rows are read as they come."""
    with source.open(options.meter) as raw:
        stream, encoding = decode_line_safe(raw, path=source.name, encoding=options.encoding)
        head = read_head(stream)
        if is_row(head[-1], encoding):
            yield from read_rows(chain(head, stream), source.name, options, encoding=encoding)
        else:
            data = b"".join(head) + stream.read()
            text = decode(data, path=source.name, encoding=encoding)
            yield check_article(Article(source.name, text))


def read_head(stream: BinaryIO) -> list[bytes]:
    """Read up to and with the first line that is not blank; the last item is empty if there is none."""
    head = [stream.readline()]
    while head[-1] and not head[-1].strip():
        head.append(stream.readline())
    return head


def is_row(line: bytes, encoding: str) -> bool:
    """Tell whether a line is a JSON object."""
    try:
        return isinstance(json.loads(line.decode(encoding).removeprefix(BOM)), dict)
    except (ValueError, RecursionError):  # a UnicodeDecodeError is a ValueError too
        return False
