"""Evaluate: how well quotes and names that were found agree with those that people marked."""

from quotex.evaluation.annotations import AnnotatedText, extend_over_that
from quotex.evaluation.compare import Disagreement, find_disagreements
from quotex.evaluation.names import NamedText, NamesByKind, score_names
from quotex.evaluation.pairing import Pairing, pair_quotes
from quotex.evaluation.rates import Rates
from quotex.evaluation.read import read_gold, read_gold_or_names, read_predictions
from quotex.evaluation.score import Scores, score
from quotex.model.labels import NAME_KINDS, NameKind
from quotex.records import Annotation, annotate

__all__ = [
    "NAME_KINDS",
    "AnnotatedText",
    "Annotation",
    "Disagreement",
    "NameKind",
    "NamedText",
    "NamesByKind",
    "Pairing",
    "Rates",
    "Scores",
    "annotate",
    "extend_over_that",
    "find_disagreements",
    "pair_quotes",
    "read_gold",
    "read_gold_or_names",
    "read_predictions",
    "score",
    "score_names",
]
