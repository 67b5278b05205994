"""What quotex itself wrote, told by how it begins.

In a folder of articles it is passed over, so there it has to look just as we write it; named to be counted, it may
have been edited, and only has to have what is needed.
"""

import json
import re
from io import BufferedReader
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile, ZipFile

from quotex.errors import InputError
from quotex.read.file import File
from quotex.read.formats import ZIP_HEAD

HEAD = 8_192  # bytes that are looked at
SQLITE = b"SQLite format 3\0"
PARQUET = b"PAR1"
DOCUMENT = re.compile(rb'\s*\{\s*"quotex"\s*:')  # of JSON
ROW_KEYS = frozenset(["doc", "id", "quote", "content", "speaker"])  # of a row of JSON Lines, or of Parquet
MAX_ROW = 10_000_000  # bytes of the first row; a longer one is none of ours
OURS = re.compile(
    DOCUMENT.pattern
    + rb'|\{"doc": "(?:[^"\\]|\\.)*", (?:"id": \d+, "type": "(?:direct|mixed|indirect)"|"code": "Q\d)'
    rb'|\{"id": "[^"]*", "name": "(?:[^"\\]|\\.)*", "kind": "[a-z]+", "pronoun": '  # rows, those of speakers
    rb"|(?:\xef\xbb\xbf)?(?:doc[,\t]id[,\t]type[,\t]act[,\t]|id[,\t]name[,\t]kind[,\t]pronoun[,\t])"
    rb'|<!DOCTYPE html>[^\0]{0,2000}<meta name="generator" content="quotex '
    rb"|(?:[^\n]*\n)+\| No\. \| Who \| What was said \|"
)
TEXTS_MARK = ".quotex-texts"  # a file in a folder of `--save-text`
ResultForm = Literal["sqlite", "parquet", "json", "jsonl"]
CORE, CATEGORY = "docProps/core.xml", b"<cp:category>quotex<"  # of a Word document


def is_ours(file: File) -> bool:
    """Tell whether a file holds a result of ours; what cannot be opened is left to its reader."""
    if not Path(file.name).is_file():  # what begins a pipe could not be read again
        return False
    try:
        with file.open() as stream:
            head = stream.peek()[:HEAD]
            if not head.startswith(ZIP_HEAD):
                return OURS.match(head) is not None
            with ZipFile(stream) as document, document.open(CORE) as core:
                return CATEGORY in core.read(HEAD)
    except (OSError, InputError, BadZipFile, KeyError, ValueError, RuntimeError):
        return False


def tell_form(stream: BufferedReader) -> ResultForm | None:
    """Tell which form of results a file may have, by how it begins; None if it is none that can be read back."""
    begin = stream.peek(len(SQLITE))
    if begin.startswith(SQLITE):
        return "sqlite"
    if begin.startswith(PARQUET):
        return "parquet"
    if DOCUMENT.match(begin):
        return "json"
    return "jsonl" if begin.lstrip()[:1] == b"{" and is_our_row(stream.readline(MAX_ROW)) else None


def is_our_row(line: bytes) -> bool:
    """Tell whether a line is a row of ours."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and row.keys() >= ROW_KEYS
