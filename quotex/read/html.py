"""HTML: the article of a page, without all that stands around it."""

import codecs
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from quotex.errors import InputError, Msg
from quotex.read.blocks import Tags, find_blocks
from quotex.read.decode import decode, decode_file
from quotex.read.document import make_document
from quotex.read.extras import load_extra
from quotex.read.file import Failure, File, ReadOptions
from quotex.read.limits import read_page_bytes
from quotex.read.sniff import find_encoding
from quotex.types import Article

# What trafilatura tells of a page that says something about the article; its filedate is that of the run.
METADATA = (
    "title author url hostname description sitename date categories tags license image pagetype language".split()
)
# Elements of trafilatura's trees that stand within a paragraph; all others begin and end one.
TAGS = Tags(inline=frozenset(["hi", "ref", "del", "graphic"]), signs={"lb": "\n"})
CHARSET = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE
)
CHARSET_WITHIN = 1 << 14  # bytes; some pages have scripts before it
LATIN = ("iso8859-1", "ascii")  # as Python calls them; browsers take both for cp1252
TOO_DEEP = "Excessive depth"  # how libxml2 begins to say that there are more than 255 elements in one another


def read_html(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read the article of one page; offsets count in its text."""
    load_extra("trafilatura", file.name)
    with file.open(options.meter) as stream:
        page = decode_page(read_page_bytes(stream, file.name, options), path=file.name, encoding=options.encoding)
    paragraphs, meta = find_article(page, file.name)
    yield make_document(file, paragraphs, meta, options)


def find_article(page: str, path: str) -> tuple[list[str], dict[str, object]]:
    """Find the paragraphs of the article of a page, and what the page tells of it.

    Raises:
        InputError: Q105, Q117, Q118, Q134, there is none.
    """
    if not page.strip():
        raise InputError(Msg.Q105.format(doc=path))
    check_depth(page, path)
    found = extract(page, path)
    paragraphs = find_blocks(found.body, TAGS)
    if not paragraphs:
        raise InputError(Msg.Q118.format(path=path, reason=""))
    return paragraphs, {key: getattr(found, key, None) for key in METADATA}


def check_depth(page: str, path: str) -> None:
    """Raise InputError (Q134) where a page is nested so deep that the parser leaves out what is further in."""
    etree = load_extra("lxml.etree", path)
    parser = etree.HTMLParser(encoding="utf-8")
    with suppress(etree.ParserError, etree.XMLSyntaxError):  # no page at all: trafilatura says so, too
        etree.fromstring(page.encode("utf-8", errors="replace"), parser)
    if any(TOO_DEEP in error.message for error in parser.error_log):
        raise InputError(Msg.Q134.format(path=path))


def extract(page: str, path: str) -> Any:
    """Let trafilatura find the article.

    Raises:
        InputError: Q118, there is none.
    """
    trafilatura = load_extra("trafilatura", path)
    logging.getLogger("courlan").addHandler(logging.NullHandler())  # it complains of odd links on stderr
    try:
        # Metadata are asked for always, so that the text is the same with and without --keep.
        found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    except Exception as err:  # whatever other people's code makes of other people's pages
        reason = f" ({type(err).__name__}: {err})"
        raise InputError(Msg.Q118.format(path=path, reason=reason)) from err
    if found is None:
        raise InputError(Msg.Q118.format(path=path, reason=""))
    return found


def decode_page(data: bytes, *, path: str, encoding: str) -> str:
    """Decode a page: in UTF-8 or UTF-16 if it is that, else as it says of itself, else as the user says.

    Raises:
        InputError: Q101, Q103, it is no text in the last of these.
    """
    for candidate in (find_encoding(data, path=path, encoding="utf-8"), find_charset(data)):
        try:
            return decode(data, path=path, encoding=candidate)
        except InputError:
            continue
    return decode_file(data, path=path, encoding=encoding)


def find_charset(data: bytes) -> str:
    """Find the encoding that a page declares; utf-8 if it declares none that we know."""
    match = CHARSET.search(data[:CHARSET_WITHIN])
    name = (match[1] or match[2]).decode("ascii", errors="replace") if match else "utf-8"
    try:
        "a".encode(name)
    except (LookupError, ValueError):
        return "utf-8"
    return "cp1252" if codecs.lookup(name).name in LATIN else name
