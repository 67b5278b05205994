"""Forgotten marks: a quotation that is not closed ends where its attribution begins: `"It fell, said Ann.`."""

from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.attribute.edges import QuotedSpans, trim_words
from quotex.pipeline.index import Range
from quotex.rules import load_cues

FORGOTTEN_CONFIDENCE = 0.5  # a guess: the corpora have few
PRONOUNS = frozenset(["he", "she", "they", "it", "i", "we"])
MAX_NAME = 6  # tokens between the comma and the verb of saying


def find_forgotten(quoted: QuotedSpans, draft: Draft) -> list[int]:
    """Find the quoted spans that begin with a content of a draft and go on with its cue."""
    found = []
    for start, end in draft.pieces:
        number = quoted.find_around(start)
        span = quoted.spans[number] if number is not None else None
        if span and number is not None and quoted.closings[number] == span.end and span.start == start:
            found += [number] if any(end <= cue[0] < span.end for cue in draft.cue) else []
    return [number for number in found if number is not None]


def add_forgotten(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Find the attributions that the tagger took for part of a quotation, as no mark closes it before them."""
    known = {number for draft in drafts for number in find_forgotten(quoted, draft)}
    added: list[Draft] = []
    taken: set[int] = set()
    for number, span in enumerate(quoted.spans):
        if number in known or quoted.closings[number] > span.end:
            continue
        found = _find_attribution(quoted, span.start, span.end)
        if found is None:
            continue
        comma, verb, source = found
        taken.add(number)
        added.append(
            Draft([(span.start, comma + 1)], [(verb, verb + 1)], [source], FORGOTTEN_CONFIDENCE, closed=False)
        )
    for draft in drafts if taken else ():
        draft.pieces = [piece for piece in draft.pieces if taken.isdisjoint(quoted.find_overlapping(*piece))]
    return [draft for draft in [*drafts, *added] if draft.pieces]


def _find_attribution(quoted: QuotedSpans, start: int, end: int) -> tuple[int, int, Range] | None:
    """Find the comma in the first sentence after which a name and a verb of saying stand, in either order."""
    doc = quoted.doc
    for comma in range(start + 1, end - 2):
        if doc[comma].text in ".?!":
            break
        if doc[comma].text != ",":
            continue
        last = next((i for i in range(comma + 1, end) if doc[i].text in ",.;:?!"), end)
        verb = next((i for i in range(comma + 1, last) if load_cues().get(doc[i].lower_) == "statement"), None)
        if verb is None or last - comma > MAX_NAME:
            continue
        source = (verb + 1, last) if verb == comma + 1 else (comma + 1, verb)
        words = doc[source[0] : source[1]]
        if len(words) and (words[0].lower_ in PRONOUNS - {"i", "we"} or all(w.text[0].isupper() for w in words)):
            return comma, verb, trim_words(doc, *source)
    return None
