"""Rows: from one row of JSON Lines, JSON, CSV or Parquet to one article."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from math import isfinite

from quotex.errors import InputError, Msg
from quotex.read.source import Failure, ReadOptions
from quotex.read.text import check_article
from quotex.types import Article

Row = Mapping[str, object]

MAX_DEPTH = 100  # of lists and objects in a value that is carried along; writers and readers of JSON take 500
JSON_NAMES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "number", float: "number"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands.

    Attributes:
        path: The file.
        unit: What is counted in it: line, item or row; empty where the file is one article.
        number: From 1; where a row has several lines, that of the first.
        last: That of the last line of what is wrong, if that is another one.
    """

    path: str
    unit: str = ""
    number: int = 0
    last: int = 0

    def __str__(self) -> str:
        if not self.unit:
            return self.path
        if self.last > self.number:
            return f"{self.path}, {self.unit}s {self.number} to {self.last}"
        return f"{self.path}, {self.unit} {self.number}"

    @property
    def id(self) -> str:
        """What an article from here is called if it has no id of its own."""
        return f"{self.path}:{self.number}" if self.unit else self.path


Found = tuple[Place, Row | InputError]  # a row, or why it is none


def make_articles(found: Iterable[Found], path: str, options: ReadOptions) -> Iterator[Article | Failure]:
    """Make articles of all rows of a file, as they come; a bad one is a failure of its own.

    Raises:
        InputError: Q105, there are no rows.
    """
    n_rows = 0
    for place, row in found:
        n_rows += 1
        try:
            yield make_article(row, place, options)
        except InputError as err:
            yield Failure(place.id, str(err))
    if not n_rows:
        raise InputError(Msg.Q105.format(doc=path))


def make_article(row: Row | InputError, place: Place, options: ReadOptions) -> Article:
    """Make an article of one row; what is asked for of the rest goes into its `meta`.

    Raises:
        InputError: Q105, Q111 to Q114, there is no text or id in it; Q128, Q131, there is too much of something;
            or the row is an error itself.
    """
    if isinstance(row, InputError):
        raise row
    body = find_text(row, place, options.text_key)
    name = find_id(row, place, options.id_key)
    meta = choose_meta(row, options.keep, str(place))
    return check_article(Article(name, body, meta=meta), options.max_chars)


def find_text(row: Row, place: Place, key: str) -> str:
    """Take the text out of a row."""
    if key not in row:
        raise InputError(explain_missing(key, "text-key", row, place, what="key"))
    text = row[key]
    if not isinstance(text, str):
        raise InputError(Msg.Q112.format(place=place, key=key, found=describe(text)))
    return text


def find_id(row: Row, place: Place, key: str | None) -> str:
    """Take the id out of a row; that of its place where no key was asked for and the row has no "id"."""
    if key is not None and key not in row:
        raise InputError(explain_missing(key, "id-key", row, place, what="key"))
    name = row.get(key or "id")
    if name is None or name == "":  # an empty field of CSV
        return place.id
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise InputError(Msg.Q113.format(place=place, key=key or "id", found=describe(name)))
    return str(name)


def choose_meta(row: Row, keep: Iterable[str], place: str) -> dict[str, object]:
    """Take what is to be carried along out of a row; keys that it does not have are left out.

    Raises:
        InputError: Q128, a value is nested too deep.
    """
    meta = {}
    for key in keep:
        if key in row:
            try:
                meta[key] = to_json(row[key])
            except RecursionError as err:
                raise InputError(Msg.Q128.format(place=place, key=key, limit=MAX_DEPTH)) from err
    return meta


def check_columns(columns: Sequence[str], path: str, options: ReadOptions) -> None:
    """Make sure that a table has each column that is asked for, once.

    Raises:
        InputError: Q111, one is missing; Q123, there are two of the same name.
    """
    asked = [(options.text_key, "text-key"), *((key, "keep") for key in options.keep)]
    if options.id_key is not None:
        asked.append((options.id_key, "id-key"))
    for key, option in asked:
        if key not in columns:
            raise InputError(explain_missing(key, option, columns, Place(path), what="column"))
    for key in choose_columns(columns, options):
        if columns.count(key) > 1:
            raise InputError(Msg.Q123.format(path=path, column=key))


def choose_columns(columns: Sequence[str], options: ReadOptions) -> list[str]:
    """List the columns that are needed, each once."""
    needed = dict.fromkeys((options.text_key, options.id_key or "id", *options.keep))
    return [key for key in needed if key in columns]


def explain_missing(key: str, option: str, keys: Iterable[str], place: Place, *, what: str) -> str:
    """Say which keys or columns there are instead."""
    there = ", ".join(map(repr, keys)) or "none"
    return Msg.Q111.format(place=place, what=what, key=key, keys=there, option=option)


def to_json(value: object, depth: int = 0) -> object:
    """Return a value that JSON has as it is; all else becomes a string, a number that is none becomes None.

    Raises:
        RecursionError: It is nested deeper than MAX_DEPTH.
    """
    if depth > MAX_DEPTH:
        raise RecursionError
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if isfinite(value) else None  # as pandas writes what is missing
        case dict():
            return {str(key): to_json(item, depth + 1) for key, item in value.items()}
        case list() | tuple():
            return [to_json(item, depth + 1) for item in value]
        case date() | time():  # a datetime is a date, too
            return value.isoformat()
        case bytes():
            return value.decode("utf-8", errors="backslashreplace")
    return str(value)


def describe(value: object) -> str:
    """Say what kind of value it is: "a number"."""
    if value is None:
        return "null"
    name = JSON_NAMES.get(type(value), f"value of type {type(value).__name__}")
    return f"an {name}" if name[0] in "ao" else f"a {name}"


def name_json(value: object) -> str:
    """Name the JSON type of a value."""
    return JSON_NAMES.get(type(value), "null")
