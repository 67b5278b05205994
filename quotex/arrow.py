"""Arrow: from record batches of articles to record batches of quotes, for data jobs on one machine or many.

Needs the extra `parquet`. This is what a cluster maps over its data, as can any job that has record batches:

    from pyarrow.dataset import dataset
    for quotes in extract_batches(dataset("articles/").to_batches(), keep=["url"]):
        ...
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import pyarrow as pa

from quotex.read import MAX_CHARS, Failure, ReadOptions
from quotex.read.parquet import list_rows
from quotex.read.rows import check_columns, choose_columns, make_articles
from quotex.select import Selection, make_selection, put_into
from quotex.types import Article
from quotex.work import Extractor
from quotex.write.parquet import QUOTES, make_batch, make_schema

__all__ = ["QUOTES", "extract_batches", "make_schema"]


def extract_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    text_key: str = "text",
    id_key: str | None = None,
    keep: Sequence[str] = (),
    max_chars: int = MAX_CHARS,
    selection: Selection | None = None,
    extractor: Extractor | None = None,
    on_failure: Callable[[Failure], None] | None = None,
    name: str = "batch",
) -> Iterator[pa.RecordBatch]:
    """Extract the quotes of articles, batch by batch.

    Args:
        batches: Articles; a column of strings for their texts, perhaps one for their ids, and others.
        text_key: Column of the texts.
        id_key: Column of the ids; None means "id" where there is one, else `name` and the number of the row.
        keep: Columns to carry along; they become strings, as in CSV.
        max_chars: Most characters of one article; longer ones are failures.
        selection: Which quotes are wanted, see `quotex.select.make_selection`; None means all statements.
        extractor: Opens the model once, and keeps memory flat; None means a new one of our model.
        on_failure: Is told of each row that cannot be read; None means to pass over it.
        name: What the batches are called in ids and messages.

    Returns:
        For each batch one of the quotes in it, in order, perhaps none. Schema `make_schema(keep)`: the fields of
        the JSON Lines records, and the columns carried along.

    Raises:
        InputError: Q111, a column is missing.
        ModelError: The model cannot be used.
    """
    options = ReadOptions(text_key=text_key, id_key=id_key, keep=tuple(keep), max_chars=max_chars)
    selection = selection or make_selection()
    extractor = extractor or Extractor(None)
    n_rows = 0
    for batch in batches:
        check_columns(batch.schema.names, name, options, nested=True)
        rows = list_rows(batch.select(choose_columns(batch.schema.names, options)), name, n_rows)
        n_rows += batch.num_rows
        done = []
        for item in make_articles(rows, name, options) if batch.num_rows else ():
            result = extractor.extract(item) if isinstance(item, Article) else item
            if isinstance(result, Failure):
                if on_failure:
                    on_failure(result)
            elif isinstance(item, Article):
                done.append(put_into(item, result, selection))
        yield make_batch(done, keep)
