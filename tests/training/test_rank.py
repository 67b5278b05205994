"""Weights of the ranking, fitted on made-up choices; these need the packages of the extra "train"."""

import pytest

pytest.importorskip("torch")

from models.news_en.training.rank import (
    MIN_SEEN,
    Choice,
    choose,
    count_right,
    find_gold,
    fit,
    has_form,
    judge,
    list_features,
)
from quotex.evaluation import AnnotatedText, Annotation
from quotex.pipeline.speakers.entities import Entity
from quotex.pipeline.speakers.ranking import Candidate


def make_choices(n: int = 60) -> list[Choice]:
    """Make choices of which the near candidate is the right one, unless it clashes; the third is nobody."""
    choices = []
    for number in range(n):
        clashes = float(number % 4 == 0)
        features = [
            {"person": 1.0, "near": 1.0, "clashes": clashes},
            {"person": 1.0, "near": 0.5},
            {"nobody": 1.0},
        ]
        right = [not clashes, bool(clashes), False]
        choices.append(Choice(number, "personal", features, right, "she", ["Ann", "Bea", "-"]))
    return choices


def test_weights_tell_who_is_meant() -> None:
    """What speaks for somebody is above 0, what speaks against below; all choices come out right."""
    choices = make_choices()
    weights = fit(choices, l2=0.1)
    assert weights.keys() == {"personal"}
    assert weights["personal"]["near"] > 0 > weights["personal"]["clashes"]
    assert weights["personal"]["person"] > weights["personal"]["nobody"]
    assert all(choice.right[choose(choice, weights)] for choice in choices)


def test_a_penalty_keeps_weights_small() -> None:
    """The larger it is, the smaller they are."""
    small, large = (fit(make_choices(), l2=l2)["personal"]["clashes"] for l2 in (100.0, 0.1))
    assert abs(small) < abs(large)


def test_only_what_tells_candidates_apart_has_a_weight() -> None:
    """Seldom seen, or the same in all candidates: no weight."""
    choices = [
        Choice(
            0, "it", [{"same": 1.0, "often": 1.0, "seldom": float(n == 0)}, {"same": 1.0}], [True, False], "", []
        )
        for n in range(MIN_SEEN)
    ]
    assert list_features(choices) == ["often"]
    assert fit(choices[1:]) == {}


def test_cross_validation_counts_every_choice_once() -> None:
    """A rule without exceptions is found in the other articles."""
    choices = make_choices()
    assert count_right(choices, fit(choices)) == {"personal": (60, 60)}


def test_several_candidates_may_be_right() -> None:
    """Two names of one that were not joined: either will do."""
    features = [{"a": 1.0}, {"a": 1.0, "b": 1.0}, {"nobody": 1.0}]
    choices = [Choice(n, "named", features, [True, True, False], "", []) for n in range(20)]
    weights = fit(choices)["named"]
    assert weights["a"] > 0
    assert weights["nobody"] < 0


def test_whom_gold_says_is_behind_a_source() -> None:
    """The quote whose source shares the most characters; None where none does."""
    quotes = (
        Annotation(content=((0, 2),), source=((10, 20),)),
        Annotation(content=((0, 2),), source=((18, 30),)),
        Annotation(content=((0, 2),)),
    )
    article = AnnotatedText("a", "", quotes)
    speakers = [{"name": "Ann"}, {"name": "Bea"}, None]
    assert find_gold(article, speakers, 12, 22) == {"name": "Ann"}
    assert find_gold(article, speakers, 19, 30) == {"name": "Bea"}
    assert find_gold(article, speakers, 40, 50) is None


def make_candidates(*names: str) -> list[Candidate]:
    entities = [Entity(name, "person") for name in names]
    for entity in entities:
        entity.forms[entity.name] += 1
    return [*(Candidate(entity, {}) for entity in entities), Candidate(None, {})]


def test_who_is_right() -> None:
    """By the name; else by another form of it; where somebody has no name, nobody named."""
    candidates = make_candidates("Grace Wambui", "Otieno")
    grace = {"name": "Grace Wambui", "kind": "person"}
    assert judge(candidates, grace) == [True, False, False]
    assert judge(candidates, {"name": "A nurse", "kind": "unnamed"}) == [False, False, True]
    assert judge(candidates, {"name": "Jan Otieno", "kind": "person", "forms": ["otieno"]}) == [False, True, False]
    assert judge(candidates, {"name": "Jan Otieno", "kind": "person"}) == [False, False, False]
    assert has_form(Entity("x", "person", candidates[1].entity.forms), {"name": "Otieno"})  # type: ignore[union-attr]
