"""What reading and writing cost beside extracting: articles per second and bytes per article, format by format.

python -m tests.benchmarks.formats [TEXTS.jsonl] [--articles N] [--rounds N]
"""

import csv
import gzip
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import pyarrow as pa
import pyarrow.parquet as pq

import quotex
from quotex.read import ReadOptions, read_articles
from quotex.types import Article
from quotex.write import Output, make_file_writer
from tests.benchmarks.batch import write_rows
from tests.benchmarks.common import make_parser, print_table, read_texts

WRITTEN = (".jsonl", ".csv", ".parquet", ".db", ".html")


def main() -> None:
    """Extract once, then read and write the same articles in all formats."""
    parser = make_parser(__doc__, n_words=0)
    parser.add_argument("--articles", type=int, default=2_000)
    options = parser.parse_args()
    n_articles, n_rounds = (100, 1) if options.quick else (options.articles, options.rounds)
    distinct = read_texts(options.texts)
    nlp = quotex.load()
    quotex.extract(distinct[0], nlp=nlp)
    start = process_time()
    found = [quotex.extract(text, id=str(number), nlp=nlp) for number, text in enumerate(distinct)]
    pipeline = len(distinct) / (process_time() - start)
    articles = [found[number % len(found)] for number in range(n_articles)]
    rows = [["the pipeline", f"{pipeline:,.0f}", "1", "-"]]
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path in write_inputs(folder, [article.text for article in articles]):
            rate = measure(lambda path=path: read(path), n_articles, n_rounds)
            size = sum(file.stat().st_size for file in path.glob("*")) if path.is_dir() else path.stat().st_size
            rows.append([f"read {path.name}", *describe(rate, pipeline, size, n_articles)])
        for suffix in WRITTEN:
            target = folder / f"out{suffix}"
            rate = measure(lambda target=target: write(target, articles), n_articles, n_rounds)
            rows.append([f"write {suffix}", *describe(rate, pipeline, target.stat().st_size, n_articles)])
    print(f"{n_articles:,} articles, {sum(len(one.quotes) for one in articles):,} quotes; rounds: {n_rounds}\n")
    print_table(("medians", "articles/CPU s", "times the pipeline", "bytes an article"), rows)


def measure(work: Callable[[], None], n_articles: int, n_rounds: int) -> float:
    """Find how many articles a second some work does."""
    rates = []
    for _ in range(n_rounds):
        start = process_time()
        work()
        rates.append(n_articles / (process_time() - start))
    return median(rates)


def describe(rate: float, pipeline: float, size: int, n_articles: int) -> list[str]:
    """Make the cells of a row."""
    return [f"{rate:,.0f}", f"{rate / pipeline:,.0f}", f"{size / n_articles:,.0f}"]


def write_inputs(folder: Path, texts: Sequence[str]) -> list[Path]:
    """Write the same articles in several formats."""
    names = ("rows.jsonl", "rows.jsonl.gz", "rows.csv", "rows.parquet", "files")
    jsonl, packed, table, parquet, files = paths = [folder / name for name in names]
    write_rows(jsonl, list(texts))
    packed.write_bytes(gzip.compress(jsonl.read_bytes()))
    with table.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("id", "text"), *((str(n), text) for n, text in enumerate(texts))])
    pq.write_table(
        pa.table({"id": [str(n) for n in range(len(texts))], "text": texts}), parquet, row_group_size=1_000
    )
    files.mkdir()
    for number, text in enumerate(texts):
        (files / f"{number:06}.txt").write_text(text, encoding="utf-8")
    return list(paths)


def read(path: Path) -> None:
    """Read a file or folder."""
    assert all(isinstance(item, Article) for item in read_articles([str(path)], ReadOptions()))


def write(path: Path, articles: Sequence[Article]) -> None:
    """Write a file."""
    output = Output(str(path))
    writer = make_file_writer({".db": "sqlite"}.get(path.suffix, path.suffix[1:]), output)
    for article in articles:
        writer.write(article)
    writer.close()
    output.complete()


if __name__ == "__main__":
    main()
