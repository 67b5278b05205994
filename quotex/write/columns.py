"""Columns: what the tables have of each quote, and what is carried along from the input by `--keep`."""

import json
from collections.abc import Sequence

from quotex.records import CONFIDENCE_DIGITS, find_ranges, make_attribution, make_meta
from quotex.types import Article, Quote, join_spans

COLUMNS = (
    *("doc", "id", "type", "act", "speaker", "speaker_id", "kind", "pronoun", "description", "affiliation"),
    *("cue", "source", "quote", "sentence", "start", "end", "pieces", "paragraph", "confidence", "within"),
)
PREFIX = "meta_"

Cell = str | int | float | None


def make_row(article: Article, quote: Quote) -> list[Cell]:
    """Make one row of a table, in the order of COLUMNS; what is not known is None."""
    speaker = make_attribution(quote.speaker) if quote.speaker else {}
    said_by = {"speaker": speaker.get("name"), "speaker_id": speaker.get("id")}
    row = {**speaker, **said_by, **make_cells(quote), "doc": article.id, "id": quote.id}
    return [row.get(column) for column in COLUMNS]


def make_cells(quote: Quote) -> dict[str, Cell]:
    """Make what all tables have of a quote itself, by column; pieces are a JSON array of [start, end]."""
    return {
        "type": quote.type,
        "act": quote.act,
        "cue": join_spans(quote.cue),
        "source": join_spans(quote.source),
        "quote": quote.text,
        "sentence": quote.sentence,
        "start": quote.content[0].start,
        "end": quote.content[-1].end,
        "pieces": json.dumps(find_ranges(quote.content)),
        "paragraph": quote.paragraph,
        "confidence": round(quote.confidence, CONFIDENCE_DIGITS),
        "within": quote.within,
    }


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


def make_kept(article: Article, keep: Sequence[str]) -> list[str]:
    """Make the cells of what is carried along: text as it is, nothing for null, all else as JSON."""
    return [
        clean(value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False))
        for value in make_meta(article, keep).values()
    ]


def clean(text: str) -> str:
    """Make text that can be encoded; half surrogate pairs, as in names of files, come out as escapes."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")
