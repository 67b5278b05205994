"""Phrases: what a noun phrase says somebody is, by its head, and the words at both its ends."""

import re
from collections.abc import Sequence
from functools import lru_cache

from quotex.rules import load_cues, load_honorifics, load_nouns
from quotex.text.marks import MARK_LETTERS

N_CACHED = 16_384  # names and phrases of which it is kept what they say

PREPOSITIONS = frozenset(
    "of for from at in with to on by about across against around behind during between inside like near outside "
    "over under among into towards".split()
)
ARTICLES = frozenset(["the", "a", "an"])
DEMONSTRATIVES = frozenset(["this", "that", "these", "those"])
POSSESSIVE_PRONOUNS = frozenset(["his", "her", "its", "their"])  # of those who are spoken of
DETERMINERS = ARTICLES | DEMONSTRATIVES | POSSESSIVE_PRONOUNS | {"our", "my", "your"}
DASHES = frozenset(["—", "–", "―", "-", "--"])  # as tokens
TRIMMED = " ,;:-–—" + MARK_LETTERS.replace("’", "")  # around a phrase; ’ is an owner's
LOWER_RANKS = frozenset(["vice", "deputy", "assistant", "associate"])  # a vice president is no president
POSSESSIVES = frozenset(("'s", "’s", "'", "’"))  # as tokens
POSSESSIVE = re.compile(r"(?:(?<=s)[’']|[’']s)$")
# What ends the core of a noun phrase: `Ann Lee, a doctor`, `Ann Lee (D-N.Y.)`, `critics who claimed`
CORE_END = re.compile(r"\s*(?:,|;|:|\(|\[|—|–|\s--?\s|\b(?:who|whom|whose|which|that)\b)\s*")
RELATIVES = frozenset("who whom whose which that".split())
CORE_MARKS = frozenset(", ; : ( [ — – --".split())
CORE_ENDS = CORE_MARKS | RELATIVES  # as tokens
NOUN_ENDS = CORE_ENDS | PREPOSITIONS  # what may follow the noun that says what somebody is
# What a noun phrase goes on with after its head, to the network: `the man [in black]`, `Ann Lee[, a doctor]`
AFTER_HEAD = CORE_ENDS | frozenset("of in for from at on with by to near about under over during as where".split())


def find_head(words: Sequence[str]) -> int:
    """Find the word that the model knows a mention by; that of "Lee and Kim" is "and".

    Args:
        words: The mention's words, at least one.

    >>> phrases = (["her", "spokesman"], "the man accused of it".split(), ["Ann", "Lee", "'s"])
    >>> [words[find_head(words)] for words in phrases]
    ['spokesman', 'man', 'Lee']
    """
    end = next((n for n, word in enumerate(words) if n and word.lower() in AFTER_HEAD), len(words))
    if "and" in words[1:end]:
        return words.index("and", 1)
    while end > 1 and (words[end - 1] in POSSESSIVES or (end > 2 and _is_participle(words[end - 1]))):
        end -= 1
    return end - 1


def _is_participle(word: str) -> bool:
    return word.islower() and word.endswith(("ing", "ed"))


@lru_cache(maxsize=N_CACHED)
def find_phrase_head(phrase: str) -> str:
    """Find the word that says what somebody is, in small letters.

    >>> find_phrase_head("the Democratic mayor of Kampot"), find_phrase_head("the deputy mayor")
    ('mayor', 'deputy mayor')
    """
    core = CORE_END.split(phrase, maxsplit=1)[0].split()
    end = next((n for n, word in enumerate(core) if n and word.lower() in PREPOSITIONS), len(core))
    if not end:
        return ""
    head = strip_possessive(core[end - 1]).lower()
    rank = core[end - 2].lower() if end > 1 else ""
    return f"{rank} {head}" if rank in LOWER_RANKS else head


def find_gender(phrase: str) -> str | None:
    """Find the pronoun that goes with somebody who is so called: "Mrs. Lee", "her husband, Bob".

    >>> find_gender("Mrs. Lee"), find_gender("Lee, the spokesman"), find_gender("Mr. Lee and Ann")
    ('she', 'he', None)
    """
    words = [word.lower().strip(",;:()") for word in phrase.split()]
    nouns, honorifics = load_nouns().genders, load_honorifics()
    found = {nouns.get(word.rstrip(".")) for word in words} | {honorifics.get(word) for word in words[:1]}
    found.discard(None)
    return found.pop() if len(found) == 1 and "and" not in words else None


def trim_phrase(text: str) -> str:
    """Leave out the punctuation around a phrase, and brackets that do not belong to it.

    >>> trim_phrase(" (the mayor),"), trim_phrase("a report of the Ora Institute (OI),")
    ('the mayor', 'a report of the Ora Institute (OI)')
    """
    text = text.strip(TRIMMED)
    while text.startswith("(") and (text.endswith(")") or ")" not in text):
        text = text[1:].strip(TRIMMED).removesuffix(")")
    return text.strip("()") if text.count("(") != text.count(")") else text


def strip_article(words: str) -> str:
    """Leave out a leading article."""
    return re.sub(r"^(?:the|a|an)(?:\s+|$)", "", words, flags=re.IGNORECASE)


def strip_possessive(word: str) -> str:
    """Leave out a final 's."""
    return POSSESSIVE.sub("", word)


def lower_article(phrase: str) -> str:
    """Take the capital of a sentence's beginning off an article: "The mayor".

    >>> lower_article("The mayor"), lower_article("Mayor")
    ('the mayor', 'Mayor')
    """
    first, blank, rest = phrase.partition(" ")
    return first.lower() + blank + rest if first in {"The", "A", "An"} else phrase


def is_description(phrase: str) -> bool:
    """Say whether a phrase may say who somebody is: in letters of English, and whole.

    >>> [is_description(phrase) for phrase in ("a lawyer", "of Ora", "and", "Ora’s", "34", "李娜")]
    [True, False, False, False, False, False]
    """
    if not phrase:
        return False
    first, last = phrase.split()[0].lower(), phrase.split()[-1]
    joins = first in PREPOSITIONS or first in {"and", "or", "but", "both", "who", "which"}
    cut = phrase in load_cues() or last.lower() in PREPOSITIONS or strip_possessive(last) != last
    return not joins and not cut and any(char.isascii() and char.isalpha() for char in phrase)
