"""The word lists behind the rules, as data: one JSON file a subject, read once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from quotex.types import ACTS, Act


@cache
def load_cues(language: str = "en") -> Mapping[str, Act]:
    """Load the words of cues: each form of the verbs, and other words, with what they report.

    >>> load_cues()["replied"], load_cues()["hopes"]
    ('statement', 'thought')
    """
    table = json.loads((files("quotex.rules") / language / "cues.json").read_text("utf-8"))
    irregular: dict[str, list[str]] = table["irregular"]
    forms: dict[str, Act] = {}
    for act in ACTS:
        for verb in table[act]:
            for form in [verb, *(irregular.get(verb) or inflect(verb))]:
                forms.setdefault(form, act)
        for word in table[f"{act}_words"]:
            forms.setdefault(word, act)
    return MappingProxyType(forms)


def inflect(verb: str) -> list[str]:
    """Make the regular forms of an English verb.

    >>> inflect("reply"), inflect("point")
    (['replies', 'replied', 'replying'], ['points', 'pointed', 'pointing'])
    """
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    if verb.endswith("e"):
        return [verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return [verb + "es", verb + "ed", verb + "ing"]
    return [verb + "s", verb + "ed", verb + "ing"]


@dataclass(frozen=True, slots=True)
class Titles:
    """Words that tell people from bodies, in small letters.

    Attributes:
        titles: What may stand before a person's name and says something: "minister".
        honorifics: What may stand there and says nothing: "Mr.".
        bodies: What a body's name has in it: "ministry".
        alone: Those of them that are a name on their own: "Congress".
        companies: What companies' names end in, and are often left without.
        places: Countries and states, which speak through their governments.
        parties: The number of the party that a word stands for.
        ranks: Titles that nobody is called by alone, but that go before others: "former".
        kinds: What a body may be called that has one of some words in its name: "newspaper", with "times".
        documents: What is written and speaks: "report".
        plurals: Words for several that do not end in s.
        genders: The pronoun that goes with who is so called: "she" for "Mrs.".
        spelled_out: What else a title is called where no name follows: "sen." is "senator" or "lawmaker".
    """

    titles: frozenset[str]
    honorifics: frozenset[str]
    bodies: frozenset[str]
    alone: frozenset[str]
    companies: frozenset[str]
    places: frozenset[str]
    parties: Mapping[str, int]
    ranks: frozenset[str]
    kinds: Mapping[str, frozenset[str]]
    documents: frozenset[str]
    plurals: frozenset[str]
    genders: Mapping[str, str]
    spelled_out: Mapping[str, tuple[str, ...]]


@cache
def load_titles(language: str = "en") -> Titles:
    """Load the words that stand before names and in them."""
    table = json.loads((files("quotex.rules") / language / "titles.json").read_text("utf-8"))
    return Titles(
        titles=frozenset(table["titles"]),
        honorifics=frozenset(table["honorifics"]),
        bodies=frozenset(table["bodies"]),
        alone=frozenset(table["alone"]),
        companies=frozenset(table["companies"]),
        places=frozenset(table["places"]),
        parties={word: number for number, words in enumerate(table["parties"]) for word in words},
        ranks=frozenset(table["ranks"]),
        kinds={kind: frozenset(words) for kind, words in table["kinds"].items()},
        documents=frozenset(table["documents"]),
        plurals=frozenset(table["plurals"]),
        genders={**dict.fromkeys(table["masculine"], "he"), **dict.fromkeys(table["feminine"], "she")},
        spelled_out={title: tuple(words) for title, words in table["spelled_out"].items()},
    )


@cache
def load_given_names(language: str = "en") -> Mapping[str, str]:
    """Load the given names that mostly go with one pronoun, without accents.

    >>> load_given_names()["fatima"]
    'she'
    """
    table = json.loads((files("quotex.rules") / language / "given_names.json").read_text("utf-8"))
    return {name: pronoun for pronoun in ("she", "he") for name in table[pronoun]}
