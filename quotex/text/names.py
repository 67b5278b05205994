"""Names: one way to fold them, and what two names have in common.

Folded, letters have neither case nor accents. What is looked for in a text of any kind is folded into words; of a
name that is compared with another only those words are kept that say whose it is.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations

from quotex.rules import load_given_names
from quotex.text.marks import CLOSING_LETTERS, MARK_LETTERS, OPENING_LETTERS
from quotex.text.phrases import N_CACHED, find_phrase_head, strip_possessive

# Letters that Unicode does not take apart into a plain letter and an accent.
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
NICKNAME = re.compile(rf"(?<!\S)[{OPENING_LETTERS}](\S.*?)[{CLOSING_LETTERS}](?!\S)")
HYPHENS = re.compile(r"[-‐‑–.]+")
SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
JOINING = frozenset("of for and the on to in &".split())  # inside the names of bodies
MAX_TITLE = 12  # words of a title in whose beginning an acronym is looked for
MIN_SHORT, MAX_SHORT = 3, 4  # letters of a given name that is short for another, and may be of either sex
MIN_MISSPELT = 6  # letters of a name that may be another one misspelt; shorter ones are often two names
MAX_MISSPELT = 40  # letters; nobody has a longer one, and the time grows with their square

Words = tuple[str, ...]


def fold_letters(text: str) -> str:
    """Fold a text to small letters without accents: "Łukasz O’Brien-Šta" is "lukasz o’brien-sta"."""
    for _ in range(2):  # taking "𝕬" apart gives a capital, folding "İ" an accent
        text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in text if not unicodedata.combining(letter)).translate(PLAIN)


def fold_words(text: str) -> list[str]:
    """Fold a text into all of its words: "Łukasz O’Brien-Šta" is "lukasz", "o", "brien", "sta"."""
    return re.findall(r"[^\W_]+", fold_letters(text))


def make_ids(names: Iterable[str], known: Iterable[str] = ()) -> list[str]:
    """Make ids of names, unique in the article; those that are known are taken.

    >>> make_ids(["Ann Lee", "Ann Lee", "Renée O’Hara", "?"])
    ['ann-lee', 'ann-lee-2', 'renee-o-hara', 'speaker']
    """
    taken = set(known)
    numbers: defaultdict[str, int] = defaultdict(lambda: 1)  # the last of each: many of one name take no longer
    ids = []
    for name in names:
        slug = chosen = "-".join(fold_words(name)) or "speaker"
        while chosen in taken:
            numbers[slug] += 1
            chosen = f"{slug}-{numbers[slug]}"
        taken.add(chosen)
        ids.append(chosen)
    return ids


@lru_cache(maxsize=N_CACHED)
def fold_name(name: str) -> Words:
    """Fold a name into the words that are compared: no marks, nicknames, possessives, or "Jr.".

    >>> fold_name("Robert C. “Bobby” O’Neill, Jr."), fold_name("the Lee campaign")
    (('robert', 'c', 'oneill'), ('lee', 'campaign'))
    """
    words = [word.rstrip(",") for word in NICKNAME.sub("", name).split()]
    folded = (_join_letters(strip_possessive(word)) for word in words if word.lower() not in SUFFIXES | {"the"})
    return tuple(word for word in folded if word)


@lru_cache(maxsize=N_CACHED)
def find_nickname(name: str) -> str:
    """Find the nickname that a name has in quotation marks, folded; "" where it has none."""
    quoted = NICKNAME.search(name)
    return _join_letters(quoted[1]) if quoted else ""


def _join_letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold_letters(text)))


def make_initials(name: str) -> set[str]:
    """Make the acronyms that a name may have, in small letters.

    >>> sorted(make_initials("Institute for Democracy and Work"))
    ['idw', 'ifdaw']
    """
    words = [word.lower().strip(MARK_LETTERS) for word in name.split() if word.lower() != "the"]
    every = "".join(word[:1] for word in words)
    proper = "".join(word[:1] for word in words if word not in JOINING)
    return {initials for initials in (every, proper) if len(initials) > 1}


@lru_cache(maxsize=N_CACHED)
def list_title_acronyms(title: str) -> frozenset[str]:
    """List the acronyms, in small letters, that a title may have: initials in a row, its noun's among them.

    >>> sorted(list_title_acronyms("Chief Justice of Ora")), list_title_acronyms("Ora ferry boss")
    (['cj', 'cjo', 'jo'], frozenset())
    """
    words = [word for word in HYPHENS.sub(" ", title).split() if word.lower() not in JOINING][:MAX_TITLE]
    noun = find_phrase_head(title).rpartition(" ")[-1]
    found = set()
    for first, last in combinations(range(len(words)), 2):
        run = words[first : last + 1]
        if all(word[0].isupper() for word in run) and noun in map(str.lower, run):
            found.add("".join(word[0] for word in run).lower())
    return frozenset(found)


def is_acronym(short: str, full: str) -> bool:
    """Say whether the letters of a folded acronym stand in a name in this order, the first where a word begins.

    Source: Schwartz and Hearst 2003, "A simple algorithm for identifying abbreviation definitions".

    >>> is_acronym("fcw", "Fund for Clean Water"), is_acronym("nup", "Ann Lee"), is_acronym("fb", "Footbook")
    (True, False, True)
    """
    folded = " ".join(fold_name(full))
    at = len(folded)
    for number in range(len(short) - 1, -1, -1):
        at = folded.rfind(short[number], 0, at)
        while at > 0 and number == 0 and folded[at - 1] != " ":
            at = folded.rfind(short[0], 0, at)
        if at < 0:
            return False
    return True


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


@lru_cache(maxsize=N_CACHED)
def fold_full_name(name: str) -> Words:
    """Fold a name like `fold_name`, but part words at hyphens and dots: of "J.-P. Smith-Ora" there are four.

    >>> fold_full_name("J.-P. Smith-Ora"), fold_full_name("the U.N.")
    (('j', 'p', 'smith', 'ora'), ('u', 'n'))
    """
    return fold_name(HYPHENS.sub(" ", name))


def differs_in_initials(words: Words, known: Words) -> bool:
    """Say whether two full names, folded, are the same but for initials: one has them for given names, or besides.

    >>> ann = ("ann", "lee")
    >>> [differs_in_initials(one, ann) for one in [("a", "lee"), ("ann", "k", "lee"), ("anna", "lee")]]
    [True, True, False]
    """
    if words[-1] != known[-1] or not is_initial(words[0], known[0]):
        return False
    middle, other = words[1:-1], known[1:-1]
    if len(middle) == len(other):
        return all(map(is_initial, middle, other))
    return [word for word in middle if len(word) > 1] == [word for word in other if len(word) > 1]


def is_initial(one: str, other: str) -> bool:
    """Say whether two folded given names are the same, or one the initial of the other."""
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def is_short_given(one: str, other: str) -> bool:
    """Say whether a folded given name may be short for another: its initial, or its beginning and of one sex.

    >>> is_short_given("g", "grace"), is_short_given("thomas", "thom"), is_short_given("paul", "paula")
    (True, True, False)
    """
    short, long = sorted((one, other), key=len)
    given = load_given_names()
    genders = {given.get(short), given.get(long)} - {None}
    has_sex = len(short) > MAX_SHORT or len(long) < len(short) + 2  # "Alex" has none, "Paul" is no "Paula"
    fits = len(short) >= MIN_SHORT and (not has_sex or len(genders) < 2)
    return long.startswith(short) and (len(short) == 1 or fits)


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

    Source: words with a letter left out as the keys of a search, Mor and Fraenkel 1982 (CACM).
    """
    if not MIN_MISSPELT <= len(word) <= MAX_MISSPELT:
        return set()
    return {word[0] + word, *(word[0] + word[:i] + word[i + 1 :] for i in range(len(word)))}


def is_capital(word: str) -> bool:
    """Say whether a word is written as names are: "Lee", "O’Neill", "al-Assad", "J.", "“Bobby”"."""
    return (
        word[:1].isupper()
        or (word[:1] in MARK_LETTERS and word[1:2].isupper())
        or (word[:3].lower() in {"al-", "el-"} and word[3:4].isupper())
    )
