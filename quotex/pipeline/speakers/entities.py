"""Entities: the people and bodies of an article, each under all the names that it has there.

Source: exact names before looser ones over a whole text, as in the sieves of Lee et al. 2011 (CoNLL); the tests of
whether two names go together are ours.
"""

import re
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise, takewhile
from typing import cast

from quotex.pipeline.ranges import START, find_before
from quotex.pipeline.speakers.chains import Links
from quotex.rules import load_given_names
from quotex.text.names import (
    Words,
    find_nickname,
    fold_full_name,
    fold_name,
    is_acronym,
    is_same_person,
    is_short_for,
    list_misspelt,
    list_title_acronyms,
    make_initials,
)
from quotex.text.phrases import PREPOSITIONS, find_gender, find_phrase_head, strip_article
from quotex.types import Kind, Pronoun, Range

# These bound the time; no news comes near them.
MAX_ALIKE = 40  # entities that share a word with a name and are compared with it, the latest
MAX_FORMS = 40  # names of one entity that another name is compared with, the fullest
MAX_DESCRIPTIONS = 100  # of one entity
MIN_ACRONYM = 3  # letters of one that abbreviates a title
MORE_OFTEN = 3  # times that a name is used for each time of the one that goes on from it
LINKED = 0.5  # probability of a link from which on a name is taken to be short for another
FORMER = re.compile(r"former(?:ly)?$|one-?time$|erstwhile$|ex-|ex$|then(?:-|$)", re.IGNORECASE)
SPEAKING: dict[str, Kind] = {"person": "person", "org": "org", "place": "org", "other": "other"}  # places: states


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
        in_headline: Whether it stands in a paragraph of capitals.
        honorific: The honorific before it, in small letters; "" for none.
        beside: Titles and descriptions beside it, in order, each with its body where that stands there, too.
        ranges: The tokens of each of them.
        entity: Whose it is.
    """

    start: int
    end: int
    head: int
    text: str
    words: Words
    kind: str
    in_headline: bool
    honorific: str = ""
    beside: list[str] = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)
    entity: "Entity" = field(init=False)

    @property
    def gender(self) -> str | None:
        """The pronoun that goes with what is said beside the name."""
        genders = {find_gender(text) for text in (self.honorific, *self.beside)} - {None}
        return genders.pop() if len(genders) == 1 else None


@dataclass(eq=False)
class Entity:
    """One person, body, thing, group or description that stands for somebody.

    Attributes:
        name: The fullest name there is, or the description.
        kind: person, org, group, unnamed or other.
        forms: How often each name stands in the article.
        descriptions: What is said of it beside the name, in order.
        called: Descriptions that mean it, at other places.
        ranges: The tokens of all that is said of it, by which its body is found.
        names: Where it is named, in order.
        gender: Evidence for "he" and for "she", of the article's own words.
        honorifics: How often an honorific that goes with which of the two stands before its name.
        pronouns: How often the article uses which pronoun for it, or a title that goes with one.
        is_place: Whether it is a place that may speak.
    """

    name: str
    kind: Kind
    forms: Counter[str] = field(default_factory=Counter)
    descriptions: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    gender: Counter[str] = field(default_factory=Counter)
    honorifics: Counter[str] = field(default_factory=Counter)
    pronouns: Counter[str] = field(default_factory=Counter)
    is_place: bool = False

    @property
    def words(self) -> Words:
        """The words of the name, folded."""
        return fold_name(self.name)

    @property
    def pronoun(self) -> Pronoun | None:
        """The pronoun that the article uses most; None where it uses none, or two as often."""
        (best, most), (_, second) = [*self.pronouns.most_common(2), ("", 0), ("", 0)][:2]
        return cast(Pronoun, best) if most > second else None

    def clashes(self, gender: str) -> bool:
        """Say whether the article's own words are against it that this is a "he", or a "she"."""
        return 2 * self.gender[gender] < self.gender.total()

    def may_be(self, gender: str) -> bool:
        """Say whether no honorific is against it: Mr Lee is never "she", whatever links say."""
        return not self.honorifics or bool(self.honorifics[gender])

    def fits(self, gender: str) -> float:
        """Say how well it goes with a pronoun, -1 to 1: by what the article says, else by a given name."""
        if self.gender:
            return -1.0 if self.clashes(gender) else 1.0
        known = load_given_names()
        given = next((known[word] for word in self.words[:-1] if word in known), None)
        return 0.0 if given is None else 0.5 if given == gender else -0.5

    def add_descriptions(self, texts: Sequence[str]) -> None:
        """Note what is said of it; of two that overlap the longer stays."""
        for text in texts:
            known = self.descriptions
            if len(known) < MAX_DESCRIPTIONS and not any(holds(one, text) for one in known):
                self.descriptions = [one for one in known if not holds(text, one)] + [text]

    def list_descriptions(self) -> list[str]:
        """List the descriptions, those of the present before former ones; else what it is called elsewhere."""
        return sorted(self.descriptions or self.called[:1], key=is_former)

    def add(self, name: Name) -> None:
        """Note a place where it is named."""
        name.entity = self
        self.forms[name.text] += not name.in_headline
        self.names.append(name)
        self.add_descriptions(name.beside)
        self.ranges += name.ranges
        if by_title := find_gender(name.honorific):
            self.pronouns[by_title] += 1
            self.honorifics[by_title] += 1
        if name.gender:
            self.gender[name.gender] += 1


def is_former(description: str) -> bool:
    """Say whether a description is of the past: "ex-mayor", but not "an aide to the former mayor"."""
    core = takewhile(lambda word: word.lower() not in PREPOSITIONS, description.split())
    return any(FORMER.match(word) for word in core)


def holds(long: str, short: str) -> bool:
    """Say whether a description has all that another says: "the mayor of Ora", "Mayor"."""
    return f" {strip_article(short)} ".casefold() in f" {strip_article(long)} ".casefold()


def assign_entities(names: Sequence[Name], texts: Sequence[str], links: Links) -> None:
    """Decide over a whole article which names are one person or body, and note it with each.

    The fullest names come first: what is short finds what it is short for, wherever in the article that stands.

    Args:
        names: In order.
        texts: Texts of the tokens.
        links: By token: tokens that may stand for the same one, with the probability of each.
    """
    acronyms = find_acronyms(names, texts)
    kinds = vote_kinds(names, acronyms)
    places: defaultdict[Words, list[Name]] = defaultdict(list)
    for name in names:
        places[name.words].append(name)
    index: defaultdict[tuple[str, str], dict[Entity, None]] = defaultdict(dict)  # by kind and word, in order
    by_head: dict[int, Entity] = {}
    firsts: dict[Words, Entity] = {}  # by full name, of those that have an acronym
    bodies: defaultdict[str, list[Name]] = defaultdict(list)  # in order, by the noun of the name
    fullest = sorted(names, key=lambda name: (name.in_headline, -len(name.words), name.start))
    for name in fullest:
        kind, words = kinds[name.words], name.words
        keys = dict.fromkeys([words[0], words[-1], "".join(words)])
        latest = ([*islice(reversed(index[kind, word]), MAX_ALIKE)] for word in keys)
        known = dict.fromkeys(one for some in latest for one in reversed(some))
        entity = choose(name, [one for one in known if is_same(name, one, kind)])
        entity = entity or firsts.get(acronyms.get(words, ())) or find_linked(places[words], links, by_head)
        if entity is None and kind == "org" and is_noun(name, texts):
            before = find_before(bodies[words[0]], name.start, START)
            entity = before.entity if before else None
        if kind == "org" and len(words) > 1:
            for noun in {words[-1], find_phrase_head(" ".join(words))}:
                insort(bodies[noun], name, key=START)
        entity = entity or Entity(name.text, SPEAKING[kind], is_place=kind == "place")
        for word in (*keys, find_nickname(name.text), *list_initials(name.text)):
            index[kind, word][entity] = None
        by_head[name.head] = entity
        firsts.setdefault(words, entity)
        entity.add(name)
    entities = dict.fromkeys(name.entity for name in fullest)
    for entity in entities:
        entity.name = choose_name(entity)
    people = [entity for entity in entities if entity.kind == "person"]
    join_misspelt(people)
    join_acronyms(people, [entity for entity in entities if entity.kind == "org" and not entity.is_place])
    for entity in entities:
        entity.names.sort(key=START)


def is_noun(name: Name, texts: Sequence[str]) -> bool:
    """Say whether a body is only called by its noun, which stands for a name before: `the Times`, not `the UN`."""
    is_definite = name.start > 0 and texts[name.start - 1].lower() == "the"
    return is_definite and len(name.words) == 1 and not name.text.isupper()


def find_linked(places: Sequence[Name], links: Links, by_head: Mapping[int, Entity]) -> Entity | None:
    """Find the body with a longer name to which one of the places of a name of its words is linked: `the Post`."""
    linked = (
        by_head[head]
        for name in places
        for head, probability in links.get(name.head, ())
        if probability > LINKED and head in by_head
    )
    return next((one for one in linked if one.kind == "org" and set(places[0].words) < set(one.words)), None)


def vote_kinds(names: Sequence[Name], acronyms: Mapping[Words, Words]) -> dict[Words, str]:
    """Say of what kind most of the places of each name are.

    What has an acronym is voted on together with it, and is nobody in person.
    """
    votes: defaultdict[Words, Counter[str]] = defaultdict(Counter)
    for name in names:
        votes[acronyms.get(name.words, name.words)][name.kind] += 1 + (len(name.words) > 1)
    for full in acronyms.values():
        votes[full]["person"] = 0
        votes[full]["org"] += 1  # where nobody says what else it is
    kinds = {words: count.most_common(1)[0][0] for words, count in votes.items()}
    return kinds | {words: kinds[full] for words, full in acronyms.items()}


def find_acronyms(names: Sequence[Name], texts: Sequence[str]) -> dict[Words, Words]:
    """Find what acronyms in brackets stand for: `Fund for Clean Water (FCW)`, but not `Ann Lee (NUP)`."""
    found = {}
    for full, short in pairwise(names):
        bracketed = short.start == full.end + 1 and texts[full.end] == "("
        short_for = bracketed and len(short.words) == 1 and short.text.isupper()
        body = full.kind != "person" and len(full.words) > 1
        if short_for and (body or is_acronym(short.words[0], full.text)):
            found[short.words] = full.words
    return found


def is_same(name: Name, entity: Entity, kind: str) -> bool:
    """Say whether a name may be an entity's, which has longer ones or the same."""
    texts = list(islice(entity.forms, MAX_FORMS))
    if kind != "person":
        forms = {fold_name(text) for text in texts}
        return any(name.words == form or is_short_for(name.words, form) for form in forms)
    nicknames = [nickname for text in texts if (nickname := find_nickname(text))]
    initials = name.words[0] if len(name.words) == 1 and name.text.isupper() else ""  # `AL: Why?`
    short = bool(initials) and any(initials in list_initials(text) for text in texts)
    if not short and not any(is_same_person(name.words, fold_name(text), nicknames) for text in texts):
        return False
    return not name.gender or not entity.clashes(name.gender)


def list_initials(text: str) -> set[str]:
    """List the acronyms that a name may have, a letter for each part of a double name: `Ann Lee-Moe`, ALM."""
    return make_initials(" ".join(fold_full_name(text)))


def choose(name: Name, found: list[Entity]) -> Entity | None:
    """Choose among those that a name may mean: whose name ends in it, then the one named most."""
    return max(
        found,
        key=lambda entity: (
            entity.words == name.words,
            entity.fits(name.gender) if name.gender else 0.0,
            entity.words[-1:] == name.words[-1:],
            len(entity.names),
        ),
        default=None,
    )


def choose_name(entity: Entity) -> str:
    """Choose the fullest name; one of several words that is not only in a headline, if there is one.

    A body's that goes on from a name that is used far more often is another one's: `Ora Ferries Pension Fund`.
    """
    forms = entity.forms
    full = [form for form, count in forms.items() if count and len(fold_name(form)) > 1] or list(forms)
    best = max(full, key=lambda form: (len(fold_name(form)), forms[form]))
    usual = [form for form in full if best.startswith(f"{form} ") and forms[form] >= MORE_OFTEN * forms[best]]
    return usual[0] if usual and entity.kind == "org" else best


def join_misspelt(people: Sequence[Entity]) -> None:
    """Join a surname that is nobody's to the one whose it is with a letter wrong."""
    full: defaultdict[str, list[Entity]] = defaultdict(list)
    for person in people:
        for spelling in list_misspelt(person.words[-1]) if len(person.words) > 1 else ():
            full[spelling].append(person)
    for person in people:
        if len(person.words) == 1:
            alike = {one for spelling in list_misspelt(person.words[0]) for one in full[spelling]}
            if len(alike) == 1:
                move_names(person, alike.pop())


def join_acronyms(people: Sequence[Entity], bodies: Sequence[Entity]) -> None:
    """Join an acronym that is no known body's to the one person whose present title it abbreviates: `the IGP`."""
    short = [one for one in bodies if len(one.words) == 1 and all(map(str.isupper, one.forms))]
    meant: defaultdict[str, dict[Entity, None]] = defaultdict(dict)
    for person in people if short else ():
        for title in person.descriptions:
            for acronym in list_title_acronyms(title) if not is_former(title) else ():
                meant[acronym][person] = None
    for body in short:
        (word,) = body.words
        if len(word) >= MIN_ACRONYM and len(meant[word]) == 1:
            move_names(body, next(iter(meant[word])))


def move_names(one: Entity, other: Entity) -> None:
    """Make all names of one entity names of another."""
    for name in one.names:
        other.add(name)
    one.names.clear()
