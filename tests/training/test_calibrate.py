"""Confidence: how a score tells whether something is right; these need the packages of the extra "train"."""

import pytest

pytest.importorskip("torch")

from quotex.model.decode import calibrate
from quotex.training.calibrate import fit_logistic


def test_scores_that_are_too_sure_are_drawn_back() -> None:
    """Of those that are all but certain one in five is wrong, which is where Newton's full step leads astray."""
    pairs = [(1 - 1e-7, number % 5 > 0) for number in range(400)] + [
        (0.5, number % 2 > 0) for number in range(100)
    ]
    slope, intercept = fit_logistic(pairs)
    assert calibrate(1 - 1e-7, slope, intercept) == pytest.approx(0.8, abs=0.01)
    assert calibrate(0.5, slope, intercept) == pytest.approx(0.5, abs=0.01)


def test_too_few_to_fit() -> None:
    """They say nothing, and the score stays as it is."""
    assert fit_logistic([(0.9, True)] * 19) == (1.0, 0.0)
