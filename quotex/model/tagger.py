"""Tagger: the words of an article in, probabilities of roles, mentions and links out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from quotex.model.arrays import Bytes1d, Floats1d, Floats2d, Ints1d
from quotex.model.encode import Encoder, Window, plan_windows
from quotex.model.labels import BESIDE_LABELS, MENTION_KINDS, MENTION_LABELS, NAME_LABELS, ROLE_LABELS
from quotex.model.session import Model

MIN_FIRST = 0.02  # probability that links go to a word at all, for those to it to be kept
MIN_MENTIONED = 0.1  # probability that a word belongs to a mention, for its mates to be kept
FLOOR = -12.0  # log probability of a link that was not kept
FIRST_CUE = ROLE_LABELS.index("B-cue")
FIRST_SOURCE = ROLE_LABELS.index("B-source")
N_KINDS = len(MENTION_KINDS)
N_STATES = len(MENTION_LABELS) // N_KINDS


@dataclass(frozen=True, slots=True)
class Links:
    """From each word of a stretch, the log probability that each of some words is the one it belongs to.

    Attributes:
        start: First word of the stretch.
        end: The word after it.
        targets: int32, shape (n_targets,), words in order.
        scores: float32, shape (end - start, n_targets).
        none: float32, shape (end - start,), log probability that the one it belongs to is not there.
    """

    start: int
    end: int
    targets: Ints1d
    scores: Floats2d
    none: Floats1d


Link = tuple[int, int, float]  # numbers of what is linked, log probability


class Mates(NamedTuple):
    """From each of some words, the log probability that each of some words stands for the same person or body.

    Attributes:
        words: int32, shape (n,), in order: those of a window's core that may belong to a mention.
        targets: int32, shape (n_targets,), in order: those of all the window.
        scores: float32, shape (n, n_targets).
    """

    words: Ints1d
    targets: Ints1d
    scores: Floats2d


@dataclass(frozen=True, slots=True)
class Tagging:
    """What the model says of an article.

    Attributes:
        roles: float32, shape (n_words, 7), probabilities of ROLE_LABELS.
        inner: The same of quotes inside the content of others.
        mentions: float32, shape (n_words, 2, 3), probabilities, for each of MENTION_KINDS, of outside, first
            word and inside.
        names: float32, shape (n_words, 9), probabilities of NAME_LABELS.
        beside: float32, shape (n_words, 5), probabilities of BESIDE_LABELS.
        cues: For a source or content word: the first word of its cue. One Links a window, in order.
        sources: For the first word of a cue: the first word of its source; `none` where it has none.
        mates: For the head of a mention (`find_head`): those of others of the same one. One Mates a window.
    """

    roles: Floats2d
    inner: Floats2d
    mentions: np.ndarray[tuple[int, int, int], np.dtype[np.float32]]
    names: Floats2d
    beside: Floats2d
    cues: tuple[Links, ...]
    sources: tuple[Links, ...]
    mates: tuple[Mates, ...]

    def link_cues(self, spans: Sequence[tuple[int, int]], cues: Sequence[int]) -> list[Link]:
        """Link sources and contents to the cues that they may belong to.

        Args:
            spans: Words of each source and content, half-open, in order.
            cues: First words of the cues, in order.

        Returns:
            Numbers of a span and a cue, and the mean log probability over the span's words; what is as unlikely
            as FLOOR is left out.
        """
        return link_spans(self.cues, spans, cues)

    def link_sources(self, cues: Sequence[int], sources: Sequence[int]) -> list[Link]:
        """Link cues to the sources that may be theirs, and to none, whose number is -1.

        Args:
            cues: First words of the cues, in order.
            sources: First words of the sources, in order.
        """
        links = link_spans(self.sources, [(cue, cue + 1) for cue in cues], sources)
        for block in self.sources:
            low, high = np.searchsorted(cues, [block.start, block.end])
            links += [(number, -1, float(block.none[cues[number] - block.start])) for number in range(low, high)]
        return links


class Tagger:
    """Reads articles with a model, one window at a time.

    8-bit arithmetic scales by all that is computed at once; windows of their own make an article's results the
    same in whatever company it is read.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._encoder = Encoder(model.tokenizer)

    def __call__(self, words: Sequence[str], marks: Bytes1d, paragraphs: Ints1d) -> Tagging:
        """Read one article.

        Args:
            words: Words that are not white space, in order; every quotation mark a word of its own.
            marks: int8, shape (n_words,), index into encode.MARK_STATES, of the outermost level.
            paragraphs: int32, shape (n_words,), number of the word's paragraph, never decreasing.
        """
        meta = self._model.meta
        article = self._encoder.encode(words, marks, paragraphs)
        windows = plan_windows(article, max_positions=meta.max_positions, n_context=meta.n_context)
        n_words = len(words)
        roles, inner = (np.zeros((n_words, len(ROLE_LABELS)), dtype=np.float32) for _ in range(2))
        mentions = np.zeros((n_words, N_KINDS, N_STATES), dtype=np.float32)
        names = np.zeros((n_words, len(NAME_LABELS)), dtype=np.float32)
        beside = np.zeros((n_words, len(BESIDE_LABELS)), dtype=np.float32)
        cues, sources, mates = [], [], []
        for window in windows:
            scores = self._model.run(self._encoder.window_arrays(article, window.start, window.end))
            window_roles, window_inner = (
                softmax(logits / np.float32(meta.temperature)) for logits in (scores.roles, scores.inner)
            )
            skipped = window.core - window.start
            roles[window.core : window.end] = window_roles[skipped:]
            inner[window.core : window.end] = window_inner[skipped:]
            window_mentions = softmax(scores.mentions.reshape(-1, N_KINDS, N_STATES))
            mentions[window.core : window.end] = window_mentions[skipped:]
            window_names = softmax(scores.names)
            names[window.core : window.end] = window_names[skipped:]
            beside[window.core : window.end] = softmax(scores.beside[skipped:])
            likeliest = np.maximum(window_roles, window_inner)
            cues.append(keep_links(scores.cues, window, likeliest[:, FIRST_CUE]))
            sources.append(keep_links(scores.sources, window, likeliest[:, FIRST_SOURCE]))
            meant = np.maximum(1 - window_mentions[:, :, 0].min(axis=1), 1 - window_names[:, 0])
            meant = np.maximum(meant, likeliest[:, FIRST_SOURCE] + likeliest[:, FIRST_SOURCE + 1])
            mates.append(keep_mates(scores.mates, window, meant))
        return Tagging(roles, inner, mentions, names, beside, tuple(cues), tuple(sources), tuple(mates))


def softmax(logits: np.ndarray) -> np.ndarray:
    """Turn logits into probabilities along the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True)) if logits.size else logits
    probs: np.ndarray = (powers / powers.sum(axis=-1, keepdims=True)).astype(np.float32)
    return probs


def keep_links(scores: Floats2d, window: Window, firsts: Floats1d) -> Links:
    """Keep the links of a window's core to the words that may be what is linked to.

    All of them would be 300 numbers a word; these are about 15.

    Args:
        scores: Log probabilities, shape (n_words, n_words + 1), column 0 "none here".
        window: The window they are of.
        firsts: Shape (n_words,), probability that a word is what links go to, the first of a cue.
    """
    skipped = window.core - window.start
    likely = np.flatnonzero(firsts >= MIN_FIRST)
    core = scores[skipped:]
    targets = (likely + window.start).astype(np.int32)
    return Links(window.core, window.end, targets, core[:, likely + 1], core[:, 0].copy())


def keep_mates(scores: Floats2d, window: Window, mentioned: Floats1d) -> Mates:
    """Keep what the words of a window's core that may belong to a mention have to do with others that may.

    Args:
        scores: Log probabilities, shape (n_words, n_words + 1), column 0 "none here".
        window: The window they are of.
        mentioned: Shape (n_words,), probability that a word belongs to a mention.
    """
    likely = np.flatnonzero(mentioned >= MIN_MENTIONED)
    rows = likely[likely >= window.core - window.start]
    words, targets = ((kept + window.start).astype(np.int32) for kept in (rows, likely))
    return Mates(words, targets, scores[np.ix_(rows, likely + 1)])


def link_spans(blocks: Sequence[Links], spans: Sequence[tuple[int, int]], targets: Sequence[int]) -> list[Link]:
    """Link spans to words: the mean over the words of each, FLOOR where a link was not kept."""
    if not spans or not targets:
        return []
    starts, ends = np.array(spans, dtype=np.int32).T
    wanted = np.array(targets, dtype=np.int32)
    totals: dict[tuple[int, int], float] = {}
    for block in blocks:
        low, high = np.searchsorted(ends, block.start, side="right"), np.searchsorted(starts, block.end)
        columns = np.flatnonzero(np.isin(wanted, block.targets, assume_unique=True))
        if low >= high or not len(columns):
            continue
        above = np.maximum(block.scores[:, np.searchsorted(block.targets, wanted[columns])] - np.float32(FLOOR), 0)
        sums = np.zeros((len(above) + 1, len(columns)), dtype=np.float32)
        np.cumsum(above, axis=0, out=sums[1:])
        inside = np.clip([starts[low:high], ends[low:high]], block.start, block.end) - block.start
        gains = sums[inside[1]] - sums[inside[0]]
        for row, column in np.argwhere(gains > 0).tolist():
            pair = (int(low) + row, int(columns[column]))
            totals[pair] = totals.get(pair, 0.0) + float(gains[row, column])
    return [(span, at, FLOOR + total / (spans[span][1] - spans[span][0])) for (span, at), total in totals.items()]
