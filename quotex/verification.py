"""Verify: does every quotation of an article stand, word for word and with the same speaker, in another text?

A quotation is what stands between a pair of marks and is speech; a quote in several pieces is several quotations.
Words are compared with case and punctuation; the style of marks, white space and the form of apostrophes do not
count, nor does a comma or full stop before the closing mark, which belongs to the style of marks.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from spacy.language import Language

from quotex.extraction import extract
from quotex.pipeline.marks import find_outermost
from quotex.text.marks import APOSTROPHES, FAMILIES
from quotex.text.names import fold_words
from quotex.text.phrases import ARTICLES
from quotex.types import NAMED_KINDS, Article, Speaker

Change = Literal["shortened", "changed", "other speaker", "missing", "new"]
CHANGES: tuple[Change, ...] = ("shortened", "changed", "other speaker", "missing", "new")
Edit = Literal["same", "removed", "added"]

TOKEN = re.compile(r"\w+(?:['’ʼ＇-]\w+)*|``|''|[^\w\s]")
STRAIGHTEN = str.maketrans(dict.fromkeys(APOSTROPHES + "ʼ＇", "'"))
CLOSING = (",", ".")  # before a closing mark
MIN_INSIDE = 3  # words; fewer may stand inside any other quotation by chance
MIN_RATIO = (
    0.5  # of words in common, in the mean of both; below it, two quotations have little to do with each other
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in one pair of marks.

    Attributes:
        text: The words, as they stand there.
        start: Where they begin, in code points.
        end: Where they end.
        quote: Number of the quote they belong to.
        speaker: Who says them, None where that is not known.
    """

    text: str
    start: int
    end: int
    quote: int
    speaker: Speaker | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one quotation, or of none, where it is new.

    Attributes:
        changes: What is not as it was; empty where the quotation holds.
        first: The quotation; None where it is new.
        second: Those that it was found in; none where it is missing.
        words: The words of both, in order: those that stand in both, in the first alone, in the second alone.
    """

    changes: tuple[Change, ...]
    first: Quotation | None
    second: tuple[Quotation, ...] = ()
    words: tuple[tuple[Edit, str], ...] = ()


def verify(first: Article | str, second: Article | str, *, nlp: Language | None = None) -> tuple[Finding, ...]:
    """Compare the quotations of two texts: an article and an edit, a summary, or a translation of it.

    Args:
        first: The article; one with quotes is taken as it is, a text is read first.
        second: What was made of it.
        nlp: A pipeline of `load()`; None means one that is built at the first call and kept.

    Returns:
        A finding for each quotation of the first, in order, and one for each that is new, in order.

    >>> [one.changes for one in verify("“We are ready,” Ann Lee said.", "“We were ready,” Ann Lee said.")]
    [('changed',)]
    """
    one, other = (text if isinstance(text, Article) else extract(text, nlp=nlp) for text in (first, second))
    return tuple(compare(list_quotations(one), list_quotations(other)))


def list_quotations(article: Article) -> list[Quotation]:
    """List what stands in marks and is speech, in the order of the text."""
    text = article.text
    quoted = find_outermost(text)
    found = {}
    for quote in article.quotes:
        if quote.within is not None or quote.act != "statement":
            continue
        for span in quote.content:
            for first, last in quoted:
                start, end = max(first, span.start), min(last, span.end)
                if start < end and (start, end) not in found:
                    found[start, end] = Quotation(text[start:end], start, end, quote.id, quote.speaker)
    return [found[place] for place in sorted(found)]


def split_words(text: str) -> list[str]:
    r"""Split into words and marks, as they are compared.

    >>> split_words("“It’s\n ‘ready’,”")
    ['"', "It's", '"', 'ready', '"', ',', '"']
    """
    words = TOKEN.findall(unicodedata.normalize("NFC", text))
    return ['"' if word in FAMILIES else word.translate(STRAIGHTEN) for word in words]


@dataclass(slots=True)
class _Side:
    """The quotations of one text as one row of words."""

    quotations: Sequence[Quotation]
    words: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)  # which quotation each word is of
    ranges: list[range] = field(default_factory=list)  # which words each quotation has

    def __post_init__(self) -> None:
        for number, one in enumerate(self.quotations):
            words = split_words(one.text)
            while words and words[-1] in CLOSING:
                words.pop()
            start = len(self.words)
            self.words += words
            self.owners += [number] * len(words)
            self.ranges.append(range(start, len(self.words)))


class _Matching:
    """Finds, for each quotation of the first text, the words of the second that it became."""

    def __init__(self, one: _Side, other: _Side) -> None:
        self.one, self.other = one, other
        self.taken = [False] * len(other.words)
        self.found: dict[int, list[int]] = {}  # by quotation, numbers of words of the other side

    def run(self) -> None:
        """Whole quotations first, then those that run over several or stand inside one, then what is alike."""
        numbers = [number for number, words in enumerate(self.one.ranges) if words]
        for is_wanted in (self._is_whole, self._is_run, self._is_inside):
            for number in sorted(numbers, key=lambda n: -len(self.one.ranges[n])):
                if number not in self.found:
                    self._take_verbatim(number, is_wanted)
        pairs = sorted(self._score_pairs([number for number in numbers if number not in self.found]), reverse=True)
        for _, number, second in pairs:
            free = self._list_free(second)
            if free and (number not in self.found or self._is_better(number, free)):
                self._take(number, free)

    def _is_better(self, number: int, free: list[int]) -> bool:
        """Tell whether a quotation that has been found in part goes on in these words, which no other has."""
        words = [self.one.words[n] for n in self.one.ranges[number]]
        both = sorted({*self.found[number], *free})
        return find_ratio(words, [self.other.words[n] for n in both]) > find_ratio(
            words, [self.other.words[n] for n in self.found[number]]
        )

    def _take_verbatim(self, number: int, is_wanted: Callable[[int, int], bool]) -> None:
        places = [place for place in self._find(number) if is_wanted(number, place)]
        if places:
            speaker = self.one.quotations[number].speaker
            same = [place for place in places if is_same_speaker(speaker, self._speaker_at(place))]
            start = (same or places)[0]
            self._take(number, list(range(start, start + len(self.one.ranges[number]))))

    def _take(self, number: int, places: list[int]) -> None:
        self.found[number] = sorted({*self.found.get(number, ()), *places})
        for place in places:
            self.taken[place] = True

    def _speaker_at(self, place: int) -> Speaker | None:
        return self.other.quotations[self.other.owners[place]].speaker

    def _find(self, number: int) -> Iterator[int]:
        """Find the places where the words stand as they are."""
        words = [self.one.words[n] for n in self.one.ranges[number]]
        for start in range(len(self.other.words) - len(words) + 1):
            end = start + len(words)
            if self.other.words[start:end] == words and not any(self.taken[start:end]):
                yield start

    def _is_whole(self, number: int, start: int) -> bool:
        return self.other.ranges[self.other.owners[start]] == range(start, start + len(self.one.ranges[number]))

    def _is_run(self, number: int, start: int) -> bool:
        last = start + len(self.one.ranges[number]) - 1
        first_range, last_range = (self.other.ranges[self.other.owners[n]] for n in (start, last))
        return first_range.start == start and last_range.stop == last + 1

    def _is_inside(self, number: int, start: int) -> bool:
        return len(self.one.ranges[number]) >= MIN_INSIDE

    def _list_free(self, second: int) -> list[int]:
        """List the words that no other quotation has, without the comma or full stop that ends them."""
        words = self.other.ranges[second]
        free = [n for n in words if not self.taken[n]]
        while free and len(free) < len(words) and self.other.words[free[-1]] in CLOSING:
            free.pop()
        return free

    def _score_pairs(self, numbers: Iterable[int]) -> Iterator[tuple[float, int, int]]:
        """Score how much two quotations have in common; all of a shorter one is enough."""
        for number in numbers:
            words = [self.one.words[n] for n in self.one.ranges[number]]
            for second in range(len(self.other.ranges)):
                free = [self.other.words[n] for n in self._list_free(second)]
                ratio = find_ratio(words, free)
                is_part = len(free) >= MIN_INSIDE and is_inside(free, words)
                if is_part or ratio >= MIN_RATIO:
                    yield ratio + is_part, number, second


def find_ratio(one: Sequence[str], other: Sequence[str]) -> float:
    """Find how many words two rows have in common, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def is_inside(part: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether words follow each other in others just so."""
    return any(words[n : n + len(part)] == part for n in range(len(words) - len(part) + 1))


def compare(first: Sequence[Quotation], second: Sequence[Quotation]) -> Iterator[Finding]:
    """Find what became of each quotation, and which are new."""
    one, other = _Side(first), _Side(second)
    matching = _Matching(one, other)
    matching.run()
    added = matching.taken.copy()
    for number, quotation in enumerate(first):
        places = matching.found.get(number, [])
        if not places:
            if one.ranges[number]:
                yield Finding(("missing",), quotation)
            continue
        places = _extend(places, other, added)
        found = tuple(second[n] for n in dict.fromkeys(other.owners[place] for place in places))
        before = [one.words[n] for n in one.ranges[number]]
        parts = [[other.words[n] for n in group] for _, group in groupby(places, other.owners.__getitem__)]
        words = _diff(before, [word for part in parts for word in part])
        changes = tuple(_list_changes(before, parts, words))
        if not all(is_same_speaker(quotation.speaker, each.speaker) for each in found):
            changes += ("other speaker",)
        yield Finding(changes, quotation, found, words)
    for number, quotation in enumerate(second):
        if other.ranges[number] and not any(added[n] for n in other.ranges[number]):
            yield Finding(("new",), None, (quotation,))


def _extend(places: list[int], other: _Side, added: list[bool]) -> list[int]:
    """Add the words beside those found that no quotation has: somebody put them into the speaker's mouth."""
    owners = {other.owners[place] for place in places}
    beside = [n for owner in owners for n in other.ranges[owner] if not added[n]]
    for n in beside:
        added[n] = True
    if all(other.words[n] in CLOSING for n in beside):  # between two that were joined: “ready.” “Go.”
        return places
    return sorted({*places, *beside})


def _diff(one: list[str], other: list[str]) -> tuple[tuple[Edit, str], ...]:
    """Align two rows of words."""
    words: list[tuple[Edit, str]] = []
    for step, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if step == "equal":
            words += [("same", word) for word in one[a:b]]
        else:
            words += [("removed", word) for word in one[a:b]] + [("added", word) for word in other[c:d]]
    return tuple(words)


def _list_changes(
    before: list[str], parts: list[list[str]], words: Sequence[tuple[Edit, str]]
) -> Iterator[Change]:
    """Say how words have changed; what is left of them is verbatim where each part stands in them just so."""
    removed = [word for edit, word in words if edit == "removed"]
    is_added = any(edit == "added" for edit, _ in words)
    # “ready, and” -> “ready,” she said, “and”
    is_cut = len(parts) > 1 and all(word in CLOSING for word in removed)
    if is_added or not all(is_inside(part, before) for part in parts):
        yield "changed"
    elif removed and not is_cut:
        yield "shortened"


def is_same_speaker(one: Speaker | None, other: Speaker | None) -> bool:
    """Tell whether two speakers are one: the words of one's names are among those of the other's.

    >>> is_same_speaker(Speaker("lee", "Lee", "person"), Speaker("ann-lee", "Ann Lee", "person"))
    True
    """
    if one is None or other is None:
        return one is other
    return any(names <= others or others <= names for names in _list_names(one) for others in _list_names(other))


def _list_names(speaker: Speaker) -> list[set[str]]:
    """List the names of a speaker; of those without, what they are called."""
    given = (speaker.name, *(() if speaker.kind in NAMED_KINDS else speaker.descriptions))
    names = [set(fold_words(name)) - ARTICLES for name in given]
    return [name for name in names if name]
