"""Writers: from articles to records in one of the formats."""

from pathlib import Path
from typing import TextIO

from quotex.write.delimited import DelimitedWriter
from quotex.write.json_document import JsonWriter
from quotex.write.jsonl import JsonLinesWriter
from quotex.write.output import STDOUT, Output
from quotex.write.schema import load_schema
from quotex.write.writer import Writer

__all__ = ["STDOUT", "SUFFIXES", "Output", "Writer", "find_format", "load_schema", "make_writer"]

SUFFIXES = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv"}
SUFFIXES |= {".html": "html", ".htm": "html"}


def find_format(path: str) -> str | None:
    """Tell the format that goes with the name of a file, None if none does."""
    return SUFFIXES.get(Path(path).suffix.lower())


def make_writer(name: str, stream: TextIO) -> Writer:
    """Make the writer of a format: json, jsonl, csv, tsv or html."""
    match name:
        case "json":
            return JsonWriter(stream)
        case "csv":
            return DelimitedWriter(stream, delimiter=",")
        case "tsv":
            return DelimitedWriter(stream, delimiter="\t")
        case "html":
            from quotex.write.html import HtmlWriter  # imports spaCy, which the other formats need not wait for

            return HtmlWriter(stream)
        case _:
            return JsonLinesWriter(stream)
