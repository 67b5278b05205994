"""CSV and TSV: one quote a row, for spreadsheets and data frames."""

import csv
from typing import TextIO

from quotex.types import Article
from quotex.write.records import COLUMNS, make_row


class DelimitedWriter:
    """Writes a head line, then one quote a row."""

    def __init__(self, stream: TextIO, *, delimiter: str) -> None:
        self.rows = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        self.has_head = False

    def write(self, article: Article) -> None:
        """Write the quotes of one article."""
        self.begin()
        self.rows.writerows(make_row(article, quote) for quote in article.quotes)

    def close(self) -> None:
        """Write the head line if nothing has been."""
        self.begin()

    def begin(self) -> None:
        """Write the head line, once."""
        if not self.has_head:
            self.rows.writerow(COLUMNS)
            self.has_head = True
