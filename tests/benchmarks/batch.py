"""Words per second of whole runs: the bare pipeline, one worker, all workers, and many small files.

python -m tests.benchmarks.batch [TEXTS.jsonl] [--articles N] [--files N] [--rounds N]
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from quotex.batch.run import count_cores
from tests.benchmarks.common import count_words, make_parser, print_table, read_texts, run_python
from tests.paths import ROOT

FILE_WORDS = 60  # of a small file


def main() -> None:
    """Run all in turn, and print the medians."""
    parser = make_parser(__doc__, n_words=0)
    parser.add_argument("--articles", type=int, default=1_000, help="in the large file")
    parser.add_argument("--files", type=int, default=10_000, help="small files, and rows of a file with the same")
    options = parser.parse_args()
    n_articles, n_files, n_rounds = options.articles, options.files, options.rounds
    if options.quick:
        n_articles, n_files, n_rounds = 50, 200, 1
    texts = read_texts(options.texts)
    n_cores = count_cores()
    with TemporaryDirectory() as name:
        folder = Path(name)
        articles = [texts[n % len(texts)] for n in range(n_articles)]
        small = [" ".join(texts[n % len(texts)].split(" ")[:FILE_WORDS]) for n in range(n_files)]
        write_rows(folder / "articles.jsonl", articles)
        write_rows(folder / "small.jsonl", small)
        (folder / "small").mkdir()
        for number, text in enumerate(small):
            (folder / "small" / f"{number:06}.txt").write_text(text, encoding="utf-8")
        (folder / "articles.json").write_text(json.dumps(articles), encoding="utf-8")
        contestants = {
            "bare pipeline": lambda: run_python(
                "-m", "tests.benchmarks.worker", "quotex", folder / "articles.json"
            ),
            "1 worker": lambda: run_quotex(folder, "articles.jsonl", 1),
            f"{n_cores} workers": lambda: run_quotex(folder, "articles.jsonl", n_cores),
            "small rows": lambda: run_quotex(folder, "small.jsonl", n_cores),
            "small files": lambda: run_quotex(folder, "small", n_cores),
        }
        runs: dict[str, list[float]] = {label: [] for label in contestants}
        for number in range(n_rounds):
            for label in list(contestants)[:: 1 if number % 2 == 0 else -1]:
                runs[label].append(contestants[label]()["seconds"])
    n_words = sum(map(count_words, articles))
    print(f"{n_articles:,} articles, {n_words:,} words; {n_files:,} small ones; rounds: {n_rounds}\n")
    words = {label: sum(map(count_words, small if "small" in label else articles)) for label in contestants}
    against = {"1 worker": "bare pipeline", f"{n_cores} workers": "1 worker", "small files": "small rows"}
    rows = []
    for label, seconds in runs.items():
        other = against.get(label)
        ratio = median(b / a for a, b in zip(seconds, runs[other], strict=True)) if other else None
        speed = median(words[label] / one for one in seconds)
        rows.append([label, f"{speed:,.0f}", f"{ratio:.2f} times {other}" if ratio else "-"])
    print_table(("medians", "words/s", "as fast as"), rows)


def write_rows(path: Path, texts: list[str]) -> None:
    """Write texts as JSON Lines."""
    rows = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts))
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def run_quotex(folder: Path, name: str, n_workers: int) -> dict[str, float]:
    """Run the command, from its start to its end."""
    output = folder / "out.jsonl"
    command = [sys.executable, "-m", "quotex", "extract", str(folder / name), "-o", str(output), "-q", "--force"]
    start = perf_counter()
    subprocess.run([*command, "--workers", str(n_workers)], cwd=ROOT, check=True)
    seconds = perf_counter() - start
    shutil.rmtree(output, ignore_errors=True)
    return {"seconds": seconds}


if __name__ == "__main__":
    main()
