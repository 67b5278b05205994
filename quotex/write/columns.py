"""Columns: what the tables have of each quote, and what is carried along from the input by `--keep`."""

import json
from collections.abc import Sequence

from quotex.records import CONFIDENCE_DIGITS, make_meta
from quotex.types import Article, Quote, join_spans

COLUMNS = (
    "doc",
    "id",
    "type",
    "act",
    "speaker",
    "kind",
    "description",
    "affiliation",
    "cue",
    "quote",
    "start",
    "end",
    "paragraph",
    "confidence",
    "within",
)
PREFIX = "meta_"


def make_row(article: Article, quote: Quote) -> tuple[str | int | float, ...]:
    """Make one row of a table, in the order of COLUMNS; what is not known is empty."""
    speaker = quote.speaker
    return (
        article.id,
        quote.id,
        quote.type,
        quote.act,
        speaker.name if speaker else "",
        speaker.kind if speaker else "",
        (speaker.description or "") if speaker else "",
        (speaker.affiliation or "") if speaker else "",
        join_spans(quote.cue),
        quote.text,
        quote.content[0].start,
        quote.content[-1].end,
        quote.paragraph,
        round(quote.confidence, CONFIDENCE_DIGITS),
        "" if quote.within is None else quote.within,
    )


def name_columns(keep: Sequence[str], taken: Sequence[str]) -> list[str]:
    """Name the columns of a table; those whose name is taken get another.

    Databases take no two names that differ in case only, nor any text as a name:

    >>> name_columns(["url", "Type", "URL"], ["id", "type"])
    ['url', 'meta_Type', 'meta_URL']
    """
    names: list[str] = []
    used = {name.lower() for name in taken}
    for key in keep:
        name = clean(key).replace("\0", "\ufffd")
        while name.lower() in used:
            name = PREFIX + name
        used.add(name.lower())
        names.append(name)
    return names


def make_cells(article: Article, keep: Sequence[str]) -> list[str]:
    """Make the cells of a table: text as it is, nothing for null, all else as JSON."""
    return [
        clean(value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False))
        for value in make_meta(article, keep).values()
    ]


def clean(text: str) -> str:
    """Make text that can be encoded; half surrogate pairs, as in names of files, come out as escapes."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")
