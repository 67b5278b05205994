"""Heads: the word of a mention that stands for all of it."""

from collections.abc import Sequence

# What a noun phrase goes on with after its head: `the man [in black]`, `Ann Lee[, a doctor]`
AFTER_HEAD = frozenset(
    ", ; : ( [ — – -- of in for from at on with by to near about under over during as who whom whose which that "
    "where".split()
)
POSSESSIVES = frozenset(("'s", "’s", "'", "’"))


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
