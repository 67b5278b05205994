"""Mails (.eml): the text of one message; attachments are left out."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from quotex.errors import InputError, Msg
from quotex.read.decode import decode_file
from quotex.read.document import as_broken, make_document, read_bytes
from quotex.read.file import Failure, File, ReadOptions
from quotex.read.html import find_article
from quotex.types import Article

if TYPE_CHECKING:
    from email.message import EmailMessage

SOFT_BREAK = re.compile(r"(?<!^--) \r?\n(?!>)", re.MULTILINE)  # of format=flowed, RFC 3676


def read_eml(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one message: its plain text, or the article of its page where it has no other.

    Raises:
        InputError: Q105, it has no text; Q1xx, it cannot be read.
    """
    from email import policy  # slow, and few read messages
    from email.parser import BytesParser

    data = read_bytes(file, options)
    with as_broken(file.name):
        message = BytesParser(policy=policy.default).parsebytes(data)
        body = message.get_body(("plain", "html"))
        meta = read_headers(message)
    if body is None:
        raise InputError(Msg.Q105.format(doc=file.name))
    with as_broken(file.name):
        text = read_body(cast("EmailMessage", body), file.name, options)
        is_page = body.get_content_type() == "text/html"
    paragraphs = find_article(text, file.name)[0] if is_page else unfold(text, cast("EmailMessage", body))
    yield make_document(file, paragraphs, meta, options)


def read_headers(message: "EmailMessage") -> dict[str, object]:
    """Read what may be carried along."""
    date = message["date"]
    return {
        "title": str(message["subject"] or ""),
        "author": str(message["from"] or ""),
        "date": date.datetime if date is not None else None,
    }


def read_body(body: "EmailMessage", path: str, options: ReadOptions) -> str:
    """Decode the text of a message; in the encoding of the user where it names none that we know."""
    try:
        return cast(str, body.get_content(errors="strict"))
    except (LookupError, UnicodeDecodeError):
        return decode_file(cast(bytes, body.get_payload(decode=True)), path=path, encoding=options.encoding)


def unfold(text: str, body: "EmailMessage") -> list[str]:
    """Put lines together again that the sender's program has broken, where it says so."""
    settings = body["content-type"].params if body["content-type"] else {}
    if settings.get("format", "").lower() == "flowed":
        text = SOFT_BREAK.sub("" if settings.get("delsp", "").lower() == "yes" else " ", text)
    return re.split(r"\r?\n(?:[ \t]*\r?\n)+", text)
