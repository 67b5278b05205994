"""Passages: those of GAP, whose people get other names and genders, so that neither is learned by heart."""

import re
from importlib.resources import files
from typing import NamedTuple

import numpy as np

MIN_SHARE = 0.95  # of those of a name
SMALLEST = 0.001  # per cent; the smallest share in the tables, to which they are rounded
PIECE = re.compile(r"\w+|\W")
N_GIVEN, N_SURNAMES = 400, 1000  # the commonest
SHARE_SWAPPED = 0.5
SWAPPED = {  # "her" may be "him" too, which only a parser could tell
    **{"he": "she", "his": "her", "him": "her", "himself": "herself"},
    **{"she": "he", "her": "his", "hers": "his", "herself": "himself"},
}


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
