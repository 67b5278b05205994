"""Records: quotes as JSON and back; nothing else makes or reads either form.

JSON has a quote in two forms. The record is what `quotex schema` describes: all that is known, with the words of
each piece. The annotation is what people mark, `quotex serve` saves and `quotex evaluate` compares: ranges of the
text, a name and a kind. `parse_annotation` takes either, so that what `quotex extract` wrote can be compared too.
"""

import json
import reprlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from quotex.errors import InputError, Msg
from quotex.read.rows import name_json
from quotex.types import (
    ACTS,
    KINDS,
    MAX_LENGTH,
    PRONOUNS,
    QUOTE_TYPES,
    ROLES,
    Act,
    Article,
    Quote,
    QuoteType,
    Range,
    Span,
    Speaker,
)

Record = dict[str, Any]
Ranges = tuple[Range, ...]

VERSION = "1"  # of the json document; another number means another schema
CONFIDENCE_DIGITS = 3
MAX_SHOWN = 60  # characters of JSON in a message


class Origin(NamedTuple):
    """Where an annotation stands, for messages: the file, the line, and ", quote 3" where a line has several."""

    path: str
    line: int
    item: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One quote as ranges of a text, be it marked by a person or found by a program.

    Attributes:
        content: What is said.
        cue: The words that report.
        source: The words that stand for the speaker.
        speaker: The speaker's name, if it is known.
        kind: The speaker's kind, if it is known: person, org, ...
        also: Other names that are right for the speaker.
        type: As in Quote, if it is known; this and what follows is not compared.
        act: As in Quote.
        confidence: As in Quote; None where a person marked the quote.
        closed: As in Quote.
        checked: Whether a person has looked at it.
    """

    content: Ranges
    cue: Ranges = ()
    source: Ranges = ()
    speaker: str | None = None
    kind: str | None = None
    also: tuple[str, ...] = ()
    type: QuoteType | None = field(default=None, compare=False)
    act: Act = field(default="statement", compare=False)
    confidence: float | None = field(default=None, compare=False)
    closed: bool = field(default=True, compare=False)
    checked: bool = field(default=False, compare=False)


def make_record(value: object) -> Record:
    """Make the record of an article, with all that is carried along, a quote, a speaker or a span.

    Raises:
        TypeError: It is none of these.
    """
    match value:
        case Article():
            return make_article(value, tuple(value.meta))
        case Quote():
            return make_quote(value)
        case Speaker():
            return make_speaker(value)
        case Span():
            return make_span(value)
    raise TypeError(f"{type(value).__name__} has no record")


def make_article(article: Article, keep: Sequence[str] = ()) -> Record:
    """Make the record of one article: an item of `articles` in JSON."""
    record: Record = {
        "doc": article.id,
        "quotes": list(make_rows(article)),
        "speakers": [make_speaker(speaker) for speaker in article.speakers],
    }
    return record | ({"meta": make_meta(article, keep)} if keep else {})


def make_rows(article: Article, keep: Sequence[str] = ()) -> Iterator[Record]:
    """Make the records of an article's quotes, each of which may stand alone: the rows of JSON Lines.

    Args:
        article: With its quotes.
        keep: Keys of `article.meta` that go with each, as `meta`.
    """
    meta = {"meta": make_meta(article, keep)} if keep else {}
    return ({"doc": article.id, **make_quote(quote), **meta} for quote in article.quotes)


def make_meta(article: Article, keep: Sequence[str]) -> Record:
    """Make the record of what is carried along; what the article does not have is null."""
    return {key: article.meta.get(key) for key in keep}


def make_quote(quote: Quote) -> Record:
    """Make the record of one quote, but for the article it stands in."""
    return {
        "id": quote.id,
        "type": quote.type,
        "act": quote.act,
        "quote": quote.text,
        "content": make_spans(quote.content),
        "cue": make_spans(quote.cue),
        "source": make_spans(quote.source),
        "sentence": quote.sentence,
        "speaker": make_attribution(quote.speaker) if quote.speaker else None,
        "confidence": round(quote.confidence, CONFIDENCE_DIGITS),
        "paragraph": quote.paragraph,
        "within": quote.within,
    }


def describe_quote(quote: Quote) -> Record:
    """Describe all of a quote but its words and places; the speaker by id."""
    return {
        "id": quote.id,
        "type": quote.type,
        "act": quote.act,
        "speaker": quote.speaker.id if quote.speaker else None,
        "confidence": quote.confidence,
        "paragraph": quote.paragraph,
        "closed": quote.closed,
        "within": quote.within,
        "sentence": quote.sentence,
    }


def pack_quote(quote: Quote) -> Record:
    """Make plain data of a quote: places without their words, the speaker's id."""
    return describe_quote(quote) | {role: list(map(list, find_ranges(getattr(quote, role)))) for role in ROLES}


def unpack_quote(packed: Record, text: str, speaker: Speaker | None) -> Quote:
    """Make a quote of what `pack_quote` made, and of the text and the speaker."""
    spans: Record = {role: cut_spans(text, packed[role]) for role in ROLES}
    return Quote(**packed | spans | {"speaker": speaker})


def make_spans(spans: Sequence[Span]) -> list[Record]:
    """Make the records of the pieces of a content, cue or source."""
    return [make_span(span) for span in spans]


def make_span(span: Span) -> Record:
    """Make the record of a span."""
    return {"start": span.start, "end": span.end, "text": span.text}


def make_attribution(speaker: Speaker) -> Record:
    """Make the short record of a speaker that goes with each quote."""
    return {key: getattr(speaker, key) for key in ("id", "name", "kind", "description", "affiliation", "pronoun")}


def make_speaker(speaker: Speaker) -> Record:
    """Make the record of one speaker of an article."""
    return {"id": speaker.id, **make_profile(speaker), "quotes": list(speaker.quotes)}


def make_profile(speaker: Speaker) -> Record:
    """Make the record of who a speaker is, whatever the article."""
    return {
        "name": speaker.name,
        "kind": speaker.kind,
        "aliases": list(speaker.aliases),
        "descriptions": list(speaker.descriptions),
        "affiliation": speaker.affiliation,
        "pronoun": speaker.pronoun,
    }


def pack_article(article: Article, *, with_text: bool) -> Record:
    """Make a record that `read_article` makes the same article of; its text goes along only if asked for."""
    return {
        **make_article(article),
        "meta": dict(article.meta),
        "open": [quote.id for quote in article.quotes if not quote.closed],
        "text": article.text if with_text else "",
    }


def read_article(record: Record) -> Article:
    """Make an article of its record; what only `pack_article` writes may be missing."""
    speakers = {one["id"]: read_speaker(one) for one in record["speakers"]}
    is_open = record.get("open", ())
    quotes = tuple(read_quote(one, speakers, closed=one["id"] not in is_open) for one in record["quotes"])
    return Article(record["doc"], record.get("text", ""), quotes, tuple(speakers.values()), record.get("meta", {}))


def read_quote(record: Record, speakers: Mapping[str, Speaker], *, closed: bool) -> Quote:
    """Make a quote of its record; the confidence is the rounded one.

    Args:
        record: What `make_quote` made.
        speakers: Those of the article, by id.
        closed: See Quote.
    """
    spans = {role: tuple(Span(**one) for one in record[role]) for role in ROLES}
    return Quote(
        id=record["id"],
        type=record["type"],
        act=record["act"],
        **spans,
        speaker=speakers[record["speaker"]["id"]] if record["speaker"] else None,
        confidence=record["confidence"],
        paragraph=record["paragraph"],
        closed=closed,
        within=record["within"],
        sentence=record["sentence"],
    )


def read_speaker(record: Record) -> Speaker:
    """Make a speaker of the record."""
    fields: Record = {key: tuple(value) if isinstance(value, list) else value for key, value in record.items()}
    return Speaker(**fields)


def check_article(article: Article) -> None:
    """Make sure that an article that somebody else may have written has what all our code takes for granted.

    Raises:
        ValueError: It has not.
    """
    check_text(article.text)
    for name in (article.id, *article.meta):  # of a file, maybe: half of a character is possible there
        if not isinstance(name, str):
            raise wrong(name, "text")
    for speaker in article.speakers:
        check_speaker(speaker)
    for quote in article.quotes:
        check_quote(quote)


def check_speaker(speaker: Speaker) -> None:
    """Raise ValueError where a speaker is not as we make it."""
    for text in (speaker.id, speaker.name, "" if speaker.affiliation is None else speaker.affiliation):
        check_text(text)
    check_texts(speaker.aliases)
    check_texts(speaker.descriptions)
    check_among(speaker.kind, KINDS)
    check_among(speaker.pronoun, (None, *PRONOUNS))
    if not isinstance(speaker.quotes, tuple):
        raise wrong(speaker.quotes, "list")
    for number in speaker.quotes:
        check_number(number)


def check_quote(quote: Quote) -> None:
    """Raise ValueError where a quote, but for its speaker, is not as we make it."""
    for number in (quote.id, quote.paragraph, 1 if quote.within is None else quote.within):
        check_number(number)
    for text in (quote.sentence, *(span.text for span in quote.content)):
        check_text(text)
    check_among(quote.type, QUOTE_TYPES)
    check_among(quote.act, ACTS)
    if type(quote.confidence) not in (int, float) or not 0 <= quote.confidence <= 1:
        raise wrong(quote.confidence, "confidence")
    if not isinstance(quote.closed, bool):
        raise wrong(quote.closed, "truth value")


def check_number(value: object) -> None:
    """Raise ValueError where a value is no number that we give to quotes and paragraphs."""
    if type(value) is not int or not 0 < value <= MAX_LENGTH:
        raise wrong(value, "number of a quote or paragraph")


def check_texts(values: object) -> None:
    """Raise ValueError where a value is no tuple of texts."""
    if not isinstance(values, tuple):
        raise wrong(values, "list")
    for value in values:
        check_text(value)


def check_text(value: object) -> None:
    """Raise ValueError where a value is no text, or has half a character in it, which no file can hold."""
    if not isinstance(value, str):
        raise wrong(value, "text")
    value.encode("utf-8")


def check_among(value: object, allowed: Collection[object]) -> None:
    """Raise ValueError where a value is none of those that there are."""
    if value not in allowed:
        raise ValueError(f"{reprlib.repr(value)} is none of {', '.join(map(str, allowed))}")


def wrong(value: object, wanted: str) -> ValueError:
    """Say that a value is none that was wanted."""
    return ValueError(f"{reprlib.repr(value)} is no {wanted}")


def annotate(quote: Quote) -> Annotation:
    """Reduce a quote of the pipeline to ranges of the text."""
    return Annotation(
        content=find_ranges(quote.content),
        cue=find_ranges(quote.cue),
        source=find_ranges(quote.source),
        speaker=quote.speaker.name if quote.speaker else None,
        kind=quote.speaker.kind if quote.speaker else None,
        type=quote.type,
        act=quote.act,
        confidence=quote.confidence,
        closed=quote.closed,
    )


def find_ranges(spans: Sequence[Span]) -> Ranges:
    """Find where spans lie."""
    return tuple((span.start, span.end) for span in spans)


def cut_spans(text: str, ranges: Iterable[Range]) -> tuple[Span, ...]:
    """Cut spans out of a text."""
    return tuple(Span(start, end, text[start:end]) for start, end in ranges)


def make_annotation(annotation: Annotation) -> Record:
    """Make the record of an annotation: what the page has, and what it saves."""
    record: Record = {
        "content": list(map(list, annotation.content)),
        "cue": list(map(list, annotation.cue)),
        "source": list(map(list, annotation.source)),
        "speaker": annotation.speaker,
        "kind": annotation.kind if annotation.kind in KINDS else None,
        "type": annotation.type,
        "act": annotation.act,
        "checked": annotation.checked,
    }
    if annotation.also:
        record["also"] = list(annotation.also)
    if annotation.confidence is not None:
        sure = round(annotation.confidence, CONFIDENCE_DIGITS)
        record |= {"confidence": sure, "closed": annotation.closed}
    return record


def parse_annotation(record: object, text: str, origin: Origin) -> Annotation:
    """Parse what somebody else may have written: a record of ours, or an annotation.

    What is compared has to be right; what else we know of a quote is passed over where it is not.

    Raises:
        InputError: Q402 to Q406, Q410.
    """
    if not isinstance(record, dict):
        raise wrong_type(origin, "quotes", record, "an array of objects")
    if "content" not in record:
        raise InputError(Msg.Q403.format(**origin._asdict(), role="content", given="nothing"))
    speaker, kind = parse_speaker(record, origin)
    given = {key: record.get(key) for key in ("type", "act", "confidence", "closed")}
    sure = given["confidence"]
    is_found = isinstance(sure, float) and 0 <= sure <= 1
    return Annotation(
        content=parse_ranges(record["content"], "content", text, origin),
        cue=parse_ranges(record.get("cue"), "cue", text, origin),
        source=parse_ranges(record.get("source"), "source", text, origin),
        speaker=speaker,
        kind=kind,
        also=parse_other_names(record, origin),
        type=given["type"] if given["type"] in QUOTE_TYPES else None,
        act=given["act"] if given["act"] in ACTS else "statement",
        confidence=sure if is_found else None,
        closed=not is_found or given["closed"] is not False,
        checked=bool(record.get("checked")),
    )


def parse_ranges(given: object, role: str, text: str, origin: Origin) -> Ranges:
    """Parse the ranges of a content, cue or source, in the order of the text; null is none.

    Raises:
        InputError: Q403 to Q406, Q410, they are not as they should be.
    """
    if given is None:
        return ()
    if not isinstance(given, list):
        raise InputError(Msg.Q403.format(**origin._asdict(), role=role, given=shorten(given)))
    ranges = sorted(parse_range(item, role, text, origin) for item in given)
    for before, after in pairwise(ranges):
        if after[0] < before[1]:
            raise InputError(Msg.Q406.format(**origin._asdict(), role=role, one=list(before), other=list(after)))
    return tuple(ranges)


def parse_range(given: object, role: str, text: str, origin: Origin) -> Range:
    """Parse one range: [start, end], or {"start", "end", "text"}.

    Raises:
        InputError: Q403 to Q405, Q410, it is not as it should be.
    """
    pair = [given.get("start"), given.get("end")] if isinstance(given, dict) else given
    if not isinstance(pair, list) or len(pair) != 2 or not all(type(number) is int for number in pair):
        raise InputError(Msg.Q403.format(**origin._asdict(), role=role, given=shorten(given)))
    start, end = pair
    if not 0 <= start <= len(text) or not 0 <= end <= len(text):
        raise InputError(Msg.Q404.format(**origin._asdict(), role=role, given=pair, length=len(text)))
    if start >= end:
        raise InputError(Msg.Q405.format(**origin._asdict(), role=role, given=pair))
    if isinstance(given, dict) and given.get("text", text[start:end]) != text[start:end]:
        there = shorten(text[start:end])
        words = shorten(given["text"])
        raise InputError(Msg.Q410.format(**origin._asdict(), role=role, given=pair, words=words, there=there))
    return start, end


def parse_speaker(record: Record, origin: Origin) -> tuple[str | None, str | None]:
    """Parse name and kind of the speaker, which stand beside each other or in an object of their own.

    Raises:
        InputError: Q402, one of them is no string.
    """
    speaker = record.get("speaker")
    name, kind = (
        (speaker.get("name"), speaker.get("kind")) if isinstance(speaker, dict) else (speaker, record.get("kind"))
    )
    if not isinstance(name, str | None):
        raise wrong_type(origin, "speaker", name, "a string")
    if not isinstance(kind, str | None):
        raise wrong_type(origin, "kind", kind, "a string")
    return name, kind


def parse_other_names(record: Record, origin: Origin) -> tuple[str, ...]:
    """Parse the other names that are right.

    Raises:
        InputError: Q402, they are no strings.
    """
    names = record.get("also") or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise wrong_type(origin, "also", names, "an array of strings")
    return tuple(names)


def wrong_type(origin: Origin, key: str, value: object, wanted: str) -> InputError:
    """Say that a value is of the wrong JSON type."""
    return InputError(Msg.Q402.format(**origin._asdict(), key=key, found=name_json(value), wanted=wanted))


def shorten(value: object) -> str:
    """Show a value as JSON, not too long."""
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= MAX_SHOWN else shown[: MAX_SHOWN - 1] + "…"
