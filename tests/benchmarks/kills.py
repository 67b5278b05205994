"""Runs that are killed with SIGKILL at a random moment and begun again: does each end with the right file?

python -m tests.benchmarks.kills [TEXTS.jsonl] [--articles N] [--kills N] [--suffix SUFFIX]
"""

import random
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.benchmarks.batch import write_rows
from tests.benchmarks.common import make_parser, print_table, read_texts
from tests.paths import ROOT


def main() -> None:
    """Run undisturbed, then kill and go on, again and again; print how many files were the same."""
    parser = make_parser(__doc__, n_words=0)
    parser.add_argument("--articles", type=int, default=150)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--suffix", default=".jsonl", help="of the output")
    options = parser.parse_args()
    n_kills = 2 if options.quick else options.kills
    texts = read_texts(options.texts)
    chance = random.Random(7)
    n_same = n_late = 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_rows(folder / "rows.jsonl", [texts[n % len(texts)] for n in range(options.articles)])
        whole, output = folder / f"whole{options.suffix}", folder / f"q{options.suffix}"
        start = perf_counter()
        subprocess.run(make_command(folder, whole), cwd=ROOT, check=True)
        seconds = perf_counter() - start
        n_killed = 0
        while n_killed < n_kills:
            output.unlink(missing_ok=True)
            with subprocess.Popen(make_command(folder, output), cwd=ROOT) as run:
                try:
                    run.wait(chance.uniform(0, seconds))
                    n_late += 1  # it was done before, which shows nothing
                    continue
                except subprocess.TimeoutExpired:
                    run.kill()
                    n_killed += 1
            subprocess.run(make_command(folder, output), cwd=ROOT, check=True)
            n_same += output.read_bytes() == whole.read_bytes()
            left = [path for path in folder.iterdir() if path.name.startswith("q.") and path != output]
            n_same -= bool(left)
    rows = [[options.suffix, n_killed, n_same, n_late]]
    print_table(("output", "killed and gone on with", "the same file", "not killed in time"), rows)


def make_command(folder: Path, output: Path) -> list[str]:
    """Make the command."""
    return [sys.executable, "-m", "quotex", "extract", str(folder / "rows.jsonl"), "-o", str(output), "-q"]


if __name__ == "__main__":
    main()
