"""Lists: sources that name several who speak as one: `Ann Lee and Bob Moe`."""

import re
from functools import lru_cache
from typing import Literal

from spacy.lang.en.stop_words import STOP_WORDS

from quotex.pipeline.speakers.names import (
    ACRONYM,
    DETERMINERS,
    N_CACHED,
    find_personal_name,
    is_body,
    is_place,
    strip_possessive,
)

BRACKETS = re.compile(r"\s*\([^()]*\)")
JOINT = re.compile(r",? and ")
PARTY = re.compile(r"[A-Z]-[A-Z][A-Za-z.]*")  # Ann Lee, D-Me., and Bob Moe
MAX_BEFORE = 5  # words of titles before a name
NOT_BEFORE = frozenset("of for in at by from with who that to".split())


@lru_cache(maxsize=N_CACHED)
def split_names(source: str, *, body: bool = False) -> tuple[str, ...]:
    """Split the names of several: people, countries, or bodies.

    Args:
        source: The words of a source or a mention.
        body: True when it is known to be a body, which may have "and" in its name.

    Returns:
        Each name with what stands before it, at least two; none where the words do not name several.

    >>> split_names("Sens. Ann Lee (D-Me.) and Bob Moe"), split_names("Lee and his aides")
    (('Sens. Ann Lee', 'Bob Moe'), ())
    >>> split_names("the Food and Water Board"), split_names("the United States, Britain and France")
    ((), ('the United States', 'Britain', 'France'))
    """
    text = BRACKETS.sub("", " ".join(source.split())).rstrip(" ,").removeprefix("both ").removeprefix("Both ")
    halves = JOINT.split(text)
    if len(halves) != 2 or is_place(text):
        return ()
    names = [name for name in (*halves[0].split(", "), halves[1].split(", ")[0]) if not PARTY.fullmatch(name)]
    kinds = {_find_kind(name, body=body) for name in names}
    last = names[-1].split()
    # "the Department of Health and Human Services" is one body
    apart = kinds != {"body"} or last[0].lower() in DETERMINERS or ACRONYM.fullmatch(last[-1]) is not None
    return tuple(names) if kinds in ({"person"}, {"place"}, {"body"}) and apart and len({*names}) > 1 else ()


def _find_kind(text: str, *, body: bool) -> Literal["person", "place", "body", ""]:
    """Find what words name that may have titles before the name, but nothing after it."""
    words = strip_possessive(text).split()
    if is_place(text):
        return "place"
    start, end = find_personal_name(words) or (0, 0)
    if text.lower() in STOP_WORDS:  # he, she
        return ""
    before = {word.lower() for word in words[:start]}
    if 0 < end == len(words) and start <= MAX_BEFORE and before.isdisjoint(NOT_BEFORE):
        return "person" if end - start > 1 or not body else ""
    return "body" if NOT_BEFORE.isdisjoint(words) and is_body(words) else ""
