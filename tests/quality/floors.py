"""Floors: measure accuracy as tests/quality/floors.json says, and write there what has risen.

python -m tests.quality.floors [SET ...] [--lower --reason TEXT]

Without --lower nothing falls: what is below its floor is named, and the status is 1.
"""

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import quotex
from quotex.types import Slice
from tests.benchmarks.dev_sets import OURS, measure, read_set
from tests.paths import ROOT, SHARED, TEXTS

FLOORS = ROOT / "tests" / "quality" / "floors.json"
# Per cent. The network's numbers depend on the processor in their last digits: with AVX-512 they were the same
# whether it had VNNI, AMX or neither, with AVX2 a few choices fell otherwise. Where that makes more than this,
# floors.json says so.
SLACK = 0.1

Figures = dict[str, dict[str, float]]  # by slice, or "names"; by name
Entry = dict[str, Any]


def measure_set(name: str, entry: Entry, folder: Path) -> Figures:
    """Measure the figures that a set has a floor for.

    Args:
        name: Of the set.
        entry: Of floors.json.
        folder: For the files on the way.
    """
    found = measure_texts() if name == OURS else measure_corpus(SHARED / entry["corpus"], folder)
    return {part: {key: found[part][key] for key in figures} for part, figures in entry["floors"].items()}


def measure_texts() -> Figures:
    """Measure quotes, and the names of people and bodies, in our own articles."""
    figures = measure(read_set(OURS, TEXTS), quotex.load(), thoughts=True)
    quotes = {str(part): {key: find_rate(rate) for key, rate in figures.quotes[part].items()} for part in Slice}
    return {**quotes, "names": {kind: rates["F1"] for kind, rates in figures.names.items()}}


def measure_corpus(gold: Path, folder: Path) -> Figures:
    """Measure the quotes of a corpus, by the command of floors.json, step by step."""
    rows, pred = folder / "rows.jsonl", folder / "pred.jsonl"
    run("-m", "quotex", "extract", gold, "-o", rows, "--force")
    pred.write_text(run("-m", "tests.tools.to_score_form", rows, "--gold", gold), "utf-8")
    scores = map(json.loads, run(SHARED / "score.py", gold, pred, "--json").splitlines())
    return {score["slice"]: {key: find_rate(rate) for key, rate in score.items()} for score in scores}


def find_rate(rate: Any) -> float:
    """Take F1 of three rates, or the only one."""
    return rate["F1"] if isinstance(rate, dict) else rate


def run(*arguments: object) -> str:
    """Run Python with arguments in the root of the project, and give back what it prints."""
    command = [sys.executable, "-X", "utf8", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def digest(entry: Entry) -> str:
    """Tell a corpus, or our own articles, from another."""
    place = ROOT / entry["corpus"] if (ROOT / entry["corpus"]).is_dir() else SHARED / entry["corpus"]
    paths = sorted(place.glob("*.txt")) if place.is_dir() else [place]
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def list_fallen(entry: Entry, measured: Figures) -> list[str]:
    """List what is below its floor by more than the slack."""
    return [
        f"{part} {key}: {measured[part][key]}, floor {floor}"
        for part, floors in entry["floors"].items()
        for key, floor in floors.items()
        if round(floor - measured[part][key], 1) > find_slack(entry, part, key)
    ]


def find_slack(entry: Entry, part: str, key: str) -> float:
    """Find how far a figure may be below its floor: more than SLACK only where floors.json says why."""
    known = entry.get("slack", {}).get(f"{part} {key}")
    assert known is None or known["reason"]
    return known["by"] if known else SLACK


def raise_floors(entry: Entry, measured: Figures) -> Entry:
    """Raise the floors to what is measured; what is lower stays."""
    floors = {
        part: {key: max(floor, measured[part][key]) for key, floor in floors.items()}
        for part, floors in entry["floors"].items()
    }
    return {**entry, "floors": floors}


def lower_floors(entry: Entry, measured: Figures, reason: str) -> Entry:
    """Set the floors to what is measured, of these texts, and note why some have fallen."""
    fallen = list_fallen(entry, measured)
    lowered = [*entry.get("lowered", []), {"fallen": fallen, "reason": reason}]
    return {**entry, "sha256": digest(entry), "floors": measured, "lowered": lowered}


def update(known: dict[str, Entry], names: Sequence[str], folder: Path, reason: str | None) -> Iterator[str]:
    """Measure sets and change their entries; gives what is in the way.

    Args:
        known: All of floors.json.
        names: Of the sets.
        folder: For the files on the way.
        reason: Why floors may fall; None lets none fall.
    """
    for name in names:
        entry = known[name]
        measured = measure_set(name, entry, folder)
        if reason is not None:
            known[name] = lower_floors(entry, measured, reason)
        elif digest(entry) != entry["sha256"]:
            yield f"{name}: other texts"
        else:
            yield from (f"{name} {fallen}" for fallen in list_fallen(entry, measured))
            known[name] = raise_floors(entry, measured)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write floors.json anew; returns the status."""
    known = json.loads(FLOORS.read_text("utf-8"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"any of {', '.join(known)}; all if left out")
    parser.add_argument("--lower", action="store_true", help="let floors fall to what is measured")
    parser.add_argument("--reason", help="why; it is kept in floors.json")
    options = parser.parse_args(arguments)
    if options.lower != bool(options.reason):
        parser.error("--lower and --reason go together")
    if unknown := set(options.sets) - set(known):
        parser.error(f"no set {min(unknown)}")
    with TemporaryDirectory() as folder:
        fallen = list(update(known, options.sets or list(known), Path(folder), options.reason))
    FLOORS.write_text(json.dumps(known, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print("\n".join(fallen) or "No floor is too high.")
    return int(bool(fallen))


if __name__ == "__main__":
    sys.exit(main())
