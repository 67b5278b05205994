"""Parquet: one row is one article, read in small batches."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from quotex.errors import InputError, Msg
from quotex.read.extras import load_extra
from quotex.read.file import Failure, File, ReadOptions
from quotex.read.rows import NumberedRow, Place, check_columns, choose_columns, make_articles
from quotex.types import Article

BATCH = 64  # rows; some hundred kilobytes of articles
BUFFER = 1 << 16  # bytes of a column read at once, instead of all that a row group has of it


def read_parquet(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one Parquet table; only the columns that are needed.

    Raises:
        InputError: Q1xx, it cannot be read.
    """
    parquet = load_extra("pyarrow.parquet", file.name)
    arrow = load_extra("pyarrow", file.name)
    with file.open() as stream:
        try:
            # What is packed cannot be read from the end, where the table of contents is.
            data = stream if stream.seekable() else BytesIO(stream.read())
            with parquet.ParquetFile(data, buffer_size=BUFFER, pre_buffer=False) as table:
                yield from make_articles(find_rows(table, file, options), file.name, options)
        except (arrow.ArrowException, OSError, UnicodeDecodeError) as err:
            reason = str(err).partition("\n")[0].rstrip(".")
            raise InputError(Msg.Q119.format(path=file.name, reason=reason)) from err


def find_rows(table: Any, file: File, options: ReadOptions) -> Iterator[NumberedRow]:
    """Find the rows and their places, and let the meter go on by their share of the table."""
    names = table.schema_arrow.names
    check_columns(names, file.name, options, nested=True)
    meter, n_done, n_counted = options.meter, 0, 0
    # Row groups are read one by one: a batch over two of them would be lost if the second is damaged.
    for group in range(table.num_row_groups):
        columns = choose_columns(names, options)
        for batch in table.iter_batches(BATCH, row_groups=[group], columns=columns, use_threads=False):
            yield from list_rows(batch, file.name, n_done)
            n_done += batch.num_rows
            if meter:
                n_share = file.size * n_done // table.metadata.num_rows
                meter.n_read += n_share - n_counted
                n_counted = n_share


def list_rows(batch: Any, path: str, n_before: int = 0) -> Iterator[NumberedRow]:
    """List the rows of a record batch and their places; `n_before` rows of the table came before it."""
    columns = {name: to_micro(column) for name, column in zip(batch.schema.names, batch.columns, strict=True)}
    for index in range(batch.num_rows):
        yield read_row(columns, index, Place(path, "row", n_before + index + 1))


def read_row(columns: dict[str, Any], index: int, place: Place) -> NumberedRow:
    """Read the values of one row."""
    try:
        return place, {name: column[index].as_py() for name, column in columns.items()}
    except (ValueError, OverflowError, RecursionError) as err:  # no UTF-8, no time that Python has, too deep
        return place, InputError(Msg.Q108.format(path=place, reason=err))


def to_micro(column: Any) -> Any:
    """Turn times into those that Python has, which knows no nanoseconds; other columns stay as they are."""
    import pyarrow as arrow

    if not arrow.types.is_timestamp(column.type) or column.type.unit != "ns":
        return column
    return column.cast(arrow.timestamp("us", column.type.tz), safe=False)
