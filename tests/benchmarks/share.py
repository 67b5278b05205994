"""The share of time outside the model's matrix work, and what each component takes.

python -m tests.benchmarks.share [TEXTS.jsonl] [--words N]
"""

import os
from collections import Counter
from collections.abc import Callable
from time import perf_counter

from tests.benchmarks.common import ONE_THREAD, count_words, fill, make_parser, print_table, read_texts

TAGGER = "quotex_tagger"
MATRICES = "ONNX Runtime"


class TimedSession:
    """An inference session whose runs are timed."""

    def __init__(self, session: object, clock: Counter[str]) -> None:
        self._session = session
        self._clock = clock

    def __getattr__(self, name: str) -> object:
        found = getattr(self._session, name)
        return timed(found, MATRICES, self._clock) if name.startswith("run") else found


def timed(function: Callable, name: str, clock: Counter[str]) -> Callable:
    """Add up the seconds that a function takes."""

    def call(*arguments: object, **options: object) -> object:
        start = perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            clock[name] += perf_counter() - start

    return call


def measure(texts: list[str]) -> Counter[str]:
    """Read the texts; returns the seconds of each part, and of all as "total"."""
    import quotex
    from quotex.extraction import to_article

    nlp = quotex.load()
    clock: Counter[str] = Counter()
    quotex.extract(texts[0], nlp=nlp)  # opens the model
    if TAGGER in nlp.pipe_names:
        model = nlp.get_pipe(TAGGER).opened
        model.__dict__["session"] = TimedSession(model.session, clock)
    parts = [("tokenizer", nlp.make_doc), *((name, component) for name, component in nlp.pipeline)]
    calls = [timed(function, name, clock) for name, function in parts]
    read = timed(to_article, "read the quotes off the Doc", clock)
    start = perf_counter()
    for text in texts:
        doc = text
        for call in calls:
            doc = call(doc)
        read(doc)
    clock["total"] = perf_counter() - start
    return clock


def main() -> None:
    """Print seconds and shares."""
    options = make_parser(__doc__, n_words=10_000).parse_args()
    texts = fill(read_texts(options.texts), 1_000 if options.quick else options.words)
    clock = measure(texts)
    total, matrices = clock.pop("total"), clock.pop(MATRICES, 0.0)
    if TAGGER in clock:
        clock[TAGGER] -= matrices
    rows = [[name, f"{seconds:.3f}", f"{100 * seconds / total:.1f}"] for name, seconds in clock.items()]
    rows.append(
        [
            "calls between them",
            f"{(rest := total - matrices - sum(clock.values())):.3f}",
            f"{100 * rest / total:.1f}",
        ]
    )
    rows.append(["outside the matrices", f"{total - matrices:.3f}", f"{100 * (1 - matrices / total):.1f}"])
    rows.append([MATRICES, f"{matrices:.3f}", f"{100 * matrices / total:.1f}"])
    n_words = sum(map(count_words, texts))
    print(f"{n_words:,} words, {n_words / total:,.0f} words/s\n")
    print_table(("part", "s", "%"), rows)


if __name__ == "__main__":
    os.environ.update(ONE_THREAD)  # before NumPy and ONNX Runtime are imported
    main()
