"""Examples: articles to learn from, as arrays over words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from quotex.model.arrays import Floats2d, Ints1d
from quotex.model.encode import EncodedArticle
from quotex.model.labels import OUTPUT_ROLES

if TYPE_CHECKING:  # what it imports needs spaCy, which is not where a network is trained
    from quotex.evaluation import Annotation

NONE = -1  # the target of a cue that has no source

GoldLink = tuple[int, int]
Allowed = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


class GoldMates(NamedTuple):
    """The other mentions of whom a mention means, each by its head.

    Attributes:
        word: The mention's head.
        same: Heads of those to find.
        also: Heads that are right too, but only to be found where none of `same` is near.
        among: Where only some words are known to be right or wrong, these, the right ones included.
    """

    word: int
    same: tuple[int, ...]
    also: tuple[int, ...] = ()
    among: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one article as the tagger gets them.

    Attributes:
        text: The article.
        words: Words that are not white space.
        offsets: int32, shape (n_words, 2), half-open ranges of code points.
        marks: int8, shape (n_words,), index into MARK_STATES.
        paragraphs: int32, shape (n_words,).
    """

    text: str
    words: list[str]
    offsets: Ints1d
    marks: np.ndarray[Any, np.dtype[np.int8]]
    paragraphs: Ints1d

    def find(self, start: int, end: int) -> tuple[int, int]:
        """Find the words that a range of code points touches, as a half-open range of words."""
        first = int(np.searchsorted(self.offsets[:, 1], start, side="right"))
        last = int(np.searchsorted(self.offsets[:, 0], end, side="left"))
        return first, max(first, last)


@dataclass(slots=True)
class Example:
    """One article to learn from; what is not known of it is None or empty.

    Attributes:
        id: The article's id.
        words: Its words.
        encoded: Its word pieces and features.
        gold: int64, shape (n_words,), index into ROLE_LABELS.
        teacher: float32, shape (n_words, len(ROLE_LABELS)), probabilities; the opinion
            of the model that `quotex train` goes on from.
        cues: Pairs (source or content word, first word of its cue).
        sources: Pairs (first word of a cue, first word of its source, or NONE).
        mentions: int64, shape (n_words, len(MENTION_KINDS)): 0 outside, 1 first word, 2 inside.
        names: bool, shape (n_words, len(NAME_LABELS)), which labels a word may have; more than one where the
            corpus does not tell them apart, all where it says nothing.
        beside: The same of BESIDE_LABELS.
        mates: Whom its mentions mean.
        fold: The number of the teacher that does not learn from it; None where none does.
    """

    id: str
    words: Words
    encoded: EncodedArticle
    gold: Ints1d | None = None
    teacher: Floats2d | None = None
    cues: list[GoldLink] = field(default_factory=list)
    sources: list[GoldLink] = field(default_factory=list)
    mentions: Ints1d | None = None
    names: Allowed | None = None
    beside: Allowed | None = None
    mates: list[GoldMates] = field(default_factory=list)
    fold: int | None = None


def add_quotes(example: Example, quotes: Sequence["Annotation"]) -> None:
    """Write gold quotes as labels and links.

    A word has one role; where spans overlap (8 words in 100,000 of PolNeAR) source goes before cue before
    content, and where two of one role do, the first one goes on.
    """
    gold = np.zeros(len(example.words.words), dtype=np.int64)
    for role in reversed(OUTPUT_ROLES):
        pieces = {example.words.find(start, end) for quote in quotes for start, end in getattr(quote, role)}
        label = 1 + 2 * OUTPUT_ROLES.index(role)
        taken = 0
        for first, last in sorted(pieces):
            first = max(first, taken)
            if first < last:
                gold[first] = label
                gold[first + 1 : last] = label + 1
                taken = last
    example.gold = gold
    for quote in quotes:
        if not quote.cue:
            continue
        cue = min(example.words.find(start, end)[0] for start, end in quote.cue)
        sources = [example.words.find(start, end) for start, end in quote.source]
        contents = [example.words.find(start, end) for start, end in quote.content]
        example.cues += [(word, cue) for piece in (*sources, *contents) for word in range(*piece)]
        example.sources.append((cue, min(first for first, _ in sources) if sources else NONE))
