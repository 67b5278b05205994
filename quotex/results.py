"""Results: what `quotex extract` wrote, read back for counting: JSON Lines, JSON, databases and Parquet.

What a file is, is told by what is in it. Articles that are read back have no text, and of the quotes of a database
only what counting needs.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from quotex.errors import InputError, Msg
from quotex.read import STDIN, Failure, File, ReadOptions, find_files
from quotex.read.extras import load_extra
from quotex.read.ours import ROW_KEYS, tell_form
from quotex.read.paths import unreadable
from quotex.records import Record, check_article, make_span, read_article
from quotex.types import GAP, Article, Span
from quotex.write.sqlite import ARTICLE_COLUMNS

MAY_LACK = ("affiliation", "pronoun")  # of a speaker, in what earlier versions wrote
N_BATCH = 1_000  # rows of Parquet that are read at once
BROKEN = (KeyError, TypeError, ValueError, AttributeError, RecursionError)  # of a record that is none

Read = Callable[[File, ReadOptions], Iterator[Article]]


class Results:
    """The articles in files that `quotex extract` wrote, in the order given.

    Attributes:
        lists_silent: Whether all files read so far list articles without quotes, too.
    """

    def __init__(self, paths: list[str], options: ReadOptions) -> None:
        self.lists_silent = True
        self._paths, self._options = paths, options

    def __iter__(self) -> Iterator[Article | Failure]:
        for found in find_files(self._paths, self._options):
            file = as_result(found)
            if file is None:
                yield (
                    found if isinstance(found, Failure) else Failure(found.name, Msg.Q151.format(path=found.name))
                )
                continue
            read = choose_reader(file)
            self.lists_silent &= read in (read_document, read_database)
            yield from self._read(read, file)

    def _read(self, read: Read, file: File) -> Iterator[Article | Failure]:
        try:
            for article in read(file, self._options):
                check_article(article)
                yield article
        except InputError as err:
            yield Failure(file.name, str(err))
        except OSError as err:
            yield unreadable(file.name, err)
        except (*BROKEN, sqlite3.Error) as err:
            yield Failure(file.name, Msg.Q152.format(path=file.name, reason=f"{type(err).__name__}: {err}"))


def find_results(paths: list[str], options: ReadOptions) -> Results | None:
    """Tell whether paths lead to what `quotex extract` wrote, by the first file there; None if to articles."""
    first = next(iter(find_files(paths, options)), None)
    return Results(paths, options) if first and as_result(first) else None


def as_result(found: File | Failure) -> File | None:
    """Take what was found as a file of results; None if it is none."""
    name = found.name if isinstance(found, File) else found.doc  # databases are no articles, so they fail there
    file = File(name, read_none)
    try:
        return None if choose_reader(file) is read_none else file
    except (OSError, ValueError, InputError, sqlite3.Error):
        return None


def read_none(file: File, options: ReadOptions) -> Iterator[Article]:
    """Read what is no result: nothing."""
    return iter(())


def choose_reader(file: File) -> Read:
    """Choose the reader for a file by how it begins."""
    if file.name == STDIN or not Path(file.name).is_file():  # what begins a pipe could not be read again
        return read_none
    with file.open() as stream:
        form = tell_form(stream)
    if form == "sqlite":
        return read_database if has_tables(file.name) else read_none
    if form == "parquet":
        return read_parquet if has_fields(file.name) else read_none
    return {"json": read_document, "jsonl": read_rows, None: read_none}[form]


def has_tables(name: str) -> bool:
    """Tell whether a database has our tables."""
    with closing(connect(name)) as database:
        found = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return found >= {"articles", "speakers", "quotes"}


def has_fields(name: str) -> bool:
    """Tell whether a Parquet file has our fields; where they cannot be read, we take it that it has not."""
    parquet, arrow = load_extra("pyarrow.parquet", name), load_extra("pyarrow", name)
    try:
        return set(parquet.read_schema(name).names) >= ROW_KEYS
    except arrow.ArrowException:
        return False


def read_rows(file: File, options: ReadOptions) -> Iterator[Article]:
    """Read JSON Lines."""
    with file.open(options.meter) as stream:
        yield from join_rows(json.loads(line) for line in stream if line.strip())


def read_document(file: File, options: ReadOptions) -> Iterator[Article]:
    """Read a JSON document, which lists all articles."""
    with file.open(options.meter) as stream:
        articles = json.load(stream)["articles"]
    yield from map(read_article, articles)


def read_parquet(file: File, options: ReadOptions) -> Iterator[Article]:
    """Read Parquet; columns that were carried along are texts."""
    yield from join_rows(read_parquet_rows(file.name))


def read_parquet_rows(name: str) -> Iterator[Record]:
    """Read the rows of Parquet, as JSON Lines have them.

    Raises:
        ValueError: It is broken.
    """
    parquet, arrow = load_extra("pyarrow.parquet", name), load_extra("pyarrow", name)
    try:
        with closing(parquet.ParquetFile(name)) as file:
            batches = file.iter_batches(batch_size=N_BATCH)
            yield from (with_meta(row) for batch in batches for row in batch.to_pylist())
    except arrow.ArrowException as err:  # some are no more than that to Python
        raise ValueError(err) from err


def with_meta(row: Record) -> Record:
    """Make of a row of Parquet one of JSON Lines: what was carried along goes into `meta`."""
    from quotex.write.parquet import QUOTES

    return {**row, "meta": {key: value for key, value in row.items() if key not in QUOTES.names}}


def join_rows(rows: Iterable[Record]) -> Iterator[Article]:
    """Put rows of one quote each together to articles; those of one article follow each other."""
    for group in group_rows(enumerate(rows)):
        yield join_quotes([row for _, row in group])


def group_rows(rows: Iterable[tuple[int, Record]]) -> Iterator[list[tuple[int, Record]]]:
    """Group numbered rows by article: quotes of one follow each other, and none has a number that was there.

    Two articles of one id are told apart by that. A row without `content` is an article by itself.
    """
    waiting: list[tuple[int, Record]] = []
    ids: set[object] = set()
    for number, row in rows:
        is_next = (
            waiting and "content" in row and "content" in waiting[-1][1] and row["doc"] == waiting[-1][1]["doc"]
        )
        if waiting and (not is_next or row.get("id") in ids):
            yield waiting
            waiting, ids = [], set()
        waiting.append((number, row))
        if row.get("id") is not None:
            ids.add(row["id"])
    if waiting:
        yield waiting


def join_quotes(rows: list[Record]) -> Article:
    """Make an article of the rows of its quotes; of speakers these have what goes with a quote."""
    numbers: dict[str, list[int]] = {}
    records: dict[str, Record] = {}
    for row in rows:
        if row["speaker"]:
            records[row["speaker"]["id"]] = row["speaker"]
            numbers.setdefault(row["speaker"]["id"], []).append(row["id"])
    speakers = [
        {**{key: record[key] for key in ("id", "name", "kind")}, **{key: record.get(key) for key in MAY_LACK}}
        | {"descriptions": [record["description"]] if record.get("description") else [], "quotes": numbers[id]}
        for id, record in records.items()
    ]
    meta = rows[0].get("meta") or {}
    return read_article({"doc": rows[0]["doc"], "quotes": rows, "speakers": speakers, "meta": meta})


def connect(name: str) -> sqlite3.Connection:
    """Open a database to read from; nothing is written, not even where another program has it open."""
    database = sqlite3.connect(f"{Path(name).resolve().as_uri()}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    return database


def read_database(file: File, options: ReadOptions) -> Iterator[Article]:
    """Read a database, which lists all articles."""
    yield from (read_article({**record, "text": ""}) for record in read_tables(file.name))


def read_tables(name: str) -> Iterator[Record]:
    """Read the records of the articles in a database, with their texts, None where these were left out."""
    with closing(connect(name)) as database:
        for row in database.execute("SELECT * FROM articles ORDER BY id"):
            yield read_stored(database, dict(row))


def read_stored(database: sqlite3.Connection, article: Mapping[str, Any]) -> Record:
    """Read one article of a database."""
    found = {table: select(database, table, article["id"]) for table in ("speakers", "quotes")}
    numbers: dict[int, list[int]] = {}
    for quote in found["quotes"]:
        numbers.setdefault(quote["speaker_id"], []).append(quote["number"])
    speakers = {
        one["id"]: {"id": one["key"], "name": one["name"], "kind": one["kind"]}
        | {key: json.loads(one[key]) for key in ("aliases", "descriptions")}
        | {"quotes": numbers.get(one["id"], []), **{key: one.get(key) for key in MAY_LACK}}
        for one in found["speakers"]
    }
    quotes = [make_quote(one, speakers.get(one["speaker_id"])) for one in found["quotes"]]
    meta = {key: value for key, value in article.items() if key not in ARTICLE_COLUMNS}
    about = {key: article.get(key) for key in ("doc", "text")}
    return {**about, "quotes": quotes, "speakers": list(speakers.values()), "meta": meta}


def select(database: sqlite3.Connection, table: str, article: int) -> list[dict[str, Any]]:
    """Select the rows of a table that belong to an article."""
    rows = database.execute(f"SELECT * FROM {table} WHERE article_id = ? ORDER BY id", (article,))
    return [dict(row) for row in rows]


def make_quote(row: Mapping[str, Any], speaker: Record | None) -> Record:
    """Make the record of a quote of a row of a database; the words that report are left out."""
    pieces = json.loads(row["pieces"])
    texts = row["quote"].split(GAP, len(pieces) - 1)
    spans = [make_span(Span(start, end, text)) for (start, end), text in zip(pieces, texts, strict=False)]
    return {**row, "id": row["number"], "content": spans, "cue": [], "source": [], "speaker": speaker}
