"""How time grows with the length of texts made to be slow, in all and by stage: the exponent; 1 is linear.

python -m tests.benchmarks.hostile [NAME ...] [--kind runs|marks|layouts|news] [--chars N] [--doublings N]
    [--calls]

The status is 1 where all stages together grow faster than with the exponent MOST. Length is that of the text in
characters, not the number of its units, as names get longer with that. What a name and a source are compared
with is bounded (MAX_ALIKE, REACH, MAX_NAMES): until a text has as much, 20,000 characters at most here, each unit
costs more than the last. So the exponent is that of the last two doublings, of 32,000 characters and more.

Seconds of CPU are no even measure where much else runs. `--calls` counts calls of functions, of Python and of C,
which are the same each time; what one call does with a whole text, only seconds show.
"""

import argparse
import cProfile
import gc
import sys
from collections.abc import Callable
from time import process_time
from typing import NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

import quotex
from tests.benchmarks.common import print_table
from tests.hostile import LAYOUTS, MARKS, NEWS, RUNS, SHAPES

KINDS = {"runs": RUNS, "marks": MARKS, "layouts": LAYOUTS, "news": NEWS}
ALL, TOKENIZER = "all", "tokenizer"
MOST = 1.1
WITHOUT_MODEL = ("quotex_segment", "quotex_marks")


class Measure(NamedTuple):
    """What of reading a text is measured.

    Attributes:
        read: Gives what a function makes of its argument, and what that cost.
        least: Of the longest text; below it little but the beginning is measured.
        limit: A text that costs more is doubled no more.
        form: How a cost is written.
    """

    read: Callable[[Callable, object], tuple[Doc, float]]
    least: float
    limit: float
    form: str


def take_seconds(function: Callable, argument: object) -> tuple[Doc, float]:
    """Measure seconds of CPU."""
    start = process_time()
    return function(argument), process_time() - start


def count_calls(function: Callable, argument: object) -> tuple[Doc, float]:
    """Count calls of functions."""
    profile = cProfile.Profile()
    return profile.runcall(function, argument), sum(entry.callcount for entry in profile.getstats())


SECONDS = Measure(take_seconds, 0.02, 20.0, "{:.2f} s")
CALLS = Measure(count_calls, 10_000, 1e8, "{:,}")


def main() -> None:
    """Read each text in each of its lengths, and print a line for each."""
    options = make_options().parse_args()
    shapes = KINDS[options.kind] if options.kind else SHAPES
    names = options.names or list(shapes)
    measure = CALLS if options.calls else SECONDS
    nlp = quotex.load()
    stages = [name for name in nlp.pipe_names if options.kind in (None, "news") or name in WITHOUT_MODEL]
    nlp("“Yes,” said Ann Lee.")
    gc.collect()
    gc.freeze()  # or some stage, now this one, now that, waits while all that the pipeline holds is looked through
    rows, worse = [], []
    for name in names:
        lengths, costs = grow(nlp, name, stages, options.chars, options.doublings, measure)
        exponents = {stage: find_exponent(lengths, values) for stage, values in costs.items()}
        if costs[ALL][-1] >= measure.least and not exponents[ALL] <= MOST:
            worse.append(name)
        cells = [
            f"{exponents[s]:.2f} ({measure.form.format(costs[s][-1])})" if costs[s][-1] >= measure.least else "-"
            for s in costs
        ]
        rows.append([name, f"{lengths[-1]:,}", *cells])
        print(*rows[-1], sep=" | ", flush=True)
    print()
    heads = (ALL, TOKENIZER, *(stage.removeprefix("quotex_") for stage in stages))
    print_table(("text", "characters", *heads), rows)
    print(f"{len(names) - len(worse)} of {len(names)} within {MOST}", *worse, sep="; ")
    sys.exit(1 if worse else 0)


def make_options() -> argparse.ArgumentParser:
    """Make the parser of the options."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", choices=[*SHAPES, []], help="texts; all if left out")
    parser.add_argument("--kind", choices=KINDS, help="only these; all but news without the model")
    parser.add_argument("--calls", action="store_true", help="count calls of functions, not seconds of CPU")
    parser.add_argument("--chars", type=int, default=8_000, help="characters of the shortest")
    parser.add_argument("--doublings", type=int, default=4, help="how often it is doubled")
    return parser


def grow(
    nlp: Language, name: str, stages: list[str], n_chars: int, n_doublings: int, measure: Measure = SECONDS
) -> tuple[list[int], dict[str, list[float]]]:
    """Read a text in all its lengths; gives these, and what all stages cost, and each."""
    write = SHAPES[name]
    n_units = max(1, 100 * n_chars // len(write(100)))
    lengths: list[int] = []
    costs: dict[str, list[float]] = {stage: [] for stage in (ALL, TOKENIZER, *stages)}
    for doubling in range(n_doublings + 1):
        text = write(n_units << doubling)
        lengths.append(len(text))
        gc.collect()
        doc, cost = measure.read(nlp.make_doc, text)
        costs[TOKENIZER].append(cost)
        for stage in stages:
            doc, cost = measure.read(nlp.get_pipe(stage), doc)
            costs[stage].append(cost)
        costs[ALL].append(sum(costs[stage][-1] for stage in (TOKENIZER, *stages)))
        if costs[ALL][-1] > measure.limit:
            break
    return lengths, costs


def find_exponent(lengths: list[int], costs: list[float]) -> float:
    """Find how costs grow over the last two doublings; what is the same for all lengths counts less there."""
    last = [max(value, 1e-4) for value in costs[-3:]]
    if len(last) < 2:
        return float("nan")
    return float(np.polyfit(np.log(lengths[-3:]), np.log(last), 1)[0])


if __name__ == "__main__":
    main()
