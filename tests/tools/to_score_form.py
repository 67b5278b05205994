"""Turn JSON Lines of quotex into the form that ../shared/score.py reads: one article a row.

quotex extract GOLD.jsonl -o rows.jsonl
python -m tests.tools.to_score_form rows.jsonl --gold GOLD.jsonl > pred.jsonl
python ../shared/score.py GOLD.jsonl pred.jsonl
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

Record = dict[str, object]


def group_rows(rows: Iterable[dict], ids: Iterable[str]) -> Iterator[Record]:
    """Group the rows of quotex by article, in the order of the gold; an article without rows has no quotes.

    Raises:
        ValueError: A row belongs to none of the articles.
    """
    articles: dict[str, list[Record]] = {name: [] for name in ids}
    for row in rows:
        if row["doc"] not in articles:
            raise ValueError(f"no article {row['doc']!r} in the gold file")
        articles[row["doc"]].append(convert(row))
    for name, quotes in articles.items():
        yield {"id": name, "quotes": quotes}


def convert(row: dict) -> Record:
    """Keep what is scored: ranges, speaker and kind."""
    quote: Record = {
        role: [[span["start"], span["end"]] for span in row[role]] for role in ("content", "cue", "source")
    }
    if row["speaker"]:
        quote |= {"speaker": row["speaker"]["name"], "kind": row["speaker"]["kind"]}
    return quote | {"type": row["type"]}


def read_rows(path: Path) -> Iterator[dict]:
    """Read JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def main(arguments: list[str] | None = None) -> None:
    """Convert one file to stdout."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.to_score_form", description="For score.py.")
    parser.add_argument("rows", type=Path, help="what `quotex extract GOLD -o ROWS.jsonl` wrote")
    parser.add_argument("--gold", type=Path, required=True, help="the articles that were read, with ids")
    given = parser.parse_args(arguments)
    ids = [str(row["id"]) for row in read_rows(given.gold)]
    for article in group_rows(read_rows(given.rows), ids):
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
