"""What quotex itself wrote, told by how it begins: in a folder it is passed over, for it is no article."""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from quotex.errors import InputError
from quotex.read.formats import ZIP_HEAD, find_suffix
from quotex.read.source import Source

SUFFIXES = frozenset((".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".html", ".htm", ".md", ".docx"))
HEAD = 8_192  # bytes that are looked at
OURS = re.compile(
    rb'\s*\{\s*"quotex"\s*:'  # a document of JSON
    rb'|\{"doc": "(?:[^"\\]|\\.)*", (?:"id": \d+, "type": "(?:direct|mixed|indirect)"|"code": "Q\d)'
    rb'|\{"id": "[^"]*", "name": "(?:[^"\\]|\\.)*", "kind": "[a-z]+", "pronoun": '  # rows, those of speakers
    rb"|(?:\xef\xbb\xbf)?(?:doc[,\t]id[,\t]type[,\t]act[,\t]|id[,\t]name[,\t]kind[,\t]pronoun[,\t])"
    rb'|<!DOCTYPE html>[^\0]{0,2000}<meta name="generator" content="quotex '
    rb"|(?:[^\n]*\n)+\| No\. \| Who \| What was said \|"
)
TEXTS_MARK = ".quotex-texts"  # a file in a folder of `--save-text`
CORE, CATEGORY = "docProps/core.xml", b"<cp:category>quotex<"  # of a Word document


def is_ours(source: Source) -> bool:
    """Tell whether a file is a result of ours, by its name and what it holds."""
    return find_suffix(source.name) in SUFFIXES and Path(source.name).is_file() and holds_ours(source)


def holds_ours(source: Source) -> bool:
    """Tell whether a file holds a result of ours; what cannot be opened is left to its reader."""
    try:
        with source.open() as stream:
            head = stream.peek()[:HEAD]
            if not head.startswith(ZIP_HEAD):
                return OURS.match(head) is not None
            with ZipFile(stream) as document, document.open(CORE) as core:
                return CATEGORY in core.read(HEAD)
    except (OSError, InputError, BadZipFile, KeyError, ValueError, NotImplementedError):
        return False
