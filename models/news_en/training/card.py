"""Card: measure a model and write the figures into its README.md.

python -m models.news_en.training.card MODEL_FOLDER GOLD.jsonl "what GOLD is"
"""

import argparse
import datetime
import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np

from quotex.evaluation import AnnotatedText, annotate, extend_over_that, pair_quotes, read_gold, score
from quotex.extraction import extract, load
from quotex.model.session import META_FILE, MODEL_FILE
from quotex.training.calibrate import judge_quotes
from quotex.types import SLICES

SCORES = re.compile(r"(<!-- scores:.*?-->\n).*?(<!-- end of scores -->)", re.DOTALL)
STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0001)  # of confidence


def write_scores(folder: Path, gold: list[AnnotatedText], title: str) -> str:
    """Measure the model in a folder, with the rules over it, and write the tables for its card."""
    meta = json.loads((folder / META_FILE).read_text(encoding="utf-8"))
    same = 100 * meta["parity"]["same_label"]
    size = (folder / MODEL_FILE).stat().st_size / 1e6
    n_words = sum(len(article.text.split()) for article in gold)
    return (
        f"Measured on {datetime.date.today().isoformat()} on {title} ({len(gold)} articles, {n_words:,} words), "
        f"version {meta['version']} with the rules over it, thoughts included. F1 in per cent; `exact` is given "
        'for contents as the records have them, and with the leading "that" which this corpus counts to them.\n\n'
        f"{tabulate_scores(folder, gold)}\n"
        "What `confidence` means there: of the quotes in each range, how many are right in content, source and, "
        "where a person or body spoke, in the name.\n\n"
        f"{tabulate_confidence(folder, gold)}\n"
        f"The exported model gives {same:.1f}% of words in held-out articles the label that the trained one gives "
        f"them. The file has {size:.1f} MB.\n"
    )


def tabulate_scores(folder: Path, gold: list[AnnotatedText]) -> str:
    """Write the table of scores, a row a slice."""
    nlp = load(folder)
    articles = [extract(article.text, nlp=nlp, thoughts=True) for article in gold]
    found = [[annotate(quote) for quote in article.quotes] for article in articles]
    plain = [pair_quotes(article, quotes) for article, quotes in zip(gold, found, strict=True)]
    with_that = [
        pair_quotes(article, [extend_over_that(article.text, quote) for quote in quotes])
        for article, quotes in zip(gold, found, strict=True)
    ]
    lines = [
        '| quotes | in gold | found | attributed | overlap | exact | exact, with "that" | source overlap '
        "| named | right names |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for which in SLICES:
        one, other = score(plain, which), score(with_that, which)
        figures = (
            one["gold"],
            one["pred"],
            one["attributed"]["F1"],
            one["overlap"]["F1"],
            one["exact"]["F1"],
            other["exact"]["F1"],
            one["source_overlap"],
            one["named"]["F1"],
            one["named_acc"],
        )
        lines.append(f"| {which} | " + " | ".join(map(str, figures)) + " |")
    return "\n".join(lines) + "\n"


def tabulate_confidence(folder: Path, gold: list[AnnotatedText]) -> str:
    """Write the table of confidence against being right."""
    judged = np.array(judge_quotes(folder, gold), dtype=float)
    lines = ["| confidence | quotes | mean confidence | right |", "|---|---|---|---|"]
    for low, high in pairwise(STEPS):
        inside = judged[(judged[:, 0] >= low) & (judged[:, 0] < high)]
        if len(inside):
            mean, right = inside.mean(axis=0)
            lines.append(f"| {low:.1f} to {min(high, 1):.1f} | {len(inside)} | {mean:.2f} | {right:.2f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the scores into the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("title")
    arguments = parser.parse_args()
    card = Path(__file__).parents[1] / "README.md"
    scores = write_scores(arguments.model, read_gold(str(arguments.gold)), arguments.title)
    text = card.read_text(encoding="utf-8")
    card.write_text(SCORES.sub(lambda match: match[1] + scores + match[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
