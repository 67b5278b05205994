"""Decode: label probabilities into spans that begin with a B, with a probability each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp, log
from typing import Generic, TypeVar

import numpy as np

from quotex.model.arrays import Floats1d, Floats2d, Ints1d
from quotex.model.encode import find_openings
from quotex.model.labels import BESIDES, MENTION_KINDS, NAME_KINDS, OUTPUT_ROLES, Beside, MentionKind, NameKind
from quotex.types import Role

TINY = 1e-6  # of a probability, before its logarithm
# What no name ends in, in lower case: `Ora City of | the`, `Ann Lee | ,`.
NO_ENDS = frozenset(", ; : & - – — and or of the a an in at on for to with".split())
Label = TypeVar("Label", Role, MentionKind, NameKind, Beside)


@dataclass(frozen=True, slots=True)
class LabelledSpan(Generic[Label]):
    """Words `start` to `end`, half-open, their label, and the probability that all of that is right."""

    label: Label
    start: int
    end: int
    probability: float


RoleSpan = LabelledSpan[Role]
MentionSpan = LabelledSpan[MentionKind]
NameSpan = LabelledSpan[NameKind]
BesideSpan = LabelledSpan[Beside]


def decode_roles(
    roles: Floats2d,
    paragraphs: Ints1d,
    transitions: Floats2d | None = None,
    calibration: Mapping[str, tuple[float, float]] | None = None,
) -> list[RoleSpan]:
    """Find the sources, cues and contents.

    Args:
        roles: float32, shape (n_words, 7), probabilities of ROLE_LABELS.
        paragraphs: int32, shape (n_words,); no span crosses from one to the next.
        transitions: `ModelMeta.transitions`; None allows every step that makes a span.
        calibration: `ModelMeta.calibration`; None leaves the weakest word's probability as it is.

    Returns:
        Spans in order; no two overlap.
    """
    if not len(roles):
        return []
    probs = open_paragraphs(roles, paragraphs)
    path = find_path(probs, paragraphs, allow_steps(probs.shape[1]) if transitions is None else transitions)
    return _read_spans(path, probs, OUTPUT_ROLES, calibration or {})


def decode_names(names: Floats2d, paragraphs: Ints1d) -> list[NameSpan]:
    """Find the names of people, bodies, places and other things; two of a kind side by side are one.

    Args:
        names: float32, shape (n_words, 9), probabilities of NAME_LABELS.
        paragraphs: int32, shape (n_words,).

    Returns:
        Spans in order; no two overlap.
    """
    joined: list[NameSpan] = []
    for name in _decode(names, paragraphs, NAME_KINDS):
        last = joined[-1] if joined else None
        if (
            last
            and (last.end, last.label) == (name.start, name.label)
            and paragraphs[last.start] == paragraphs[name.start]
        ):
            name = LabelledSpan(name.label, last.start, name.end, min(last.probability, name.probability))
            joined.pop()
        joined.append(name)
    return joined


def cut_ends(spans: Sequence[NameSpan], words: Sequence[str]) -> list[NameSpan]:
    """Leave out words at the end of names that no name ends in; a name of nothing else is none."""
    kept = []
    for span in spans:
        end = span.end
        while end > span.start and words[end - 1] in NO_ENDS:
            end -= 1
        if end > span.start:
            kept.append(replace(span, end=end))
    return kept


def decode_beside(beside: Floats2d, paragraphs: Ints1d) -> list[BesideSpan]:
    """Find the titles and descriptions beside names; shape (n_words, 5), probabilities of BESIDE_LABELS."""
    return _decode(beside, paragraphs, BESIDES)


def _decode(probs: Floats2d, paragraphs: Ints1d, labels: tuple[Label, ...]) -> list[LabelledSpan[Label]]:
    """Find the likeliest spans where every step that makes a span is allowed."""
    if not len(probs):
        return []
    probs = open_paragraphs(probs, paragraphs)
    return _read_spans(find_path(probs, paragraphs, allow_steps(probs.shape[1])), probs, labels, {})


def decode_mentions(
    mentions: np.ndarray[tuple[int, int, int], np.dtype[np.float32]], paragraphs: Ints1d
) -> list[MentionSpan]:
    """Find the mentions of people and bodies; a mention of one kind may hold one of the other.

    Args:
        mentions: float32, shape (n_words, 2, 3), as in Tagging.
        paragraphs: int32, shape (n_words,).

    Returns:
        Spans in order, the longer first of those that begin together.
    """
    found: list[MentionSpan] = []
    for layer, kind in enumerate(MENTION_KINDS):
        probs = open_paragraphs(mentions[:, layer], paragraphs)
        labels = probs.argmax(axis=1)
        labels[1:][(labels[1:] == 2) & (labels[:-1] == 0)] = 1  # what goes on after nothing begins
        found += _read_spans(labels, probs, (kind,), {})
    return sorted(found, key=lambda span: (span.start, -span.end))


def _read_spans(
    path: Ints1d, probs: Floats2d, labels: tuple[Label, ...], calibration: Mapping[str, tuple[float, float]]
) -> list[LabelledSpan[Label]]:
    """Read the spans off the label of each word."""
    starts, ends = find_spans(path)
    weakest = find_weakest(probs, path, starts, ends).tolist()
    spans = []
    for start, end, first, probability in zip(
        starts.tolist(), ends.tolist(), path[starts].tolist(), weakest, strict=True
    ):
        label = labels[first // 2]
        slope, intercept = calibration.get(label, (1.0, 0.0))
        spans.append(LabelledSpan(label, start, end, calibrate(probability, slope, intercept)))
    return spans


def find_spans(path: Ints1d) -> tuple[Ints1d, Ints1d]:
    """Find where spans begin and end: a B, and all of the I that follow it.

    Source: labels for the first word and the others, Ramshaw and Marcus 1995 (VLC).
    """
    starts = np.flatnonzero(path % 2 == 1)
    others = np.append(np.flatnonzero((path == 0) | (path % 2 == 1)), len(path))
    return starts, others[np.searchsorted(others, starts, side="right")]


def find_weakest(probs: Floats2d, path: Ints1d, starts: Ints1d, ends: Ints1d) -> Floats1d:
    """Find the least sure thing about each span: that it begins, goes on, or ends where it does."""
    if not len(starts):
        return np.zeros(0, dtype=np.float32)
    of_words = np.append(probs[np.arange(len(path)), path], np.float32(1))
    least = np.minimum.reduceat(of_words, np.stack([starts, ends], axis=1).ravel())[::2]
    following = np.minimum(ends, len(path) - 1)
    goes_on = np.where(ends < len(path), probs[following, path[starts] + 1], 0)
    weakest: Floats1d = np.minimum(least, 1 - goes_on)
    return weakest


def open_paragraphs(probs: Floats2d, paragraphs: Ints1d) -> Floats2d:
    """Let the first word of a paragraph begin a span where it was said to be inside one."""
    probs = probs.copy()
    firsts = np.arange(1, probs.shape[1], 2)
    rows = np.flatnonzero(find_openings(paragraphs))[:, None]
    probs[rows, firsts] += probs[rows, firsts + 1]
    probs[rows, firsts + 1] = 0
    return probs


def allow_steps(n_labels: int) -> Floats2d:
    """Allow every step after which an I follows a B or an I of its kind, at no cost.

    Returns:
        float32, shape (n_labels + 1, n_labels), added to the score of a label in a column after that in a row; the
        last row is a paragraph's start. What is not allowed is -inf.
    """
    steps = np.zeros((n_labels + 1, n_labels), dtype=np.float32)
    for inside in range(2, n_labels, 2):
        steps[:, inside] = -np.inf
        steps[inside - 1 : inside + 1, inside] = 0
    return steps


def find_path(probs: Floats2d, paragraphs: Ints1d, transitions: Floats2d) -> Ints1d:
    """Find the likeliest labels of each paragraph by Viterbi's search.

    Args:
        probs: Shape (n_words, n_labels).
        paragraphs: Shape (n_words,), never decreasing.
        transitions: Shape (n_labels + 1, n_labels), log weights; see `allow_steps`.

    Returns:
        int64, shape (n_words,), columns of `probs`. Time is linear in the words.

    Source: Viterbi 1967, "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm".
    """
    scores = np.log(np.maximum(probs, TINY))
    path = np.zeros(len(scores), dtype=np.int64)
    for start, end in pairwise([*np.flatnonzero(find_openings(paragraphs)).tolist(), len(scores)]):
        totals = scores[start] + transitions[-1]
        came_from = []
        for row in scores[start + 1 : end]:
            candidates = totals[:, None] + transitions[:-1]
            came_from.append(candidates.argmax(axis=0))
            totals = candidates.max(axis=0) + row
        path[end - 1] = totals.argmax()
        for at in range(end - 2, start - 1, -1):
            path[at] = came_from[at - start][path[at + 1]]
    return path


def calibrate(probability: float, slope: float, intercept: float) -> float:
    """Turn a score between 0 and 1 into a frequency: a line in log odds.

    Source: Platt 1999, "Probabilistic outputs for support vector machines".
    """
    probability = min(max(probability, TINY), 1 - TINY)
    return 1 / (1 + exp(-(slope * log(probability / (1 - probability)) + intercept)))
