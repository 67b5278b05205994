"""quotex's own: what `quotex extract` wrote, and articles with their texts and quotes.

Written is an article a line, or an array of them: `id`, `text`, `quotes`, `speakers`, `meta`. `quotex evaluate`
and `quotex train` read that as GOLD.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from quotex.convert.parts import (
    Losses,
    StoredQuote,
    build_article,
    describe_article,
    read_id,
    write_array,
    write_lines,
)
from quotex.errors import InputError, Msg
from quotex.evaluation.read import read_rows
from quotex.read.decode import decode_file
from quotex.read.file import File
from quotex.read.formats import read_stream
from quotex.read.jsonl import explain_json
from quotex.records import Origin, Record, check_text, cut_spans, make_quote, parse_ranges, shorten, wrong_type
from quotex.results import group_rows, read_parquet_rows, read_tables
from quotex.types import GAP, ROLES, Article, fold_space

PLACES = {"content": "pieces", "cue": "cue_pieces", "source": "source_pieces"}  # columns of a database

FindTexts = Callable[[str], list[str]]


def read_jsonl(path: Path, losses: Losses, find_texts: FindTexts) -> Iterator[Article]:
    """Read JSON Lines; rows of one article follow each other.

    Args:
        path: What `quotex extract` wrote, a quote a line, or articles with their quotes.
        losses: Stays as it is.
        find_texts: Finds the text of an article by its id, where the file does not have it; several may have one.

    Raises:
        InputError: Q1xx, Q402 to Q406, Q410, Q801, a row is not as it should be.
    """
    return build_rows(((number, dict(row)) for number, row in read_rows(str(path))), path, find_texts)


def read_json(path: Path, losses: Losses, find_texts: FindTexts) -> Iterator[Article]:
    """Read the document of `quotex extract`, or an array of articles; see `read_jsonl`.

    Raises:
        InputError: Q1xx, Q402 to Q406, Q410, Q801, it is not as it should be.
    """
    try:
        with File(str(path), read_stream).open() as stream:
            value = json.loads(decode_file(stream.read(), path=str(path), encoding="utf-8"))
    except (ValueError, RecursionError) as err:
        raise InputError(
            Msg.Q109.format(place=path, reason=explain_json(err), advice="Give what `quotex extract` wrote.")
        ) from err
    rows = value.get("articles", [value]) if isinstance(value, dict) else value
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(Msg.Q801.format(path=path, line=1))
    return build_rows(enumerate(rows, start=1), path, find_texts)


def read_parquet(path: Path, losses: Losses, find_texts: FindTexts) -> Iterator[Article]:
    """Read Parquet of `quotex extract`; see `read_jsonl`."""
    return build_rows(enumerate(read_parquet_rows(str(path)), start=1), path, find_texts)


def read_sqlite(path: Path, losses: Losses, find_texts: FindTexts) -> Iterator[Article]:
    """Read a database of `quotex extract`; see `read_jsonl`.

    Raises:
        InputError: Q812, it is of an earlier version.
    """
    for number, record in enumerate(read_tables(str(path)), start=1):
        quotes = record["quotes"]
        if any(PLACES["cue"] not in quote for quote in quotes):
            raise InputError(Msg.Q812.format(path=path))
        texts = list_texts(record, record["doc"], find_texts)
        text = fit_words(texts, quotes, Origin(str(path), number))
        placed = [quote | {role: json.loads(quote[key]) for role, key in PLACES.items()} for quote in quotes]
        yield from build_rows([(number, record | {"text": text, "quotes": placed})], path, find_texts)


def fit_words(texts: Sequence[str], quotes: Sequence[Record], origin: Origin) -> str:
    """Take the text in which the words of the quotes in a database are where they should be.

    Raises:
        InputError: Q410, it is none of them; what is wrong with the first is told.
    """
    wrong = []
    for text in texts:
        for n, quote in enumerate(quotes, start=1):
            places = json.loads(quote[PLACES["content"]])
            there = GAP.join(fold_space(span.text) for span in cut_spans(text, places))
            if there != quote["quote"]:
                shown = {"given": places, "words": shorten(quote["quote"]), "there": shorten(there)}
                wrong.append(origin._replace(item=f", quote {n}")._asdict() | {"role": "content"} | shown)
                break
        else:
            return text
    raise InputError(Msg.Q410.format(**wrong[0]))


def build_rows(rows: Iterable[tuple[int, Record]], path: Path, find_texts: FindTexts) -> Iterator[Article]:
    """Build the articles of rows, numbered.

    Raises:
        InputError: Q402 to Q406, Q410, Q801, a row is not as it should be.
    """
    for items in group_rows(rows):
        line, row = items[0]
        place = Origin(str(path), line)
        if "content" in row:
            quotes = [(place._replace(line=number), one) for number, one in items]
            row = {key: row.get(key) for key in ("doc", "meta", "text")}
        elif isinstance(row.get("quotes"), list):
            quotes = [(place._replace(item=f", quote {n}"), one) for n, one in enumerate(row["quotes"], start=1)]
        else:
            raise InputError(Msg.Q801.format(path=path, line=line))
        id = name_article(row)
        texts = list_texts(row, id, find_texts)
        yield build_article(*fit(texts, quotes), {**row, "id": id})


def list_texts(row: Record, id: str, find_texts: FindTexts) -> list[str]:
    """List what may be the text of an article: its own, or those that are found.

    Raises:
        ValueError: Its own is none.
    """
    text = row.get("text")
    if text is None:
        return find_texts(id)
    check_text(text)
    return [text]


def fit(texts: Iterable[str], quotes: Sequence[tuple[Origin, object]]) -> tuple[str, list[StoredQuote]]:
    """Take the text in which the words of the quotes are where they should be.

    Raises:
        InputError: Q402 to Q406, Q410, it is none of them; what is wrong with the first is told.
    """
    errors = []
    for text in texts:
        try:
            return text, [read_quote(quote, text, place) for place, quote in quotes]
        except InputError as err:
            errors.append(err)
    raise errors[0]


def name_article(row: Record) -> str:
    """Return the id of the article of a row."""
    id = read_id(row["doc"] if "doc" in row else row.get("id", "-"))
    return "-" if id is None else id


def read_quote(quote: object, text: str, place: Origin) -> StoredQuote:
    """Read one quote; what GOLD does not have is worked out.

    Raises:
        InputError: Q402 to Q406, Q410, it is not as it should be.
    """
    if not isinstance(quote, dict):
        raise wrong_type(place, "quotes", quote, "an array of objects")
    speaker = quote.get("speaker")
    said_by = speaker if isinstance(speaker, dict) else {"name": speaker, "kind": quote.get("kind")}
    details = {key: value for key, value in quote.items() if key not in (*ROLES, "speaker")}
    details |= {"speaker": said_by.get("id")} | {key: said_by.get(key) for key in ("name", "kind", "affiliation")}
    details["descriptions"] = [one for one in [said_by.get("description")] if one is not None]
    ranges = {role: list(parse_ranges(quote.get(role), role, text, place)) for role in ROLES}
    return StoredQuote(**ranges, details=details)


def make_complete(article: Article) -> Record:
    """Make the record of an article with its text."""
    about = describe_article(article)
    quotes = []
    for quote in article.quotes:
        record = {"doc": article.id} | make_quote(quote) | {"confidence": quote.confidence}
        quotes.append(record if quote.closed else record | {"closed": False})
    row = {"id": article.id, "text": article.text, "quotes": quotes, "speakers": about["speakers"]}
    return row | ({"meta": about["meta"]} if article.meta else {})


def write_jsonl(path: Path, articles: Iterable[Article], losses: Losses) -> None:
    """Write an article a line; nothing is lost."""
    write_lines(path, map(make_complete, articles))


def write_json(path: Path, articles: Iterable[Article], losses: Losses) -> None:
    """Write an array of articles, one a line; nothing is lost."""
    write_array(path, map(make_complete, articles))
