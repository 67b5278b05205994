"""Writers: from articles to records in one of the formats."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

from quotex.errors import Msg, UsageError
from quotex.write.delimited import DelimitedWriter
from quotex.write.json_document import JsonWriter
from quotex.write.jsonl import JsonLinesWriter
from quotex.write.output import STDOUT, Output, find_part, find_target
from quotex.write.schema import load_schema
from quotex.write.spool import SpooledWriter, open_page
from quotex.write.writer import Writer

__all__ = [
    "STDOUT",
    "SUFFIXES",
    "Output",
    "SpooledWriter",
    "Writer",
    "find_format",
    "find_part",
    "find_target",
    "load_schema",
    "make_file_writer",
    "make_writer",
    "open_page",
]

SUFFIXES = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".db": "sqlite",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".html": "html",
    ".htm": "html",
}
SPOOLED = ("parquet", "sqlite")


def find_format(path: str) -> str | None:
    """Tell the format that goes with the name of a file, None if none does."""
    return SUFFIXES.get(Path(path).suffix.lower())


def make_writer(
    name: str, stream: TextIO, *, keep: Sequence[str] = (), is_begun: bool = False, raw: bool = False
) -> Writer:
    """Make the writer of a format that can go to a stream.

    Args:
        name: json, jsonl, csv, tsv or html.
        stream: Where to write.
        keep: Keys of `Article.meta` to carry along.
        is_begun: Articles have been written before, by a run that was broken off.
        raw: Leave what a spreadsheet would run in CSV and TSV as it is.
    """
    match name:
        case "json":
            return JsonWriter(stream, keep=keep, is_begun=is_begun)
        case "csv":
            return DelimitedWriter(stream, delimiter=",", keep=keep, is_begun=is_begun, raw=raw)
        case "tsv":
            return DelimitedWriter(stream, delimiter="\t", keep=keep, is_begun=is_begun, raw=raw)
        case "html":
            from quotex.write.html import HtmlWriter  # imports spaCy, which the other formats need not wait for

            return HtmlWriter(stream)
        case _:
            return JsonLinesWriter(stream, keep=keep)


def make_file_writer(
    name: str, output: Output, *, keep: Sequence[str] = (), raw: bool = False, texts: bool = True
) -> Writer:
    """Make the writer of any format but the table.

    Args:
        name: See SUFFIXES.
        output: Where to write.
        keep: Keys of `Article.meta` to carry along.
        raw: See `make_writer`.
        texts: Whether a database has the texts of the articles.

    Raises:
        UsageError: Q218, the format needs a file; Q221, it needs a package; Q229, it cannot be made.
    """
    if name == "html":
        return open_page(output, lambda stream: make_writer(name, stream), with_text=True)
    if name not in SPOOLED:
        return make_writer(name, output.stream, keep=keep, is_begun=output.start > 0, raw=raw)
    if output.part is None:
        raise UsageError(Msg.Q218.format(form=name))
    if name == "sqlite":
        from quotex.write.sqlite import SqliteWriter, check_sqlite

        check_sqlite(keep)
        return SpooledWriter(output, lambda path: SqliteWriter(path, keep=keep, texts=texts), with_text=texts)
    if find_spec("pyarrow") is None:
        raise UsageError(Msg.Q221.format(what="writing Parquet", missing="pyarrow", extra="parquet"))
    from quotex.write.parquet import ParquetWriter

    return SpooledWriter(output, lambda path: ParquetWriter(path, keep=keep))
