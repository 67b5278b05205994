"""Accuracy does not fall: F1, and `named_acc`, against people's annotations stay above the floors of floors.json.

A floor is the figure measured when it was set, less 1. Raise it when accuracy has risen; lower it only with a
reason in the commit.
"""

import hashlib
import json
import subprocess
import sys

import pytest

import quotex
from quotex.types import Slice
from tests.benchmarks.dev_sets import OURS, measure, read_set
from tests.paths import ROOT, SHARED, TEXTS, needs_shared

FLOORS = json.loads((ROOT / "tests" / "quality" / "floors.json").read_text("utf-8"))


def run(*arguments: object) -> str:
    """Run Python with arguments in the root of the project, and give back what it prints."""
    command = [sys.executable, "-X", "utf8", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in FLOORS if name != OURS])
def test_floors(name, tmp_path):
    """The command of floors.json, step by step."""
    gold, rows, pred = SHARED / FLOORS[name]["corpus"], tmp_path / "rows.jsonl", tmp_path / "pred.jsonl"
    assert hashlib.sha256(gold.read_bytes()).hexdigest() == FLOORS[name]["sha256"], "another corpus"
    run("-m", "quotex", "extract", gold, "-o", rows)
    pred.write_text(run("-m", "tests.tools.to_score_form", rows, "--gold", gold), "utf-8")
    scores = map(json.loads, run(SHARED / "score.py", gold, pred, "--json").splitlines())
    measured = {score["slice"]: score for score in scores}
    below = {
        f"{part} {measure}": (measured[part][measure]["F1"], floor)
        for part, floors in FLOORS[name]["floors"].items()
        for measure, floor in floors.items()
        if measured[part][measure]["F1"] < floor
    }
    assert below == {}


@pytest.mark.slow
def test_our_own_texts():
    """Who said what, and the names of people and bodies, in articles with names from all over the world."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(TEXTS.glob("*.txt")))).hexdigest()
    assert digest == FLOORS[OURS]["sha256"], "other texts"
    figures = measure(read_set(OURS, TEXTS), quotex.load(), thoughts=True)
    scores = figures.quotes[Slice.all]
    measured = {
        "all": {"named_acc": scores["named_acc"], "named": scores["named"]["F1"]},
        "names": {kind: rates["F1"] for kind, rates in figures.names.items()},
    }
    below = {
        f"{part} {name}": (measured[part][name], floor)
        for part, floors in FLOORS[OURS]["floors"].items()
        for name, floor in floors.items()
        if measured[part][name] < floor
    }
    assert below == {}
