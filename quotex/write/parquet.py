"""Parquet: one quote a row, for data frames and data jobs; needs the extra `parquet`."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from quotex.records import make_rows
from quotex.types import Article
from quotex.write.columns import clean, make_kept, name_columns

N_GROUP = 10_000  # quotes in a row group; some 5 MB

SPANS = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())]))
SPEAKER = pa.struct(
    [(key, pa.string()) for key in ("id", "name", "kind", "description", "affiliation", "pronoun")]
)
QUOTES = pa.schema(
    [
        ("doc", pa.string()),
        ("id", pa.int32()),
        ("type", pa.string()),
        ("act", pa.string()),
        ("quote", pa.string()),
        ("content", SPANS),
        ("cue", SPANS),
        ("source", SPANS),
        ("sentence", pa.string()),
        ("speaker", SPEAKER),
        ("confidence", pa.float64()),
        ("paragraph", pa.int32()),
        ("within", pa.int32()),
    ]
)


def make_schema(keep: Sequence[str] = ()) -> pa.Schema:
    """Make the schema: the fields of a quote's record, and a string for each column carried along."""
    names = name_columns(keep, QUOTES.names)
    return pa.schema([*QUOTES, *((name, pa.string()) for name in names)])


def make_batch(articles: Iterable[Article], keep: Sequence[str] = ()) -> pa.RecordBatch:
    """Make a record batch of the quotes of articles."""
    schema = make_schema(keep)
    extra = schema.names[len(QUOTES) :]
    rows = [
        {**row, "doc": clean(article.id), **dict(zip(extra, cells, strict=True))}
        for article in articles
        for cells in [make_kept(article, keep)]
        for row in make_rows(article)
    ]
    return pa.RecordBatch.from_pylist(rows, schema=schema)


def open_parquet(where: Path | BinaryIO, keep: Sequence[str] = ()) -> pq.ParquetWriter:
    """Open a file of quotes for writing."""
    return pq.ParquetWriter(where, make_schema(keep), compression="zstd")


class ParquetWriter:
    """Writes row groups of equal size; the file is complete once closed."""

    def __init__(self, path: Path, *, keep: Sequence[str] = ()) -> None:
        self.keep = keep
        self.file = open_parquet(path, keep)
        self.articles: list[Article] = []
        self.n_waiting = 0

    def write(self, article: Article) -> None:
        """Take the quotes of one article."""
        self.articles.append(article)
        self.n_waiting += len(article.quotes)
        if self.n_waiting >= N_GROUP:
            self.flush()

    def flush(self) -> None:
        """Write a row group."""
        self.file.write_batch(make_batch(self.articles, self.keep))
        self.articles, self.n_waiting = [], 0

    def close(self) -> None:
        """Write what is left, and the end of the file."""
        if self.n_waiting:
            self.flush()
        self.file.close()
