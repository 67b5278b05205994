"""Examples: articles to learn from, as arrays over words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from quotex.model.arrays import Floats2d, Ints1d
from quotex.model.encode import INSIDE, EncodedArticle
from quotex.model.labels import OUTPUT_ROLES
from quotex.pipeline.ranges import find_within
from quotex.text.marks import FAMILIES

if TYPE_CHECKING:  # what it imports needs spaCy, which is not where a network is trained
    from quotex.evaluation import Annotation

UNKNOWN = -100  # a label that is not known; cross-entropy's own value for it
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
        may_lack: Whether others of it may be unmarked: where none of these is near, nothing is known.
    """

    word: int
    same: tuple[int, ...]
    also: tuple[int, ...] = ()
    among: tuple[int, ...] | None = None
    may_lack: bool = False


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
        inner: The same of the quotes that stand in the content of others, UNKNOWN where it is not known.
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
    inner: Ints1d | None = None
    teacher: Floats2d | None = None
    cues: list[GoldLink] = field(default_factory=list)
    sources: list[GoldLink] = field(default_factory=list)
    mentions: Ints1d | None = None
    names: Allowed | None = None
    beside: Allowed | None = None
    mates: list[GoldMates] = field(default_factory=list)
    fold: int | None = None


def add_quotes(example: Example, quotes: Sequence["Annotation"], *, are_inner_known: bool = False) -> None:
    """Write gold quotes as labels and links.

    Args:
        example: Gets them.
        quotes: The quotes.
        are_inner_known: Those in the content of others are marked, too, wherever there are any.
    """
    held = find_within([(quote.content, quote.cue) for quote in quotes])
    outer, inner = (
        [quote for number, quote in enumerate(quotes, start=1) if (number in held) == is_held]
        for is_held in (False, True)
    )
    example.gold = label_roles(example, outer)
    if are_inner_known:
        example.inner = label_roles(example, inner)
        forget_quotations(example.inner, example.words)
    for quote in quotes:
        if not quote.cue:
            continue
        cue = min(example.words.find(start, end)[0] for start, end in quote.cue)
        sources = [example.words.find(start, end) for start, end in quote.source]
        contents = [example.words.find(start, end) for start, end in quote.content]
        example.cues += [(word, cue) for piece in (*sources, *contents) for word in range(*piece)]
        example.sources.append((cue, min(first for first, _ in sources) if sources else NONE))


def forget_quotations(inner: Ints1d, words: Words) -> None:
    """Forget what is said of quotations that have others in them, where nobody marked who says those."""
    changes = np.flatnonzero(np.diff(words.marks == INSIDE, prepend=False, append=False))
    for start, end in changes.reshape(-1, 2).tolist():
        if not inner[start:end].any() and any(word in FAMILIES for word in words.words[start:end]):
            inner[start:end] = UNKNOWN


def label_roles(example: Example, quotes: Sequence["Annotation"]) -> Ints1d:
    """Give each word its role in quotes, as an index into ROLE_LABELS.

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
    return gold
