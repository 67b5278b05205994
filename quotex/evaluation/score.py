"""Score: the measures, for one slice of the quotes.

    overlap      pairs whose contents have an IoU of at least 0.5, by letters and digits
    exact        those whose contents have the same letters and digits
    attributed   overlapping pairs whose sources share a letter, or which both have none
    named        overlapping pairs whose speaker has the right name, of the people and bodies that have one

Each as precision, recall and F1 in per cent. `char` and `char_attr` are the same by letters of content, without
and with the right source; `char_named` is `named` by letters of content, whatever the pairs. `source_*` and
`cue_*` are percentages of the overlapping pairs that have a source or cue; `named_acc` is the percentage of right
names among attributed pairs.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import nan
from typing import TypedDict

from quotex.evaluation.names import is_same_name, is_same_phrase
from quotex.evaluation.pairing import MIN_IOU, Letters, Marked, Pairing
from quotex.evaluation.rates import Rates, rate
from quotex.types import NAMED_KINDS, Slice


class Scores(TypedDict):
    """All figures of a slice, in the order in which they are written; NaN where there is nothing to judge."""

    slice: str
    gold: int
    pred: int
    overlap: Rates
    exact: Rates
    attributed: Rates
    source_overlap: float
    source_exact: float
    cue_overlap: float
    cue_exact: float
    char: Rates
    char_attr: Rates
    char_named: Rates
    named: Rates
    named_acc: float


@dataclass(slots=True)
class Hits:
    """So many of so many."""

    hits: int = 0
    total: int = 0

    def add(self, is_hit: bool) -> None:
        """Count one more."""
        self.hits += is_hit
        self.total += 1

    @property
    def percent(self) -> float:
        """In per cent, to one decimal; NaN of none."""
        return round(100 * self.hits / self.total, 1) if self.total else nan


class Counts:
    """Counts over articles."""

    def __init__(self, which: Slice) -> None:
        self.which = which
        self.n_gold = self.n_found = 0
        self.n_overlap = self.n_exact = self.n_attributed = 0
        self.source_overlap, self.source_exact = Hits(), Hits()
        self.cue_overlap, self.cue_exact = Hits(), Hits()
        self.n_letters_gold = self.n_letters_found = self.n_letters = self.n_letters_attributed = 0
        self.n_letters_named_gold = self.n_letters_named_found = self.n_letters_named = 0
        self.n_named_gold = self.n_named_found = self.n_named = 0
        self.named_attributed = Hits()

    def add(self, pairing: Pairing) -> None:
        """Count one article."""
        in_gold, in_found = pairing.find_slice(self.which)
        self.n_gold += sum(in_gold)
        self.n_found += sum(in_found)
        self.count_named(pairing, in_gold, in_found)
        for pair in pairing.pairs:
            if in_gold[pair.gold] and pair.iou >= MIN_IOU:
                self.count_pair(pairing.gold[pair.gold], pairing.found[pair.found])
        for (one, other), n_letters in share_letters(pairing, self.which).items():
            gold = None if one is None else pairing.gold[one]
            found = None if other is None else pairing.found[other]
            self.count_letters(n_letters, gold, found)

    def count_pair(self, gold: Marked, found: Marked) -> None:
        """Count what is right of a quote that was found."""
        self.n_overlap += 1
        self.n_exact += gold.content == found.content
        self.n_attributed += is_attributed(gold.source, found.source)
        if gold.source:
            self.source_overlap.add(bool(gold.source & found.source))
            self.source_exact.add(gold.source == found.source)
        if gold.cue:
            self.cue_overlap.add(bool(gold.cue & found.cue))
            self.cue_exact.add(gold.cue == found.cue)
        if gold.quote.kind in NAMED_KINDS:
            is_right = is_rightly_named(gold, found)
            self.n_named += is_right
            if gold.source & found.source:
                self.named_attributed.add(is_right)

    def count_named(self, pairing: Pairing, in_gold: list[bool], in_found: list[bool]) -> None:
        """Count the quotes of people and bodies with a name; a partner without a kind says nothing of either."""
        partners = {pair.found: pairing.gold[pair.gold].quote for pair in pairing.pairs}
        self.n_named_gold += sum(
            is_in and marked.quote.kind in NAMED_KINDS for marked, is_in in zip(pairing.gold, in_gold, strict=True)
        )
        self.n_named_found += sum(
            is_in and has_name(marked) and (number not in partners or partners[number].kind is not None)
            for number, (marked, is_in) in enumerate(zip(pairing.found, in_found, strict=True))
        )

    def count_letters(self, n_letters: int, gold: Marked | None, found: Marked | None) -> None:
        """Count so many letters of content that a right quote has, or one that was found, or both."""
        if gold:
            self.n_letters_gold += n_letters
            self.n_letters_named_gold += n_letters * (gold.quote.kind in NAMED_KINDS)
        if found:
            self.n_letters_found += n_letters
            is_known = gold is None or gold.quote.kind is not None
            self.n_letters_named_found += n_letters * (is_known and has_name(found))
        if gold and found:
            self.n_letters += n_letters
            self.n_letters_attributed += n_letters * is_attributed(gold.source, found.source)
            is_right = gold.quote.kind in NAMED_KINDS and is_rightly_named(gold, found)
            self.n_letters_named += n_letters * is_right

    def to_scores(self) -> Scores:
        """Work out the figures."""
        return {
            "slice": self.which.value,
            "gold": self.n_gold,
            "pred": self.n_found,
            "overlap": rate(self.n_overlap, self.n_found, self.n_gold),
            "exact": rate(self.n_exact, self.n_found, self.n_gold),
            "attributed": rate(self.n_attributed, self.n_found, self.n_gold),
            "source_overlap": self.source_overlap.percent,
            "source_exact": self.source_exact.percent,
            "cue_overlap": self.cue_overlap.percent,
            "cue_exact": self.cue_exact.percent,
            "char": rate(self.n_letters, self.n_letters_found, self.n_letters_gold),
            "char_attr": rate(self.n_letters_attributed, self.n_letters_found, self.n_letters_gold),
            "char_named": rate(self.n_letters_named, self.n_letters_named_found, self.n_letters_named_gold),
            "named": rate(self.n_named, self.n_named_found, self.n_named_gold),
            "named_acc": self.named_attributed.percent,
        }


def score(pairings: Iterable[Pairing], which: Slice = Slice.all) -> Scores:
    """Score the quotes found in some articles."""
    counts = Counts(which)
    for pairing in pairings:
        counts.add(pairing)
    return counts.to_scores()


def share_letters(pairing: Pairing, which: Slice) -> Counter[tuple[int | None, int | None]]:
    """Share the letters of content out among the quotes; one in several of a side belongs to the last.

    What was found counts where it is right, and where no quote is right and it belongs to the slice.

    Returns:
        How many letters belong to a right quote and one that was found, by number; None where there is none.
    """
    owners = {
        at: number for number, marked in enumerate(pairing.gold) if marked.is_in(which) for at in marked.content
    }
    elsewhere = frozenset[int]().union(*(marked.content for marked in pairing.gold)) - owners.keys()
    finders: dict[int, int] = {}
    for number, marked in enumerate(pairing.found):
        wanted = marked.content - elsewhere if marked.is_in(which) else marked.content & owners.keys()
        finders.update(dict.fromkeys(wanted, number))
    return Counter((owners.get(at), finders.get(at)) for at in owners.keys() | finders.keys())


def is_attributed(gold: Letters, found: Letters) -> bool:
    """Tell whether a quote has the right source: one that shares a letter, or none where there is none."""
    return bool(gold & found) or not (gold or found)


def has_name(found: Marked) -> bool:
    """Tell whether a quote that was found names a person or body; without a kind any name will do."""
    return found.quote.kind in NAMED_KINDS if found.quote.kind else bool(found.quote.speaker)


def has_wrong_speaker(gold: Marked, found: Marked) -> bool:
    """Tell whether it was said by somebody else, of whatever kind; who is not known is not wrong."""
    right, given = gold.quote, found.quote
    if not given.speaker or not (right.speaker or right.kind):
        return False
    if right.kind in NAMED_KINDS:
        return not is_rightly_named(gold, found)
    if not right.speaker:
        return given.kind in NAMED_KINDS
    return not any(is_same_phrase(given.speaker, name) for name in (right.speaker, *right.also))


def is_rightly_named(gold: Marked, found: Marked) -> bool:
    """Tell whether the speaker that was found has one of the right names."""
    names = (gold.quote.speaker, *gold.quote.also)
    return has_name(found) and any(is_same_name(found.quote.speaker, name) for name in names)
