"""Entities: the people and bodies of an article, each under all the names that it has there."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log1p

from quotex.pipeline.speakers.mentions import Mention, Mentions
from quotex.pipeline.speakers.names import (
    Name,
    find_nickname,
    fold_name,
    make_initials,
    read_name,
)
from quotex.rules import load_given_names, load_titles
from quotex.types import Kind

ALIKE = {"team": "campaign", "camp": "campaign"}  # the Lee team is the Lee campaign, where there is one
MENTIONED = 0.3  # what it counts for an entity to be mentioned e times as often, against a sure link
MIN_MISSPELT = 6  # letters of a name that may be another one misspelt; shorter ones are often two names
CLASH = 2.0  # what it counts against it to be called "Mr." where it was "Ms." before


@dataclass(eq=False)
class Entity:
    """One person, body, group or description that stands for somebody.

    Attributes:
        name: The fullest name there is.
        kind: person, org, group, unnamed or other.
        forms: How often each name stands in the article.
        descriptions: What is said of it beside the name, in order.
        places: Tokens where it is named, in order.
        gender: Evidence for "he" and for "she", of the article's own words.
        full: What its acronym or its short name stands for, if the article says so.
        honoured: Whether a "Mr." or the like stands before it somewhere.
    """

    name: str
    kind: Kind
    forms: Counter[str] = field(default_factory=Counter)
    descriptions: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    gender: Counter[str] = field(default_factory=Counter)
    honoured: bool = False
    full: str = ""

    def clashes(self, gender: str) -> bool:
        """Say whether the article's own words are against it that this is a "he", or a "she"."""
        return 2 * self.gender[gender] < self.gender.total()

    def may_be(self, gender: str) -> bool:
        """Say whether this may be a "Mr.", or a "Mrs.": by what the article says, else by the given name."""
        if self.gender:
            return not self.clashes(gender)
        given = load_given_names().get(self.words[0], gender) if len(self.words) > 1 else gender
        return given == gender

    @property
    def nicknames(self) -> tuple[str, ...]:
        """The nickname in the name, folded: `Robert "Bobby" Scott`."""
        nickname = find_nickname(self.name)
        return (nickname,) if nickname else ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name, folded, without suffixes: ("bill", "de", "blasio")."""
        return fold_name(self.name)

    def add(self, mention: Mention) -> None:
        """Note a place where it is named."""
        name = mention.name
        self.forms[name.text] += not mention.in_headline  # where every word has a capital, names have no end
        self.places.append(mention.start)
        if name.description and name.description not in self.descriptions:
            self.descriptions.append(name.description)
        self.honoured = self.honoured or bool(name.honorific)
        if mention.gender:
            self.gender[mention.gender] += 1


class Entities:
    """All named entities of an article; who is who is decided over the whole of it.

    Attributes:
        of: The entity of each mention that has a name.
    """

    def __init__(self, mentions: Mentions) -> None:
        self.of: dict[Mention, Entity] = {}
        self._mentions = mentions
        self._people: dict[str, list[Entity]] = {}  # by the last word of their names, and by the first
        self._bodies: dict[str, list[Entity]] = {}  # by the last word, by the first, and by initials
        named = [mention for mention in mentions.all if mention.is_name]
        # the fullest first: what is short finds what it is short for, wherever in the article that stands
        for mention in sorted(named, key=rank_fullness):
            self.add(mention)
        entities = self.list_all()
        for entity in entities:
            entity.name = choose_name(entity)
        taken = {entity.words for entity in entities}
        for entity in entities:
            if entity.kind == "person" and len(entity.words) == 1:
                entity.name = self._find_full_name(entity, taken) or entity.name

    def list_all(self) -> list[Entity]:
        """List every entity once, in the order of the article."""
        return sorted(set(self.of.values()), key=lambda entity: min(entity.places))

    def add(self, mention: Mention) -> Entity:
        """Find or make the entity of a name."""
        entity = self._find(mention) or self._make(mention.name)
        self.of[mention] = entity
        entity.add(mention)
        return entity

    def get_person(self, name: str) -> Entity:
        """Find or make the person of a full name."""
        known = self._people.get(fold_name(name)[-1], ())
        return next((entity for entity in known if entity.name == name), None) or self._make(Name(name, "person"))

    def _find(self, mention: Mention) -> Entity | None:
        words = fold_name(mention.name.text)
        if not words:
            return None
        if mention.name.kind == "org":
            return self._find_body(mention, words)
        known = self._people.get(words[-1], ())
        found = [entity for entity in known if is_same_person(words, entity.words, entity.nicknames)]
        if mention.gender and len(words) == 1:
            found = [entity for entity in found if entity.may_be(mention.gender)]
        if not found and not mention.name.honorific:
            found = [entity for entity in self._bodies.get(words[0], ()) if is_company(words, entity.words)]
            found = found or self._make_company(words)
        return self._choose(mention, found)

    def _find_body(self, mention: Mention, words: tuple[str, ...]) -> Entity | None:
        words = tuple(ALIKE.get(word, word) for word in words)
        known = [*self._bodies.get(words[-1], ()), *self._bodies.get(words[0], ())]
        exact = [entity for entity in known if entity.words == words]
        return self._choose(mention, exact or [entity for entity in known if is_short_for(words, entity.words)])

    def _make_company(self, words: tuple[str, ...]) -> list[Entity]:
        """Make the company that a name is short for, where the tagger saw none: "Danske Energy" for "Danske"."""
        names = self._mentions.full_names.get(words[0], ())
        longer = (name for name in names if len(fold_name(name)) > len(words))
        full = next((name for name in longer if is_company(words, fold_name(name))), None)
        if full is None:
            return []
        company = self._make(Name(full, "org"))
        company.full = full
        return [company]

    def _find_full_name(self, entity: Entity, taken: set[tuple[str, ...]]) -> str | None:
        """Find the name that a surname stands for, where the tagger saw none, and which nobody else has."""
        (surname,) = entity.words
        found: Counter[str] = Counter()
        for text in self._mentions.full_names.get(surname, ()):
            name = read_name(text)
            words = fold_name(name.text)
            family_first = entity.honoured and words[:1] == (surname,)  # Mr. Ban is Ban Ki-moon
            free = name.kind == "person" and len(words) > 1 and words not in taken
            if free and (words[-1] == surname or family_first):
                found[name.text] += 1
        if found:
            return max(found, key=lambda name: (fold_name(name)[-1] == surname, found[name]))
        forms = {form: fold_name(form) for form in entity.forms}
        in_headline = [form for form, words in forms.items() if len(words) > 1 and words[-1] == surname]
        if in_headline:
            return min(in_headline, key=len)
        beside = {name for name in self._mentions.given_names.get(surname, ()) if fold_name(name) not in taken}
        beside = {name for name in beside if not entity.clashes(load_given_names().get(fold_name(name)[0], "he"))}
        if len(beside) == 1:
            return beside.pop()
        people = (person for persons in self._people.values() for person in persons if len(person.words) > 1)
        misspelt = {person.name for person in people if is_misspelt(surname, person.words[-1])}
        return misspelt.pop() if len(misspelt) == 1 else None

    def _choose(self, mention: Mention, found: list[Entity]) -> Entity | None:
        """Choose among those that a name may mean: by links, gender, and how often each is named."""
        if len(found) < 2:
            return found[0] if found else None
        linked: defaultdict[Entity, float] = defaultdict(float)
        for mate, probability in self._mentions.list_mates(mention.head):
            if mate in self.of:
                linked[self.of[mate]] += probability

        def weigh(entity: Entity) -> float:
            clash = mention.gender is not None and entity.clashes(mention.gender)
            return linked[entity] + MENTIONED * log1p(len(entity.places)) - CLASH * clash

        return max(found, key=weigh)

    def _make(self, name: Name) -> Entity:
        entity = Entity(name.text, name.kind)
        if name.kind == "org":
            entity.full = self._mentions.acronyms.get("".join(entity.words), "")
            entity.name = entity.full or name.text
        words = entity.words
        table = self._people if name.kind == "person" else self._bodies
        keys = {words[0], words[-1], *entity.nicknames} if words else set()
        if name.kind == "org":
            keys |= make_initials(entity.name) | set(fold_name(name.text)[:1])
        for key in keys:
            table.setdefault(key, []).append(entity)
        return entity


def rank_fullness(mention: Mention) -> tuple[bool, int, bool, int]:
    """Rank mentions: no headline, many words, a "Mr." before a surname, early in the article."""
    name = mention.name
    return mention.in_headline, -len(fold_name(name.text)), not name.honorific, mention.start


def is_same_person(words: tuple[str, ...], known: tuple[str, ...], nicknames: Sequence[str] = ()) -> bool:
    """Say whether two folded names may be one person's.

    >>> is_same_person(("clinton",), ("hillary", "clinton")), is_same_person(("bill", "lee"), ("ann", "lee"))
    (True, False)
    """
    if len(words) == 1:
        return words[0] in (known[0], known[-1], *nicknames)
    if words[-1] != known[-1]:
        return False
    short, long = sorted((words, known), key=len)
    if long[-len(short) :] == short:
        return True
    one, other = words[0], known[0]
    return one == other or one in nicknames or (min(len(one), len(other)) == 1 and one[0] == other[0])


def is_short_for(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Say whether a folded name is short for a body's: its end, its initials, "Danske" for "Danske Energy"."""
    if len(words) >= len(known):
        return False
    initials = len(words) == 1 and words[0] in make_initials(" ".join(known))
    return initials or words == known[-len(words) :] or is_company(words, known)


def is_company(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Say whether a folded name is that of a company without what it does: "Danske" for "Danske Energy"."""
    return words == known[: len(words)] and load_titles().companies.issuperset(known[len(words) :])


def is_misspelt(word: str, other: str) -> bool:
    """Say whether two long words are the same but for a letter in one or in each.

    >>> is_misspelt("mclenney", "mcclenney"), is_misspelt("olsson", "ollson"), is_misspelt("walker", "weaver")
    (True, True, False)
    """
    if word[0] != other[0] or min(len(word), len(other)) < MIN_MISSPELT:
        return False
    lacking, lacking_too = ({one[:i] + one[i + 1 :] for i in range(len(one))} | {one} for one in (word, other))
    return not lacking.isdisjoint(lacking_too)


def choose_name(entity: Entity) -> str:
    """Choose the fullest name, but not for words before it that the article mostly leaves out."""
    forms = +entity.forms or entity.forms  # those of headlines, counted 0, only where there are no others
    if entity.full:
        return entity.full
    if entity.kind == "org":
        return max(forms, key=lambda form: (len(fold_name(form)), forms[form]))
    full = [form for form in forms if len(fold_name(form)) > 1] or list(forms)
    usual = max(full, key=lambda form: (forms[form], -len(form)))
    words = fold_name(usual)
    if not words:
        return usual
    # a name with more before it is fuller, unless another given name stands there; titles are stripped already
    fuller = [form for form in full if fold_name(form)[-len(words) :] == words or fold_name(form)[0] == words[0]]
    fuller += [form for form in full if find_nickname(form)]
    return max(fuller, key=lambda form: (fold_name(form)[-1:] == words[-1:], len(form)))
