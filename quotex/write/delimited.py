"""CSV and TSV: one quote a row, for spreadsheets and data frames."""

import csv
import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from quotex.text.invisible import WITHOUT_WIDTH
from quotex.types import Article
from quotex.write.columns import COLUMNS, make_kept, make_row, name_columns

# What a spreadsheet runs as a formula, also under wide and small signs, and behind what it may drop: blanks,
# control characters, what has no width. A dash by itself is none: so is called what was piped in.
# Then what is one already but for our mark.
LEAD = rf"(?!-\Z)[\s\x00-\x1f\x7f-\x9f{''.join(sorted(WITHOUT_WIDTH))}]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n]"
FORMULA, DEFUSED = re.compile(f"'*(?:{LEAD})"), re.compile(f"'+(?:{LEAD})")
BOM = "\ufeff"  # by which Excel knows that it is UTF-8


class Rows:
    """Writes rows, each of whose cells a spreadsheet shows and does not run."""

    def __init__(self, stream: TextIO, delimiter: str, *, raw: bool = False, end: str = "\n") -> None:
        """Make one.

        Args:
            stream: Where to write.
            delimiter: Between cells.
            raw: Leave formulas as they are.
            end: Of each line.
        """
        self.stream = stream
        self.raw = raw
        self.end = end
        # "\r\n" makes Python put cells in quotation marks that hold either of the two
        self._rows = csv.writer(self, delimiter=delimiter, lineterminator="\r\n")

    def write(self, row: str) -> None:
        """Take a row of Python's own writer."""
        self.stream.write(row.removesuffix("\r\n") + self.end)

    def writerow(self, cells: Iterable[object]) -> None:
        """Write one row."""
        self._rows.writerow([defuse(c) if isinstance(c, str) and not self.raw else c for c in cells])


class DelimitedWriter:
    """Writes a head line, then one quote a row."""

    def __init__(
        self,
        stream: TextIO,
        *,
        delimiter: str,
        keep: Sequence[str] = (),
        is_begun: bool = False,
        raw: bool = False,
        excel: bool = False,
    ) -> None:
        self.rows = Rows(stream, delimiter, raw=raw, end="\r\n" if excel else "\n")
        self.mark = BOM if excel else ""
        self.keep = keep
        self.has_head = is_begun

    def write(self, article: Article) -> None:
        """Write the quotes of one article."""
        self.begin()
        cells = make_kept(article, self.keep)
        for quote in article.quotes:
            self.rows.writerow([*make_row(article, quote), *cells])

    def close(self) -> None:
        """Write the head line if nothing has been."""
        self.begin()

    def begin(self) -> None:
        """Write the head line, once."""
        if not self.has_head:
            self.rows.stream.write(self.mark)
            self.rows.writerow((*COLUMNS, *name_columns(self.keep, COLUMNS)))
            self.has_head = True


def defuse(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run; `restore` takes it away again.

    >>> defuse("=1+1"), defuse("'=1+1"), defuse("It's -1.")
    ("'=1+1", "''=1+1", "It's -1.")
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


def restore(cell: str) -> str:
    """Give back the text of a cell as it was."""
    return cell[1:] if DEFUSED.match(cell) else cell
