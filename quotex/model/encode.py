"""Encode: words of an article into what the network reads, window by window: a position a word.

Training reads articles through this module too, so there is one definition of every feature.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from quotex.model.arrays import Bytes1d, Ints1d, Ints2d
from quotex.text.marks import APOSTROPHES, FAMILIES, SENTENCE_ENDS, is_single

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Mark states of a word.
OUTSIDE, INSIDE, OPENING, CLOSING = range(4)
MARK_STATES = ("outside", "inside", "opening", "closing")

# What the letters of a word look like; the network's vocabulary has no capitals.
NO_WORD, LOWER, TITLE, UPPER, INITIAL, MIXED, DIGITS, OTHER = range(8)
SHAPES = ("none", "lower", "title", "upper", "initial", "mixed", "digits", "other")

STRAIGHTEN = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))

MAX_WORD_PIECES = 6  # pieces; a web address of hundreds of pieces says no more than its beginning does
NO_PIECE = 0  # fills the row of a word of fewer pieces; the vocabulary's [PAD]
SHORTEST_CORE = 0.4  # of the room there is, unless only a longer paragraph is left
N_CACHED_WORDS = 16_384  # words; about 5 MB


@dataclass(frozen=True, slots=True)
class EncodedArticle:
    """An article as positions: one for each word, and one for the break before each paragraph.

    Attributes:
        pieces: int64, shape (n_positions, MAX_WORD_PIECES), the word pieces of each by their ids in the
            vocabulary, then NO_PIECE.
        starts: int32, shape (n_words + 1,), position of each word, or of the break before it; then n_positions.
        firsts: int32, shape (n_words,), position of each word itself.
        shapes: int8, shape (n_words,), index into SHAPES.
        marks: int8, shape (n_words,), index into MARK_STATES.
        paragraphs: int32, shape (n_words,), paragraph of each word, never decreasing.
        ends: bool, shape (n_words,), words after which a sentence may end.
    """

    pieces: Ints2d
    starts: Ints1d
    firsts: Ints1d
    shapes: Bytes1d
    marks: Bytes1d
    paragraphs: Ints1d
    ends: np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of words the network reads at once, half-open, in words of the article.

    Results are kept for the core; the words before it are only there to be read.
    """

    start: int
    core: int
    end: int


@dataclass(frozen=True, slots=True)
class WindowArrays:
    """The network's inputs for one window.

    Attributes:
        pieces: int64, shape (n_positions, most pieces of one), the model's first and last piece around them.
        shapes: int64, shape (n_positions,), shape of the word.
        marks: int64, shape (n_positions,), mark state of the word.
        words: int64, shape (n_words,), position of each word.
    """

    pieces: Ints2d
    shapes: Ints1d
    marks: Ints1d
    words: Ints1d


class Encoder:
    """Turns words into word pieces; the vocabulary is a `tokenizers.Tokenizer`'s."""

    def __init__(self, tokenizer: "Tokenizer") -> None:
        self._tokenizer = tokenizer
        self._unknown = self._id("[UNK]")
        self._first = self._id("[CLS]")
        self._last = self._id("[SEP]")
        self._break = self._id("[unused1]")
        self.split = lru_cache(maxsize=N_CACHED_WORDS)(self._split)

    def _id(self, piece: str) -> int:
        found = self._tokenizer.token_to_id(piece)
        if found is None:
            raise ValueError(f"the vocabulary has no piece {piece}")
        return int(found)

    def encode(self, words: Sequence[str], marks: Bytes1d, paragraphs: Ints1d) -> EncodedArticle:
        """Encode the words of one article.

        Args:
            words: Words that are not white space, in order.
            marks: int8, shape (n_words,), index into MARK_STATES.
            paragraphs: int32, shape (n_words,), never decreasing.
        """
        words = normalise_marks(words, marks)
        by_word = [self.split(word) for word in words]
        n_words = len(words)
        opens_paragraph = find_openings(paragraphs)
        starts = np.zeros(n_words + 1, dtype=np.int32)
        np.cumsum(1 + opens_paragraph, out=starts[1:])
        firsts = starts[:-1] + opens_paragraph
        pieces = np.full((int(starts[-1]), MAX_WORD_PIECES), NO_PIECE, dtype=np.int64)
        pieces[starts[:-1][opens_paragraph], 0] = self._break
        lengths = np.fromiter(map(len, by_word), dtype=np.int32, count=n_words)
        is_filled = np.arange(MAX_WORD_PIECES) < lengths[:, None]
        rows, columns = np.nonzero(is_filled)
        pieces[firsts[rows], columns] = [piece for word in by_word for piece in word]
        return EncodedArticle(
            pieces=pieces,
            starts=starts,
            firsts=firsts.astype(np.int32),
            shapes=np.fromiter(map(find_shape, words), dtype=np.int8, count=n_words),
            marks=np.asarray(marks, dtype=np.int8),
            paragraphs=np.asarray(paragraphs, dtype=np.int32),
            ends=np.fromiter((word in SENTENCE_ENDS for word in words), dtype=np.bool_, count=n_words),
        )

    def _split(self, word: str) -> list[int]:
        """Split a word into pieces, at least one and at most MAX_WORD_PIECES."""
        pieces = self._tokenizer.encode(word, add_special_tokens=False).ids[:MAX_WORD_PIECES]
        return pieces or [self._unknown]  # a word of control characters has no pieces

    def window_arrays(self, article: EncodedArticle, start: int, end: int) -> WindowArrays:
        """Cut the network's inputs for the words `start` to `end` out of an encoded article."""
        offsets = article.starts[start : end + 1]
        first, last = int(offsets[0]), int(offsets[-1])
        lengths = np.diff(offsets)
        pieces = np.full((last - first + 2, MAX_WORD_PIECES), NO_PIECE, dtype=np.int64)
        pieces[1:-1] = article.pieces[first:last]
        pieces[0, 0], pieces[-1, 0] = self._first, self._last
        words = (article.firsts[start:end] - first + 1).astype(np.int64)
        return WindowArrays(
            pieces=pieces[:, pieces.any(axis=0)],
            shapes=_spread(article.shapes[start:end], lengths),
            marks=_spread(article.marks[start:end], lengths),
            words=words,
        )


def _spread(values: Bytes1d, lengths: Ints1d) -> Ints1d:
    """Give each position its word's value, and 0 to those at either end."""
    return np.concatenate(([0], np.repeat(values, lengths), [0]), dtype=np.int64)


def find_openings(paragraphs: Ints1d) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Say of each word, by the numbers of their paragraphs, whether it is the first one of its own."""
    opens = np.ones(len(paragraphs), dtype=bool)
    opens[1:] = paragraphs[1:] != paragraphs[:-1]
    return opens


def normalise_marks(words: Sequence[str], marks: Bytes1d) -> list[str]:
    """Write every mark the same way, so that an article gives the same quotes whichever it uses.

    >>> normalise_marks(["«", "Oui", "‹", "non", "›", "»", "don’t"], np.array([2, 1, 1, 1, 1, 3, 0]))
    ['"', 'Oui', "'", 'non', "'", '"', "don't"]
    """
    return [
        # most words need no second look
        word if state <= INSIDE and word.isascii() and word not in FAMILIES else _normalise(word, state)
        for word, state in zip(words, marks.tolist(), strict=True)
    ]


def _normalise(word: str, state: int) -> str:
    if state in (OPENING, CLOSING):
        return '"'
    if word in FAMILIES:
        return "'" if state == INSIDE or is_single(word) else '"'
    return word.translate(STRAIGHTEN)


@lru_cache(maxsize=N_CACHED_WORDS)
def find_shape(word: str) -> int:
    """Say what the letters of a word look like, as an index into SHAPES.

    >>> [SHAPES[find_shape(word)] for word in ("said", "Obama", "U.S.", "J.", "McCain", "2nd", ",")]
    ['lower', 'title', 'upper', 'initial', 'mixed', 'digits', 'other']
    """
    letters = [char for char in word if char.isalpha()]
    if any(char.isdigit() for char in word):
        return DIGITS
    if not letters:
        return OTHER
    n_upper = sum(char.isupper() for char in letters)
    if n_upper == 0:
        return LOWER
    if n_upper == len(letters):
        return UPPER if n_upper > 1 else INITIAL
    return TITLE if n_upper == 1 and letters[0].isupper() else MIXED


def plan_windows(article: EncodedArticle, *, max_positions: int, n_context: int) -> list[Window]:
    """Cut an article into windows, each read on its own.

    Cores follow paragraphs, as many whole ones as fit or somewhat fewer; a paragraph longer than a window is cut,
    at a sentence's end if there is one in its second half. Time and memory are linear in the words.

    Args:
        article: The article.
        max_positions: Most positions a window may have, context and the two at either end included.
        n_context: Most positions of context before a core.

    Returns:
        Windows in order; their cores cover every word once.
    """
    n_words = len(article.firsts)
    if n_words == 0:
        return []
    room = max_positions - 2 - n_context
    cores = pack_units(article, find_units(article, room), room)
    windows = []
    for core, end in cores:
        start = int(np.searchsorted(article.starts[: core + 1], article.starts[core] - n_context))
        windows.append(Window(start, core, end))
    return windows


def find_units(article: EncodedArticle, room: int) -> list[tuple[int, int]]:
    """Find what windows are packed from: paragraphs, and the parts of those longer than `room` positions."""
    starts = article.starts
    n_words = len(article.firsts)
    breaks = np.flatnonzero(article.paragraphs[1:] != article.paragraphs[:-1]) + 1
    bounds = [0, *breaks.tolist(), n_words]
    units = []
    for start, end in pairwise(bounds):
        while starts[end] - starts[start] > room:
            cut = int(np.searchsorted(starts[start : end + 1], starts[start] + room, side="right")) - 1 + start
            cut = max(cut, start + 1)
            ends = np.flatnonzero(article.ends[(start + cut) // 2 : cut])
            if len(ends):
                cut = (start + cut) // 2 + int(ends[-1]) + 1
            units.append((start, cut))
            start = cut
        units.append((start, end))
    return units


def pack_units(article: EncodedArticle, units: list[tuple[int, int]], room: int) -> list[tuple[int, int]]:
    """Join neighbouring units into cores of at most `room` positions, cut where the words say.

    A core ends before that unit, of all that leave it SHORTEST_CORE to `room` positions, whose words have the
    least checksum: so what is put in or left out elsewhere in an article moves only the cuts close by.

    Source: content-defined chunking, Muthitacharoen, Chen and Mazières 2001 (SOSP), "A low-bandwidth network file
    system".
    """
    bounds = [int(article.starts[start]) for start, _ in units]
    n_positions = int(article.starts[units[-1][1]])
    cores = []
    first = 0
    while n_positions - bounds[first] > room:
        fitting = bisect_right(bounds, bounds[first] + room)
        least = bisect_left(bounds, bounds[first] + SHORTEST_CORE * room, first + 1)
        cut = min(range(min(least, fitting - 1), fitting), key=lambda n: find_checksum(article, *units[n]))
        cores.append((units[first][0], units[cut][0]))
        first = cut
    return [*cores, (units[first][0], units[-1][1])]


def find_checksum(article: EncodedArticle, start: int, end: int) -> int:
    """Find the checksum of the words of a stretch that have no capitals, so that another name changes nothing."""
    is_lower = article.shapes[start:end] == LOWER
    return crc32(article.pieces[article.firsts[start:end]][is_lower].tobytes())
