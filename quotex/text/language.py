"""Language: is a text English? quotex reads no other, and says so rather than find nothing in silence."""

import re

from quotex.text.marks import APOSTROPHES

# The commonest words of English that are no words of its neighbours; in news they are a quarter of all words.
COMMON = frozenset(
    "the of and to that it for was on with as is at by from his her they not are be this have had has but were an "
    "their who which will would said he she its been after more about when there or what out up than one".split()
)
WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)?")
SAMPLE = 2_000  # characters; enough to tell
MIN_WORDS = 40  # fewer say nothing: a headline, a list of names
MIN_SHARE = 0.1  # of common words; under it no article of polnear_train and abc_unlabelled lies


def looks_english(text: str) -> bool:
    """Say whether a text may be English, by the share of common words at its beginning.

    Source: short common words, as in Grefenstette 1995, "Comparing two language identification schemes" (JADT).

    >>> looks_english("Der Fluss stieg am Dienstag wieder, und niemand in der Stadt wusste davon. " * 5)
    False
    """
    words = WORD.findall(text[:SAMPLE].lower())
    return len(words) < MIN_WORDS or sum(word in COMMON for word in words) >= MIN_SHARE * len(words)
