"""Batches: windows of articles, cut at random ends, padded to one length."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader

from quotex.model.encode import MAX_WORD_PIECES, NO_PIECE, Encoder, find_units
from quotex.model.labels import BESIDE_LABELS, MENTION_KINDS, NAME_LABELS, ROLE_LABELS
from quotex.training.examples import NONE, UNKNOWN, Example, GoldMates

ALL = -1  # the fold of an article that no teacher has learned from
SHORTEST_SHARE = 0.4  # of a full window, for the shortest of those drawn at random


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words `start` to `end` of an example, to be read as one window."""

    example: Example
    start: int
    end: int

    @property
    def n_positions(self) -> int:
        """Positions of the window, the two at either end included."""
        starts = self.example.encoded.starts
        return int(starts[self.end] - starts[self.start]) + 2


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of like length, padded; shapes as in Network.forward and NetworkOutput.

    Attributes:
        inputs: pieces, shapes, marks, words, mask, word_mask.
        gold: (n_windows, n_words), UNKNOWN where there is no gold.
        inner: The same of the quotes inside others.
        teacher: (n_windows, n_words, n_labels), probabilities, all 0 where there is no teacher.
        mentions: (n_windows, n_words, n_kinds), UNKNOWN where there are none.
        names: (n_windows, n_words, n_labels), true for the labels that a word may have, all false where unknown.
        beside: The same.
        cues: (n_windows, n_words, n_words + 1), target distribution, all 0 where there is no link.
        sources: The same for cues.
        mates: (n_windows, n_words, n_words + 1), true where a column is a right mate of the row's word.
        rivals: The same shape, true for the columns among which it is to be told from the others.
        folds: (n_windows,), as in Example; ALL where no teacher has learned from it.
    """

    inputs: tuple[Tensor, ...]
    gold: Tensor
    inner: Tensor
    teacher: Tensor
    mentions: Tensor
    names: Tensor
    beside: Tensor
    cues: Tensor
    sources: Tensor
    mates: Tensor
    rivals: Tensor
    folds: Tensor


def draw_stretches(examples: list[Example], max_positions: int, rng: np.random.Generator) -> list[Stretch]:
    """Cut every example into windows of whole paragraphs and of random length, all words once."""
    stretches = []
    for example in examples:
        starts = example.encoded.starts
        start = end = 0
        room = 0
        for first, last in find_units(example.encoded, max_positions - 2):
            if end > start and starts[last] - starts[start] > room:
                stretches.append(Stretch(example, start, end))
                start = first
            if start == first:
                room = int((max_positions - 2) * rng.uniform(SHORTEST_SHARE, 1))
            end = last
        if end > start:
            stretches.append(Stretch(example, start, end))
    return stretches


def draw_groups(stretches: list[Stretch], batch_positions: int, rng: np.random.Generator) -> list[list[Stretch]]:
    """Put windows of like length together in random order, at most `batch_positions` positions in each group."""
    ordered = sorted(stretches, key=lambda stretch: stretch.n_positions + rng.uniform(0, 16))
    groups: list[list[Stretch]] = [[]]
    longest = 0
    for stretch in ordered:
        longest = max(longest, stretch.n_positions)
        if groups[-1] and longest * (len(groups[-1]) + 1) > batch_positions:
            groups.append([])
            longest = stretch.n_positions
        groups[-1].append(stretch)
    return [groups[number] for number in rng.permutation(len(groups))]


def make_batches(groups: list[list[Stretch]], encoder: Encoder, n_workers: int) -> Iterable[Batch]:
    """Make a batch of each group, in as many processes besides; 0 is none."""
    return DataLoader(
        groups,
        batch_size=None,
        collate_fn=partial(make_batch, encoder=encoder),
        num_workers=n_workers,
    )


def make_batch(stretches: list[Stretch], encoder: Encoder) -> Batch:
    """Put windows side by side."""
    n_windows = len(stretches)
    n_positions = max(stretch.n_positions for stretch in stretches)
    n_words = max(stretch.end - stretch.start for stretch in stretches)
    pieces = np.full((n_windows, n_positions, MAX_WORD_PIECES), NO_PIECE, dtype=np.int64)
    shapes, marks = (np.zeros((n_windows, n_positions), dtype=np.int64) for _ in range(2))
    words = np.zeros((n_windows, n_words), dtype=np.int64)
    mask = np.zeros((n_windows, n_positions), dtype=bool)
    word_mask = np.zeros((n_windows, n_words), dtype=bool)
    gold, inner = (np.full((n_windows, n_words), UNKNOWN, dtype=np.int64) for _ in range(2))
    teacher = np.zeros((n_windows, n_words, len(ROLE_LABELS)), dtype=np.float32)
    mentions = np.full((n_windows, n_words, len(MENTION_KINDS)), UNKNOWN, dtype=np.int64)
    names = np.zeros((n_windows, n_words, len(NAME_LABELS)), dtype=bool)
    beside = np.zeros((n_windows, n_words, len(BESIDE_LABELS)), dtype=bool)
    cues, sources = (np.zeros((n_windows, n_words, n_words + 1), dtype=np.float32) for _ in range(2))
    mates, rivals = (np.zeros((n_windows, n_words, n_words + 1), dtype=bool) for _ in range(2))
    folds = np.array([ALL if (fold := stretch.example.fold) is None else fold for stretch in stretches])
    for row, stretch in enumerate(stretches):
        example, start, end = stretch.example, stretch.start, stretch.end
        arrays = encoder.window_arrays(example.encoded, start, end)
        length, size = len(arrays.pieces), end - start
        pieces[row, :length, : arrays.pieces.shape[1]] = arrays.pieces
        shapes[row, :length], marks[row, :length] = arrays.shapes, arrays.marks
        words[row, :size] = arrays.words
        mask[row, :length] = word_mask[row, :size] = True
        if example.gold is not None:
            gold[row, :size] = example.gold[start:end]
        if example.inner is not None:
            inner[row, :size] = example.inner[start:end]
        if example.teacher is not None:
            teacher[row, :size] = example.teacher[start:end]
        if example.mentions is not None:
            mentions[row, :size] = example.mentions[start:end]
        if example.names is not None:
            names[row, :size] = example.names[start:end]
        if example.beside is not None:
            beside[row, :size] = example.beside[start:end]
        _fill_links(cues[row], example.cues, start, end)
        _fill_links(sources[row], example.sources, start, end)
        _fill_mates(mates[row], rivals[row], example.mates, start, end)
    inputs = tuple(torch.from_numpy(array) for array in (pieces, shapes, marks, words, mask, word_mask))
    rest = (
        torch.from_numpy(array)
        for array in (gold, inner, teacher, mentions, names, beside, cues, sources, mates, rivals, folds)
    )
    return Batch(inputs, *rest)


def _fill_links(target: np.ndarray, links: list[tuple[int, int]], start: int, end: int) -> None:
    """Write the links that begin in a window as distributions; out of the window is "none here"."""
    for word, linked in links:
        if start <= word < end:
            inside = linked != NONE and start <= linked < end
            target[word - start, linked - start + 1 if inside else 0] = 1
    target /= np.maximum(target.sum(axis=1, keepdims=True), 1)


def _fill_mates(right: np.ndarray, rivals: np.ndarray, mates: list[GoldMates], start: int, end: int) -> None:
    """Write the heads of a window with their mates; where there is none, "none here" is right, or none known."""
    for word, same, also, among, may_lack in mates:
        if not start <= word < end:
            continue
        row = word - start
        found, others = ([place - start + 1 for place in heads if start <= place < end] for heads in (same, also))
        if among is None:
            rivals[row, : end - start + 1] = True
            rivals[row, [row + 1, *others]] = False
            right[row, found or others or ([] if may_lack else [0])] = True
            rivals[row] |= right[row]
        elif all(start <= place < end for place in among):
            rivals[row, [place - start + 1 for place in among]] = True
            right[row, found] = True
