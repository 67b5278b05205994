"""How right quotex is on all development sets, side by side: a matter of accuracy, not of speed.

python -m tests.benchmarks.dev_sets FOLDER [SET ...] [--model DIR]

FOLDER holds the corpora; "texts" are our own articles of tests/data/texts, and need none of it. Per cent; F1, but
for `named_acc`.
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path

from spacy.language import Language

import quotex
from models.news_en.training.texts import read_texts
from quotex.evaluation import (
    AnnotatedText,
    NamedText,
    NameKind,
    NamesByKind,
    Rates,
    Scores,
    annotate,
    pair_quotes,
    read_gold_or_names,
    score,
    score_names,
)
from quotex.extraction import read_names
from quotex.types import Slice
from tests.benchmarks.common import print_table
from tests.paths import TEXTS

OURS = "texts"
SETS = ("polnear_dev", "news_dev", "wikinews_dev", "names_dev", OURS)
WITH_THOUGHTS = frozenset(["polnear_dev", OURS])  # where what people believe or hope is marked, too
HEADER = (
    *("set", "articles", "quotes", "attributed quoted", "all", "char_attr quoted", "all"),
    *("char_named quoted", "all", "named_acc", "names: people", "bodies"),
)
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Item:
    """One article and what is known of it; None for what is not marked."""

    text: str
    quotes: AnnotatedText | None = None
    names: NamesByKind | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What came out for a set; empty where there is nothing to compare with."""

    quotes: dict[Slice, Scores]
    names: dict[NameKind, Rates]


def read_set(name: str, folder: Path) -> list[Item]:
    """Read a set by its name."""
    if name == OURS:
        return [Item(one.text, one.gold, one.names_by_kind) for one in read_texts(TEXTS)]
    articles = read_gold_or_names(str(folder / f"{name}.jsonl"))
    return [
        Item(one.text, names=one.names) if isinstance(one, NamedText) else Item(one.text, one) for one in articles
    ]


def measure(items: Iterable[Item], nlp: Language, *, thoughts: bool) -> Figures:
    """Run the pipeline over articles, once each, and score quotes and names, whichever are marked."""
    pairings = []
    names: list[tuple[NamesByKind, NamesByKind]] = []
    for item in items:
        doc = nlp(item.text)
        if item.quotes:
            found = quotex.to_article(doc, thoughts=thoughts)
            pairings.append(pair_quotes(item.quotes, map(annotate, found.quotes)))
        if item.names is not None:
            names.append((item.names, read_names(doc)))
    return Figures(
        {which: score(pairings, which) for which in Slice} if pairings else {},
        score_names(*zip(*names, strict=True)) if names else {},
    )


def make_row(name: str, n_articles: int, figures: Figures) -> list[object]:
    """Make a row of the table."""
    row: list[object] = [name, n_articles]
    if figures.quotes:
        quoted, every = figures.quotes[Slice.quoted], figures.quotes[Slice.all]
        row.append(every["gold"])
        row += [part[key]["F1"] for key in ("attributed", "char_attr", "char_named") for part in (quoted, every)]
        row.append(every["named_acc"])
    else:
        row += [NOTHING] * 8
    row += [figures.names[kind]["F1"] for kind in ("person", "org")] if figures.names else [NOTHING] * 2
    return [NOTHING if isinstance(figure, float) and isnan(figure) else figure for figure in row]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="where polnear_dev.jsonl and the others are")
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"any of {', '.join(SETS)}; all if left out")
    parser.add_argument("--model", type=Path, help="folder of a model; ours if left out")
    options = parser.parse_args(arguments)
    names = options.sets or SETS
    if unknown := sorted(set(names) - set(SETS)):
        parser.error(f"no set {unknown[0]}")
    nlp = quotex.load(options.model)
    rows = []
    for name in names:
        items = read_set(name, options.folder)
        rows.append(make_row(name, len(items), measure(items, nlp, thoughts=name in WITH_THOUGHTS)))
    print_table(HEADER, rows)


if __name__ == "__main__":
    main()
