"""Rows: from one row of JSON Lines, JSON, CSV or Parquet to one article."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from math import isfinite

from quotex.errors import InputError, Msg
from quotex.read.file import Failure, ReadOptions
from quotex.read.text import check_article
from quotex.repeats import Repeats
from quotex.text.printable import count
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


NumberedRow = tuple[Place, Row | InputError]  # a row, or why it is none


def make_articles(found: Iterable[NumberedRow], path: str, options: ReadOptions) -> Iterator[Article | Failure]:
    """Make articles of all rows of a file, as they come; a bad one is a failure of its own.

    Raises:
        InputError: Q105, there are no rows.
    """
    n_rows = 0
    ids, example = Repeats(options.seen), ""
    for place, row in found:
        n_rows += 1
        try:
            article = make_article(row, place, options)
        except InputError as err:
            yield Failure(place.id, str(err))
        else:
            if ids.add(article.id):
                example = example or f"{article.id!r} of {place}"
            yield article
    if not n_rows:
        raise InputError(Msg.Q105.format(doc=path))
    if ids.n_again and options.warn:
        options.warn(Msg.Q136.format(path=path, rows=count(ids.n_again, "row"), example=example))


def make_article(row: Row | InputError, place: Place, options: ReadOptions) -> Article:
    """Make an article of one row; what is asked for of the rest goes into its `meta`.

    Raises:
        InputError: Q105, Q111 to Q114, there is no text or id in it; Q128, Q131, there is too much of something;
            or the row is an error itself.
    """
    if isinstance(row, InputError):
        raise row
    row = open_row(row, options.text_key)
    body = find_text(row, place, options.text_key)
    name = find_id(row, place, options.id_key)
    meta = choose_meta(row, options.keep, str(place))
    return check_article(Article(name, body, meta=meta), options.max_chars)


def find_text(row: Row, place: Place, key: str) -> str:
    """Take the text out of a row.

    Raises:
        InputError: Q111, it is not there; Q112, it is no string.
    """
    try:
        text = look_up(row, key)
    except KeyError as err:
        raise InputError(explain_missing(key, "text-key", list_keys(row), place, what="key")) from err
    if not isinstance(text, str):
        raise InputError(Msg.Q112.format(place=place, key=key, found=describe(text)))
    return text


def find_id(row: Row, place: Place, key: str | None) -> str:
    """Take the id out of a row; that of its place where no key was asked for and the row has no "id".

    Raises:
        InputError: Q111, it is not there; Q113, it is neither a string nor an integer.
    """
    try:
        name = look_up(row, key or "id")
    except KeyError as err:
        if key is not None:
            raise InputError(explain_missing(key, "id-key", list_keys(row), place, what="key")) from err
        name = None
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
        if has(row, key):
            try:
                meta[key] = to_json(look_up(row, key))
            except RecursionError as err:
                raise InputError(Msg.Q128.format(place=place, key=key, limit=MAX_DEPTH)) from err
    return meta


def look_up(row: Row, key: str) -> object:
    """Find the value of a key: of that very name, in another case, or with dots, of an object in an object.

    >>> look_up({"ID": 7, "file": {"Name": "Post"}}, "id"), look_up({"file": {"Name": "Post"}}, "file.name")
    (7, 'Post')

    Raises:
        KeyError: There is none.
    """
    if key in row:
        return row[key]
    name, rest = find_column(row, key)
    value = row[name]
    if not rest:
        return value
    if not isinstance(value, Mapping):
        raise KeyError(key)
    return look_up(value, rest)


def find_column(names: Iterable[str], key: str) -> tuple[str, str]:
    """Find the name that a key means, and what of the key is to be looked up in its value, "" for nothing.

    Raises:
        KeyError: It means none of them.
    """
    plain = {name.casefold(): name for name in reversed(list(names))}  # of names that differ in case, the first
    parts = key.split(".")
    for n_parts in range(len(parts), 0, -1):
        name = plain.get(".".join(parts[:n_parts]).casefold())
        if name is not None:
            return name, ".".join(parts[n_parts:])
    raise KeyError(key)


def has(row: Row, key: str) -> bool:
    """Tell whether a row has a value under a key, see `look_up`."""
    try:
        look_up(row, key)
    except KeyError:
        return False
    return True


def open_row(row: Row, text_key: str) -> Row:
    """Put the values of the object that holds the text beside those of the row: `{"_id": 7, "_source": {…}}`.

    It must be the only one with such a text, and no other string there may be longer: of a headline with a "text"
    of its own beside the body of the article, nobody wants the headline.

    >>> open_row({"_id": 7, "_source": {"text": "It rained."}}, "text")["text"]
    'It rained.'
    """
    if has(row, text_key):
        return row
    inner = [value for value in row.values() if isinstance(value, Mapping) and has(value, text_key)]
    if len(inner) != 1:
        return row
    text = look_up(inner[0], text_key)
    beside = [value for one in (row, *row.values()) if isinstance(one, Mapping) for value in one.values()]
    longest = max((len(value) for value in beside if isinstance(value, str)), default=0)
    return {**row, **inner[0]} if isinstance(text, str) and len(text) >= longest else row


def list_keys(row: Row) -> list[str]:
    """List the keys of a row, those of objects in it with dots."""
    return [
        name
        for key, value in row.items()
        for name in ([f"{key}.{inner}" for inner in value] if isinstance(value, Mapping) and value else [key])
    ]


def check_columns(columns: Sequence[str], path: str, options: ReadOptions, *, nested: bool = False) -> None:
    """Make sure that a table has each column that is asked for, once.

    Args:
        columns: Their names.
        path: Of the table.
        options: What is asked for.
        nested: There may be objects in cells, so that a key may have dots.

    Raises:
        InputError: Q111, one is missing; Q123, there are two of the same name.
    """
    asked = [(options.text_key, "text-key"), *((key, "keep") for key in options.keep)]
    if options.id_key is not None:
        asked.append((options.id_key, "id-key"))
    for key, option in asked:
        if not is_there(columns, key, nested=nested):
            raise InputError(explain_missing(key, option, columns, Place(path), what="column"))
    for key in choose_columns(columns, options):
        if columns.count(key) > 1:
            raise InputError(Msg.Q123.format(path=path, column=key))


def is_there(columns: Sequence[str], key: str, *, nested: bool) -> bool:
    """Tell whether a table may have a value under a key."""
    try:
        rest = find_column(columns, key)[1]
    except KeyError:
        return False
    return nested or not rest


def choose_columns(columns: Sequence[str], options: ReadOptions) -> list[str]:
    """List the columns that are needed, each once."""
    needed: dict[str, None] = {}
    for key in (options.text_key, options.id_key or "id", *options.keep):
        with suppress(KeyError):
            needed[key if key in columns else find_column(columns, key)[0]] = None
    return list(needed)


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
