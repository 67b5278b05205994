"""Whom pronouns mean, on GAP: F1 over all, for each gender, and their ratio.

python -m tests.benchmarks.pronouns GAP.tsv [--model DIR]

Each passage (Webster et al. 2018, snippet context) has a pronoun and two names; each name is right or wrong. The
pipeline reads the passage as it reads an article, and says whom it would name behind the pronoun.
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

from spacy.tokens import Doc, Span

import quotex
from quotex.model.session import open_model
from quotex.pipeline.speakers import Resolver
from quotex.pipeline.speakers.ranking import Weights
from quotex.pipeline.speakers.sources import read_source
from quotex.types import CONTENT
from tests.benchmarks.common import print_table

LATER = ("quotex_attribute", "quotex_speakers")  # what they leave is not needed, and they drop what is
FEMININE = frozenset(["she", "her", "hers"])


def judge(doc: Doc, row: dict[str, str], weights: Weights) -> tuple[bool, bool]:
    """Say of each of the two names whether the pronoun means it."""
    doc.spans[CONTENT] = []  # nobody is quoted here who could be "he"
    resolver = Resolver(doc, weights)

    def find(part: str) -> Span:
        start = int(row[f"{part}-offset"])
        span = doc.char_span(start, start + len(row[part]), alignment_mode="expand")
        assert span is not None
        return span

    pronoun = find("Pronoun")
    meant = resolver.ranker.rank(read_source(resolver.mentions, pronoun.start, pronoun.end))[0][0].entity
    a, b = (
        meant is not None and any(name.start < end and start < name.end for name in meant.names)
        for start, end in ((span.start, span.end) for span in (find("A"), find("B")))
    )
    return a, b


def score(counts: Counter[str]) -> float:
    """F1 in per cent."""
    right, said, true = counts["right"], counts["said"], counts["true"]
    return 200 * right / (said + true) if said + true else 0.0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("passages", type=Path)
    parser.add_argument("--model", type=Path, default=None)
    options = parser.parse_args()
    nlp = quotex.load(options.model)
    weights = open_model(options.model).meta.ranking
    counts = {"feminine": Counter[str](), "masculine": Counter[str]()}
    with options.passages.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            gender = "feminine" if row["Pronoun"].lower() in FEMININE else "masculine"
            for said, part in zip(judge(nlp(row["Text"], disable=LATER), row, weights), "AB", strict=True):
                true = row[f"{part}-coref"] == "TRUE"
                counts[gender].update(said=said, true=true, right=said and true)
    both = counts["feminine"] + counts["masculine"]
    rows = [[name, f"{score(one):.1f}"] for name, one in [*counts.items(), ("overall", both)]]
    rows.append(["feminine / masculine", f"{score(counts['feminine']) / score(counts['masculine']):.3f}"])
    print_table(("pronouns", "F1"), rows)


if __name__ == "__main__":
    main()
