"""Excel (.xlsx): the columns of CSV, one quote a row; needs the extra `xlsx`."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from quotex.types import Article
from quotex.write.columns import COLUMNS, Cell, make_kept, make_row, name_columns
from quotex.write.zips import make_fit, write_zip

SHEET = "quotes"
MAX_ROWS = 1 << 20  # of a sheet, its head included
MAX_CELL = 32_767  # characters
WIDTHS = {"doc": 30, "speaker": 24, "description": 30, "affiliation": 20, "quote": 80}  # others as Excel has them
WRAPPED = Alignment(wrap_text=True, vertical="top")
TOP = Alignment(vertical="top")
BOLD = Font(bold=True)


class XlsxWriter:
    """Writes a workbook; the file is complete once closed."""

    def __init__(self, path: Path, *, keep: Sequence[str] = ()) -> None:
        """Make one.

        Args:
            path: The file.
            keep: Keys of `Article.meta` that become columns.
        """
        self.path = path
        self.keep = keep
        self.names = (*COLUMNS, *name_columns(keep, COLUMNS))
        self.book = Workbook(write_only=True)
        self.n_rows = 0
        self.begin_sheet()

    def write(self, article: Article) -> None:
        """Write the quotes of one article."""
        cells = make_kept(article, self.keep)
        for quote in article.quotes:
            if self.n_rows == MAX_ROWS:
                self.begin_sheet()
            self.append((*make_row(article, quote), *cells))

    def close(self) -> None:
        """Make the file."""
        made = BytesIO()
        self.book.save(made)
        write_zip(made, self.path)

    def begin_sheet(self) -> None:
        """Begin a sheet, with a head that stays in sight and can be filtered by."""
        number = len(self.book.worksheets) + 1
        self.sheet = self.book.create_sheet(SHEET if number == 1 else f"{SHEET} {number}")
        self.sheet.freeze_panes = "A2"
        self.sheet.auto_filter.ref = f"A1:{get_column_letter(len(self.names))}{MAX_ROWS}"
        for letter, name in enumerate(self.names, start=1):
            if width := WIDTHS.get(name):
                self.sheet.column_dimensions[get_column_letter(letter)].width = width
        self.n_rows = 0
        self.append(self.names, font=BOLD)

    def append(self, row: Iterable[Cell], font: Font | None = None) -> None:
        """Add a row; text is never a formula, whatever it begins with."""
        cells = []
        for name, value in zip(self.names, row, strict=True):
            shown = make_fit(value)[:MAX_CELL] or None if isinstance(value, str) else value
            cell = WriteOnlyCell(self.sheet, shown)
            cell.alignment = WRAPPED if name == "quote" else TOP
            if isinstance(shown, str):
                cell.data_type = "s"
            if font:
                cell.font = font
            cells.append(cell)
        self.sheet.append(cells)
        self.n_rows += 1
