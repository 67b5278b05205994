"""The records, as published by `quotex schema`: keys and their order are fixed."""

from collections.abc import Sequence

from quotex.types import Article, Quote, Span, Speaker, join_spans
from quotex.write.columns import make_meta

Record = dict[str, object]

VERSION = "1"  # of the json document; another number means another schema
CONFIDENCE_DIGITS = 3

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


def make_quote(article: Article, quote: Quote, keep: Sequence[str] = ()) -> Record:
    """Make the record of one quote: a row of JSON Lines, an item of `quotes` in JSON.

    Args:
        article: In which it stands.
        quote: One of its quotes.
        keep: Keys of `article.meta` that go with it, as `meta`.
    """
    record: Record = {
        "doc": article.id,
        "id": quote.id,
        "type": quote.type,
        "act": quote.act,
        "quote": quote.text,
        "content": make_spans(quote.content),
        "cue": make_spans(quote.cue),
        "source": make_spans(quote.source),
        "speaker": make_attribution(quote.speaker),
        "confidence": round(quote.confidence, CONFIDENCE_DIGITS),
        "paragraph": quote.paragraph,
        "within": quote.within,
    }
    return record | {"meta": make_meta(article, keep)} if keep else record


def make_article(article: Article, keep: Sequence[str] = ()) -> Record:
    """Make the record of one article: an item of `articles` in JSON."""
    record: Record = {
        "doc": article.id,
        "quotes": [make_quote(article, quote) for quote in article.quotes],
        "speakers": [make_speaker(speaker) for speaker in article.speakers],
    }
    return record | {"meta": make_meta(article, keep)} if keep else record


def make_speaker(speaker: Speaker) -> Record:
    """Make the record of one speaker, with the numbers of the quotes."""
    return {
        "id": speaker.id,
        "name": speaker.name,
        "kind": speaker.kind,
        "aliases": list(speaker.aliases),
        "descriptions": list(speaker.descriptions),
        "affiliation": speaker.affiliation,
        "quotes": list(speaker.quotes),
    }


def make_attribution(speaker: Speaker | None) -> Record | None:
    """Make the short record of a speaker that goes with each quote."""
    if speaker is None:
        return None
    return {
        "id": speaker.id,
        "name": speaker.name,
        "kind": speaker.kind,
        "description": speaker.description,
        "affiliation": speaker.affiliation,
    }


def make_spans(spans: tuple[Span, ...]) -> list[Record]:
    """Make the records of the pieces of a content, cue or source."""
    return [{"start": span.start, "end": span.end, "text": span.text} for span in spans]


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
