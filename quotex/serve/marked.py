"""Quotes as the page has them, annotations of a text: checked, given the type that its marks say, and rendered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quotex import records
from quotex.convert.parts import StoredQuote, build_article
from quotex.errors import Msg
from quotex.evaluation.corrections import DIGEST, digest_text
from quotex.extraction import run_stages
from quotex.pipeline.marks import find_outermost
from quotex.pipeline.results import complete
from quotex.records import (
    Annotation,
    Origin,
    Record,
    annotate,
    make_annotation,
    make_profile,
    parse_annotation,
)
from quotex.serve.answers import RequestError
from quotex.serve.rest import explained, make, wrong_type
from quotex.text.marks import find_type
from quotex.types import KINDS, PRONOUNS, Article, Range, Speaker
from quotex.write.html import render_article

if TYPE_CHECKING:
    from spacy.language import Language

Body = Mapping[str, Any]

LISTS = ("aliases", "descriptions")
PROFILE = ("name", "kind", *LISTS, "affiliation", "pronoun")


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


def read_quotes(rows: object, text: str, where: str, quoted: Sequence[Range]) -> list[Annotation]:
    """Check quotes that the page has sent, and give them in the order of the text.

    Args:
        rows: What should be a list of them.
        text: Of the article.
        where: What messages call them.
        quoted: What stands inside the outermost quotation marks; types follow from it.

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
        check_names((found.speaker or "", *found.also), f"{where}, quote {number}")
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
    """Check one speaker; the id is that of the place in the list.

    Raises:
        RequestError: Q618, it is not as it should be.
    """
    if not isinstance(row, dict):
        raise wrong_type(where, row, "an object")
    for key in ("name", "kind"):
        if not isinstance(row.get(key), str):
            raise wrong_type(f"{where}.{key}", row.get(key), "a string")
    if row["kind"] not in KINDS:
        found, wanted = f"is {row['kind']!r}", f"one of {', '.join(KINDS)}"
        raise RequestError(422, Msg.Q618.format(where=f"{where}.kind", found=found, wanted=wanted))
    profile = {key: row[key] for key in PROFILE if key in row}
    if not isinstance(profile.get("affiliation"), str | None):
        raise wrong_type(f"{where}.affiliation", profile["affiliation"], "a string")
    for key in LISTS:
        items = profile.get(key, [])
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise wrong_type(f"{where}.{key}", items, "an array of strings")
    if profile.get("pronoun") not in PRONOUNS:
        profile["pronoun"] = None
    check_names(
        (row["name"], profile.get("affiliation") or "", *(item for key in LISTS for item in profile.get(key, []))),
        where,
    )
    return records.read_speaker({"id": where, **profile})


def check_names(names: Iterable[str], where: str) -> None:
    """Raise RequestError (Q618) where one has half a character in it, which no file can hold."""
    for name in names:
        try:
            records.check_text(name)
        except ValueError as err:
            found = "has half of a surrogate pair in it"
            raise RequestError(422, Msg.Q618.format(where=where, found=found, wanted="text")) from err


def make_shown(article: Article, quotes: Iterable[Annotation], known: Iterable[Speaker]) -> Article:
    """Give an article checked quotes; speakers of whom nothing is known have their name.

    Args:
        article: With its text.
        quotes: What `read_quotes` gave.
        known: What `read_speakers` gave.
    """
    drafts = []
    for number, quote in enumerate(quotes, start=1):
        said = {key: getattr(quote, key) for key in ("type", "act", "confidence", "closed")}
        who = {"name": quote.speaker, "kind": quote.kind if quote.kind in KINDS else "other"}
        details = {"id": number, **said, **who}
        drafts.append(StoredQuote(list(quote.content), list(quote.cue), list(quote.source), details))
    return build_article(article.text, drafts, {"id": article.id, "speakers": list(map(make_profile, known))})


def check(body: Body, name: str) -> Record:
    """Check a correction that the page has sent, and give back what is saved of it.

    Args:
        body: What was sent.
        name: What the article is called if it has no id.

    Raises:
        RequestError: Q105, Q114, Q131, Q402 to Q406, Q618.
    """
    article = make(body, "body", name)
    base = body.get("revision")
    if isinstance(base, bool) or not isinstance(base, int | None):
        raise wrong_type("revision", base, "an integer")
    quoted = find_outermost(article.text)
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
    quotes = read_quotes(body.get("quotes"), article.text, "quotes", find_outermost(article.text))
    shown = make_shown(article, quotes, read_speakers(body.get("speakers")))
    return complete(shown, run_stages(article.text, nlp=nlp))


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
