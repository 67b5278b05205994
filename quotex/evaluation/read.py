"""Readers of what is compared: articles with marked quotes, and the rows that `quotex extract` writes."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from quotex.errors import InputError, Msg, UsageError
from quotex.evaluation.annotations import AnnotatedText
from quotex.evaluation.corrections import DIGEST, is_torn, take_digest
from quotex.evaluation.names import NamedText, NamesByKind
from quotex.model.labels import NAME_KINDS, NameKind
from quotex.read import Failure
from quotex.read.decode import decode_line_safe
from quotex.read.formats import NOT_YET, find_suffix, read_other, read_stream
from quotex.read.jsonl import find_rows, read_jsonl
from quotex.read.paths import find_file, unreadable
from quotex.read.rows import Row
from quotex.read.text import read_text
from quotex.records import Annotation, Origin, parse_annotation, parse_range, shorten, wrong_type
from quotex.types import Range

ENCODING = "utf-8"
TYPES: dict[object, NameKind] = {"person": "person", "organization": "org", "place": "place", "other": "other"}
ROWS = (read_jsonl, read_text, read_other, read_stream)  # whatever its suffix, it is JSON Lines


def read_gold(name: str) -> list[AnnotatedText]:
    """Read articles with the quotes that are right in them: `id`, `text`, `quotes`.

    Of rows with a `sha256`, as `quotex serve` saves them, the last one of a text counts, in place of the first.

    Raises:
        InputError: Q1xx, the file cannot be read; Q401 to Q407, Q414 or Q418, a row is not as it should be.
        UsageError: Q106, there is no such file.
    """
    return parse_articles(name, read_rows(name))


def read_gold_or_names(name: str) -> list[AnnotatedText] | list[NamedText]:
    """Read articles with what is right in them: names where the first has `mentions` and no `quotes`, else quotes.

    Raises:
        InputError: Q1xx, the file cannot be read; Q401 to Q407, Q410, Q414, Q415 or Q418, a row is not as it
            should be.
        UsageError: Q106, there is no such file.
    """
    rows = read_rows(name)
    first = list(islice(rows, 1))
    if first and "mentions" in first[0][1] and "quotes" not in first[0][1]:
        return parse_named_texts(name, chain(first, rows))
    return parse_articles(name, chain(first, rows))


def parse_articles(name: str, rows: Iterable[tuple[int, Row]]) -> list[AnnotatedText]:
    """Parse the rows of `read_gold`.

    Raises:
        InputError: Q105, there are none; Q401 to Q407, Q410, Q414 or Q418, a row is not as it should be.
    """
    articles: dict[str, AnnotatedText] = {}  # by digest, or by id
    lines: dict[str, int] = {}
    for line, row in rows:
        origin = Origin(name, line)
        article, text = take_text(row, "quotes", origin)
        digest = take_digest(row, text, origin)
        if digest in articles:
            lines.pop(articles[digest].id)
        check_new(article, lines, origin)
        articles[digest or f"id {article}"] = AnnotatedText(article, text, parse_quotes(row, text, origin))
    if not articles:
        raise InputError(Msg.Q105.format(doc=name))
    return list(articles.values())


def parse_named_texts(name: str, rows: Iterable[tuple[int, Row]]) -> list[NamedText]:
    """Parse rows with `id`, `text`, `mentions`.

    Raises:
        InputError: Q105, there are none; Q401 to Q407, Q410, Q415 or Q418, a row is not as it should be.
    """
    articles = []
    lines: dict[str, int] = {}
    for line, row in rows:
        origin = Origin(name, line)
        article, text = take_text(row, "mentions", origin)
        check_new(article, lines, origin)
        articles.append(NamedText(article, text, parse_mentions(row, text, origin)))
    if not articles:
        raise InputError(Msg.Q105.format(doc=name))
    return articles


def read_predictions(name: str, gold: Iterable[AnnotatedText], gold_name: str) -> dict[str, list[Annotation]]:
    """Read the quotes that were found, by id of the article.

    A row is an article in the form of `read_gold`, where the text may be left out, or a quote as `quotex extract`
    writes it. A file without rows is one in which nothing was found.

    Raises:
        InputError: Q1xx, the file cannot be read; Q402 to Q410, a row is not as it should be.
        UsageError: Q106, there is no such file.
    """
    texts = {article.id: article.text for article in gold}
    found: dict[str, list[Annotation]] = {}
    lines: dict[str, int] = {}
    for line, row in read_rows(name):
        origin = Origin(name, line)
        is_article = {"id", "quotes"} <= row.keys()
        if not is_article and not {"doc", "content"} <= row.keys():
            raise InputError(Msg.Q408.format(path=name, line=line, keys=list_keys(row)))
        article = take_id(row, "id" if is_article else "doc", origin)
        if article not in texts:
            raise InputError(Msg.Q409.format(path=name, line=line, id=article, gold=gold_name))
        quotes = found.setdefault(article, [])
        if is_article:
            if DIGEST in row:  # saved again
                lines.pop(article, None)
                quotes.clear()
            check_new(article, lines, origin)
            quotes.extend(parse_quotes(row, texts[article], origin))
        else:
            quotes.append(parse_annotation(row, texts[article], origin))
    return found


def read_rows(name: str) -> Iterator[tuple[int, Row]]:
    """Read the rows of a JSON Lines file, with their lines' numbers.

    Blank lines are skipped, and so is half of a correction at the end of the file.

    Raises:
        InputError: Q1xx, the file or a row cannot be read.
        UsageError: Q106, Q108, there is no such file; Q413, it is of another format.
    """
    file = find_file(name)
    if isinstance(file, Failure):
        raise UsageError(file.message)
    suffix = find_suffix(name)
    if file.reader not in ROWS or suffix in NOT_YET:
        raise UsageError(Msg.Q413.format(path=name, suffix=suffix))
    last, is_corrections = b"", False

    def watch(lines: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal last
        for line in lines:
            last = line
            yield line

    try:
        with file.open() as raw:
            stream, encoding = decode_line_safe(raw, path=name, encoding=ENCODING)
            for place, row in find_rows(watch(stream), name, encoding=encoding):
                if not isinstance(row, InputError):
                    is_corrections = DIGEST in row
                    yield place.number, row
                elif not is_torn(last, is_corrections=is_corrections):
                    raise row
    except OSError as err:
        raise UsageError(unreadable(name, err).message) from err


def parse_quotes(row: Row, text: str, origin: Origin) -> tuple[Annotation, ...]:
    """Parse the quotes of an article.

    Raises:
        InputError: Q402 to Q406, Q410, they are not as they should be.
    """
    quotes = row["quotes"]
    if not isinstance(quotes, list):
        raise wrong_type(origin, "quotes", quotes, "an array")
    return tuple(
        parse_annotation(quote, text, origin._replace(item=f", quote {number}"))
        for number, quote in enumerate(quotes, start=1)
    )


def parse_mentions(row: Row, text: str, origin: Origin) -> NamesByKind:
    """Parse the names of an article: `mentions` with `start`, `end` and `type`.

    Raises:
        InputError: Q402 to Q405, Q410 or Q415, they are not as they should be.
    """
    mentions = row["mentions"]
    if not isinstance(mentions, list):
        raise wrong_type(origin, "mentions", mentions, "an array")
    names: dict[NameKind, set[Range]] = {kind: set() for kind in NAME_KINDS}
    for number, mention in enumerate(mentions, start=1):
        kind, name = parse_mention(mention, text, origin._replace(item=f", mention {number}"))
        names[kind].add(name)
    return names


def parse_mention(mention: object, text: str, origin: Origin) -> tuple[NameKind, Range]:
    """Parse one name; keys that say more of it are passed over.

    Raises:
        InputError: Q402 to Q405, Q410 or Q415, it is not as it should be.
    """
    if not isinstance(mention, dict):
        raise wrong_type(origin, "mentions", mention, "an array of objects")
    given = mention.get("type")
    kind = TYPES.get(given) if isinstance(given, str) else None
    if kind is None:
        raise InputError(
            Msg.Q415.format(**origin._asdict(), given=shorten(given), types=", ".join(map(str, TYPES)))
        )
    return kind, parse_range(mention, "mention", text, origin)


def take_text(row: Row, wanted: str, origin: Origin) -> tuple[str, str]:
    """Take id and text of an article out of a row, and make sure that what is wanted of it is there.

    Raises:
        InputError: Q401, Q402 or Q418, they are not there, or not as they should be.
    """
    for key in ("id", "text", wanted):
        if key not in row:
            if {"doc", "content"} <= row.keys():
                raise InputError(Msg.Q418.format(path=origin.path))
            keys = list_keys(row)
            raise InputError(
                Msg.Q401.format(path=origin.path, line=origin.line, key=key, keys=keys, wanted=wanted)
            )
    text = row["text"]
    if not isinstance(text, str):
        raise wrong_type(origin, "text", text, "a string")
    return take_id(row, "id", origin), text


def take_id(row: Row, key: str, origin: Origin) -> str:
    """Take the id of an article out of a row.

    Raises:
        InputError: Q402, it is neither a string nor an integer.
    """
    value = row[key]
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise wrong_type(origin, key, value, "a string or integer")
    return str(value)


def check_new(article: str, lines: dict[str, int], origin: Origin) -> None:
    """Make sure that there was no article of this id, and remember it.

    Raises:
        InputError: Q407, there was one.
    """
    if article in lines:
        raise InputError(Msg.Q407.format(path=origin.path, line=origin.line, id=article, first=lines[article]))
    lines[article] = origin.line


def list_keys(row: Row) -> str:
    """List the keys that there are."""
    return ", ".join(map(repr, row)) or "none"
