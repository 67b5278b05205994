"""Memory of a long run, all its processes together, while it goes on; every article has words of its own.

python -m tests.benchmarks.long_run [TEXTS.jsonl] [--articles N] [--workers N]
"""

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.common import make_parser, print_table, read_texts
from tests.paths import ROOT

N_PARAGRAPHS = 6  # of an article
N_NEW = 10  # words in an article that are in no other
N_LINES = 10  # of the table
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def main() -> None:
    """Write the corpus, run, look at the memory every second, print."""
    parser = make_parser(__doc__, n_words=0)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    n_articles = 200 if options.quick else options.articles
    with TemporaryDirectory() as name:
        source, output = Path(name) / "articles.jsonl", Path(name) / "quotes.jsonl"
        write_corpus(source, read_texts(options.texts), n_articles)
        command = [sys.executable, "-m", "quotex", "extract", str(source), "-o", str(output), "-q"]
        samples: list[tuple[float, float, float]] = []  # MB of output, of memory, of this what is no file's
        with subprocess.Popen([*command, "--workers", str(options.workers)], cwd=ROOT) as run:
            while run.poll() is None:
                part = output.with_name(output.name + ".part")
                samples.append((part.stat().st_size / 1e6 if part.exists() else 0, *find_memory_mb(run.pid)))
                time.sleep(0.2 if options.quick else 1)
    print(f"{n_articles:,} articles, {options.workers} workers\n")
    step = max(1, len(samples) // N_LINES)
    rows = []
    for start in range(0, len(samples), step):
        some = samples[start : start + step]
        most = [f"{max(column):,.0f}" for column in list(zip(*some, strict=True))[1:]]
        rows.append([f"{start / len(samples):.0%}", f"{some[-1][0]:,.1f}", *most])
    print_table(("of the time", "MB written", "MB in memory, at most", "without files and libraries"), rows)


def write_corpus(path: Path, texts: list[str], n_articles: int) -> None:
    """Write articles of paragraphs taken by chance, with new words in each."""
    chance = random.Random(1)
    paragraphs = [paragraph for text in texts for paragraph in text.split("\n\n") if len(paragraph.split()) > 20]
    with path.open("w", encoding="utf-8") as rows:
        for number in range(n_articles):
            words = ("".join(chance.choices(LETTERS, k=8)).capitalize() for _ in range(N_NEW))
            text = "\n\n".join([*chance.sample(paragraphs, N_PARAGRAPHS), f"They met {', '.join(words)}."])
            rows.write(json.dumps({"id": str(number), "text": text}) + "\n")


def find_memory_mb(pid: int) -> tuple[float, float]:
    """Add up the memory of a process and all that it has started, in MB; also without files, such as libraries.

    What they share with each other counts once; what they share with others, as libraries, by halves and thirds.
    """
    total = anonymous = 0.0
    for process in [pid, *list_children(pid)]:
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:  # it has just ended
            continue
        sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 / 1e6 for line in lines[1:]}
        total += sizes["Pss"]
        anonymous += sizes["Pss_Anon"]
    return total, anonymous


def list_children(pid: int) -> list[int]:
    """List the processes that a process has started, and those that they have."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *list_children(child)]
    return found


if __name__ == "__main__":
    main()
