"""Pairing: which of the quotes found is which of those that are right."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from quotex.evaluation.annotations import AnnotatedText
from quotex.evaluation.join import join_floating
from quotex.records import Annotation, Ranges
from quotex.types import Slice

Letters = frozenset[int]  # places of letters and digits in a text

# Those of the script that the figures are held against, whatever marks the pipeline knows besides.
DOUBLE_MARKS = ('"', "“", "”", "„", "«", "»", "''", "``")  # as ../shared/score.py has them
MARK_REACH = 2  # characters; a quotation mark so close to a content touches it
MIN_IOU = 0.5  # of two contents that count as one


@dataclass(frozen=True, slots=True)
class Marked:
    """One quote, and the letters and digits in it, which are what is compared."""

    quote: Annotation
    content: Letters
    cue: Letters
    source: Letters
    is_quoted: bool

    def is_in(self, which: Slice) -> bool:
        """Tell whether the quote, on its own, belongs to a slice."""
        return which is Slice.all or self.is_quoted == (which is Slice.quoted)


@dataclass(frozen=True, slots=True)
class Pair:
    """A right quote and the one found that has most in common with it.

    Attributes:
        gold: Number of the right one in `Pairing.gold`.
        found: Number of the other in `Pairing.found`.
        iou: Letters that both contents have, over letters that one of them has.
    """

    gold: int
    found: int
    iou: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """The quotes of one article, right and found, and the pairs of them; quotes without content are left out."""

    article: AnnotatedText
    gold: list[Marked]
    found: list[Marked]
    pairs: list[Pair]

    def find_slice(self, which: Slice) -> tuple[list[bool], list[bool]]:
        """Tell for each quote, right and found, whether it belongs to a slice.

        One that was found belongs where its partner does, whatever marks it has itself.
        """
        gold = [marked.is_in(which) for marked in self.gold]
        found = [marked.is_in(which) for marked in self.found]
        for pair in self.pairs:
            found[pair.found] = gold[pair.gold]
        return gold, found


def pair_quotes(article: AnnotatedText, found: Iterable[Annotation], *, join: bool = True) -> Pairing:
    """Pair the right quotes of an article with those found: one to one, those first that agree best.

    Args:
        article: With the quotes that are right.
        found: The others, in any order.
        join: Make quotes that go on from the one before pieces of it, on both sides, as all scores do. If not, the
            quotes of the pairing are those given, each that has content, in their order.
    """
    text = article.text
    gold_marked = mark(text, join_floating(text, article.quotes) if join else article.quotes)
    found_marked = mark(text, join_floating(text, found) if join else found)
    return Pairing(article, gold_marked, found_marked, choose_pairs(gold_marked, found_marked))


def mark(text: str, quotes: Iterable[Annotation]) -> list[Marked]:
    """Find the letters of quotes."""
    return [
        Marked(
            quote=quote,
            content=find_letters(text, quote.content),
            cue=find_letters(text, quote.cue),
            source=find_letters(text, quote.source),
            is_quoted=touches_mark(text, quote.content),
        )
        for quote in quotes
        if quote.content
    ]


def find_letters(text: str, ranges: Ranges) -> Letters:
    """Find the places of the letters and digits in some ranges of a text."""
    return frozenset(at for start, end in ranges for at in range(start, end) if text[at].isalnum())


def touches_mark(text: str, ranges: Ranges) -> bool:
    """Tell whether a double quotation mark is in one of the ranges, or just beside it."""
    near = (text[max(0, start - MARK_REACH) : end + MARK_REACH] for start, end in ranges)
    return any(sign in part for part in near for sign in DOUBLE_MARKS)


def choose_pairs(gold: list[Marked], found: list[Marked]) -> list[Pair]:
    """Pair greedily: by IoU, then by letters in common, then in the order of the text."""
    candidates = []
    for (one, other), n_common in count_common(gold, found).items():
        iou = n_common / (len(gold[one].content) + len(found[other].content) - n_common)
        candidates.append((-iou, -n_common, one, other))
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for iou, _, one, other in sorted(candidates):
        if one not in taken_gold and other not in taken_found:
            taken_gold.add(one)
            taken_found.add(other)
            pairs.append(Pair(one, other, -iou))
    return pairs


def count_common(gold: list[Marked], found: list[Marked]) -> Counter[tuple[int, int]]:
    """Count the letters in common, for those that have any; in time linear in the text."""
    owners: dict[int, list[int]] = {}
    for one, marked in enumerate(gold):
        for at in marked.content:
            owners.setdefault(at, []).append(one)
    return Counter(
        (one, other) for other, marked in enumerate(found) for at in marked.content for one in owners.get(at, ())
    )
