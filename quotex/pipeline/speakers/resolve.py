"""Resolve: from the words that stand for a speaker to the speaker."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc, Span, Token

from quotex.pipeline.speakers.entities import Entities, Entity
from quotex.pipeline.speakers.mentions import (
    FIRST,
    NEUTRAL,
    OTHER_PRONOUNS,
    PERSONAL,
    RELATIVES,
    THIRD,
    Mention,
    Mentions,
)
from quotex.pipeline.speakers.names import (
    LOWER_RANKS,
    PREPOSITIONS,
    find_phrase_head,
    is_capital,
    list_callings,
    read_name,
)
from quotex.rules import load_given_names, load_titles
from quotex.types import CONTENT, NAMED_KINDS, PARAGRAPHS, QUOTED, Kind

PHRASE_ENDS = PREPOSITIONS | frozenset(
    "about after against among and as before between but by including is "
    "like than through via was were when while is are be been will would can could may might must should has have "
    "had do does did if because then".split()
)
INDEFINITE = frozenset(["a", "an", "one", "another"])
DEFINITE = frozenset("the this that his her their its".split())
DOCUMENTS = frozenset("book poll report statement study survey".split())  # a bank's report is no bank
MAX_PHRASE = 60  # tokens of a noun phrase with all that belongs to it
MAX_BACK = 400  # tokens; how far back a pronoun looks for a name beyond what the model links
SPOKE_LAST = 0.3  # what it counts for an entity to have spoken last, against a sure link
SUBJECT = 0.25  # the same, to have begun the last sentence of narration that a name began
SURE = 0.5  # share of its links above which a description means a name, and not somebody new
N_LEDE, LEDE_REACH = 2, 150  # paragraphs that begin with "a judge", tokens up to where the judge is named
LIKELY = 0.3  # the same for "the senator" and "the union", which have nearly always been named
# How often a name, or a description that stays without one, is given the right speaker, on polnear_dev
RIGHT: dict[Kind, float] = {"person": 0.98, "org": 0.91, "group": 0.95, "unnamed": 0.95, "other": 0.95}
RIGHT_IF_DEFINITE = 0.6  # the same for "the judge", who may have a name elsewhere
TOPIC = 0.5  # how sure it is that a description means whom the sentences before are about
TOPIC_REACH = 250  # tokens
ASKS, ANSWERS = frozenset(["q", "q.", "question"]), frozenset(["a", "a.", "answer"])
ANSWERER = 0.7  # a guess, as the next
AUTHOR = 0.8  # a guess; the corpora have few such articles
N_BYLINES, MAX_SIGNATURE = 6, 4  # paragraphs at the beginning, words
CLASH = 0.03  # what is left of a link to one whom the article calls "she" where it says "he"
UNUSUAL = 0.3  # the same where only the given name speaks against it
FEW_LINKS = 0.1  # sum of its links up to which what a pronoun is linked to is not taken for all that it may mean
SAID = 0.5  # what is left of a link to somebody whom others only spoke of
LATER = 0.05  # what is left of a link to a later sentence: few pronouns come before the name
SURE_GENDER = 0.8  # share of its links above which a pronoun tells the gender of whom it means
CALLED_SO = 0.6  # what it counts to have been called so before

Shares = dict[Entity, float]
Found = tuple[Entity, float]  # an entity, and how likely it is the right one


class Calling(NamedTuple):
    """What somebody was called: where, who, and in which words, small letters."""

    place: int
    entity: Entity
    words: frozenset[str]


class Resolver:
    """Finds whom mentions mean, in the order of the article."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.mentions = Mentions(doc)
        self.entities = Entities(self.mentions)
        self._shares: dict[int, Shares] = {}  # by head: how likely each entity is meant
        self._meant: dict[int, Found | None] = {}  # by head: whom a pronoun that is a source means
        self._unnamed: dict[str, Entity] = {}
        self._introduced: dict[Entity, Mention] = {}  # where one without a name was spoken of first
        self._called = find_called(self.entities)
        self._quoted = {i for span in doc.spans.get(QUOTED, ()) for i in range(span.start, span.end)}
        self._subjects = self._find_subjects()
        self._said = {i for span in doc.spans[CONTENT] for i in range(span.start, span.end)}
        self._contents = sorted((span.start, span.end, int(span.id_)) for span in doc.spans[CONTENT])
        self._last: dict[Kind, tuple[int, Entity]] = {}  # of each kind, who spoke last, and where
        for mention in self.mentions.all:
            if mention.word in THIRD:
                self._shares[mention.head] = self._share(mention)

    @cached_property
    def _paragraphs(self) -> list[tuple[int, str]]:
        """The paragraphs: where each begins, and its text."""
        return [(span.start, span.text.strip()) for span in self.doc.spans.get(PARAGRAPHS, ())]

    def resolve(self, source: Span, said_by: dict[int, Found]) -> Found | None:
        """Find the speaker whom the words of a source stand for.

        Args:
            source: The words.
            said_by: The speakers of the quotes before, by number.

        Returns:
            The entity, and how likely it is the right one; None where there is none.
        """
        found = self._find(self.mentions.read(source), said_by)
        if found is not None:
            self._last[found[0].kind] = (source.start, found[0])
        return found

    def _find(self, mention: Mention, said_by: dict[int, Found]) -> Found | None:
        word = mention.word
        if word in RELATIVES or word.startswith(("who ", "which ")):
            before = self._find_mention_around(mention) or self._find_phrase_before(mention)
            before = self._find_apposed(before) if before else None
            return self._find(before, said_by) if before else None
        if word in FIRST:
            return self._find_enclosing(mention, said_by)
        if word in ASKS or word in ANSWERS:
            return self._find_answerer(mention) if word in ANSWERS else None
        if word in THIRD:
            if mention.head not in self._meant:
                self._meant[mention.head] = self._find_pronoun(mention)
            return self._meant[mention.head]  # one "he" that said two things is one person
        if word in OTHER_PRONOUNS:
            return None
        if mention.members:
            return self._find_joint(mention), RIGHT["group"]
        if mention.is_name:
            named = self._find_named(mention)
            fuller = self._find_named_later(mention, named) if named.kind == "org" else None
            return (fuller, TOPIC) if fuller else (named, RIGHT[named.kind])
        return self._find_described(mention)

    def _find_named(self, mention: Mention) -> Entity:
        """Find the entity of a name, which may be new: the tagger need not have seen a mention here."""
        known = self.mentions.by_head.get(mention.head)
        if known in self.entities.of and known.name == mention.name:
            return self.entities.of[known]
        return self.entities.add(mention)

    def _find_joint(self, mention: Mention) -> Entity:
        """Find the group of those who speak as one, under their full names."""
        inside = self.mentions.list_between(mention.start, mention.end)
        known = {one.name.text: self.entities.of[one].name for one in inside if one in self.entities.of}
        short = [read_name(member).text for member in mention.members]
        *names, last = [known.get(name, name) for name in short]
        joint = Entity(f"{', '.join(names)} and {last}", "group")
        return self._unnamed.setdefault(joint.name.lower(), joint)

    def _find_subjects(self) -> list[tuple[int, Entity]]:
        """Find the entities that begin a sentence of narration, and where, in order."""
        starts = self.mentions.sentence_starts
        named = ((one.start, entity) for one, entity in self.entities.of.items() if not one.in_headline)
        return sorted((at for at in named if at[0] in starts and at[0] not in self._quoted), key=itemgetter(0))

    def _find_subject(self, mention: Mention, reach: int) -> Entity | None:
        """Find the last of these before a mention, at most `reach` tokens back."""
        place = bisect_left(self._subjects, mention.start, key=itemgetter(0)) - 1
        near = place >= 0 and mention.start - self._subjects[place][0] <= reach
        return self._subjects[place][1] if near else None

    def _find_answerer(self, mention: Mention) -> Found | None:
        """Find who answers in `A: We act now.`: the person named most before the first question."""
        before = Counter(
            entity
            for one, entity in self.entities.of.items()
            if entity.kind == "person" and one.start < mention.start
        )
        return (before.most_common(1)[0][0], ANSWERER) if before else None

    def _find_sentence_end(self, token: int) -> int:
        """Find where the sentence of a token ends; spaCy's own way makes objects, which takes longer."""
        sentences = self.mentions.sentences
        following = int(np.searchsorted(sentences, token, side="right"))
        return int(sentences[following]) if following < len(sentences) else len(self.doc)

    def _find_enclosing(self, mention: Mention, said_by: dict[int, Found]) -> Found | None:
        """Find whose words the mention stands in: "I" and "we" are whoever is speaking, or the author."""
        around = [
            number for start, end, number in self._contents if start <= mention.start < end and number in said_by
        ]
        if around:
            return said_by[around[-1]]
        author = find_author(self._paragraphs, mention.start)
        return (self.entities.get_person(author), AUTHOR) if author else None

    def _find_mention_around(self, mention: Mention) -> Mention | None:
        """Find the mention that a relative clause is part of: `[Ann Lee, a doctor who left]`."""
        at = mention.start
        near = self.mentions.list_between(at - MAX_PHRASE, at)
        around = [one for one in near if at < one.end and one.head < at]
        return min(around, key=lambda one: one.end - one.start, default=None)

    def _find_apposed(self, mention: Mention) -> Mention:
        """Find the name that a description stands beside, `[Ann Lee], now a doctor`; else itself."""
        if mention.is_name or mention.start < 2 or self.doc[mention.start - 1].text != ",":
            return mention
        near = self.mentions.list_between(mention.start - MAX_PHRASE, mention.start)
        ends_here = (one for one in near if one.end == mention.start - 1 and one.is_name)
        return min(ends_here, key=lambda one: one.end - one.start, default=mention)

    def _find_phrase_before(self, mention: Mention) -> Mention | None:
        """Find the noun phrase that a relative pronoun belongs to: `critics who claimed`."""
        end = mention.start
        if end and self.doc[end - 1].text in {",", "(", "-", "–", "—", "--"}:
            end -= 1
        sentence = self.doc[mention.start].sent.start
        start = end
        while start > sentence and (not _ends_phrase(self.doc[start - 1]) or self._joins_place(start - 1)):
            start -= 1
        return self.mentions.read(self.doc[start:end]) if start < end else None

    def _joins_place(self, token: int) -> bool:
        """Say whether a preposition stands between a name and a place: `Ann Lee [of] Maine, who left`."""
        before, joining, after = (self.doc[i].text for i in (max(0, token - 1), token, token + 1))
        return joining in {"of", "from"} and is_capital(before) and is_capital(after)

    def _may_be_person(self, entity: Entity) -> bool:
        introduced = self._introduced.get(entity)
        return introduced is None or self.mentions.is_of_person(introduced.head)

    @cached_property
    def _lede_end(self) -> int:
        """Where the first paragraphs end."""
        return next((start for start, _ in self._paragraphs[N_LEDE:]), len(self.doc))

    def _find_pronoun(self, mention: Mention) -> Found | None:
        """Find whom a pronoun means: by the model's links, and by who spoke last."""
        linked = self._shares.get(mention.head) or self._share(mention)
        total = max(FEW_LINKS, sum(linked.values()))
        gender = PERSONAL.get(mention.word)
        shares: defaultdict[Entity, float] = defaultdict(float)
        for entity, share in linked.items():
            shares[entity] = share / total * _fit(entity, gender)  # again: more is known of them by now
        for kind in find_kinds(mention.word):
            place, last = self._last.get(kind, (-MAX_BACK, None))
            if last and mention.start - place < MAX_BACK:
                shares[last] += SPOKE_LAST * _fit(last, gender)
        subject = self._find_subject(mention, MAX_BACK - 1) if gender else None
        if subject:
            shares[subject] += SUBJECT * _fit(subject, gender) * (subject.kind == "person")
        possible = {one: share for one, share in shares.items() if not gender or self._may_be_person(one)}
        if not possible:
            return None
        entity, share = max(possible.items(), key=itemgetter(1))
        sure = min(1.0, share / max(1.0, sum(possible.values())))
        if entity in self._introduced:  # "the president", who may be somebody named
            entity, share = self._find_described(self._introduced[entity]) or (entity, sure)
            sure = min(share, sure)
        if gender and sure > SURE:
            entity.gender[gender] += 1
        return entity, sure

    def _share(self, mention: Mention) -> Shares:
        """Share a pronoun out over the entities that the model links it to, directly or over earlier pronouns."""
        gender = PERSONAL.get(mention.word)
        linked: defaultdict[Entity, float] = defaultdict(float)
        sentence_end = self._find_sentence_end(mention.head)
        for mate, probability in self.mentions.list_mates(mention.head):
            if gender is None or PERSONAL.get(mate.word, gender) == gender:
                weight = probability * (LATER if mate.start >= sentence_end else 1)
                if mate.head in self._said and mention.head not in self._said:
                    weight *= SAID
                for entity, share in self._share_mate(mate).items():
                    linked[entity] += weight * share
        kinds = find_kinds(mention.word)
        shares = {entity: share * _fit(entity, gender) for entity, share in linked.items() if entity.kind in kinds}
        if gender and shares:
            best, share = max(shares.items(), key=itemgetter(1))
            if share > SURE_GENDER:
                best.gender[gender] += 1
        return shares

    def _share_mate(self, mate: Mention) -> Shares:
        if mate in self.entities.of:
            return {self.entities.of[mate]: 1.0}
        if mate.head in self._shares:
            return self._shares[mate.head]
        if mate.is_pronoun:
            return {}
        beside = self._find_name_after(mate)
        if beside:
            return {beside: 1.0}
        shares: defaultdict[Entity, float] = defaultdict(float)
        for other, probability in self.mentions.list_mates(mate.head):
            if other in self.entities.of:
                shares[self.entities.of[other]] += probability
        if sum(shares.values()) < 1:
            shares[self._get_unnamed(mate)] += 1 - sum(shares.values())
        self._shares[mate.head] = dict(shares)
        return self._shares[mate.head]

    def _find_name_after(self, mention: Mention) -> Entity | None:
        """Find who is named right after: `His guest, [the actress Ann Lee], left`."""
        end = mention.end
        if self.doc[end : end + 1].text != ",":
            return None
        named = (one for one in self.mentions.list_between(end + 1, end + 2) if one in self.entities.of)
        return next((self.entities.of[one] for one in named if self.doc[one.end : one.end + 1].text == ","), None)

    def _find_described(self, mention: Mention) -> Found | None:
        """Find whom a description means: one that the model links it to, one so called before, or nobody named."""
        beside = self._find_name_after(mention)
        if beside:
            return beside, RIGHT[beside.kind]
        text = mention.name.text
        first = text.split(maxsplit=1)[0].lower() if text else ""
        bare = first == find_phrase_head(text)  # "Judge: ...", in a headline
        definite = bare or first in DEFINITE or "'s " in text or "’s " in text
        if mention.name.kind == "group" or not definite:
            named_later = self._find_named_later(mention) if mention.name.kind == "unnamed" else None
            return (named_later, TOPIC) if named_later else (self._get_unnamed(mention), RIGHT["unnamed"])
        head, parties = find_phrase_head(text), find_parties(text)
        of_person = not load_titles().titles.isdisjoint(head.split())
        kinds = ("person",) if of_person else ("org",) if head in load_titles().bodies else NAMED_KINDS
        shares: defaultdict[Entity, float] = defaultdict(float)
        for mate, probability in self.mentions.list_mates(mention.head):
            for entity, share in self._share_mate(mate).items():
                if entity.kind in kinds and not is_of_another(parties, entity):
                    shares[entity] += probability * share
        so_called = self._find_called(text, mention.start)
        if so_called is not None:
            shares[so_called] += CALLED_SO
        if shares:
            entity, share = max(shares.items(), key=itemgetter(1))
            if share > (LIKELY if len(kinds) == 1 else SURE):
                return entity, min(1.0, share)
        introduced = self._find_introduction(mention)
        topic = self._find_topic(mention) if of_person and first == "the" and introduced is mention else None
        return (topic, TOPIC) if topic else (self._get_unnamed(introduced), RIGHT_IF_DEFINITE)

    def _find_topic(self, mention: Mention) -> Entity | None:
        """Find the person whom the sentences before are about: "the senator", for variety, is whoever that is."""
        subject = self._find_subject(mention, TOPIC_REACH)
        if subject is None or any(map(list_callings, subject.descriptions)):
            return None
        return subject if subject.kind == "person" else None

    def _find_introduction(self, mention: Mention) -> Mention:
        """Find where one without a name was spoken of first: `a diplomat`, for `the diplomat`; else itself."""
        head = find_phrase_head(mention.name.text)
        for one in reversed(self.mentions.list_between(mention.start - MAX_BACK, mention.start)):
            introduced = one.text.split(maxsplit=1)[0].lower() in INDEFINITE and not one.is_name
            if introduced and find_phrase_head(one.name.text) == head:
                return one
        return mention

    def _find_called(self, text: str, place: int) -> Entity | None:
        """Find one who was called so before, or, if nobody was, who is called so first after: in a headline.

        Of several it is the one of whom most of the same words were said, and of these the last.
        """
        called = self._called.get(find_phrase_head(text), [])
        words, parties = frozenset(text.lower().split()), find_parties(text)
        called = [calling for calling in called if words >= calling.words & LOWER_RANKS]  # not the vice one
        if parties:
            called = [calling for calling in called if not is_of_another(parties, calling.entity)]
        before = [calling for calling in called if calling.place < place]
        if before:
            return max(before, key=lambda calling: (len(calling.words & words), calling.place)).entity
        return called[0].entity if called else None

    def _find_named_later(self, mention: Mention, short: Entity | None = None) -> Entity | None:
        """Find who is named soon after the first paragraphs spoke of `a judge`, or `House panel`.

        Args:
            mention: What they spoke of.
            short: The body of this name, where it looks like one.
        """
        if mention.start >= self._lede_end:
            return None
        for calling in self._called.get(find_phrase_head(mention.name.text), ()):
            is_near = 0 < calling.place - mention.start < LEDE_REACH
            if is_near and (short is None or self._may_be(short, calling.entity)):
                return calling.entity
        return None

    def _may_be(self, short: Entity, body: Entity) -> bool:
        """Say whether a body named only at first may be another one, with more words and its proper ones."""
        if max(short.places) >= self._lede_end or len(short.words) >= len(body.words):
            return False
        own = {word for word in short.words if self.mentions.is_proper(word)}
        return not own or not own.isdisjoint(body.words)

    def _get_unnamed(self, mention: Mention) -> Entity:
        name = mention.name
        entity = self._unnamed.setdefault(name.text.lower(), Entity(name.text, name.kind))
        self._introduced.setdefault(entity, mention)
        return entity


def find_kinds(pronoun: str) -> tuple[Kind, ...]:
    """Find what kinds of speakers a pronoun may mean."""
    if pronoun in PERSONAL:
        return ("person", "unnamed")
    return ("org", "unnamed", "other") if pronoun in NEUTRAL else ("org", "group", "unnamed")


def find_author(paragraphs: Sequence[tuple[int, str]], place: int) -> str | None:
    """Find who wrote what stands at a token: who signs it, `By Ann Lee`, or `Ann Lee is a teacher.` at the end."""
    signed = (text.rstrip(".") for start, text in paragraphs if start > place)
    bylines = (text.removeprefix("By ") for _, text in paragraphs[:N_BYLINES] if text.startswith("By "))
    ends = (text.split(" is ")[0] for _, text in paragraphs[-1:] if " is " in text)
    for text in (*signed, *bylines, *ends):
        name = read_name(text) if len(text.split()) <= MAX_SIGNATURE else None
        if name and name.kind == "person" and name.text == text and " " in text:
            return text
    return None


def find_called(entities: Entities) -> dict[str, list[Calling]]:
    """Find what each entity may be called elsewhere: by titles, descriptions, words of its name; in order."""
    called: dict[str, list[Calling]] = {}
    for mention, entity in entities.of.items():
        is_person = entity.kind == "person"
        text = (mention.name.description or "") if is_person else mention.name.text
        words = frozenset(text.lower().split())
        head = find_phrase_head(text)
        kinds = frozenset([head]) if head in DOCUMENTS else list_kinds(words)
        for head in list_callings(text) if is_person else kinds:
            called.setdefault(head, []).append(Calling(mention.start, entity, words))
    for callings in called.values():
        callings.sort(key=lambda calling: calling.place)
    return called


def find_parties(text: str) -> frozenset[int]:
    """Find the parties that a description names, by their numbers."""
    parties = load_titles().parties
    return frozenset(parties[word] for word in text.lower().split() if word in parties)


def is_of_another(parties: frozenset[int], entity: Entity) -> bool:
    """Say whether an entity is described as of other parties than these."""
    others = frozenset().union(*map(find_parties, entity.descriptions)) if parties else parties
    return bool(others) and others.isdisjoint(parties)


def list_kinds(words: frozenset[str]) -> frozenset[str]:
    """List what a body may be called that has these words in its name."""
    titles = load_titles()
    kinds = frozenset(kind for kind, marks in titles.kinds.items() if not marks.isdisjoint(words))
    return ((words & titles.bodies) - titles.alone) | kinds


def _fit(entity: Entity, gender: str | None) -> float:
    """Say how well an entity goes with a pronoun: by what the article says, else a little by the given name."""
    if gender is None:
        return 1.0
    if entity.gender:
        return CLASH if entity.clashes(gender) else 1.0
    given = load_given_names().get(entity.words[0]) if entity.words else None
    return UNUSUAL if given and given != gender else 1.0


def _ends_phrase(token: Token) -> bool:
    """Say whether a noun phrase cannot go on to the left over a token."""
    return token.is_punct or token.is_space or token.lower_ in PHRASE_ENDS
