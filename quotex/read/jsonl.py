"""JSON Lines: one row is one article, read as the rows come."""

import json
from collections.abc import Iterable, Iterator

from quotex.errors import InputError, Msg
from quotex.read.decode import check_line, decode, decode_line_safe
from quotex.read.source import Failure, ReadOptions, Source
from quotex.read.text import check_article
from quotex.types import Article

Row = dict[str, object]

JSON_NAMES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "number", float: "number"}


def read_jsonl(source: Source, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one JSON Lines file; a bad row is a failure of its own."""
    with source.open() as stream:
        lines, encoding = decode_line_safe(stream, path=source.name, encoding=options.encoding)
        yield from read_rows(lines, source.name, options, encoding=encoding)


def read_rows(
    lines: Iterable[bytes], path: str, options: ReadOptions, *, encoding: str
) -> Iterator[Article | Failure]:
    """Read the rows of a file whose lines end in the byte of a newline; blank ones are skipped."""
    at, n_rows = 0, 0
    for number, line in enumerate(lines, start=1):
        if at == 0:
            check_line(line, path=path, encoding=encoding)
        if line.strip():
            n_rows += 1
            try:
                text = decode(line, path=f"{path}, line {number}", encoding=encoding, at=at)
                yield read_row(text, path, number, options)
            except InputError as err:
                yield Failure(f"{path}:{number}", str(err))
        at += len(line)
    if n_rows == 0:
        raise InputError(Msg.Q105.format(doc=path))


def read_row(text: str, path: str, line: int, options: ReadOptions) -> Article:
    """Make an article of one row; what is neither text nor id goes into its `meta`."""
    row = parse_row(text, path, line)
    body = find_text(row, path, line, options.text_key)
    name = find_id(row, path, line, options.id_key)
    meta = {key: value for key, value in row.items() if key != options.text_key}
    return check_article(Article(name, body, meta=meta))


def parse_row(text: str, path: str, line: int) -> Row:
    """Parse one line that must be a JSON object."""
    try:
        row = json.loads(text.rstrip())
    except json.JSONDecodeError as err:
        reason = f"{err.msg} at column {err.colno}"
        raise InputError(Msg.Q109.format(path=path, line=line, reason=reason)) from err
    except (ValueError, RecursionError) as err:  # a number of 5,000 digits; ten thousand brackets
        raise InputError(Msg.Q109.format(path=path, line=line, reason=err)) from err
    if not isinstance(row, dict):
        raise InputError(Msg.Q110.format(path=path, line=line, found=name_json(row)))
    return row


def find_text(row: Row, path: str, line: int, key: str) -> str:
    """Take the text out of a row."""
    if key not in row:
        raise InputError(missing_key(row, path, line, key, "text-key"))
    text = row[key]
    if not isinstance(text, str):
        raise InputError(Msg.Q112.format(path=path, line=line, key=key, found=name_json(text)))
    return text


def find_id(row: Row, path: str, line: int, key: str | None) -> str:
    """Take the id out of a row; PATH:LINE where no key was asked for and the row has no "id"."""
    if key is not None and key not in row:
        raise InputError(missing_key(row, path, line, key, "id-key"))
    name = row.get(key or "id")
    if name is None:
        return f"{path}:{line}"
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise InputError(Msg.Q113.format(path=path, line=line, key=key or "id", found=name_json(name)))
    return str(name)


def missing_key(row: Row, path: str, line: int, key: str, option: str) -> str:
    """Say which keys there are instead."""
    keys = ", ".join(map(repr, row)) or "none"
    return Msg.Q111.format(path=path, line=line, key=key, keys=keys, option=option)


def name_json(value: object) -> str:
    """Name the JSON type of a value."""
    return JSON_NAMES.get(type(value), "null")
