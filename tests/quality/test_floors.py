"""Accuracy does not fall: F1, and `named_acc`, against people's annotations stay where floors.json has them."""

import json

import pytest

from tests.benchmarks.dev_sets import OURS
from tests.paths import needs_shared
from tests.quality import floors
from tests.quality.floors import FLOORS, SLACK, digest, list_fallen, main, measure_set

KNOWN = json.loads(FLOORS.read_text("utf-8"))
ENTRY = {"corpus": "tests/data/texts", "sha256": "0", "floors": {"all": {"attributed": 80.0, "named": 70.0}}}


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name == OURS else needs_shared) for name in KNOWN]
)
def test_floors(name, tmp_path):
    """What is measured on the texts that the floors are of."""
    assert digest(KNOWN[name]) == KNOWN[name]["sha256"], "other texts"
    assert list_fallen(KNOWN[name], measure_set(name, KNOWN[name], tmp_path)) == []


@pytest.fixture
def update(tmp_path, monkeypatch):
    """Run the command on one set whose figures are given; returns the status and what floors.json has then."""
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({OURS: {**ENTRY, "sha256": digest(ENTRY)}}), "utf-8")
    monkeypatch.setattr(floors, "FLOORS", path)

    def run(measured: dict[str, float], *arguments: str) -> tuple[int, dict]:
        monkeypatch.setattr(floors, "measure_set", lambda *_: {"all": measured})
        return main(arguments), json.loads(path.read_text("utf-8"))[OURS]

    return run


def test_what_has_risen_is_written(update):
    """And what is lower by the slack stays."""
    status, entry = update({"attributed": 81.5, "named": 70.0 - SLACK})
    assert (status, entry["floors"]) == (0, {"all": {"attributed": 81.5, "named": 70.0}})
    assert "lowered" not in entry


def test_what_has_fallen_is_told(update, capsys):
    """It stays, and the status is 1."""
    status, entry = update({"attributed": 81.5, "named": 69.8})
    assert (status, entry["floors"]) == (1, {"all": {"attributed": 81.5, "named": 70.0}})
    assert capsys.readouterr().out == "texts all named: 69.8, floor 70.0\n"


def test_a_floor_falls_with_a_reason(update):
    """Which is kept."""
    status, entry = update({"attributed": 81.5, "named": 69.8}, "--lower", "--reason", "fewer guesses")
    assert (status, entry["floors"]) == (0, {"all": {"attributed": 81.5, "named": 69.8}})
    assert entry["lowered"] == [{"fallen": ["all named: 69.8, floor 70.0"], "reason": "fewer guesses"}]


def test_slack():
    """More of it takes a reason."""
    entry = {**ENTRY, "slack": {"all named": {"by": 0.3, "reason": "processors"}}}
    assert list_fallen(entry, {"all": {"attributed": 79.9, "named": 69.7}}) == []
    assert list_fallen(entry, {"all": {"attributed": 79.8, "named": 69.6}}) == [
        "all attributed: 79.8, floor 80.0",
        "all named: 69.6, floor 70.0",
    ]
    entry["slack"]["all named"]["reason"] = ""
    with pytest.raises(AssertionError):
        list_fallen(entry, {"all": {"attributed": 80.0, "named": 69.7}})


@pytest.mark.parametrize("arguments", [["--lower"], ["--reason", "no flag"], ["no-such-set"]])
def test_no_floor_falls_by_mistake(update, arguments):
    """The flag and the reason go together; status 2."""
    with pytest.raises(SystemExit, match="2"):
        update({"attributed": 1.0, "named": 1.0}, *arguments)


def test_floors_of_other_texts(update, monkeypatch, capsys):
    """Are not comparable: they are set anew with a reason only."""
    monkeypatch.setattr(floors, "digest", lambda entry: "1")
    status, entry = update({"attributed": 90.0, "named": 90.0})
    assert (status, entry["floors"], capsys.readouterr().out) == (1, ENTRY["floors"], "texts: other texts\n")
    status, entry = update({"attributed": 60.0, "named": 90.0}, "--lower", "--reason", "ten more")
    assert (status, entry["sha256"], entry["floors"]["all"]["attributed"]) == (0, "1", 60.0)
