"""Stand-ins: names replaced by the words that writers put in their place, to learn whom these mean.

In news, where an article names Senator Ann Lee and later says "Lee", we know whom a "she" or "the senator" in that
place would mean; where it names the Senate Finance Committee twice, whom "it" or "the committee" would. Which
pronoun it is goes by the given name; only training uses that.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from models.news_en.training.callings import (
    ARTICLES,
    FULL_NAME,
    OWNERS,
    Calling,
    Callings,
    read_after,
    read_before,
    read_person,
)
from quotex.model.encode import CLOSING, OPENING, Encoder
from quotex.model.heads import POSSESSIVES, find_head
from quotex.pipeline.speakers.names import fold_name, make_initials
from quotex.pipeline.speakers.runs import Run, find_runs, join_runs
from quotex.rules import load_titles
from quotex.training.examples import Edit, Example, Mates, Words, replace_words

SHARE = 0.5  # of the names that something could stand in for
SHARE_DESCRIBED = 0.35  # of these, that get a description, where a pronoun is possible too
SHARE_BARE = 0.4  # of the descriptions that are the head only, "the senator"
SHARE_LOCAL = 0.6  # of the descriptions that are of the same article, where it has some
SUBJECT_AFTER = frozenset(
    ". ? ! , ; : ” and or but that when as if because since while whether where which why how what said "
    "says".split()
)
SENTENCE_ENDS = frozenset(".?!")
IN_BODIES = frozenset(["of", "for", "on"])  # inside the names of bodies
FORMS = {"he": ("he", "him", "his"), "she": ("she", "her", "her"), "it": ("it", "it", "its")}
NO_KINDS = frozenset(  # words in the names of bodies that do not say what these are
    "book coal electric energy exchange forces front guard holdings inc inc. industries journal lab ltd mission "
    "monitor motors movement nations news office pharmaceuticals post press radio report service services "
    "statement".split()
)
USED_BEFORE = frozenset(  # what names stand before: "the Clinton campaign" is not she
    "administration aides allies analysis backers camp campaign delegate delegates event events fans forecast "
    "members officials poll polls rallies rally report reports rhetoric spokesman spokeswoman statement study "
    "supporter supporters surrogate surrogates survey team victory voter voters website win".split()
)


@dataclass
class Named:
    """A person or body of an article.

    Attributes:
        full: The full name, folded.
        gender: he, she or it; None where that is not known.
        places: Words of each place where it is named, half-open; the first has the full name.
        free: Those of them that something else could stand in.
        callings: What it is called beside its name.
    """

    full: tuple[str, ...]
    gender: str | None
    places: list[Run] = field(default_factory=list)
    free: list[Run] = field(default_factory=list)
    callings: set[Calling] = field(default_factory=set)


class Replacer:
    """Replaces some of the names in articles by pronouns and descriptions."""

    def __init__(
        self, genders: Mapping[str, str], callings: Callings, encoder: Encoder, rng: np.random.Generator
    ) -> None:
        """Take which pronoun given names go with, in small letters, and what people are called elsewhere."""
        self._genders = genders
        self._callings = callings
        self._encoder = encoder
        self._rng = rng

    def __call__(self, example: Example) -> None:
        """Replace names in an article, and note whom what stands there means; labels of roles stay right."""
        words = example.words.words
        everybody = [*find_people(words, self._genders), *find_bodies(words)]
        heads = Counter(head for one in everybody for head in {calling[-1] for calling in one.callings})
        clear = {head for head, n in heads.items() if n == 1}
        taken: set[int] = set()
        kept: list[tuple[Named, list[Edit]]] = []
        for one in everybody:
            free = [place for place in one.free if self._draw(SHARE)]
            edits = [self._choose(example.words, place, one, heads, clear) for place in free]
            if len(one.places) == 1 and self._draw(SHARE):
                edits.append(replace_once_named(example.words, one))
            mine = []
            for edit in edits:
                if edit is not None and taken.isdisjoint(range(edit.start, edit.end)):
                    taken.update(range(edit.start, edit.end))
                    mine.append(edit)
            kept.append((one, mine))
        moved = replace_words(example, [edit for _, edits in kept for edit in edits], self._encoder)
        for one, edits in kept:
            replaced = [moved[edit.start] + len(edit.words) - 1 for edit in edits]
            named = [start + find_head(words[start:end]) for start, end in one.places]
            staying = tuple(moved[head] for head in named if head not in taken)
            for head in replaced:
                others = tuple(other for other in replaced if other != head)
                example.mates.append(Mates(head, staying, others))

    def _draw(self, share: float) -> bool:
        return bool(self._rng.random() < share)

    def _choose(
        self, article: Words, place: Run, one: Named, heads: Mapping[str, int], clear: set[str]
    ) -> Edit | None:
        """Choose a pronoun or a description for a place; None where neither would be clear."""
        local = sorted(calling for calling in one.callings if calling[-1] in clear)
        own = {calling[-1] for calling in local}
        usual = self._callings.get(one.full, ())
        usual = [calling for calling in usual if calling[-1] in own or not heads[calling[-1]]]
        if (local or usual) and (one.gender is None or self._draw(SHARE_DESCRIBED)):
            pool = local if local and (not usual or self._draw(SHARE_LOCAL)) else usual
            calling = pool[self._rng.integers(len(pool))]
            return describe(article, place, calling[-1:] if self._draw(SHARE_BARE) else calling)
        return put_pronoun(article, place, one.gender) if one.gender else None


def find_people(words: list[str], genders: Mapping[str, str]) -> list[Named]:
    """Find the people of an article who can be told by their surnames."""
    people: dict[str, Named] = {}
    unclear = set()
    titles = load_titles().titles | load_titles().honorifics
    for start, end in find_runs(words, [True] * len(words)):
        surname = words[end - 1]
        person = read_person(words, start, end)
        first = person.start if person else start
        gender = genders.get(words[first].lower()) if end - first in FULL_NAME else None
        if person or gender:
            full = fold_name(" ".join(words[first:end]))
            one = people.setdefault(surname, Named(full, gender))
            one.places.append((first, end))
            one.callings |= {person.calling} if person else set()
            if one.full[0] != full[0]:
                unclear.add(surname)
        elif surname in people:
            people[surname].places.append((end - 1, end))
            if end - start > 1 and words[start].lower() not in titles:
                unclear.add(surname)
            if _stands_alone(words, end - 1, end) and words[end - 2].lower() not in ARTICLES:
                people[surname].free.append((end - 1, end))
    return [one for surname, one in people.items() if surname not in unclear]


def find_bodies(words: list[str]) -> list[Named]:
    """Find the bodies that an article names more than once, of which it is known what they are."""
    bodies: dict[tuple[str, ...], Named] = {}
    initials: dict[str, tuple[str, ...]] = {}
    kinds = load_titles().bodies - load_titles().alone - NO_KINDS
    for start, end in join_runs(words, find_runs(words, [True] * len(words)), IN_BODIES):
        name = " ".join(words[start:end])
        full = fold_name(name)
        full = initials.get(full[0], full) if len(full) == 1 else full
        kind = next(((word,) for word in reversed(full) if word in kinds), ()) or read_after(words, end, kinds)
        if full in bodies:
            bodies[full].places.append((start, end))
            if _stands_alone(words, start, end) and words[start - 1].lower() not in {"a", "an"}:
                bodies[full].free.append((start, end))
        elif len(full) > 1 and kind:
            bodies[full] = Named(full, "it", [(start, end)], callings={kind})
            initials |= dict.fromkeys(make_initials(name), full)
    return [one for one in bodies.values() if len(one.places) > 1]


def describe(article: Words, place: Run, calling: Calling) -> Edit:
    """Put "the" and a calling in the place of a name."""
    start, end = place
    if start and article.words[start - 1].lower() in ARTICLES | OWNERS | POSSESSIVES:
        return Edit(start, end, calling)
    return Edit(start, end, ("The" if opens_sentence(article, start) else "the", *calling))


def replace_once_named(article: Words, one: Named) -> Edit | None:
    """Put somebody's title in the place of title and name, where there is no other: it means nobody named."""
    words, ((start, end),) = article.words, one.places
    calling = read_before(words, start)
    if not calling or "".join(words[end : end + 1]) in {",", "("}:
        return None
    return describe(article, (start - len(calling), end), calling)


def put_pronoun(article: Words, place: Run, gender: str) -> Edit:
    """Put he, him or his, by the words around it, in the place of a name and the article before it."""
    words, (start, end) = article.words, place
    start -= start > 0 and words[start - 1].lower() == "the"
    subject, object_, possessive = FORMS[gender]
    owns = "".join(words[end : end + 1]) in POSSESSIVES
    opens = opens_sentence(article, start)
    is_subject = opens or words[start - 1] in SUBJECT_AFTER or article.marks[start - 1] == CLOSING
    form = possessive if owns else subject if is_subject else object_
    return Edit(start, end + owns, (form.title() if opens else form,))


def opens_sentence(article: Words, i: int) -> bool:
    """Say whether a word begins a paragraph, a sentence or a quotation."""
    if i == 0 or article.paragraphs[i - 1] != article.paragraphs[i]:
        return True
    return article.words[i - 1] in SENTENCE_ENDS or bool(article.marks[i - 1] == OPENING)


def _stands_alone(words: Sequence[str], start: int, end: int) -> bool:
    """Say whether a name has no other name, title, hyphen or noun beside it."""
    before, after = words[start - 1] if start else ".", words[end] if end < len(words) else "."
    led = before[:1].isupper() and before != "The"
    return not (led or before == "-" or after[:1].isupper() or after == "-" or after in USED_BEFORE)
