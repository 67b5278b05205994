"""From JSON to a quote: ranges that lie in the text, and names that are names."""

import json
from itertools import pairwise
from typing import NamedTuple

from quotex.errors import InputError, Msg
from quotex.evaluate.annotations import Annotation, Range, Ranges
from quotex.read.rows import Row, name_json

MAX_SHOWN = 60  # characters of JSON in a message


class Place(NamedTuple):
    """Where a quote stands, for messages: the file, the line, and ", quote 3" where a line holds several."""

    path: str
    line: int
    item: str = ""


def parse_quote(quote: object, text: str, place: Place) -> Annotation:
    """Parse one quote of an article.

    Raises:
        InputError: Q402 to Q406, Q410.
    """
    if not isinstance(quote, dict):
        raise wrong_type(place, "quotes", quote, "an array of objects")
    if "content" not in quote:
        raise InputError(Msg.Q403.format(**place._asdict(), role="content", given="nothing"))
    speaker, kind = parse_speaker(quote, place)
    return Annotation(
        content=parse_ranges(quote["content"], "content", text, place),
        cue=parse_ranges(quote.get("cue"), "cue", text, place),
        source=parse_ranges(quote.get("source"), "source", text, place),
        speaker=speaker,
        kind=kind,
        also=parse_other_names(quote, place),
    )


def parse_ranges(given: object, role: str, text: str, place: Place) -> Ranges:
    """Parse the ranges of a content, cue or source, in the order of the text; null is none."""
    if given is None:
        return ()
    if not isinstance(given, list):
        raise InputError(Msg.Q403.format(**place._asdict(), role=role, given=shorten(given)))
    ranges = sorted(parse_range(item, role, text, place) for item in given)
    for before, after in pairwise(ranges):
        if after[0] < before[1]:
            raise InputError(Msg.Q406.format(**place._asdict(), role=role, one=list(before), other=list(after)))
    return tuple(ranges)


def parse_range(given: object, role: str, text: str, place: Place) -> Range:
    """Parse one range: [start, end], or {"start", "end", "text"}."""
    pair = [given.get("start"), given.get("end")] if isinstance(given, dict) else given
    if not isinstance(pair, list) or len(pair) != 2 or not all(type(number) is int for number in pair):
        raise InputError(Msg.Q403.format(**place._asdict(), role=role, given=shorten(given)))
    start, end = pair
    if not 0 <= start <= len(text) or not 0 <= end <= len(text):
        raise InputError(Msg.Q404.format(**place._asdict(), role=role, given=pair, length=len(text)))
    if start >= end:
        raise InputError(Msg.Q405.format(**place._asdict(), role=role, given=pair))
    if isinstance(given, dict) and given.get("text", text[start:end]) != text[start:end]:
        there = shorten(text[start:end])
        words = shorten(given["text"])
        raise InputError(Msg.Q410.format(**place._asdict(), role=role, given=pair, words=words, there=there))
    return start, end


def parse_speaker(quote: Row, place: Place) -> tuple[str | None, str | None]:
    """Parse name and kind of the speaker, which stand beside each other or in an object of their own."""
    speaker = quote.get("speaker")
    name, kind = (
        (speaker.get("name"), speaker.get("kind")) if isinstance(speaker, dict) else (speaker, quote.get("kind"))
    )
    if not isinstance(name, str | None):
        raise wrong_type(place, "speaker", name, "a string")
    if not isinstance(kind, str | None):
        raise wrong_type(place, "kind", kind, "a string")
    return name, kind


def parse_other_names(quote: Row, place: Place) -> tuple[str, ...]:
    """Parse the other names that are right."""
    names = quote.get("also") or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise wrong_type(place, "also", names, "an array of strings")
    return tuple(names)


def wrong_type(place: Place, key: str, value: object, wanted: str) -> InputError:
    """Say that a value is of the wrong JSON type."""
    return InputError(Msg.Q402.format(**place._asdict(), key=key, found=name_json(value), wanted=wanted))


def shorten(value: object) -> str:
    """Show a value as JSON, not too long."""
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= MAX_SHOWN else shown[: MAX_SHOWN - 1] + "…"
