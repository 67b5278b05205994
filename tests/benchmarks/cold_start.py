"""Cold start: `quotex extract` of one 500-word article, against importing what it is built on.

python -m tests.benchmarks.cold_start [TEXTS.jsonl] [--rounds N]
"""

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.benchmarks.common import chain, make_parser, print_table, read_texts

IMPORTS = "import spacy, onnxruntime, tokenizers"


def measure(folder: str, *arguments: object) -> float:
    """Time a run of Python, in seconds; not from here, where the sources would hide what is installed."""
    start = perf_counter()
    subprocess.run([sys.executable, *map(str, arguments)], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def main() -> None:
    """Run both in turn, once to warm the disk's cache, and print the medians."""
    options = make_parser(__doc__, n_words=500).parse_args()
    n_rounds = 2 if options.quick else options.rounds
    with TemporaryDirectory() as folder:
        path = Path(folder) / "article.txt"
        path.write_text(chain(read_texts(options.texts), options.words), encoding="utf-8", newline="")
        commands = {"quotex extract": ("-m", "quotex", "extract", path), IMPORTS: ("-c", IMPORTS)}
        rounds = [
            {name: measure(folder, *command) for name, command in commands.items()} for _ in range(1 + n_rounds)
        ][1:]
    rows = [[name, f"{median(seconds[name] for seconds in rounds):.3f}"] for name in commands]
    ratio = median(seconds["quotex extract"] / seconds[IMPORTS] for seconds in rounds)
    print(f"{options.words} words, rounds: {n_rounds}, load {os.getloadavg()[0]:.1f}\n")
    print_table(("median wall time", "s"), [*rows, ["ratio, median over rounds", f"{ratio:.2f}"]])


if __name__ == "__main__":
    main()
