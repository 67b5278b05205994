"""JSON: an array of articles, an object that holds one, or one article."""

import json
from collections.abc import Callable, Iterator
from io import BufferedReader, BytesIO

from quotex.errors import InputError, Msg
from quotex.read.decode import decode_file
from quotex.read.file import Failure, File, ReadOptions
from quotex.read.jsonl import explain_json, read_rows
from quotex.read.limits import find_limit, read_json_bytes, read_lines
from quotex.read.rows import (
    NumberedRow,
    Place,
    Row,
    explain_missing,
    has,
    list_keys,
    make_articles,
    name_json,
    open_row,
)
from quotex.types import Article

FILE_ADVICE = "It must be one article, or an array of them."
ITEM_ADVICE = "Each article must be one."
MIN_WORDS = 10  # that could be the text of an article, if only its summary; names and most titles have fewer


def read_json(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one JSON file, all at once; also JSON Lines, which often bear this suffix.

    Raises:
        InputError: Q105, it is empty; Q109, it is no JSON; Q1xx, it cannot be read.
    """
    with file.open(options.meter) as stream:
        data = read_json_bytes(stream, file.name)
    text = decode_file(data, path=file.name, encoding=options.encoding)
    if not text.strip():
        raise InputError(Msg.Q105.format(doc=file.name))
    try:
        value = json.loads(text)
    except json.JSONDecodeError as err:
        if err.msg == "Extra data" and "\n" not in text[: err.pos].strip():
            lines = BufferedReader(BytesIO(text.encode("utf-8", errors="surrogatepass")))
            rows = read_lines(lines, find_limit(options))
            yield from read_rows(rows, file.name, options, encoding="utf-8")
            return
        reason = f"{err.msg} at line {err.lineno}, column {err.colno}"
        raise InputError(Msg.Q109.format(place=file.name, reason=reason, advice=FILE_ADVICE)) from err
    except (ValueError, RecursionError) as err:
        reason = explain_json(err)
        raise InputError(Msg.Q109.format(place=file.name, reason=reason, advice=FILE_ADVICE)) from err
    yield from make_articles(find_articles(value, file.name, options.text_key), file.name, options)


def find_articles(value: object, path: str, text_key: str) -> Iterator[NumberedRow]:
    """Find the articles in what a file holds, and their places.

    Raises:
        InputError: Q110, Q111, Q125, there are none, or it is not clear which.
    """
    if isinstance(value, dict):
        if has(value, text_key) or (has(open_row(value, text_key), text_key) and not list_lists(value)):
            yield Place(path), value
            return
        value = find_list(value, path, text_key)
    if not isinstance(value, list):
        raise InputError(Msg.Q110.format(place=path, found=name_json(value), advice=FILE_ADVICE))
    for number, item in enumerate(value, start=1):
        place = Place(path, "item", number)
        if isinstance(item, dict):
            yield place, item
        else:
            yield place, InputError(Msg.Q110.format(place=place, found=name_json(item), advice=ITEM_ADVICE))


def find_list(holder: Row, path: str, text_key: str) -> list[object]:
    """Find the list of articles in an answer of a service: {"status": "ok", "response": {"results": [...]}}.

    It is the one list of objects, or the one of several most of whose objects have the text, or where none has it,
    something that could be one.

    Raises:
        InputError: Q111, there is no list of objects; Q125, it is not clear which.
    """
    lists = list_lists(holder)
    if not lists:
        raise InputError(explain_missing(text_key, "text-key", list_keys(holder), Place(path), what="key"))
    for is_article in (lambda item: has(open_row(item, text_key), text_key), is_like_article):
        if len(lists) > 1:
            lists = {name: items for name, items in lists.items() if is_most(items, is_article)} or lists
    if len(lists) > 1:
        raise InputError(Msg.Q125.format(path=path, keys=", ".join(map(repr, lists))))
    return next(iter(lists.values()))


def list_lists(holder: Row) -> dict[str, list[object]]:
    """List the lists that hold objects, by their keys with dots: those of a JSON object and of objects in it."""
    found: dict[str, list[object]] = {}
    left: list[tuple[str, object]] = [(key, value) for key, value in holder.items()]
    while left:
        name, value = left.pop(0)
        if isinstance(value, dict):
            left += [(f"{name}.{key}", inner) for key, inner in value.items()]
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            found[name] = value
    return found


def is_most(items: list[object], test: Callable[[Row], bool]) -> bool:
    """Tell whether most items of a list are objects that pass a test."""
    return 2 * sum(isinstance(item, dict) and test(item) for item in items) > len(items)


def is_like_article(item: Row) -> bool:
    """Tell whether an object has a string, or an object with one, that could be the text of an article."""
    values = [value for one in (item, *item.values()) if isinstance(one, dict) for value in one.values()]
    return any(isinstance(value, str) and len(value.split()) >= MIN_WORDS for value in values)
