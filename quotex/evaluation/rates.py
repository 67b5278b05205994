"""Rates: how many of those found are right, and how many of the right ones are found."""

from typing import TypedDict


class Rates(TypedDict):
    """Precision, recall and F1 in per cent, to one decimal."""

    P: float
    R: float
    F1: float


def rate(n_right: int, n_found: int, n_gold: int) -> Rates:
    """Work out precision, recall and F1; 0 of none.

    >>> rate(1, 2, 3)
    {'P': 50.0, 'R': 33.3, 'F1': 40.0}
    """
    precision = n_right / n_found if n_found else 0.0
    recall = n_right / n_gold if n_gold else 0.0
    both = precision + recall
    f1 = 200 * precision * recall / both if both else 0.0
    return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), "F1": round(f1, 1)}
