"""Mentions: the names of an article, what stands beside them, and learned links between mentions (coreference).

Fields of the Doc in, plain objects out; who is who is decided by `entities` and `ranking`.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from spacy.tokens import Doc

from quotex.model.heads import find_head
from quotex.pipeline.speakers.names import Words, find_gender, fold_name, strip_possessive
from quotex.pipeline.tokens import find_sentence_starts, read_tokens
from quotex.rules import load_titles
from quotex.types import BESIDE, MENTIONS, NAMES, PARAGRAPHS, QUOTED

MIN_LINK = 0.02  # probability under which a link is not worth a thought
MAX_GAP = 2  # tokens between a name and what stands beside it: a comma, "the"
GAPS = frozenset(", ( [ — – -- - : the a an".split())  # but not "and": `Ann Lee and the mayor of Ora`


@dataclass(eq=False, slots=True)
class Name:
    """One place where a person, body or place is named.

    Attributes:
        start: First token.
        end: The token after the last.
        head: The token that links go to.
        text: Its words.
        words: The same, folded.
        kind: person, org, place or other.
        honorific: The honorific before it, in small letters; "" for none.
        beside: Titles and descriptions beside it, in order.
        in_headline: Whether it stands in a paragraph of capitals.
    """

    start: int
    end: int
    head: int
    text: str
    words: Words
    kind: str
    honorific: str
    beside: list[str]
    in_headline: bool

    @property
    def gender(self) -> str | None:
        """The pronoun that goes with what is said beside the name."""
        genders = {find_gender(text) for text in (self.honorific, *self.beside)} - {None}
        return genders.pop() if len(genders) == 1 else None


class Mentions:
    """What the tagger said of an article, to be asked by token.

    Attributes:
        texts: Texts of the tokens.
        names: In order; none over another.
        sentences: First tokens of the sentences, in order.
        paragraphs: First tokens of the paragraphs, in order.
        quoted: Tokens inside quotation marks.
        phrases: Tokens of other mentions, by their heads.
        phrase_kinds: Whether these are of a person or of a body, likewise.
        links: By token: tokens that may stand for the same one, with the probability of each.
    """

    def __init__(self, doc: Doc) -> None:
        self._tokens = read_tokens(doc)
        self.texts = self._tokens.texts
        self.sentences = find_sentence_starts(doc).tolist()
        spans = list(doc.spans.get(PARAGRAPHS, ()))
        self.paragraphs = [span.start for span in spans] or [0]
        self._headlines = [is_headline(self.texts[span.start : span.end]) for span in spans] or [False]
        self.quoted = frozenset(i for span in doc.spans.get(QUOTED, ()) for i in range(span.start, span.end))
        self._besides = [(span.start, span.end, span.label_) for span in doc.spans.get(BESIDE, ())]
        self.names = [self._read(span.start, span.end, span.label_) for span in doc.spans.get(NAMES, ())]
        self.names = [name for name in self.names if name.words]
        self._starts = [name.start for name in self.names]
        group = doc.spans.get(MENTIONS)
        attrs = group.attrs if group is not None else {}
        self.phrases = {  # mentions that are more than a name, by their heads
            head: (span.start, span.end) for head, span in zip(attrs.get("heads", ()), group or (), strict=False)
        }
        self.phrase_kinds = {
            head: span.label_ for head, span in zip(attrs.get("heads", ()), group or (), strict=False)
        }
        self._windows = attrs.get("mates", ())

    @cached_property
    def links(self) -> dict[int, list[tuple[int, float]]]:
        """Links by token."""
        links: dict[int, list[tuple[int, float]]] = {}
        for rows, others, scores in self._windows:
            probabilities = np.exp(scores)
            for row, column in np.argwhere(probabilities > MIN_LINK).tolist():
                links.setdefault(int(rows[row]), []).append(
                    (int(others[column]), float(probabilities[row, column]))
                )
        return links

    def join(self, start: int, end: int) -> str:
        """Put the text of tokens together, line breaks as blanks."""
        return " ".join(self._tokens.join(start, end).split())

    def find_sentence(self, token: int) -> int:
        """Find the first token of the sentence of a token."""
        return int(self.sentences[max(0, bisect_right(self.sentences, token) - 1)]) if self.sentences else 0

    def find_paragraph(self, token: int) -> int:
        """Find the number of the paragraph of a token."""
        return max(0, bisect_right(self.paragraphs, token) - 1)

    def list_names(self, start: int, end: int) -> list[Name]:
        """List the names that begin in a range of tokens."""
        return self.names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def find_head(self, start: int, end: int) -> int:
        """Find the token by which links know a mention."""
        return start + find_head(self.texts[start:end])

    def _read(self, start: int, end: int, kind: str) -> Name:
        """Read a name, whole words of it, with what stands beside it."""
        while kind == "person" and start > 1 and self._joins(start - 1) and self.texts[start - 2][:1].isupper():
            start -= 2
        while (
            kind == "person"
            and end + 1 < len(self.texts)
            and self._joins(end)
            and self.texts[end + 1][:1].isupper()
        ):
            end += 2
        while end - start > 1 and self.texts[end - 1] in {"'s", "’s", "'", "’"}:
            end -= 1
        text = strip_possessive(self.join(start, end))
        if start and not self._tokens.blanks[start - 1] and self.texts[start - 1] == "@":
            text = "@" + text
        honorific, beside = "", []
        for first, last in self._list_besides(start, end):
            said = self.join(first, last)
            word = said.rsplit(" ", 1)[-1].lower()
            if word in load_titles().honorifics:
                honorific = word
                said = said[: -len(word)].strip()
            if said:
                beside.append(said)
        if not honorific and start and self.texts[start - 1].lower() in load_titles().honorifics:
            honorific = self.texts[start - 1].lower()
        in_headline = self._headlines[self.find_paragraph(start)]
        return Name(
            start, end, self.find_head(start, end), text, fold_name(text), kind, honorific, beside, in_headline
        )

    def _joins(self, token: int) -> bool:
        """Say whether a token is the hyphen of a double name."""
        blanks = self._tokens.blanks
        return self.texts[token] == "-" and not blanks[token - 1] and not blanks[token]

    def _list_besides(self, start: int, end: int) -> list[tuple[int, int]]:
        """List what stands before a name or after it, with at most a comma and "the" between."""
        near = self._besides[max(0, bisect_left(self._besides, (start,)) - 1) :][:3]
        return [
            (first, last)
            for first, last, label in near
            if self._adjoins(last, start, MAX_GAP - 1)
            or (label != "title" and first > end and self._adjoins(end, first, MAX_GAP))
        ]

    def _adjoins(self, end: int, start: int, most: int) -> bool:
        """Say whether hardly anything stands between what ends at a token and what begins at another."""
        gap = self.texts[end:start]
        return 0 <= start - end <= most and all(word.lower() in GAPS for word in gap)


def is_headline(words: list[str]) -> bool:
    """Say whether words are of a headline: five long ones at least, nearly all with a capital."""
    long = [word for word in words if len(word) > 3 and word.isalpha()]
    return len(long) > 4 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)
