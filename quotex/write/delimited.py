"""CSV and TSV: one quote a row, for spreadsheets and data frames."""

import csv
from collections.abc import Sequence
from typing import TextIO

from quotex.types import Article
from quotex.write.columns import make_cells, name_columns
from quotex.write.records import COLUMNS, make_row


class DelimitedWriter:
    """Writes a head line, then one quote a row."""

    def __init__(
        self, stream: TextIO, *, delimiter: str, keep: Sequence[str] = (), is_begun: bool = False
    ) -> None:
        self.rows = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        self.keep = keep
        self.has_head = is_begun

    def write(self, article: Article) -> None:
        """Write the quotes of one article."""
        self.begin()
        cells = make_cells(article, self.keep)
        self.rows.writerows((*make_row(article, quote), *cells) for quote in article.quotes)

    def close(self) -> None:
        """Write the head line if nothing has been."""
        self.begin()

    def begin(self) -> None:
        """Write the head line, once."""
        if not self.has_head:
            self.rows.writerow((*COLUMNS, *name_columns(self.keep, COLUMNS)))
            self.has_head = True
