"""Rates: how many of those found are right, and how many of the right ones are found."""

from math import nan
from typing import TypedDict


class Rates(TypedDict):
    """Precision, recall and F1 in per cent, to one decimal; NaN where there is nothing to judge."""

    P: float
    R: float
    F1: float


def rate(n_right: int, n_found: int, n_gold: int) -> Rates:
    """Work out precision, recall and F1; NaN of none.

    >>> rate(1, 2, 3)
    {'P': 50.0, 'R': 33.3, 'F1': 40.0}
    >>> rate(0, 0, 3)
    {'P': nan, 'R': 0.0, 'F1': 0.0}
    """
    precision = n_right / n_found if n_found else nan
    recall = n_right / n_gold if n_gold else nan
    f1 = 200 * precision * recall / (precision + recall) if n_right else 0.0 if n_found or n_gold else nan
    return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), "F1": round(f1, 1)}
