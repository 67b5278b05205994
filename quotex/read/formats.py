"""Which reader takes which file: by its suffix, or by how it begins where the suffix does not tell."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from quotex.errors import InputError, Msg
from quotex.read.file import Failure, File, Opened, Reader, ReadOptions
from quotex.read.html import read_html
from quotex.read.json_file import read_json
from quotex.read.jsonl import read_jsonl
from quotex.read.parquet import read_parquet
from quotex.read.sniff import RTF_HEAD
from quotex.read.stream import read_lines_or_text
from quotex.read.table import read_csv, read_tsv
from quotex.read.text import read_text
from quotex.read.unpack import PACKINGS
from quotex.types import Article

FEED_HEAD = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")  # where a feed begins, after declarations and comments


def import_later(form: str) -> Reader:
    """Make the reader of a format whose module is imported when it is needed: most runs need none of these."""

    def read(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
        reader: Reader = getattr(import_module(f"quotex.read.{form}"), f"read_{form}")
        yield from reader(file, options)

    return read


read_docx, read_eml, read_feed = map(import_later, ("docx", "eml", "feed"))
read_odt, read_pdf, read_rtf = map(import_later, ("odt", "pdf", "rtf"))

# What is taken from folders. Any other file given by name is read by `read_other`.
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".pdf": read_pdf,
    ".eml": read_eml,
    ".rss": read_feed,
    ".atom": read_feed,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".parquet": read_parquet,
}

AS_TEXT = "Save its text as .txt."
AS_ROWS = "Make it JSON Lines (.jsonl) or CSV, one article a row."
AS_DOCX = "Save it as .docx."
UNPACKED = "Unpack it first."
NOT_YET = {
    **dict.fromkeys((".epub", ".ppt", ".pptx", ".pages", ".msg", ".mbox"), AS_TEXT),
    **dict.fromkeys((".doc", ".docm", ".dot", ".dotx"), AS_DOCX),
    **dict.fromkeys((".xml", ".xls", ".xlsx", ".ods", ".db", ".spacy"), AS_ROWS),
    **dict.fromkeys((".bz2", ".xz", ".zip", ".tar", ".tgz", ".7z"), UNPACKED),
}
SEVERAL = (".doc", ".xml")  # what bears them may be RTF, or a feed
ODT_HEAD = b"mimetypeapplication/vnd.oasis.opendocument.text"
ZIP_HEAD = b"PK\x03\x04"


def find_suffix(name: str) -> str:
    """Find the suffix that tells the format: ".csv" of "news.CSV.gz"."""
    path = Path(name)
    return (Path(path.stem) if path.suffix.lower() in PACKINGS else path).suffix.lower()


def choose_reader(name: str) -> Reader:
    """Choose the reader for a file that is given by its name."""
    return READERS.get(find_suffix(name), read_other)


def find_by_head(head: bytes) -> Reader | None:
    """Find the reader for what begins like this, a few hundred bytes at least; None for text and the unknown."""
    if head.startswith(b"%PDF-"):
        return read_pdf
    if head.startswith(RTF_HEAD):
        return read_rtf
    if head.startswith(ZIP_HEAD):
        return read_odt if ODT_HEAD in head[:100] else read_docx
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:RDF", b"<!--")):
        return read_feed if FEED_HEAD.search(head) else None
    return None


def read_stream(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read stdin or a pipe: how it begins tells its format."""
    with file.open(options.meter) as stream:
        reader = find_by_head(stream.peek()) or read_lines_or_text
        yield from reader(Opened(file.name, reader, stream), options)


def read_other(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read a file whose suffix does not tell its format.

    Raises:
        InputError: Q104, files of this suffix are not read; Q1xx, it cannot be read.
    """
    suffix = find_suffix(file.name)
    with file.open(options.meter) as stream:
        reader = find_by_head(stream.peek()) if suffix in SEVERAL or suffix not in NOT_YET else None
        if reader is None and suffix in NOT_YET:
            raise InputError(Msg.Q104.format(path=file.name, suffix=suffix, advice=NOT_YET[suffix]))
        reader = reader or read_text
        yield from reader(Opened(file.name, reader, stream), options)


def choose_in_folder(name: str) -> Reader | None:
    """Choose the reader for a file of a folder; None for what is not read."""
    suffix = find_suffix(name)
    if suffix not in SEVERAL:
        return READERS.get(suffix)
    try:
        with File(name, read_other).open() as stream:
            return find_by_head(stream.peek())
    except (OSError, InputError):
        return None
