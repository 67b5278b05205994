"""Evaluate: how well quotes that were found agree with those that people marked."""

from quotex.evaluate.annotations import AnnotatedText, Annotation, annotate, extend_over_that
from quotex.evaluate.compare import Disagreement, find_disagreements
from quotex.evaluate.pairing import Pairing, pair_quotes
from quotex.evaluate.rates import Rates
from quotex.evaluate.read import read_gold, read_predictions
from quotex.evaluate.score import Scores, score

__all__ = [
    "AnnotatedText",
    "Annotation",
    "Disagreement",
    "Pairing",
    "Rates",
    "Scores",
    "annotate",
    "extend_over_that",
    "find_disagreements",
    "pair_quotes",
    "read_gold",
    "read_predictions",
    "score",
]
