"""Discourse: what is named in an article several times is of one kind.

Source: Gale, Church and Yarowsky 1992, "One sense per discourse" (HLT).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from quotex.model.arrays import Floats2d
from quotex.model.decode import NameSpan
from quotex.model.labels import NAME_KINDS

LEAST = 1e-4  # probability that a kind has at any place, lest one place outvote all others


def settle_kinds(names: Floats2d, spans: Sequence[NameSpan], words: Sequence[str]) -> list[NameSpan]:
    """Give all places of an article with the same words the kind that is likeliest for them together.

    Args:
        names: float32, shape (n_words, 9), probabilities of NAME_LABELS.
        spans: The names, as `decode_names` finds them.
        words: All words of the article.

    Returns:
        The same places in the same order.
    """
    kinds = names[:, 1:].reshape(len(names), len(NAME_KINDS), 2).sum(axis=2) + LEAST
    scores = np.log(kinds / kinds.sum(axis=1, keepdims=True))
    keys = [tuple(word.casefold() for word in words[span.start : span.end]) for span in spans]
    totals: defaultdict[tuple[str, ...], np.ndarray] = defaultdict(lambda: np.zeros(len(NAME_KINDS)))
    for key, span in zip(keys, spans, strict=True):
        totals[key] += scores[span.start : span.end].mean(axis=0)
    return [
        replace(span, label=NAME_KINDS[int(totals[key].argmax())]) for key, span in zip(keys, spans, strict=True)
    ]
