"""RSS and Atom: one entry is one article, with the text that the feed has of it."""

from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from quotex.errors import InputError, Msg
from quotex.read.blocks import Tags, find_blocks
from quotex.read.document import as_broken, read_bytes
from quotex.read.extras import load_extra
from quotex.read.file import Failure, File, ReadOptions
from quotex.read.rows import Place, Row, choose_meta, find_id
from quotex.read.text import check_article
from quotex.text.markup import HIDDEN, INLINE
from quotex.types import Article

TAGS = Tags(inline=frozenset(INLINE.split()), signs={"br": "\n", "td": " ", "th": " "}, hidden=HIDDEN)


def read_feed(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one feed as it was saved; nothing that it leads to is fetched.

    Raises:
        InputError: Q105, it has no entries; Q1xx, it cannot be read.
    """
    feedparser = load_extra("feedparser", file.name)
    html = load_extra("lxml.html", file.name)
    data = read_bytes(file, options)
    with as_broken(file.name):
        feed = feedparser.parse(BytesIO(data))
    if not feed.entries:
        reason = feed.get("bozo_exception")
        message = Msg.Q119.format(path=file.name, reason=reason) if reason else Msg.Q105.format(doc=file.name)
        raise InputError(message)
    for number, entry in enumerate(feed.entries, start=1):
        place = Place(file.name, "entry", number)
        try:
            yield make_article(entry, feed, place, html, options)
        except InputError as err:
            yield Failure(place.id, str(err))
    if feed.bozo and options.warn:
        options.warn(Msg.Q141.format(path=file.name, reason=feed.bozo_exception))


def make_article(entry: Any, feed: Any, place: Place, html: Any, options: ReadOptions) -> Article:
    """Make the article of an entry."""
    row = read_entry(entry, feed)
    name = find_id(row, place, options.id_key)
    with as_broken(str(place)):
        text = "\n\n".join(find_paragraphs(entry, html))
    article = Article(name or place.id, text, meta=choose_meta(row, options.keep, str(place)))
    return check_article(article, options.max_chars)


def read_entry(entry: Any, feed: Any) -> Row:
    """Read what may be carried along, under the names that pages of the web have for it; nothing that is empty."""
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    row = {
        "id": entry.get("id"),
        "title": entry.get("title"),
        "author": entry.get("author"),
        "url": entry.get("link"),
        "date": datetime.fromtimestamp(timegm(when), UTC) if when else None,
        "sitename": feed.feed.get("title"),
        "tags": [tag.term for tag in entry.get("tags", ()) if tag.get("term")],
    }
    return {key: value for key, value in row.items() if value}


def find_paragraphs(entry: Any, html: Any) -> list[str]:
    """Find the paragraphs of the content of an entry, or of its summary where it has no content."""
    parts = entry.get("content") or [entry.summary_detail] if entry.get("summary") or entry.get("content") else []
    part = max(parts, key=lambda part: len(part.value), default=None)
    if part is None or not part.value.strip():
        return []
    if part.type == "text/plain":
        return [part.value]
    return find_blocks(html.fragment_fromstring(part.value, create_parent="div"), TAGS)
