"""Calibrate: make probabilities mean frequencies, on articles that were not trained on."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from quotex.evaluation import AnnotatedText, annotate, pair_quotes
from quotex.evaluation.pairing import MIN_IOU
from quotex.evaluation.score import is_attributed, is_rightly_named
from quotex.extraction import load, to_article
from quotex.model.arrays import Floats2d
from quotex.model.decode import allow_steps, decode_roles
from quotex.model.encode import find_openings
from quotex.model.labels import OUTPUT_ROLES, ROLE_LABELS
from quotex.training.examples import Example
from quotex.types import NAMED_KINDS

MAX_EVIDENCE = 6.0  # log odds; what gold has never seen may still be
TEMPERATURES = np.arange(0.6, 2.01, 0.05)


def fit_temperature(logits: np.ndarray, gold: np.ndarray) -> float:
    """Find the temperature under which gold labels are likeliest.

    Args:
        logits: Shape (n_words, n_labels).
        gold: Shape (n_words,), labels.
    """

    def loss(temperature: float) -> float:
        scaled = logits / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        log_probs = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-log_probs[np.arange(len(gold)), gold].mean())

    return round(float(min(TEMPERATURES, key=loss)), 2)


def weigh_transitions(examples: Iterable[Example], *, share: float, content_end: float) -> Floats2d:
    """Weigh the steps between labels by how much oftener gold takes them than the labels alone would make it.

    The network judges each word by itself; it knows its neighbours' words, but not what it says of them.

    Args:
        examples: Articles; those without gold are passed over.
        share: How much of that evidence to believe, 0 to 1: the network has seen most of it already.
        content_end: What ending a content costs besides; the network ends many too early.

    Returns:
        float32, shape (8, 7), as in ModelMeta.
    """
    n_labels = len(ROLE_LABELS)
    counts = np.ones((n_labels + 1, n_labels))
    for example in examples:
        if example.gold is not None:
            opens = find_openings(example.encoded.paragraphs)
            before = np.where(opens, n_labels, np.concatenate(([n_labels], example.gold[:-1])))
            np.add.at(counts, (before, example.gold), 1)
    after = counts / counts.sum(axis=1, keepdims=True)
    alone = counts.sum(axis=0) / counts.sum()
    weights = share * np.clip(np.log(after / alone), -MAX_EVIDENCE, MAX_EVIDENCE)
    weights[[ROLE_LABELS.index("B-content"), ROLE_LABELS.index("I-content")], 0] -= content_end
    return (np.round(weights, 4) + allow_steps(n_labels)).astype(np.float32)


def label_spans(labels: list[int], first: int) -> set[tuple[int, int]]:
    """Find the spans in a list of labels whose B is `first` and whose I is one more."""
    spans = set()
    for start, label in enumerate(labels):
        if label == first:
            end = start + 1
            while end < len(labels) and labels[end] == first + 1:
                end += 1
            spans.add((start, end))
    return spans


def fit_quotes(model: Path, gold: Iterable[AnnotatedText]) -> tuple[float, float]:
    """Fit how the confidence of a quote tells whether content and speaker are right, where gold says who speaks.

    Args:
        model: Folder of the model, which does not calibrate quotes yet.
        gold: Articles that it has not been trained on.
    """
    return fit_logistic(judge_quotes(model, gold))


def judge_quotes(model: Path, gold: Iterable[AnnotatedText]) -> list[tuple[float, bool]]:
    """Run the pipeline, and say of each quote how sure it is, and whether it is right.

    It is wrong where content or source are, or where gold names a person or body, and the quote does not.

    Args:
        model: Folder of the model.
        gold: Articles that it has not been trained on.
    """
    nlp = load(model)
    judged = []
    for article in gold:
        quotes = to_article(nlp(article.text), thoughts=True).quotes
        # not joined: each record has a confidence of its own
        pairing = pair_quotes(article, map(annotate, quotes), join=False)
        right = set()
        for pair in pairing.pairs:
            one, other = pairing.gold[pair.gold], pairing.found[pair.found]
            if pair.iou >= MIN_IOU and is_attributed(one.source, other.source):
                named = one.quote.kind in NAMED_KINDS
                right |= set() if named and not is_rightly_named(one, other) else {pair.found}
        judged += [(quote.confidence, number in right) for number, quote in enumerate(quotes)]
    return judged


def fit_spans(
    tagged: Iterable[tuple[Example, np.ndarray]], transitions: Floats2d
) -> dict[str, tuple[float, float]]:
    """Fit, for each role, how the probability of a span's weakest word tells whether the span is exactly right.

    Args:
        tagged: Examples with gold, and the role probabilities of their words.
        transitions: As in ModelMeta.
    """
    seen: dict[str, list[tuple[float, bool]]] = {role: [] for role in OUTPUT_ROLES}
    for example, roles in tagged:
        assert example.gold is not None
        gold = {role: label_spans(example.gold.tolist(), 1 + 2 * i) for i, role in enumerate(OUTPUT_ROLES)}
        for span in decode_roles(roles, example.words.paragraphs, transitions):
            seen[span.label].append((span.probability, (span.start, span.end) in gold[span.label]))
    return {role: fit_logistic(pairs) for role, pairs in seen.items()}


def fit_logistic(pairs: list[tuple[float, bool]]) -> tuple[float, float]:
    """Fit slope and intercept from the log odds of a score to those of being right, by Newton's method."""
    if len(pairs) < 20:
        return 1.0, 0.0
    scores = np.clip([score for score, _ in pairs], 1e-6, 1 - 1e-6)
    right = np.array([hit for _, hit in pairs], dtype=float)
    x = np.stack([np.log(scores / (1 - scores)), np.ones(len(scores))], axis=1)
    weights = np.array([1.0, 0.0])

    def find_loss(weights: np.ndarray) -> float:
        return float(np.logaddexp(0, np.where(right, -1, 1) * (x @ weights)).sum() + 5e-4 * weights @ weights)

    for _ in range(25):
        fitted = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (fitted - right) + 1e-3 * weights
        hessian = (x * (fitted * (1 - fitted))[:, None]).T @ x + 1e-3 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        while find_loss(weights - step) > find_loss(weights) and np.abs(step).max() > 1e-9:
            step /= 2  # too far: Newton's method does not find back from where all is sure
        weights -= step
    return round(float(weights[0]), 4), round(float(weights[1]), 4)
