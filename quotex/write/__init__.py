"""Writers: from articles to records in one of the formats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

from quotex.errors import Msg, UsageError
from quotex.write.delimited import DelimitedWriter
from quotex.write.json_document import JsonWriter
from quotex.write.jsonl import JsonLinesWriter
from quotex.write.markdown import MarkdownWriter
from quotex.write.output import STDOUT, Output, find_part, find_target
from quotex.write.spool import SpooledWriter, open_page
from quotex.write.writer import FailureWriter, Writer

__all__ = [
    "STDOUT",
    "SUFFIXES",
    "FailureWriter",
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
    ".md": "md",
    ".xlsx": "xlsx",
    ".docx": "docx",
}


@dataclass(frozen=True, slots=True)
class Package:
    """What has to be installed for a format: the module, what PyPI calls it, the extra that brings it."""

    what: str
    module: str
    name: str
    extra: str


# Formats that are made of a spool when all is known, and what they need.
SPOOLED = {
    "parquet": Package("writing Parquet", "pyarrow", "pyarrow", "parquet"),
    "sqlite": None,
    "xlsx": Package("writing .xlsx", "openpyxl", "openpyxl", "xlsx"),
    "docx": Package("writing .docx", "docx", "python-docx", "docx"),
}


def load_schema() -> str:
    """Read the schema of the records that is published: JSON, draft 2020-12."""
    return files("quotex.write").joinpath("schema.json").read_text(encoding="utf-8")


def find_format(path: str) -> str | None:
    """Tell the format that goes with the name of a file, None if none does."""
    return SUFFIXES.get(Path(path).suffix.lower())


def make_writer(
    name: str,
    stream: TextIO,
    *,
    keep: Sequence[str] = (),
    is_begun: bool = False,
    raw: bool = False,
    excel: bool = False,
    title: str = "",
) -> Writer:
    """Make the writer of a format that can go to a stream.

    Args:
        name: json, jsonl, csv, tsv, md or html.
        stream: Where to write.
        keep: Keys of `Article.meta` to carry along.
        is_begun: Articles have been written before, by a run that was broken off.
        raw: Leave what a spreadsheet would run in CSV and TSV as it is.
        excel: Write CSV and TSV as Excel opens them rightly.
        title: Of a report; ours if empty.
    """
    match name:
        case "json":
            return JsonWriter(stream, keep=keep, is_begun=is_begun)
        case "csv" | "tsv":
            delimiter = "," if name == "csv" else "\t"
            return DelimitedWriter(stream, delimiter=delimiter, keep=keep, is_begun=is_begun, raw=raw, excel=excel)
        case "md":
            return MarkdownWriter(stream, keep=keep)
        case "html":
            from quotex.write.html import HtmlWriter  # imports spaCy, which the other formats need not wait for

            return HtmlWriter(stream, title=title)
        case _:
            return JsonLinesWriter(stream, keep=keep)


def make_file_writer(
    name: str,
    output: Output,
    *,
    keep: Sequence[str] = (),
    raw: bool = False,
    excel: bool = False,
    texts: bool = True,
    title: str = "",
) -> Writer:
    """Make the writer of any format but the table.

    Args:
        name: See SUFFIXES.
        output: Where to write.
        keep: Keys of `Article.meta` to carry along.
        raw: See `make_writer`.
        excel: See `make_writer`.
        texts: Whether a database has the texts of the articles.
        title: See `make_writer`.

    Raises:
        UsageError: Q218, the format needs a file; Q221, it needs a package; Q229, it cannot be made.
    """
    if name == "html":
        return open_page(output, lambda stream: make_writer(name, stream, title=title), with_text=True)
    if name not in SPOOLED:
        is_begun = output.start > 0
        return make_writer(name, output.stream, keep=keep, is_begun=is_begun, raw=raw, excel=excel)
    if output.part is None:
        raise UsageError(Msg.Q218.format(form=name))
    if (package := SPOOLED[name]) and find_spec(package.module) is None:
        raise UsageError(Msg.Q221.format(what=package.what, missing=package.name, extra=package.extra))
    if name == "sqlite":
        from quotex.write.sqlite import SqliteWriter, check_sqlite

        check_sqlite(keep)
        return SpooledWriter(output, lambda path: SqliteWriter(path, keep=keep, texts=texts), with_text=texts)
    make = import_writer(name)
    return SpooledWriter(output, lambda path: make(path, keep=keep))


def import_writer(name: str) -> Callable[..., Writer]:
    """Import the writer of a format whose package is there."""
    writer: Callable[..., Writer] = getattr(import_module(f"quotex.write.{name}"), f"{name.capitalize()}Writer")
    return writer
