"""Mentions: the names of an article, what stands beside them, and learned links between mentions (coreference).

Fields of the Doc in, plain objects out.
"""

from collections import defaultdict
from itertools import pairwise

import numpy as np
from spacy.tokens import Doc

from quotex.pipeline.notes import take_index, take_notes
from quotex.pipeline.ranges import START, find_before, list_between, merge_ranges
from quotex.pipeline.speakers.beside import Surroundings
from quotex.pipeline.speakers.entities import Name, assign_entities
from quotex.rules import load_given_names, load_honorifics
from quotex.text.names import fold_name
from quotex.text.phrases import DASHES, find_head, is_description, lower_article, strip_possessive
from quotex.types import BESIDE, MENTIONS, NAMES

MIN_LINK = 0.02  # probability under which a link is not worth a thought
MAX_DATELINE = 12  # tokens


class Mentions:
    """What the tagger said of an article, to be asked by token.

    Attributes:
        index: The reading of the text.
        texts: Texts of the tokens.
        names: In order, each with its entity; none over another.
        by_head: The same by the tokens that links go to.
        quoted: Tokens inside quotation marks.
        phrases: Tokens of other mentions, by their heads.
        phrase_kinds: Whether these are of a person or of a body, likewise.
        links: By token: tokens that may stand for the same one, with the probability of each.
    """

    def __init__(self, doc: Doc) -> None:
        self.index = take_index(doc)
        self.texts = self.index.tokens.texts
        self._headlines = [is_headline(self.texts[start:end]) for start, end in self.index.paragraphs]
        inside = merge_ranges((one.start, one.end) for one in self.index.quoted)
        self.quoted = frozenset(i for start, end in inside for i in range(start, end))
        besides = [(span.start, span.end, span.label_) for span in doc.spans.get(BESIDE, ())]
        named = [(span.start, span.end, span.label_) for span in doc.spans.get(NAMES, ())]
        self._beside = Surroundings(self.texts, besides, named)
        agencies = {one for one in named if self._is_dateline(*one)}
        names = (self._read(*one) for one in named if one not in agencies)
        self.names = [name for name in names if name.words]
        share_surnames(self.names, self.texts)
        noted = take_notes(doc).mentions
        silent = {at for start, end, _ in agencies for at in range(start, end)}
        mentions = zip(noted.heads, doc.spans.get(MENTIONS, ()), strict=False)
        heads = {head: span for head, span in mentions if head not in silent}
        self.phrases = {head: (span.start, span.end) for head, span in heads.items()}
        self.phrase_kinds = {head: span.label_ for head, span in heads.items()}
        self.links: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        for rows, others, scores in noted.mates:
            probabilities = np.exp(scores)
            for row, column in np.argwhere(probabilities > MIN_LINK).tolist():
                self.links[int(rows[row])].append((int(others[column]), float(probabilities[row, column])))
        assign_entities(self.names, self.texts, self.links)
        self.by_head = {name.head: name for name in self.names}

    def join(self, start: int, end: int) -> str:
        """Put the text of tokens together, line breaks as blanks."""
        return " ".join(self.index.tokens.join(start, end).split())

    def find_sentence(self, token: int) -> int:
        """Find the first token of the sentence of a token."""
        return find_before(self.index.sentences, token + 1) or 0

    def find_paragraph(self, token: int) -> int:
        """Find the number of the paragraph of a token."""
        return max(0, self.index.find_paragraph(token))

    def list_names(self, start: int, end: int) -> list[Name]:
        """List the names that begin in a range of tokens."""
        return list_between(self.names, start, end, START)

    def find_head(self, start: int, end: int) -> int:
        """Find the token by which links know a mention."""
        return start + find_head(self.texts[start:end])

    def _is_dateline(self, start: int, end: int, _kind: str) -> bool:
        """Say whether a name is the agency of a dateline, `ORA (Vell News) — …`, which speaks nowhere."""
        first = self.index.paragraphs[self.find_paragraph(start)].start
        return (
            first < start - 1 < first + MAX_DATELINE
            and self.texts[start - 1] == "("
            and not DASHES.isdisjoint(self.texts[end + 1 : end + 2])
            and (self.texts[first].isupper() or first in self._beside.bodies)
        )

    def _read(self, start: int, end: int, kind: str) -> Name:
        """Read a name, whole words of it, with what stands beside it."""
        while kind == "person" and self._joins(start - 1, start - 2):
            start -= 2
        while kind == "person" and self._joins(end, end + 1):
            end += 2
        text = strip_possessive(self.join(start, end))
        if " " in text:  # a full name is no handle
            text = text.removeprefix("@")
        in_headline = self._headlines[self.find_paragraph(start)]
        name = Name(start, end, self.find_head(start, end), text, fold_name(text), kind, in_headline)
        before = self.texts[start - 1] if start else ""
        if before[:1].isupper() and before.lower() in load_honorifics():
            name.honorific = before.lower()
        for first, last in self._beside.list_ranges(start, end):
            self._add_beside(name, first, last)
        return name

    def _add_beside(self, name: Name, first: int, last: int) -> None:
        """Note what stands beside a name, honorifics apart and without the capital of a sentence."""
        crosses = first < name.start < last
        said = f"{self.join(first, name.start)} {self.join(name.end, last)}" if crosses else self.join(first, last)
        words = said.split()
        while words and words[-1].lower() in load_honorifics():
            name.honorific = words.pop().lower()
        if len(words) > 1 and words[0] in {"now", "currently"}:
            del words[0]
        if words:
            name.ranges.append((first, last))
            if is_description(" ".join(words)):
                name.beside.append(lower_article(" ".join(words)))

    def _joins(self, hyphen: int, beyond: int) -> bool:
        """Say whether the hyphen of a double name stands at a token, and more of the name at another."""
        blanks, is_inside = self.index.tokens.blanks, 0 <= beyond < len(self.texts)
        joined = is_inside and self.texts[hyphen] == "-" and not blanks[hyphen]
        return joined and self.texts[beyond][:1].isupper()


def share_surnames(names: list[Name], texts: list[str]) -> None:
    """Give the first of two people the surname that both have: `Ann and Bob Lee`."""
    people = [name for name in names if name.kind == "person"]
    known = {word for name in people if len(name.words) > 1 for word in (name.words[0], name.words[-1])}
    for one, other in pairwise(people):
        given = one.words[0] in load_given_names() and one.words[0] not in known
        if given and len(other.words) > 1 and texts[one.end : other.start] in (["and"], ["&"]):
            one.text += " " + other.text.split()[-1]
            one.words = fold_name(one.text)


def is_headline(words: list[str]) -> bool:
    """Say whether words are of a headline: five long ones at least, nearly all with a capital."""
    long = [word for word in words if len(word) > 3 and word.isalpha()]
    return len(long) > 4 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)
