"""Names: the words of a name, folded to be compared, and the words that say what somebody without one is."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from quotex.rules import load_cues, load_given_names, load_honorifics, load_nouns

# What ends the core of a noun phrase: `Ann Lee, a doctor`, `Ann Lee (D-N.Y.)`, `critics who claimed`
CORE_END = re.compile(r"\s*(?:,|;|:|\(|\[|—|–|\s--?\s|\b(?:who|whom|whose|which|that)\b)\s*")
NICKNAME = re.compile(r"(?<!\S)[\"“‘'](\S.*?)[\"”’'](?!\S)")
POSSESSIVE = re.compile(r"(?:(?<=s)[’']|[’']s)$")
PREPOSITIONS = frozenset(
    "of for from at in with to on by about across against around behind during between inside like near outside "
    "over under among".split()
)
SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
MARKS = "\"“”‘’'"
JOINING = frozenset("of for and the on to in &".split())  # inside the names of bodies
DETERMINERS = frozenset("the a an this that these those his her its their our my your".split())
LOWER_RANKS = frozenset(["vice", "deputy", "assistant", "associate"])  # a vice president is no president
MIN_SHORT = 3  # letters of a given name that is short for another
MIN_MISSPELT = 6  # letters of a name that may be another one misspelt; shorter ones are often two names
MAX_MISSPELT = 40  # letters; nobody has a longer one, and the time grows with their square
N_CACHED = 16_384  # names

Words = tuple[str, ...]


@lru_cache(maxsize=N_CACHED)
def fold_name(name: str) -> Words:
    """Fold a name into the words that are compared: no accents, marks, nicknames, possessives, or "Jr.".

    >>> fold_name("Robert C. “Bobby” O’Neill, Jr."), fold_name("the Lee campaign")
    (('robert', 'c', 'oneill'), ('lee', 'campaign'))
    """
    folded = []
    for word in NICKNAME.sub("", name).split():
        plain = unicodedata.normalize("NFKD", strip_possessive(word.rstrip(",")).casefold())
        letters = "".join(char for char in plain if char.isalnum())
        if letters and word.lower().strip(",") not in SUFFIXES | {"the"}:
            folded.append(letters)
    return tuple(folded)


@lru_cache(maxsize=N_CACHED)
def find_nickname(name: str) -> str:
    """Find the nickname that a name has in quotation marks, folded; "" where it has none."""
    quoted = NICKNAME.search(name)
    return "".join(char for char in quoted[1].casefold() if char.isalnum()) if quoted else ""


def make_initials(name: str) -> set[str]:
    """Make the acronyms that a name may have, in small letters.

    >>> sorted(make_initials("Institute for Democracy and Work"))
    ['idw', 'ifdaw']
    """
    words = [word.lower().strip(MARKS) for word in name.split() if word.lower() != "the"]
    every = "".join(word[:1] for word in words)
    proper = "".join(word[:1] for word in words if word not in JOINING)
    return {initials for initials in (every, proper) if len(initials) > 1}


def is_same_person(words: Words, known: Words, nicknames: Sequence[str] = ()) -> bool:
    """Say whether two folded names may be one person's.

    >>> is_same_person(("lee",), ("ann", "lee")), is_same_person(("bill", "lee"), ("ann", "lee"))
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
    return one == other or one in nicknames or is_short_given(one, other)


def is_short_given(one: str, other: str) -> bool:
    """Say whether a folded given name may be short for another: its initial, or its beginning and of one sex.

    >>> is_short_given("g", "grace"), is_short_given("thomas", "thom"), is_short_given("paul", "paula")
    (True, True, False)
    """
    short, long = sorted((one, other), key=len)
    given = load_given_names()
    genders = {given.get(short), given.get(long)} - {None}
    return long.startswith(short) and (len(short) == 1 or (len(short) >= MIN_SHORT and len(genders) < 2))


def is_short_for(words: Words, known: Words) -> bool:
    """Say whether a folded name is short for a body's: its beginning, its end, or its initials.

    >>> full = ("ora", "air", "holdings")
    >>> is_short_for(("ora", "air"), full), is_short_for(("oah",), full), is_short_for(("air",), full)
    (True, True, False)
    """
    if len(words) >= len(known):
        return False
    if len(words) == 1 and words[0] in make_initials(" ".join(known)):
        return True
    return words == known[: len(words)] or (len(words) > 1 and words == known[-len(words) :])


def list_misspelt(word: str) -> set[str]:
    """List what a long word and another have one of in common if they are the same but for a letter in each.

    >>> list_misspelt("mclenney").isdisjoint(list_misspelt("mcclenney"))
    False
    >>> list_misspelt("walker").isdisjoint(list_misspelt("weaver"))
    True
    """
    if not MIN_MISSPELT <= len(word) <= MAX_MISSPELT:
        return set()
    return {word[0] + word, *(word[0] + word[:i] + word[i + 1 :] for i in range(len(word)))}


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


def is_capital(word: str) -> bool:
    """Say whether a word is written as names are: "Lee", "O’Neill", "al-Assad", "J.", "“Bobby”"."""
    return (
        word[:1].isupper()
        or (word[:1] in MARKS and word[1:2].isupper())
        or (word[:3].lower() in {"al-", "el-"} and word[3:4].isupper())
    )


def strip_determiner(words: str) -> str:
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
