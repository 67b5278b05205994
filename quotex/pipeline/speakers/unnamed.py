"""Unnamed: people, groups and documents without a name, each under the fullest description there is."""

from collections import defaultdict
from operator import itemgetter

from quotex.pipeline.ranges import find_before
from quotex.pipeline.speakers.chains import Chains
from quotex.pipeline.speakers.entities import MAX_ALIKE, Entity
from quotex.pipeline.speakers.groups import JOINS
from quotex.pipeline.speakers.mentions import Mentions
from quotex.pipeline.speakers.sources import PERSONAL, PRONOUNS, Source, find_phrase_before
from quotex.rules import load_nouns
from quotex.text.phrases import (
    ARTICLES,
    DEMONSTRATIVES,
    DETERMINERS,
    NOUN_ENDS,
    PREPOSITIONS,
    find_gender,
    find_phrase_head,
    lower_article,
    strip_article,
    strip_possessive,
    trim_phrase,
)
from quotex.types import NAMED_KINDS, Kind, Range

POINTING = DEMONSTRATIVES | {"the"}
TRAILING = ("ed", "ing", "'s", "’s", "here", "there", "today")  # what may follow it: `a report released`
MAKING = frozenset(["by", "from", "of"])  # before who made a document
LEADING_ON = PREPOSITIONS | DETERMINERS  # what no phrase ends with
MAX_MADE = 4  # tokens between a document and who made it: `a report published on Monday by Ora`


class Unnamed:
    """Finds or makes the entities behind descriptions."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self._made: dict[str, Entity] = {}
        self._by_noun: defaultdict[tuple[Kind, str], list[Entity]] = defaultdict(list)
        self._chains = Chains(mentions.links, self._find_described, self._is_pronoun)
        self._by_head: dict[int, Entity] = {}  # by the heads of descriptions
        self._documents: dict[str, list[tuple[int, Range]]] = {}  # of words: where, with who made what they mean
        self._places: dict[str, list[int]] = {}  # of words, in small letters
        for at, text in enumerate(mentions.texts):
            self._places.setdefault(text.lower(), []).append(at)

    def get(self, source: Source) -> Entity | None:
        """Find or make the entity of a description; of a pronoun, that of the description it is linked to most."""
        start, end = source.phrase if source.noun else self.find_linked(source)
        head = self.mentions.find_head(start, end) if start < end else -1
        if not source.noun and (head in self._by_head or head in self.mentions.by_head):
            return self._by_head.get(head)  # a name has been ranked
        text = strip_possessive(trim_phrase(self.mentions.join(start, end)))
        if not text or (end - start == 1 and not text[0].isalnum()):
            return None
        kind = self.find_kind(start, end)
        if kind == "other" and text.split()[0].lower() in POINTING:
            start, end = self._find_made(start, end) or (start, end)
            text = self.mentions.join(start, end)
        if kind == "unnamed" and self.mentions.phrase_kinds.get(head) == "org":
            named = self.mentions.list_names(start, end)
            kind, text = "org", strip_article(text) if named else lower_article(text)  # `the Lee campaign`
        entity = self._recall(text, kind) or self._make(text, kind)
        entity.ranges.append((start, end))
        self._by_head[head] = entity
        return entity

    def _make(self, text: str, kind: Kind) -> Entity:
        """Make the entity of a description; the same words are one."""
        key = strip_article(text.lower())
        if key not in self._made:
            self._made[key] = Entity(text, kind)
            self._by_noun[kind, find_phrase_head(text)].append(self._made[key])
        return self._made[key]

    def find_kind(self, start: int, end: int) -> Kind:
        """Find the kind of a speaker without a name, by the words of its description.

        The network marks people and bodies: what is neither, and is not many, is something that was written.
        """
        plurals, texts = load_nouns().plurals, self.mentions.texts
        head = find_noun(self.mentions, start, end)
        word, first = texts[head].lower(), texts[start].lower()
        if is_document(word):
            return "other"
        many = word.endswith("s") and not word.endswith("ss") and first not in {"a", "an", "one"}
        if many or word in plurals or word[0].isdigit() or (first in plurals and end - start < 3):
            return "group"
        named = any(name.kind != "other" for name in self.mentions.list_names(start, end))
        mentioned = any(at in self.mentions.phrases for at in range(start, end))
        return "unnamed" if named or mentioned else "other"

    def find_linked(self, source: Source) -> Range:
        """Find the description that a pronoun is linked to most; its own empty one where there is none."""
        shares = self._chains.share(source.head)
        if not shares:
            return source.phrase
        head = max(shares, key=shares.__getitem__)
        return self._complete(*self.mentions.phrases.get(head, (head, head + 1)))

    def _find_described(self, head: int, at: int) -> int | None:
        mentions, word = self.mentions, self.mentions.texts[at].lower()
        is_noun = at in mentions.phrases or (word.isalpha() and word not in JOINS and at not in mentions.by_head)
        return at if at < head and is_noun and word not in PRONOUNS and self._agrees(head, word) else None

    def _is_pronoun(self, head: int, at: int) -> bool:
        word = self.mentions.texts[at].lower()
        return word in PRONOUNS and self._agrees(head, word)

    def _agrees(self, head: int, word: str) -> bool:
        """Say whether a word may mean whom a pronoun at a token does: no widow is "he"."""
        own = PERSONAL.get(self.mentions.texts[head].lower())
        return own in {None, PERSONAL.get(word) or find_gender(word) or own}

    def _complete(self, start: int, end: int) -> Range:
        """Give a mention that was cut short its whole phrase: `[members of the] Ora Club`, `the rich [clubs]`."""
        texts = self.mentions.texts
        names = self.mentions.list_names(end, end + 1)
        if names and texts[end - 1].lower() in LEADING_ON:
            end = names[0].end
        while end - start > 1 and texts[end - 1].lower() in LEADING_ON:
            end -= 1
        if texts[start].lower() not in DETERMINERS:
            first, _ = find_phrase_before(self.mentions, end)
            known = (at for at in range(start - 1, first - 1, -1) if texts[at].lower() in ARTICLES)
            named = (name.start for name in self.mentions.list_names(first, start) if name.end == start)
            start = next(known, next(named, start))
        return start, end

    def _recall(self, text: str, kind: Kind) -> Entity | None:
        """Find who was described so before, `a nurse at the clinic`; the fuller description stays."""
        noun, words = find_phrase_head(text), set(strip_article(text.lower()).split())
        if text.split()[0].lower() not in POINTING:
            return None
        for entity in reversed(self._by_noun[kind, noun][-MAX_ALIKE:]):
            known = set(strip_article(entity.name.lower()).split())
            if words <= known or known <= words:
                if known < words:
                    entity.name = text
                return entity
        return None

    def _find_made(self, start: int, end: int) -> Range | None:
        """Find where a document is named with who made it, before: `a report by Ora` of `the report`."""
        if self.mentions.list_names(start, end):
            return None
        word = self.mentions.texts[find_noun(self.mentions, start, end)].lower()
        if word not in self._documents:
            read = ((at, self._read_made(at)) for at in self._places[word])
            self._documents[word] = [(at, place) for at, place in read if place]
        last = find_before(self._documents[word], start, itemgetter(0))
        return last[1] if last else None

    def _read_made(self, at: int) -> Range | None:
        """Read a noun with who made what it means: `[a report by Ora]`, `[Ora’s report]`."""
        first, _ = find_phrase_before(self.mentions, at + 1)
        known = [n for n in range(first, at) if self.mentions.texts[n].lower() in DETERMINERS]
        last = self._find_maker(at + 1)
        first = known[-1] if known else at
        return (first, last) if last > at + 1 or self.mentions.list_names(first, at) else None

    def _find_maker(self, start: int) -> int:
        """Find where a document's maker ends that is named behind it; the place given where none is."""
        for at in range(start, min(start + MAX_MADE, len(self.mentions.texts) - 2)):
            if self.mentions.texts[at].lower() in MAKING:
                names = self.mentions.list_names(at + 1, at + 3)
                return names[0].end if names and names[0].kind in NAMED_KINDS else start
            if not self.mentions.texts[at].isalnum():
                break
        return start


def find_noun(mentions: Mentions, start: int, end: int) -> int:
    """Find the noun of a description, which no preposition or participle is: `[report] published by Ora`."""
    inside = {at for name in mentions.list_names(start, end) for at in range(name.start, name.end)}
    words = [text.lower() for text in mentions.texts[start:end]]
    stops = (n for n, word in enumerate(words) if n and start + n not in inside and word in NOUN_ENDS)
    at = start + next(stops, end - start) - 1
    while at > start + 1 and words[at - start].endswith(TRAILING) and not is_document(words[at - start]):
        at -= 1
    return at


def is_document(word: str) -> bool:
    """Say whether a noun, in small letters, is of something that is written or recorded."""
    documents = load_nouns().documents
    return word in documents or to_singular(word) in documents


def to_singular(word: str) -> str:
    """Give the singular of a regular plural.

    >>> [to_singular(word) for word in ("reports", "studies", "analyses")]
    ['report', 'study', 'analysis']
    """
    if word.endswith("yses"):
        return word[:-2] + "is"
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
