"""Phrases: set words that say whose words in marks are: “…”, as Ann put it; in the words of Ann, “…”."""

import re

from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.attribute.edges import QuotedSpans
from quotex.pipeline.attribute.floor import find_owners
from quotex.pipeline.tokens import make_span
from quotex.text.marks import OPENING_LETTERS, OUTSIDE_WORDS

WHO = rf"(?P<who>[^,:;{OUTSIDE_WORDS}]{{1,60}}?)"
WHO_ENDS = rf"(?=\s*[,:;.{OUTSIDE_WORDS}]|\s[{OPENING_LETTERS}]|$)"
PHRASES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<cue>in the (?:\w+ )?words of) {WHO}{WHO_ENDS}",
        rf"\b(?P<cue>to (?:quote|borrow a phrase from|use the words of)) {WHO}{WHO_ENDS}",
        rf"\bin {WHO}['’]s? (?P<cue>(?:own |now famous |famous )?(?:words?|phrase|telling))\b",
        r"\bin (?P<who>his|her|their|its) (?P<cue>own words|words)\b",
        rf"\bas {WHO} (?P<cue>(?:once |later |has |had |likes to )?puts? it|(?:once |later )?phrased it)\b",
    )
)
PHRASE_CONFIDENCE = 0.7  # a guess: the corpora have few


def add_phrased(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Give the words in marks of a sentence with such a phrase to whom it names, and nothing beside the marks."""
    added = []
    instead: set[Draft] = set()
    phrased: set[int] = set()  # the first tokens of the sentences
    owners = find_owners(quoted, drafts)
    for match in (match for pattern in PHRASES for match in pattern.finditer(quoted.index.text)):
        cue = make_span(quoted.doc, *match.span("cue"))
        if quoted.find_around(cue.start) is not None:
            continue
        first, last = quoted.find_sentence_range(cue.start)
        numbers = quoted.find_overlapping(first, last)
        if not numbers or first in phrased:
            continue
        before = [owners[number] for number in numbers if number in owners]
        if any(first <= start < last for draft in before for start, _ in draft.cue):
            continue  # “…,” Ann said, as Bo put it
        who = make_span(quoted.doc, *match.span("who"))
        pieces = [(quoted.spans[number].start, quoted.spans[number].end) for number in numbers]
        closed = all(quoted.spans[number].closed for number in numbers)
        source = [(who.start, who.end)]
        instead.update(before)
        phrased.add(first)
        added.append(Draft(pieces, [(cue.start, cue.end)], source, PHRASE_CONFIDENCE, closed))
    return [*(draft for draft in drafts if draft not in instead), *added]
