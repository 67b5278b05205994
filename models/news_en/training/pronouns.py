"""Pronouns: more of them than people have marked, to learn whom they mean.

In news, where an article names Ann Lee and later says "Lee", we know whom a "she" in that place would mean. Which
it is goes by the given name; only training uses that. In the passages of GAP, people are given other names and
genders, so that neither is learned by heart.
"""

import re
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from quotex.model.encode import Encoder
from quotex.model.heads import POSSESSIVES
from quotex.pipeline.speakers.runs import find_runs
from quotex.rules import load_titles
from quotex.training.examples import Example, Mates

SHARE = 0.5  # of the surnames that could be replaced
MIN_SHARE = 0.95  # of those of a name
SMALLEST = 0.001  # per cent; the smallest share in the tables, to which they are rounded
FULL_NAME = (2, 3)  # words
SUBJECT_AFTER = frozenset('. , ; : “ " and but or that when as if because since while whether where which'.split())
PIECE = re.compile(r"\w+|\W")
N_GIVEN, N_SURNAMES = 400, 1000  # the commonest
SHARE_SWAPPED = 0.5
SWAPPED = {  # "her" may be "him" too, which only a parser could tell
    **{"he": "she", "his": "her", "him": "her", "himself": "herself"},
    **{"she": "he", "her": "his", "hers": "his", "herself": "himself"},
}
FORMS = {"he": ("he", "him", "his"), "she": ("she", "her", "her")}


def read_genders() -> dict[str, str]:
    """Read which given names go with "he" and which with "she", in small letters.

    They are the US Census Bureau's of 1990 (public domain), out of the Python package `names`. Those that both
    have are given to one of them if it has nearly all.
    """
    shares: dict[str, dict[str, float]] = {}
    for pronoun, file in (("he", "dist.male.first"), ("she", "dist.female.first")):
        for line in (files("names") / file).read_text("ascii").splitlines():
            name, share, *_ = line.lower().split()
            shares.setdefault(name, {})[pronoun] = float(share) + SMALLEST
    usual = {name: max(share, key=share.__getitem__) for name, share in shares.items()}
    return {
        name: one for name, one in usual.items() if shares[name][one] >= MIN_SHARE * sum(shares[name].values())
    }


class Passage(NamedTuple):
    """A passage with a pronoun and two names.

    Attributes:
        text: The passage.
        places: Of the pronoun and the names: where each begins, and its text.
    """

    text: str
    places: tuple[tuple[int, str], ...]


class Renamer:
    """Gives the people of a passage other names, half of the time of the other gender, pronouns included."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._genders = read_genders()
        common = {pronoun: [] for pronoun in ("he", "she")}  # the Census has the commonest first
        for name, pronoun in self._genders.items():
            common[pronoun].append(name.title())
        self._given = {pronoun: names[:N_GIVEN] for pronoun, names in common.items()}
        table = (files("names") / "dist.all.last").read_text("ascii").splitlines()[:N_SURNAMES]
        self._surnames = [line.split()[0].title() for line in table]

    def __call__(self, passage: Passage) -> Passage:
        """Make a copy of a passage."""
        pronoun = passage.places[0][1].lower()
        gender = "she" if pronoun in {"she", "her", "hers"} else "he"
        other = {"he": "she", "she": "he"}[gender]
        wanted = other if self._rng.random() < SHARE_SWAPPED else gender
        names: dict[str, str] = {}
        for _, name in passage.places[1:]:
            for number, word in enumerate(name.split()):
                is_given = (number == 0 and " " in name) or word.lower() in self._genders
                pool = self._given[wanted] if is_given else self._surnames
                names.setdefault(word, str(self._rng.choice(pool)))
        return rewrite(passage, names, SWAPPED if wanted != gender else {})


def rewrite(passage: Passage, names: dict[str, str], pronouns: dict[str, str]) -> Passage:
    """Put names and pronouns in the place of others.

    >>> rewrite(Passage("Ann saw her.", ((8, "her"), (0, "Ann"))), {"Ann": "Joe"}, {"her": "his"})
    Passage(text='Joe saw his.', places=((8, 'his'), (0, 'Joe')))
    """
    pieces: list[str] = []
    moved: dict[int, int] = {}  # where each piece of the old text begins in the new one
    length = 0
    for match in PIECE.finditer(passage.text):
        word = match.group()
        new = names.get(word) or pronouns.get(word.lower(), word)
        new = new.title() if word[0].isupper() and word.lower() in pronouns else new
        moved[match.start()] = length
        pieces.append(new)
        length += len(new)
    moved[len(passage.text)] = length
    text = "".join(pieces)
    places = ((moved[at], text[moved[at] : moved[at + len(old)]]) for at, old in passage.places)
    return Passage(text, tuple(places))


def replace_names(example: Example, genders: dict[str, str], encoder: Encoder, rng: np.random.Generator) -> None:
    """Replace some surnames in an article by pronouns, and note whom these mean; labels of roles stay right."""
    words = example.words.words
    people: dict[str, tuple[str, list[int]]] = {}  # by surname: gender, and where it stands
    unclear = set()
    titles = load_titles().titles | load_titles().honorifics
    for start, end in find_runs(words, [True] * len(words)):
        surname = words[end - 1]
        gender = genders.get(words[start].lower())
        if end - start in FULL_NAME and gender:
            known = people.setdefault(surname, (gender, []))
            if known[0] != gender:
                unclear.add(surname)
            known[1].append(end - 1)
        elif surname in people:
            people[surname][1].append(end - 1)
            if end - start > 1 and words[start].lower() not in titles:
                unclear.add(surname)
    changed = list(words)
    for surname, (gender, places) in people.items():
        if surname in unclear:
            continue
        replaced = [i for i in places[1:] if rng.random() < SHARE and _stands_alone(words, i)]
        for i in replaced:
            changed[i] = _choose_form(words, i, FORMS[gender])
            named = tuple(place for place in places if place not in replaced)
            example.mates.append(Mates(i, named, tuple(place for place in replaced if place != i)))
    if changed != words:
        words[:] = changed
        example.encoded = encoder.encode(words, example.words.marks, example.words.paragraphs)


def _stands_alone(words: list[str], i: int) -> bool:
    """Say whether a surname has no given name, title or other name beside it."""
    before, after = words[i - 1], words[i + 1] if i + 1 < len(words) else "."
    return not before[:1].isupper() and before != "-" and not after[:1].isupper() and after != "-"


def _choose_form(words: list[str], i: int, forms: tuple[str, str, str]) -> str:
    """Choose he, him or his by the words around it."""
    if i + 1 < len(words) and words[i + 1] in POSSESSIVES:
        return forms[2]
    if words[i - 1] in SUBJECT_AFTER or i == 0:
        return forms[0].title() if words[i - 1] in {".", "“", '"'} or i == 0 else forms[0]
    return forms[1]
