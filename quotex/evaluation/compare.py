"""Compare: where the quotes found and the right ones part, the worst first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quotex.evaluation.annotations import AnnotatedText
from quotex.evaluation.pairing import MIN_IOU, Pair, Pairing
from quotex.evaluation.score import has_wrong_speaker, is_attributed
from quotex.records import Annotation
from quotex.types import Slice


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One quote that is not found as it should be, or found though there is none.

    Attributes:
        article: Where.
        gold: What is right; None where nothing is.
        found: What was found; None where nothing was.
        what: What is wrong: "missed", "spurious", "wrong content", "content edges", "wrong source", "wrong cue",
            "wrong speaker".
        n_letters: How much is wrong, in letters and digits; a wrong source spoils the whole content, a wrong name
            under the right words only those.
    """

    article: AnnotatedText
    gold: Annotation | None
    found: Annotation | None
    what: tuple[str, ...]
    n_letters: int


def find_disagreements(pairings: Iterable[Pairing], which: Slice = Slice.all) -> list[Disagreement]:
    """Find all disagreements in a slice, those first in which most letters are wrong."""
    found = [item for pairing in pairings for item in compare(pairing, which)]
    return sorted(found, key=lambda item: -item.n_letters)


def compare(pairing: Pairing, which: Slice) -> Iterator[Disagreement]:
    """Yield the disagreements in one article: those of pairs, what was missed, what is spurious."""
    in_gold, in_found = pairing.find_slice(which)
    for pair in pairing.pairs:
        if in_gold[pair.gold] and (item := compare_pair(pairing, pair)):
            yield item
    for number in sorted(set(range(len(pairing.gold))) - {pair.gold for pair in pairing.pairs}):
        if in_gold[number]:
            gold = pairing.gold[number]
            yield Disagreement(pairing.article, gold.quote, None, ("missed",), len(gold.content))
    for number in sorted(set(range(len(pairing.found))) - {pair.found for pair in pairing.pairs}):
        if in_found[number]:
            found = pairing.found[number]
            yield Disagreement(pairing.article, None, found.quote, ("spurious",), len(found.content))


def compare_pair(pairing: Pairing, pair: Pair) -> Disagreement | None:
    """Tell what is wrong with a quote that was found; None where nothing is."""
    gold, found = pairing.gold[pair.gold], pairing.found[pair.found]
    what = []
    n_letters = len(gold.content ^ found.content)
    if n_letters:
        what.append("content edges" if pair.iou >= MIN_IOU else "wrong content")
    if not is_attributed(gold.source, found.source):
        what.append("wrong source")
        n_letters += len(gold.content & found.content)
    if gold.cue and not gold.cue & found.cue:
        what.append("wrong cue")
        n_letters += len(gold.cue ^ found.cue)
    if has_wrong_speaker(gold, found):
        what.append("wrong speaker")
        n_letters += len(gold.source)
    return Disagreement(pairing.article, gold.quote, found.quote, tuple(what), n_letters) if what else None
