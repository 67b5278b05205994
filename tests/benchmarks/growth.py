"""How time and peak memory grow with the length of an article, 100 to 100,000 words.

python -m tests.benchmarks.growth [TEXTS.jsonl] [--rounds N]
"""

import json
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.common import chain, make_parser, print_table, read_texts, run_python

LENGTHS = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)  # words
QUICK = LENGTHS[:3]


def main() -> None:
    """Read articles of all lengths, each in a process of its own, the lengths in turn."""
    options = make_parser(__doc__, n_words=max(LENGTHS)).parse_args()
    lengths = QUICK if options.quick else [length for length in LENGTHS if length <= options.words]
    n_rounds = 1 if options.quick else options.rounds
    texts = read_texts(options.texts)
    runs: dict[int, list[dict]] = {length: [] for length in lengths}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "text.json"
        for _ in range(n_rounds):
            for length in lengths:
                path.write_text(json.dumps([chain(texts, length)]), encoding="utf-8")
                runs[length].append(run_python("-m", "tests.benchmarks.worker", "quotex", path))
    seconds = {length: median(run["cpu_seconds"] for run in runs[length]) for length in lengths}
    rows = [
        [
            f"{length:,}",
            f"{seconds[length]:.3f}",
            f"{1000 * seconds[length] / length * 1000:.0f}",
            f"{length / seconds[length]:,.0f}",
            f"{median(run['peak_mb'] for run in runs[length]):,.0f}",
        ]
        for length in lengths
    ]
    print_table(("words", "CPU s", "ms per 1,000 words", "words/CPU s", "peak MB"), rows)


if __name__ == "__main__":
    main()
