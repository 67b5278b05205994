"""Quotes as the page has them, annotations of a text: checked, given the type that its marks say, and rendered."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quotex.errors import Msg
from quotex.evaluation.corrections import DIGEST, digest_text
from quotex.records import (
    Annotation,
    Origin,
    Ranges,
    Record,
    annotate,
    make_annotation,
    make_profile,
    parse_annotation,
    to_quote,
)
from quotex.serve.answers import RequestError
from quotex.serve.rest import explained, make, wrong_type
from quotex.types import KINDS, PRONOUNS, QUOTED, Article, Kind, QuoteType, Speaker
from quotex.write.html import render_article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Body = Mapping[str, Any]


def describe_found(article: Article) -> Record:
    """Describe what the model found."""
    return {
        "id": article.id,
        "text": article.text,
        DIGEST: digest_text(article.text),
        "quotes": [make_annotation(annotate(quote)) for quote in article.quotes],
        "rejected": [],
        "speakers": [make_profile(speaker) for speaker in article.speakers],
    }


def read_quotes(rows: object, text: str, where: str, quoted: Ranges) -> list[Annotation]:
    """Check quotes that the page has sent, and give them in the order of the text.

    Args:
        rows: What should be a list of them.
        text: Of the article.
        where: What messages call them.
        quoted: What `find_quoted` gives; types follow from it.

    Raises:
        RequestError: Q402 to Q406, Q618.
    """
    if not isinstance(rows, list):
        raise wrong_type(where, rows, "an array")
    quotes = []
    for number, row in enumerate(rows, start=1):
        with explained():
            found = parse_annotation(row, text, Origin(where, 1, f", quote {number}"))
        if not found.content:
            raise RequestError(422, Msg.Q403.format(path=where, line=1, item="", role="content", given="nothing"))
        quotes.append(replace(found, type=find_type(text, found.content, quoted)))
    return sorted(quotes, key=lambda quote: quote.content[0])


def read_speakers(rows: object) -> list[Speaker]:
    """Check the speakers that the page has sent.

    Raises:
        RequestError: Q618.
    """
    if not isinstance(rows, list | None):
        raise wrong_type("speakers", rows, "an array")
    return [read_speaker(row, f"speakers[{at}]") for at, row in enumerate(rows or ())]


def read_speaker(row: object, where: str) -> Speaker:
    """Check one speaker; the id is that of the place in the list."""
    if not isinstance(row, dict):
        raise wrong_type(where, row, "an object")
    for key in ("name", "kind"):
        if not isinstance(row.get(key), str):
            raise wrong_type(f"{where}.{key}", row.get(key), "a string")
    if not isinstance(row.get("affiliation"), str | None):
        raise wrong_type(f"{where}.affiliation", row["affiliation"], "a string")
    lists = {key: row.get(key, []) for key in ("aliases", "descriptions")}
    for key, items in lists.items():
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise wrong_type(f"{where}.{key}", items, "an array of strings")
    aliases, descriptions = map(tuple, lists.values())
    pronoun = row.get("pronoun") if row.get("pronoun") in PRONOUNS else None
    body = row.get("affiliation")
    return Speaker(where, row["name"], row["kind"], aliases, descriptions, affiliation=body, pronoun=pronoun)


def make_shown(quotes: Iterable[Annotation], text: str, known: Iterable[Speaker]) -> Article:
    """Make an article of checked quotes, to be rendered; speakers of whom nothing is known have their name.

    Args:
        quotes: What `read_quotes` gave.
        text: Of the article.
        known: What `read_speakers` gave.
    """
    profiles = {(speaker.name, speaker.kind): speaker for speaker in known}
    speakers: dict[tuple[str, Kind], Speaker] = {}
    shown = []
    for number, quote in enumerate(quotes, start=1):
        speaker = None
        if quote.speaker:
            key: tuple[str, Kind] = (quote.speaker, quote.kind if quote.kind in KINDS else "other")
            speaker = speakers.setdefault(key, profiles.get(key) or Speaker(f"s{number}", *key))
        shown.append(to_quote(quote, text, number, speaker))
    return Article("", text, tuple(shown), tuple(speakers.values()))


def check(body: Body, nlp: "Language", name: str) -> Record:
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
    quotes = {
        key: read_quotes(rows, article.text, key, quoted)
        for key, rows in (("quotes", body.get("quotes")), ("rejected", body.get("rejected") or []))
    }
    return {
        DIGEST: digest_text(article.text),
        "id": article.id,
        "text": article.text,
        **{key: list(map(make_annotation, found)) for key, found in quotes.items()},
        "speakers": list(map(make_profile, read_speakers(body.get("speakers")))),
        "revision": base,
    }


def read_shown(body: Body, nlp: "Language", name: str) -> Article:
    """Read an article with the quotes that the page has sent, in the order of the text.

    Args:
        body: What was sent.
        nlp: Our pipeline.
        name: What the article is called if it has no id.

    Raises:
        RequestError: Q105, Q114, Q131, Q402 to Q406, Q618.
    """
    article = make(body, "body", name)
    quotes = read_quotes(body.get("quotes"), article.text, "quotes", find_quoted(article.text, nlp))
    return replace(make_shown(quotes, article.text, read_speakers(body.get("speakers"))), id=article.id)


def render(body: Body, nlp: "Language") -> Record:
    """Render an article with the quotes that the page has sent, in the order of the text.

    Raises:
        RequestError: Q105, Q114, Q131, Q402 to Q406, Q618.
    """
    shown = read_shown(body, nlp, "")
    return {
        "html": render_article(shown),
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
    """Find what stands inside the outermost quotation marks of a text."""
    doc = mark_text(text, nlp)
    return tuple((span.start_char, span.end_char) for span in doc.spans[QUOTED] if span.kb_id_ == "0")


def mark_text(text: str, nlp: "Language") -> "Doc":
    """Find sentences and quotation marks, by the stages that need no model."""
    doc = nlp.make_doc(text)
    for stage in ("quotex_segment", "quotex_marks"):
        doc = nlp.get_pipe(stage)(doc)
    return doc
