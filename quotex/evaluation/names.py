"""Names: whether two of them are one person or body, and how many of those in a text are found."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from quotex.evaluation.rates import Rates, rate
from quotex.model.labels import NAME_KINDS, NameKind
from quotex.text.phrases import ARTICLES
from quotex.types import Range

NamesByKind = Mapping[NameKind, Collection[Range]]

# A name of nothing else keeps them: "the Speaker" is not empty, "the King" is "the king".
TITLES = frozenset(
    (
        "mr mrs ms miss dr sir dame lord lady president prime minister sen senator rep gov governor secretary "
        "judge justice gen general prof professor king queen pope the mayor officer sgt capt rev former vice "
        "chairman ceo jr ii iii"
    ).split()
)


def is_same_name(found: str | None, right: str | None) -> bool:
    """Tell whether a name that was found says whom the right one says.

    It does where the words are the same, or the first and the last ones are; a right name of one word may be the
    last word of the name found.

    >>> is_same_name("Sen. Ann Mary Lee", "Ann Lee"), is_same_name("Ann Lee", "Lee")
    (True, True)
    >>> is_same_name("Lee", "Ann Lee")
    False
    """
    words, right_words = split_name(found or ""), split_name(right or "")
    if not words or not right_words:
        return False
    if len(right_words) == 1:
        return words[-1] == right_words[0]
    return words == right_words or (len(words) > 1 and (words[0], words[-1]) == (right_words[0], right_words[-1]))


def is_same_phrase(found: str, right: str) -> bool:
    """Tell whether the words for somebody without a name may mean whom the right ones mean.

    They do where those of one, without articles, are all among those of the other.

    >>> is_same_phrase("the spokesman", "a spokesman for the plant"), is_same_phrase("officials", "the residents")
    (True, False)
    """
    words, right_words = (set(split_name(phrase)) - ARTICLES for phrase in (found, right))
    return words <= right_words or right_words <= words


def split_name(name: str) -> list[str]:
    """Split a name into words of letters and digits; titles are left out unless nothing else is there."""
    bare = name.replace("’s", "").replace("'s", "")
    words = ["".join(filter(str.isalnum, word)) for word in bare.lower().split()]
    words = [word for word in words if word]
    return [word for word in words if word not in TITLES] or words


@dataclass(frozen=True, slots=True)
class NamedText:
    """One article with the names that somebody marked in it."""

    id: str
    text: str
    names: NamesByKind


def score_names(gold: Iterable[NamesByKind], found: Iterable[NamesByKind]) -> dict[NameKind, Rates]:
    """Score the names found in some articles: a name is right that begins and ends as one of the same kind.

    Args:
        gold: Where the right names are, an item an article; one name may lie in another.
        found: Where names were found: the same articles in the same order.

    Returns:
        Rates over all articles, for every kind; NaN where there are none of it.

    >>> score_names([{"person": [(0, 7)], "org": [(9, 13)]}], [{"person": [(0, 7), (9, 13)]}])["person"]
    {'P': 50.0, 'R': 100.0, 'F1': 66.7}
    """
    counts: dict[NameKind, list[int]] = {kind: [0, 0, 0] for kind in NAME_KINDS}
    for right_names, found_names in zip(gold, found, strict=True):
        for kind in NAME_KINDS:
            right, others = set(right_names.get(kind, ())), set(found_names.get(kind, ()))
            for at, names in enumerate((right & others, others, right)):
                counts[kind][at] += len(names)
    return {kind: rate(*counts[kind]) for kind in NAME_KINDS}
