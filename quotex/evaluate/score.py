"""Score: the measures, for one slice of the quotes.

    overlap      pairs whose contents have an IoU of at least 0.5, by letters and digits
    exact        those whose contents have the same letters and digits
    attributed   overlapping pairs whose sources share a letter, or which both have none
    named        overlapping pairs whose speaker has the right name, of the people and bodies that have one

Each as precision, recall and F1 in per cent. `char` and `char_attr` are the same by letters of content, without
and with the right source. `source_*` and `cue_*` are percentages of the overlapping pairs that have a source or
cue; `named_acc` is the percentage of right names among attributed pairs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from quotex.evaluate.names import is_same_name
from quotex.evaluate.pairing import MIN_IOU, Letters, Marked, Pairing
from quotex.types import NAMED_KINDS, Slice


class Rates(TypedDict):
    """Precision, recall and F1 in per cent, to one decimal."""

    P: float
    R: float
    F1: float


class Scores(TypedDict):
    """All figures of a slice, in the order in which they are written."""

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
    named: Rates
    named_acc: float


@dataclass(slots=True)
class Share:
    """So many of so many."""

    hits: int = 0
    total: int = 0

    def add(self, is_hit: bool) -> None:
        """Count one more."""
        self.hits += is_hit
        self.total += 1

    @property
    def percent(self) -> float:
        """In per cent, to one decimal; 0 of none."""
        return round(100 * self.hits / self.total, 1) if self.total else 0.0


class Tally:
    """Counts over articles."""

    def __init__(self, which: Slice) -> None:
        self.which = which
        self.n_gold = self.n_found = 0
        self.n_overlap = self.n_exact = self.n_attributed = 0
        self.source_overlap, self.source_exact = Share(), Share()
        self.cue_overlap, self.cue_exact = Share(), Share()
        self.n_letters_gold = self.n_letters_found = self.n_letters = self.n_letters_attributed = 0
        self.n_named_gold = self.n_named_found = self.n_named = 0
        self.named_attributed = Share()

    def add(self, pairing: Pairing) -> None:
        """Count one article."""
        in_gold, in_found = pairing.find_slice(self.which)
        self.n_gold += sum(in_gold)
        self.n_found += sum(in_found)
        self.count_named(pairing, in_gold, in_found)
        self.count_letters(pairing, in_gold, in_found)
        for pair in pairing.pairs:
            if in_gold[pair.gold] and pair.iou >= MIN_IOU:
                self.count_pair(pairing.gold[pair.gold], pairing.found[pair.found])

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

    def count_letters(self, pairing: Pairing, in_gold: list[bool], in_found: list[bool]) -> None:
        """Count letters of content; one in several quotes belongs to the last.

        What was found counts where it is right, and where no quote is right and it belongs to the slice.
        """
        owners = own_letters((n, marked) for n, marked in enumerate(pairing.gold) if in_gold[n])
        elsewhere = frozenset[int]().union(*(marked.content for marked in pairing.gold)) - owners.keys()
        own_slice = [marked.is_in(self.which) for marked in pairing.found]
        finders: dict[int, int] = {}
        for number, marked in enumerate(pairing.found):
            wanted = marked.content - elsewhere if own_slice[number] else marked.content & owners.keys()
            finders.update(dict.fromkeys(wanted, number))
        right: dict[tuple[int, int], bool] = {}
        n_attributed = 0
        common = owners.keys() & finders.keys()
        for at in common:
            key = owners[at], finders[at]
            if key not in right:
                right[key] = is_attributed(pairing.gold[key[0]].source, pairing.found[key[1]].source)
            n_attributed += right[key]
        self.n_letters_gold += len(owners)
        self.n_letters_found += len(finders)
        self.n_letters += len(common)
        self.n_letters_attributed += n_attributed

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
            "named": rate(self.n_named, self.n_named_found, self.n_named_gold),
            "named_acc": self.named_attributed.percent,
        }


def score(pairings: Iterable[Pairing], which: Slice = Slice.all) -> Scores:
    """Score the quotes found in some articles."""
    tally = Tally(which)
    for pairing in pairings:
        tally.add(pairing)
    return tally.to_scores()


def rate(n_right: int, n_found: int, n_gold: int) -> Rates:
    """Work out precision, recall and F1."""
    precision = n_right / n_found if n_found else 0.0
    recall = n_right / n_gold if n_gold else 0.0
    both = precision + recall
    f1 = 200 * precision * recall / both if both else 0.0
    return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), "F1": round(f1, 1)}


def own_letters(quotes: Iterable[tuple[int, Marked]]) -> dict[int, int]:
    """Say to which quote each letter belongs; the last one has it."""
    return {at: number for number, marked in quotes for at in marked.content}


def is_attributed(gold: Letters, found: Letters) -> bool:
    """Tell whether a quote has the right source: one that shares a letter, or none where there is none."""
    return bool(gold & found) or not (gold or found)


def has_name(found: Marked) -> bool:
    """Tell whether a quote that was found names a person or body; without a kind any name will do."""
    return found.quote.kind in NAMED_KINDS if found.quote.kind else bool(found.quote.speaker)


def is_rightly_named(gold: Marked, found: Marked) -> bool:
    """Tell whether the speaker that was found has one of the right names."""
    names = (gold.quote.speaker, *gold.quote.also)
    return has_name(found) and any(is_same_name(found.quote.speaker, name) for name in names)
