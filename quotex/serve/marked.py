"""Quotes as the page has them, ranges, a name and a kind: read, checked, and made into an article to render."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any

from quotex.errors import Msg
from quotex.evaluate import annotate
from quotex.evaluate.annotations import Annotation, Ranges
from quotex.evaluate.corrections import DIGEST, digest_text
from quotex.evaluate.quotes import Place, parse_quote
from quotex.serve.answers import RequestError
from quotex.serve.rest import explained, make, wrong_type
from quotex.types import ACTS, KINDS, QUOTED, Article, Quote, QuoteType, Span, Speaker
from quotex.write.html import render_article

if TYPE_CHECKING:
    from spacy.language import Language

Body = dict[str, Any]


def describe_found(article: Article) -> Body:
    """Describe what the model found."""
    return {
        "id": article.id,
        "text": article.text,
        DIGEST: digest_text(article.text),
        "quotes": [describe_quote(quote) for quote in article.quotes],
        "rejected": [],
        "speakers": [describe_speaker(speaker) for speaker in article.speakers],
    }


def describe_quote(quote: Quote) -> Body:
    """Describe one quote as GOLD has it, with what else the page shows."""
    found = annotate(quote)
    return {
        "content": found.content,
        "cue": found.cue,
        "source": found.source,
        "speaker": found.speaker,
        "kind": found.kind,
        "act": quote.act,
        "confidence": round(quote.confidence, 3),
        "closed": quote.closed,
        "checked": False,
    }


def describe_speaker(speaker: Speaker) -> Body:
    """Describe a speaker; the page knows them by name and kind."""
    return {
        "name": speaker.name,
        "kind": speaker.kind,
        "aliases": speaker.aliases,
        "descriptions": speaker.descriptions,
        "affiliation": speaker.affiliation,
    }


def read_quotes(rows: object, text: str, where: str, quoted: Ranges) -> list[Body]:
    """Check quotes that the page has sent, and give back what is saved of them, in the order of the text.

    Args:
        rows: What should be a list of them.
        text: Of the article.
        where: What messages call them.
        quoted: What `find_quoted` gives.

    Raises:
        RequestError: Q402 to Q406, Q618.
    """
    if not isinstance(rows, list):
        raise wrong_type(where, rows, "an array")
    quotes = []
    for number, row in enumerate(rows, start=1):
        with explained():
            found = parse_quote(row, text, Place(where, 1, f", quote {number}"))
        if not found.content:
            raise RequestError(422, Msg.Q403.format(path=where, line=1, item="", role="content", given="nothing"))
        quotes.append(make_row(found, row, text, quoted))
    return sorted(quotes, key=lambda quote: quote["content"][0])


def make_row(found: Annotation, row: Mapping[str, Any], text: str, quoted: Ranges) -> Body:
    """Make what is saved of one quote; its type follows from the marks of the text."""
    act = row.get("act")
    quote: Body = {
        "content": list(map(list, found.content)),
        "cue": list(map(list, found.cue)),
        "source": list(map(list, found.source)),
        "speaker": found.speaker,
        "kind": found.kind if found.kind in KINDS else None,
        "type": find_type(text, found.content, quoted),
        "act": act if act in ACTS else "statement",
        "checked": bool(row.get("checked")),
    }
    if found.also:
        quote["also"] = list(found.also)
    sure = row.get("confidence")
    if isinstance(sure, float) and isfinite(sure):  # as the model found it
        quote |= {"confidence": sure, "closed": row.get("closed") is not False}
    return quote


def make_shown(rows: Iterable[Mapping[str, Any]], text: str, known: Iterable[object]) -> Article:
    """Make an article of checked quotes, to be rendered.

    Args:
        rows: What `read_quotes` gave.
        text: Of the article.
        known: Speakers with their aliases and descriptions.
    """
    described = {
        (str(speaker.get("name")), str(speaker.get("kind"))): speaker
        for speaker in known
        if isinstance(speaker, dict)
    }
    speakers: dict[tuple[str, str], Speaker] = {}
    quotes = []
    for number, row in enumerate(rows, start=1):
        speaker = None
        if row["speaker"]:
            key = (row["speaker"], row["kind"] or "other")
            speaker = speakers.setdefault(key, make_speaker(*key, f"s{len(speakers)}", described.get(key, {})))
        quotes.append(make_quote(number, row, text, speaker))
    return Article("", text, tuple(quotes), tuple(speakers.values()))


def make_speaker(name: str, kind: str, key: str, known: Mapping[str, Any]) -> Speaker:
    """Make a speaker."""
    aliases, descriptions = (
        tuple(str(item) for item in known.get(field) or ()) for field in ("aliases", "descriptions")
    )
    body = known.get("affiliation")
    return Speaker(key, name, kind, aliases, descriptions, affiliation=body)  # type: ignore[arg-type]


def make_quote(number: int, row: Mapping[str, Any], text: str, speaker: Speaker | None) -> Quote:
    """Make a quote."""
    content, cue, source = (
        tuple(Span(start, end, text[start:end]) for start, end in row[role])
        for role in ("content", "cue", "source")
    )
    return Quote(
        id=number,
        type=row["type"],
        act=row["act"],
        content=content,
        cue=cue,
        source=source,
        speaker=speaker,
        confidence=row.get("confidence", 1.0),
        paragraph=1,
        closed=row.get("closed", True),
    )


def read_speakers(rows: object) -> list[Body]:
    """Check the speakers that the page has sent.

    Raises:
        RequestError: Q618.
    """
    if not isinstance(rows, list | None):
        raise wrong_type("speakers", rows, "an array")
    for at, row in enumerate(rows or ()):
        where = f"speakers[{at}]"
        if not isinstance(row, dict):
            raise wrong_type(where, row, "an object")
        for key in ("name", "kind"):
            if not isinstance(row.get(key), str):
                raise wrong_type(f"{where}.{key}", row.get(key), "a string")
        if not isinstance(row.get("affiliation"), str | None):
            raise wrong_type(f"{where}.affiliation", row["affiliation"], "a string")
        for key in ("aliases", "descriptions"):
            items = row.get(key, [])
            if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
                raise wrong_type(f"{where}.{key}", items, "an array of strings")
    keys = ("name", "kind", "aliases", "descriptions", "affiliation")
    return [{key: row[key] for key in keys if key in row} for row in rows or ()]


def check(body: Mapping[str, Any], nlp: "Language", name: str) -> Body:
    """Check a correction that the page has sent, and give back what is saved of it.

    Args:
        body: What was sent.
        nlp: Our pipeline.
        name: What the article is called if it has no id.

    Raises:
        RequestError: Q105, Q114, Q131, Q402 to Q406, Q618.
    """
    article = make(body, "body", name)
    base = body.get("revision")
    if isinstance(base, bool) or not isinstance(base, int | None):
        raise wrong_type("revision", base, "an integer")
    quoted = find_quoted(article.text, nlp)
    return {
        DIGEST: digest_text(article.text),
        "id": article.id,
        "text": article.text,
        "quotes": read_quotes(body.get("quotes"), article.text, "quotes", quoted),
        "rejected": read_quotes(body.get("rejected") or [], article.text, "rejected", quoted),
        "speakers": read_speakers(body.get("speakers")),
        "revision": base,
    }


def render(body: Mapping[str, Any], nlp: "Language") -> Body:
    """Render an article with the quotes that the page has sent, in the order of the text.

    Raises:
        RequestError: Q105, Q114, Q131, Q402 to Q406, Q618.
    """
    article = make(body, "body", "")
    rows = read_quotes(body.get("quotes"), article.text, "quotes", find_quoted(article.text, nlp))
    shown = make_shown(rows, article.text, read_speakers(body.get("speakers")))
    return {
        "html": render_article(shown, title=article.id),
        "quotes": [{"type": quote.type, "text": quote.text} for quote in shown.quotes],
    }


def find_type(text: str, content: Ranges, quoted: Ranges) -> QuoteType:
    """Say how much of a content stands inside quotation marks: its letters and digits, all, some or none.

    >>> find_type("“Yes,” she said, it holds.", ((1, 5), (17, 25)), ((1, 5),))
    'mixed'
    """
    starts = [start for start, _ in quoted]
    inside = [
        (number := bisect_right(starts, at)) > 0 and at < quoted[number - 1][1]
        for first, last in content
        for at in range(first, last)
        if text[at].isalnum()
    ]
    if not any(inside):
        return "indirect"
    return "direct" if all(inside) else "mixed"


def find_quoted(text: str, nlp: "Language") -> Ranges:
    """Find what stands inside the outermost quotation marks of a text, by the stages that need no model."""
    doc = nlp.make_doc(text)
    for stage in ("quotex_segment", "quotex_marks"):
        doc = nlp.get_pipe(stage)(doc)
    return tuple((span.start_char, span.end_char) for span in doc.spans[QUOTED] if span.kb_id_ == "0")
