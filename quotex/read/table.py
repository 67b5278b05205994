"""CSV and TSV: a header, then one article a row, read as the rows come."""

import csv
import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quotex.errors import InputError, Msg
from quotex.read.decode import check_line, decode, decode_line_safe
from quotex.read.file import Failure, File, ReadOptions
from quotex.read.limits import find_limit
from quotex.read.limits import read_lines as limit_lines
from quotex.read.rows import NumberedRow, Place, check_columns, make_articles
from quotex.types import Article

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
SEPARATOR = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)  # the line that tells spreadsheets what separates
MAX_FIELD = 1 << 24  # characters
N_TRIED = 1_000  # lines that tell a long field from a quotation mark that nobody closed
MARK_RUNS = re.compile('"+')
UNCLOSED = "a quotation mark is opened and not closed"
LONG = "a field is too long"
TRAILING = "there is text after a closing quotation mark"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, with its end; `error` says why its bytes are no text."""

    number: int
    text: str
    error: str = ""


class Lines(Iterator[Line]):
    """Lines, some of which may be put back and read again."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._again: deque[Line] = deque()

    def __next__(self) -> Line:
        return self._again.popleft() if self._again else next(self._lines)

    def put_back(self, lines: Iterable[Line]) -> None:
        """Let these lines be the next."""
        self._again.extendleft(reversed(list(lines)))


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it stands in the file.

    Attributes:
        lines: Those it is made of; if a quotation mark is never closed, those up to where it is opened; if a field
            is too long, the first and the last.
        fields: What is in them; empty if they cannot be parsed.
        error: Why they cannot be.
        read_to: Number of the last line that was looked at.
    """

    lines: list[Line]
    fields: list[str]
    error: str
    read_to: int

    @property
    def number(self) -> int:
        """Number of its first line; of the last if a quotation mark is opened there and never closed."""
        return self.lines[-1 if self.error == UNCLOSED else 0].number

    @property
    def is_cut(self) -> bool:
        """Whether it goes on in lines that were put back."""
        return self.read_to > self.lines[-1].number

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it: a blank line, or the commas that spreadsheets leave."""
        return not self.error and not any(field.strip() for field in self.fields)


def read_csv(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one CSV file; semicolons, tabs or vertical bars will do where its header has fewer commas."""
    return read_table(file, options, delimiter="")


def read_tsv(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one file of values that are separated by tabs."""
    return read_table(file, options, delimiter="\t")


def read_table(file: File, options: ReadOptions, *, delimiter: str) -> Iterator[Article | Failure]:
    """Read one file of separated values; an empty delimiter means that the header tells."""
    # The limit is one for all of Python, and 131,072 if nobody has raised it.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_FIELD, options.max_chars))
    with file.open(options.meter) as stream:
        plain, encoding = decode_line_safe(stream, path=file.name, encoding=options.encoding)
        limit = find_limit(options)
        lines = Lines(read_lines(limit_lines(plain, limit), file.name, encoding, limit))
        header, delimiter = read_header(lines, file.name, delimiter)
        check_columns(header, file.name, options)
        yield from make_articles(find_rows(lines, header, delimiter, file.name), file.name, options)


def read_lines(stream: Iterable[bytes], path: str, encoding: str, limit: int = sys.maxsize) -> Iterator[Line]:
    """Read lines, which end in a newline, a carriage return, or both; those over the limit are errors."""
    at, number = 0, 0
    for block in stream:
        if len(block) > limit:
            number += 1
            yield Line(number, "", Msg.Q132.format(place=Place(path, "line", number), limit=limit))
            continue
        for data in block.splitlines(keepends=True):
            number += 1
            if number == 1:
                check_line(data, path=path, encoding=encoding)
            try:
                yield Line(number, decode(data, path=f"{path}, line {number}", encoding=encoding, at=at))
            except InputError as err:
                yield Line(number, data.decode(encoding, errors="replace"), str(err))
            at += len(data)


def read_header(lines: Lines, path: str, delimiter: str) -> tuple[list[str], str]:
    """Read the names of the columns; also returns what separates them.

    Raises:
        InputError: Q101, Q105, Q121, there is none.
    """
    for line in lines:
        if not line.text.strip():
            continue
        if said := SEPARATOR.fullmatch(line.text):
            delimiter = said[1]
            continue
        lines.put_back([line])
        delimiter = delimiter or find_delimiter(line.text)
        record = read_record(lines, delimiter, line.text.count(delimiter) + 1)
        assert record is not None  # the line is there
        if record.error:
            raise InputError(explain_error(record, Place(path, "line", record.number)))
        return [name.strip() for name in record.fields], delimiter
    raise InputError(Msg.Q105.format(doc=path))


def find_delimiter(header: str) -> str:
    """Find what separates the names of the columns: what is there most often, of several the first."""
    return max(DELIMITERS, key=header.count)


def find_rows(lines: Lines, header: list[str], delimiter: str, path: str) -> Iterator[NumberedRow]:
    """Find the rows and their places; blank ones are skipped."""
    while record := read_record(lines, delimiter, len(header)):
        if record.is_blank:
            continue
        last = record.read_to if record.error == LONG else 0
        if record.is_cut:
            last = skip_rest(lines, delimiter, len(header), record.read_to)
        place = Place(path, "line", record.number, last)
        if record.error:
            yield place, InputError(explain_error(record, place))
        elif len(record.fields) != len(header):
            yield place, InputError(explain_width(record, header, delimiter, place))
        else:
            yield place, dict(zip(header, record.fields, strict=True))


def read_record(lines: Lines, delimiter: str, n_columns: int) -> Record | None:
    """Read the next row; None at the end.

    Where a quotation mark is never closed, or closed where it cannot be, the lines after the one that opens it are
    put back. A field that is too long is passed over to the end of its row.
    """
    taken: list[Line] = []

    def take() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line.text

    try:
        fields = next(csv.reader(take(), delimiter=delimiter, strict=True), None)
    except csv.Error as err:
        is_trailing = "expected after" in str(err)
        n_kept = find_opening(taken[:-1] if is_trailing else taken, delimiter) + 1
        if "larger" in str(err) and not look_like_rows(taken[n_kept:], delimiter, n_columns):
            last = pass_over(lines, sum(line.text.count('"') for line in taken), taken[-1])
            return Record([taken[0], last], [], LONG, last.number)
        error = TRAILING if is_trailing and len(taken) == 1 else UNCLOSED
        lines.put_back(taken[n_kept:])
        return Record(taken[:n_kept], [], error, taken[-1].number)
    if fields is None:
        return None
    return Record(taken, fields, next((line.error for line in taken if line.error), ""), taken[-1].number)


def find_opening(lines: list[Line], delimiter: str) -> int:
    """Find the line with the quotation mark that is still open at the end of the lines."""
    opening, is_open = 0, False
    for index, line in enumerate(lines):
        for marks in MARK_RUNS.finditer(line.text):
            if len(marks[0]) % 2 == 0:  # "" is a mark in the text, or all of a field
                continue
            if is_open:
                is_open = False
            elif marks.start() == 0 or line.text[marks.start() - 1] == delimiter:
                opening, is_open = index, True
    return opening


def look_like_rows(lines: list[Line], delimiter: str, n_columns: int) -> bool:
    """Say whether most lines are rows of a table: then the mark before them was never closed."""
    tried = [line.text for line in lines[:N_TRIED] if line.text.strip()]
    return 2 * sum(text.count(delimiter) + 1 == n_columns for text in tried) > len(tried)


def pass_over(lines: Lines, n_marks: int, last: Line) -> Line:
    """Pass over the rest of a row, none of which is kept; returns its last line.

    Args:
        lines: Those that come.
        n_marks: Quotation marks in the row until now; where they are odd, one is open.
        last: The last line that was read.
    """
    for line in lines if n_marks % 2 else ():
        last = line
        n_marks += line.text.count('"')
        if n_marks % 2 == 0:
            break
    return last


def skip_rest(lines: Lines, delimiter: str, n_columns: int, read_to: int) -> int:
    """Skip what looks like the rest of a row that was cut, up to the next row; returns the last line skipped.

    1,"A paragraph
    and one with a "mark" that is not doubled."
    2,A good row
    """
    last = 0
    while record := read_record(lines, delimiter, n_columns):
        is_good = not record.error and not record.is_blank and len(record.fields) == n_columns
        if is_good or record.error in (UNCLOSED, LONG) or record.lines[0].number > read_to:
            lines.put_back(record.lines)
            break
        if not record.is_blank:
            last = record.lines[-1].number
    return last


def explain_error(record: Record, place: Place) -> str:
    """Say why a row cannot be parsed."""
    if record.error == LONG:
        return Msg.Q143.format(place=place, limit=csv.field_size_limit())
    return (
        Msg.Q121.format(place=place, reason=record.error) if record.error in (UNCLOSED, TRAILING) else record.error
    )


def explain_width(record: Record, header: list[str], delimiter: str, place: Place) -> str:
    """Say that a row is not as wide as the header."""
    found = f"{len(record.fields)} field{'s' * (len(record.fields) != 1)}"
    return Msg.Q120.format(place=place, found=found, wanted=len(header), delimiter=DELIMITERS[delimiter])
