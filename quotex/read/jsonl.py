"""JSON Lines: one row is one article, read as the rows come."""

import json
from collections.abc import Iterable, Iterator
from math import inf

from quotex.errors import InputError, Msg
from quotex.read.decode import check_line, decode, decode_line_safe
from quotex.read.file import Failure, File, ReadOptions
from quotex.read.limits import find_limit, read_lines
from quotex.read.rows import NumberedRow, Place, Row, make_articles, name_json
from quotex.types import Article

ADVICE = "Each line must be one JSON object."


def read_jsonl(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one JSON Lines file; a bad row is a failure of its own."""
    with file.open(options.meter) as stream:
        lines, encoding = decode_line_safe(stream, path=file.name, encoding=options.encoding)
        yield from read_rows(read_lines(lines, find_limit(options)), file.name, options, encoding=encoding)


def read_rows(
    lines: Iterable[bytes], path: str, options: ReadOptions, *, encoding: str
) -> Iterator[Article | Failure]:
    """Read the rows of a file whose lines end in the byte of a newline; blank ones are skipped."""
    rows = find_rows(lines, path, encoding=encoding, limit=find_limit(options))
    return make_articles(rows, path, options)


def find_rows(lines: Iterable[bytes], path: str, *, encoding: str, limit: float = inf) -> Iterator[NumberedRow]:
    """Find the rows and their places; lines over the limit are none."""
    at = 0
    for number, line in enumerate(lines, start=1):
        if at == 0:
            check_line(line, path=path, encoding=encoding)
        if line.strip():
            place = Place(path, "line", number)
            if len(line) > limit:
                yield place, InputError(Msg.Q132.format(place=place, limit=limit))
                continue
            try:
                yield place, parse_row(decode(line, path=str(place), encoding=encoding, at=at), place)
            except InputError as err:
                yield place, err
        at += len(line)


def parse_row(text: str, place: Place) -> Row:
    """Parse one line that must be a JSON object.

    Raises:
        InputError: Q109, Q110, it is none.
    """
    try:
        row = json.loads(text.rstrip())
    except json.JSONDecodeError as err:
        reason = f"{err.msg} at column {err.colno}"
        raise InputError(Msg.Q109.format(place=place, reason=reason, advice=ADVICE)) from err
    except (ValueError, RecursionError) as err:
        raise InputError(Msg.Q109.format(place=place, reason=explain_json(err), advice=ADVICE)) from err
    if not isinstance(row, dict):
        raise InputError(Msg.Q110.format(place=place, found=name_json(row), advice=ADVICE))
    return row


def explain_json(err: ValueError | RecursionError) -> str:
    """Say why JSON cannot be read; what Python says of two reasons is about Python."""
    if isinstance(err, RecursionError):
        return "arrays or objects within one another, too deep to be read"
    if "set_int_max_str_digits" in str(err):
        return "a number has thousands of digits"
    return str(err)
