"""Accuracy does not fall: F1 against people's annotations stays above the floors of floors.json.

A floor is the figure measured when it was set, less 1. Raise it when accuracy has risen; lower it only with a
reason in the commit.
"""

import hashlib
import json
import subprocess
import sys

import pytest

from tests.paths import ROOT, SHARED, needs_shared

FLOORS = json.loads((ROOT / "tests" / "quality" / "floors.json").read_text("utf-8"))


def run(*arguments: object) -> str:
    """Run Python with arguments in the root of the project, and give back what it prints."""
    command = [sys.executable, "-X", "utf8", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_shared
@pytest.mark.parametrize("name", FLOORS)
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
