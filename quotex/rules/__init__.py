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
class Nouns:
    """Nouns that say what somebody without a name is, in small letters, singular if nothing else is said.

    Attributes:
        documents: What is written or recorded and speaks: "report".
        plurals: Words for several that do not end in s.
        genders: The pronoun that goes with who is so called: "she" for "widow".
        outsiders: Who has to do with a body but does not speak for it: "critic".
    """

    documents: frozenset[str]
    plurals: frozenset[str]
    genders: Mapping[str, str]
    outsiders: frozenset[str]


@cache
def load_nouns(language: str = "en") -> Nouns:
    """Load the nouns that say what somebody is."""
    table = json.loads((files("quotex.rules") / language / "nouns.json").read_text("utf-8"))
    return Nouns(
        documents=frozenset(table["documents"]),
        plurals=frozenset(table["plurals"]),
        genders={**dict.fromkeys(table["masculine"], "he"), **dict.fromkeys(table["feminine"], "she")},
        outsiders=frozenset(table["outsiders"]),
    )


@cache
def load_honorifics(language: str = "en") -> Mapping[str, str | None]:
    """Load the words of politeness before names, with the pronoun that goes with them.

    >>> load_honorifics()["mrs."], load_honorifics()["dr"]
    ('she', None)
    """
    table = json.loads((files("quotex.rules") / language / "honorifics.json").read_text("utf-8"))["honorifics"]
    return {
        word: None if pronoun == "any" else pronoun
        for of_country in table.values()
        for pronoun, words in of_country.items()
        for word in words
    }


@cache
def load_given_names(language: str = "en") -> Mapping[str, str]:
    """Load the given names that mostly go with one pronoun, without accents.

    >>> load_given_names()["fatima"]
    'she'
    """
    table = json.loads((files("quotex.rules") / language / "given_names.json").read_text("utf-8"))
    return {name: pronoun for pronoun in ("she", "he") for name in table[pronoun]}
