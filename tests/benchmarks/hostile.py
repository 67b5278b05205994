"""How time grows with the length of texts made to be slow, in all and by stage: the exponent; 1 is linear.

python -m tests.benchmarks.hostile [NAME ...] [--kind runs|marks|layouts|news] [--chars N] [--doublings N]

The status is 1 where all stages together grow faster than with the exponent MOST. Length is that of the text in
characters, not the number of its units, as names get longer with that. What a name and a source are compared
with is bounded (MAX_ALIKE, REACH, MAX_NAMES): until a text has as much, 20,000 characters at most here, each unit
costs more than the last. So the exponent is that of the last two doublings, of 32,000 characters and more.
"""

import argparse
import gc
import sys
from time import process_time

import numpy as np
from spacy.language import Language

import quotex
from tests.benchmarks.common import print_table
from tests.hostile import LAYOUTS, MARKS, NEWS, RUNS, SHAPES

KINDS = {"runs": RUNS, "marks": MARKS, "layouts": LAYOUTS, "news": NEWS}
ALL, TOKENIZER = "all", "tokenizer"
MOST = 1.1
WITHOUT_MODEL = ("quotex_segment", "quotex_marks")
MIN_SECONDS = 0.02  # of CPU, for the longest text; below it the clock is all that is measured
LIMIT = 20.0  # seconds of CPU; a text that takes more is doubled no more


def main() -> None:
    """Read each text in each of its lengths, and print a line for each."""
    options = make_options().parse_args()
    shapes = KINDS[options.kind] if options.kind else SHAPES
    names = options.names or list(shapes)
    nlp = quotex.load()
    stages = [name for name in nlp.pipe_names if options.kind in (None, "news") or name in WITHOUT_MODEL]
    nlp("“Yes,” said Ann Lee.")
    gc.collect()
    gc.freeze()  # or some stage, now this one, now that, waits while all that the pipeline holds is looked through
    rows, worse = [], []
    for name in names:
        lengths, seconds = grow(nlp, name, stages, options.chars, options.doublings)
        exponents = {stage: find_exponent(lengths, values) for stage, values in seconds.items()}
        if seconds[ALL][-1] >= MIN_SECONDS and not exponents[ALL] <= MOST:
            worse.append(name)
        cells = [
            f"{exponents[s]:.2f} ({seconds[s][-1]:.2f} s)" if seconds[s][-1] >= MIN_SECONDS else "-"
            for s in seconds
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
    parser.add_argument("--chars", type=int, default=8_000, help="characters of the shortest")
    parser.add_argument("--doublings", type=int, default=4, help="how often it is doubled")
    return parser


def grow(
    nlp: Language, name: str, stages: list[str], n_chars: int, n_doublings: int
) -> tuple[list[int], dict[str, list[float]]]:
    """Read a text in all its lengths; gives these, and the seconds of CPU of all stages, and of each."""
    write = SHAPES[name]
    n_units = max(1, 100 * n_chars // len(write(100)))
    lengths: list[int] = []
    seconds: dict[str, list[float]] = {stage: [] for stage in (ALL, TOKENIZER, *stages)}
    for doubling in range(n_doublings + 1):
        text = write(n_units << doubling)
        lengths.append(len(text))
        gc.collect()
        start = process_time()
        doc = nlp.make_doc(text)
        seconds[TOKENIZER].append(process_time() - start)
        for stage in stages:
            start = process_time()
            doc = nlp.get_pipe(stage)(doc)
            seconds[stage].append(process_time() - start)
        seconds[ALL].append(sum(seconds[stage][-1] for stage in (TOKENIZER, *stages)))
        if seconds[ALL][-1] > LIMIT:
            break
    return lengths, seconds


def find_exponent(lengths: list[int], seconds: list[float]) -> float:
    """Find how time grows over the last two doublings; what is the same for all lengths counts less there."""
    last = [max(value, 1e-4) for value in seconds[-3:]]
    if len(last) < 2:
        return float("nan")
    return float(np.polyfit(np.log(lengths[-3:]), np.log(last), 1)[0])


if __name__ == "__main__":
    main()
