"""Speakers: give each source the entity behind it.

A first layer: pronouns go to the last person named before them, a surname to the fullest name with it.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from operator import itemgetter

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from quotex.pipeline.names import (
    DETERMINERS,
    PREPOSITIONS,
    Name,
    find_head,
    find_personal_name,
    is_capital,
    list_callings,
    read_name,
    strip_possessive,
)
from quotex.types import CONTENT, MENTIONS, QUOTED, SOURCE, SPEAKERS, Kind

PERSONAL = frozenset(["he", "she", "him", "her", "his", "hers", "himself", "herself"])
RESOLVED = PERSONAL | {"they", "it", "their", "its"}
PHRASE_ENDS = PREPOSITIONS | frozenset(
    "about after against among and as before between but by including is "
    "like over than under was were when while".split()
)
RELATIVES = frozenset(["who", "which", "that"])
PRONOUNS = RESOLVED | {"we", "i", "you", "one", "another", "others", "some", "many"}
DEFINITE = re.compile(r"the\s", re.IGNORECASE)
MAX_NAME_WORDS = 4
MAX_BACK = 400  # tokens; how far back a pronoun looks for a name


@dataclass(slots=True)
class _Entity:
    """A speaker in the making."""

    name: str
    kind: Kind
    descriptions: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)


@Language.factory("quotex_speakers", requires=["doc.spans"], assigns=["doc.spans"])
def make_speaker_resolver(nlp: Language, name: str) -> "SpeakerResolver":
    """Build the component that names the speaker behind each source."""
    return SpeakerResolver()


class SpeakerResolver:
    """Reads span groups CONTENT and SOURCE; writes SPEAKERS.

    A span of SPEAKERS is a source with its speaker's id in `id_`; the group's `attrs` hold the speakers' records.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Name the speakers of one Doc."""
        resolution = _Resolution(doc)
        sources = _group_sources(doc)
        contents = {int(span.id_): span for span in reversed(list(doc.spans[CONTENT]))}
        for number in sources:
            resolution.add_quote(number, contents[number], sources[number])
        entities = resolution.entities
        ids = make_ids([entity.name for entity in entities])
        doc.spans[SPEAKERS] = [
            Span(doc, span.start, span.end, span_id=speaker)
            for speaker, entity in zip(ids, entities, strict=True)
            for span in entity.mentions
        ]
        doc.spans[SPEAKERS].attrs.update(
            {
                speaker: {
                    "name": entity.name,
                    "kind": entity.kind,
                    "aliases": entity.aliases,
                    "descriptions": entity.descriptions,
                    "quotes": entity.quotes,
                }
                for speaker, entity in zip(ids, entities, strict=True)
            }
        )
        return doc


def _group_sources(doc: Doc) -> dict[int, list[Span]]:
    """Give each quote's number the spans of its source."""
    groups: dict[int, list[Span]] = {int(span.id_): [] for span in doc.spans[CONTENT]}
    for span in doc.spans[SOURCE]:
        groups[int(span.id_)].append(span)
    return groups


class _Resolution:
    """The entities of one article, gathered in the order of the text: those named, and those who speak."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.entities: list[_Entity] = []  # speakers, in order
        self._details = doc.spans[CONTENT].attrs
        self._by_quote: dict[int, _Entity] = {}
        self._by_name: dict[str, _Entity] = {}
        self._by_surname: dict[str, _Entity] = {}
        self._bodies = {token.i for span in doc.spans[MENTIONS] if span.label_ == "org" for token in span}
        self._people = {token.i for span in doc.spans[MENTIONS] if span.label_ == "person" for token in span}
        self._full_names = find_full_names(doc)
        people = find_people(doc)
        self._described = find_described(people)
        self._subjects = find_subjects(doc, people, self._full_names)
        self._last: dict[Kind, tuple[int, _Entity]] = {}  # of each kind, who spoke last and where
        self._sentence: tuple[int, _Entity] | None = None  # where a sentence begins, and who spoke in it

    def add_quote(self, number: int, content: Span, sources: list[Span]) -> None:
        """Find the speaker of a quote; where no source is named, the one who has the floor."""
        entity = self._resolve(sources[0]) if sources else self._find_floor(number, content)
        if entity is None:
            return
        if not entity.quotes:
            self.entities.append(entity)
        entity.mentions.extend(sources)
        entity.quotes.append(number)
        self._by_quote[number] = entity
        if sources:
            self._last[entity.kind] = (sources[0].start, entity)
            self._sentence = (sources[0].sent.start, entity)

    def _find_floor(self, number: int, content: Span) -> _Entity | None:
        """Find who speaks where nobody is named: who did before, or in the same sentence: `He left, saying`."""
        floor = self._details[str(number)]["floor"]
        if floor is not None:
            return self._by_quote.get(floor)
        same = self._sentence is not None and self._sentence[0] == content.sent.start
        return self._sentence[1] if same and self._sentence else None

    def _resolve(self, source: Span) -> _Entity | None:
        """Find the entity of a source among those already met, or make a new one."""
        text = source.text.lower()
        if text in RELATIVES:
            return self._resolve_relative(source)
        if text in PRONOUNS:
            return self._resolve_pronoun(source, text)
        name = read_name(source.text, body=self._is_body(source))
        if name.kind == "unnamed" and DEFINITE.match(name.text):
            name = self._find_described(source, name.text) or name
        entity = self._find_entity(name) or self._add_entity(name)
        if name.text != entity.name and name.text not in entity.aliases:
            entity.aliases.append(name.text)
        if name.description and name.description not in entity.descriptions:
            entity.descriptions.append(name.description)
        return entity

    def _find_described(self, source: Span, text: str) -> Name | None:
        """Find who a description means: "the mayor", the last one before it who was called a mayor."""
        so_called = self._described.get(find_head(text), [])
        place = bisect_left(so_called, source.start, key=itemgetter(0)) - 1
        return so_called[place][1] if place >= 0 else None

    def _is_body(self, source: Span) -> bool:
        """Say whether the tagger saw a body, and no person, in the first word of the source with a capital."""
        first = next(
            (token.i for token in source if is_capital(token.text) and token.lower_ not in DETERMINERS), -1
        )
        return first in self._bodies and first not in self._people

    def _resolve_relative(self, source: Span) -> _Entity | None:
        """Find who "who" means: the noun phrase before it: `critics who claimed`."""
        end = source.start
        if end and self.doc[end - 1].text == ",":
            end -= 1
        start = end
        while start > source.sent.start and not _ends_phrase(self.doc[start - 1]):
            start -= 1
        return self._resolve(self.doc[start:end]) if start < end else None

    def _resolve_pronoun(self, source: Span, pronoun: str) -> _Entity | None:
        """Find who a pronoun means: he, the last person who spoke or was spoken of; it and they, the last body."""
        if pronoun not in RESOLVED:
            return None
        if pronoun in PERSONAL:
            place = bisect_left(self._subjects, source.start, key=itemgetter(0)) - 1
            named = self._subjects[place] if place >= 0 else None
            spoke = self._last.get("person", (-MAX_BACK, None))
            if named and named[0] > spoke[0] and source.start - named[0] < MAX_BACK:
                return self._find_entity(named[1]) or self._add_entity(named[1])
        kinds: tuple[Kind, ...] = ("person",) if pronoun in PERSONAL else ("org", "group")
        known = [self._last[kind] for kind in kinds if kind in self._last]
        near = [(place, number) for number, (place, _) in enumerate(known) if source.start - place < MAX_BACK]
        return known[max(near)[1]][1] if near else None

    def _find_entity(self, name: Name) -> _Entity | None:
        entity = self._by_name.get(name.text.lower())
        if entity is None and name.kind == "person":
            known = self._by_surname.get(name.text.split()[-1])
            entity = known if known and known.name.endswith(" " + name.text) else None
        return entity

    def _add_entity(self, name: Name) -> _Entity:
        full = self._full_names.get(name.text.split()[-1], "") if name.kind == "person" and name.text else ""
        entity = _Entity(full if full.endswith(" " + name.text) else name.text, name.kind)
        self._by_name.setdefault(entity.name.lower(), entity)
        self._by_name.setdefault(name.text.lower(), entity)
        if name.kind == "person" and " " in entity.name:
            self._by_surname[entity.name.split()[-1]] = entity
        return entity


def _ends_phrase(token: Token) -> bool:
    """Say whether a noun phrase cannot go on to the left over a token."""
    return token.is_punct or token.is_space or token.lower_ in PHRASE_ENDS


def find_full_names(doc: Doc) -> dict[str, str]:
    """Give each surname the full name that the article has most often with it."""
    counts: dict[str, Counter[str]] = {}
    for words in _find_capitals(doc):
        name = find_personal_name(words)
        if name and 1 < name[1] - name[0] <= MAX_NAME_WORDS:
            text = strip_possessive(" ".join(words[slice(*name)]))
            counts.setdefault(text.split()[-1], Counter())[text] += 1
    return {surname: max(names, key=lambda name: (names[name], -len(name))) for surname, names in counts.items()}


def find_people(doc: Doc) -> list[tuple[Span, Name]]:
    """Read the name in each mention of a person; a mention may turn out to have none."""
    return [(span, read_name(span.text)) for span in doc.spans[MENTIONS] if span.label_ == "person"]


def find_subjects(doc: Doc, people: list[tuple[Span, Name]], full_names: dict[str, str]) -> list[tuple[int, Name]]:
    """Find the people whose names begin a sentence of narration, with their places, in order."""
    quoted = {i for span in doc.spans[QUOTED] for i in range(span.start, span.end)}
    subjects = []
    sentence = -1
    for mention, name in people:
        if mention.start in quoted or mention.sent.start == sentence:
            continue
        sentence = mention.sent.start
        known = " " in name.text or name.text in full_names
        if name.kind == "person" and known and mention.start == sentence:
            subjects.append((mention.start, Name(name.text, "person")))
    return subjects


def find_described(people: list[tuple[Span, Name]]) -> dict[str, list[tuple[int, Name]]]:
    """Find the people whom the article says something of: by what they may be called, where, and their name."""
    described: dict[str, list[tuple[int, Name]]] = {}
    for mention, name in people:
        if name.kind == "person" and name.description:
            for calling in list_callings(name.description):
                described.setdefault(calling, []).append((mention.start, Name(name.text, "person")))
    return described


def _find_capitals(doc: Doc) -> Iterator[list[str]]:
    """Yield runs of words with capitals: "Vang A Pao", "Awa Sarr-Diouf"; a common word begins none."""
    words: list[str] = []
    glued = False  # to the word before, by a hyphen
    for token in doc:
        if token.text == "-" and words and not token.whitespace_ and not doc[token.i - 1].whitespace_:
            glued = True
        elif glued:
            words[-1] += "-" + token.text
            glued = False
        elif is_capital(token.text) and (words or not token.is_stop) and not (words and token.is_sent_start):
            words.append(token.text)
        else:
            if len(words) > 1:
                yield words
            words = []
    if len(words) > 1:
        yield words


def make_ids(names: list[str]) -> list[str]:
    """Make ids of names, unique in the article.

    >>> make_ids(["Hun Sen", "Hun Sen", "Renée O’Hara", "?"])
    ['hun-sen', 'hun-sen-2', 'renee-o-hara', 'speaker']
    """
    taken: set[str] = set()
    ids = []
    for name in names:
        plain = unicodedata.normalize("NFKD", name.lower())
        letters = "".join(char for char in plain if not unicodedata.combining(char))
        slug = re.sub(r"[^\w]+", "-", letters).strip("-_") or "speaker"
        candidates = (f"{slug}-{n}" if n > 1 else slug for n in count(1))
        chosen = next(candidate for candidate in candidates if candidate not in taken)
        taken.add(chosen)
        ids.append(chosen)
    return ids
