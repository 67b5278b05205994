"""What the benchmarks share: texts, child processes on one thread, peak memory, tables."""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from tests.paths import NEWS, ROOT

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)


def make_parser(description: str | None, *, n_words: int) -> argparse.ArgumentParser:
    """Make the parser of the options that all benchmarks have."""
    parser = argparse.ArgumentParser(description=(description or "").split("\n")[0])
    parser.add_argument("texts", nargs="?", type=Path, help="JSON Lines with `text`; our examples if left out")
    parser.add_argument("--words", type=int, default=n_words, help="repeat or cut the texts to about so many")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each, in turn; the median counts")
    parser.add_argument("--quick", action="store_true", help="only to see that it works")
    return parser


def read_texts(path: Path | None) -> list[str]:
    """Read the texts of a JSON Lines file, or our own examples."""
    if path is None:
        return [file.read_bytes().decode("utf-8") for file in sorted(NEWS.glob("*.txt"))]
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def fill(texts: Sequence[str], n_words: int) -> list[str]:
    """Take texts, again from the first if need be, until they have so many words."""
    taken, n_taken = [], 0
    for text in cycle([text for text in texts if text.split()]):
        if n_taken >= n_words:
            break
        taken.append(text)
        n_taken += count_words(text)
    return taken


def chain(texts: Sequence[str], n_words: int) -> str:
    """Make one article of so many words."""
    text = "\n\n".join(fill(texts, n_words))
    *_, last = islice(re.finditer(r"\S+", text), n_words)
    return text[: last.end()]


def count_words(text: str) -> int:
    """Count words, the same way for all tools."""
    return len(text.split())


def run_python(*arguments: object) -> dict:
    """Run a module of ours in a process of its own, on one thread; it prints one JSON object."""
    command = [sys.executable, "-X", "utf8", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | ONE_THREAD, capture_output=True, encoding="utf-8")
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def find_peak_mb() -> float:
    """Find the most memory that this process has had, in units of 10^6 bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss begins with what the parent had
        peak_kib = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak_kib.split()[1]) * 1024 / 1e6
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def print_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table as Markdown, which a terminal shows well enough; numbers are right-aligned."""
    cells = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    lines = []
    for row in cells:
        label, *figures = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        lines.append("| " + " | ".join([label.strip().ljust(widths[0]), *figures]) + " |")
    rule = "|" + "|".join("-" * (width + 1) + ("-" if not n else ":") for n, width in enumerate(widths)) + "|"
    print(lines[0], rule, *lines[1:], sep="\n")
