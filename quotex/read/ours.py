"""What quotex itself wrote, told by how it begins: in a folder it is passed over, for it is no article."""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from quotex.errors import InputError
from quotex.read.file import File
from quotex.read.formats import ZIP_HEAD

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
