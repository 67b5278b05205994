"""Word (.docx): a heading and a table of its quotes for each article; needs the extra `docx`."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table

from quotex.types import Article
from quotex.write.pages import HEADINGS, NOTHING, list_kept, make_page_row
from quotex.write.zips import make_fit, write_zip

STYLE = "Light List Accent 1"  # of the table; python-docx's own template has it
WIDTHS = (1.2, 5.0, 11.0, 2.5, 2.0, 2.0, 2.3)  # centimetres
SIZE = Pt(9)


class DocxWriter:
    """Writes a document; the file is complete once closed."""

    def __init__(self, path: Path, *, keep: Sequence[str] = ()) -> None:
        """Make one.

        Args:
            path: The file.
            keep: Keys of `Article.meta` that stand under the heading of each article.
        """
        self.path = path
        self.keep = keep
        self.document = docx.Document()
        self.document.core_properties.author = self.document.core_properties.comments = ""
        self.document.core_properties.title = "Quotes"
        self.document.core_properties.category = "quotex"  # so that it is known, see quotex.read.ours
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.8)

    def write(self, article: Article) -> None:
        """Write one article."""
        self.document.add_heading(make_fit(article.id), level=1)
        for key, value in list_kept(article, self.keep):
            self.document.add_paragraph(make_fit(f"{key}: {value}"))
        if not article.quotes:
            self.document.add_paragraph(NOTHING)
            return
        rows = [HEADINGS, *(make_page_row(article, quote) for quote in article.quotes)]
        table = self.document.add_table(len(rows), len(HEADINGS), STYLE)
        table.autofit = False
        fill(table, rows)

    def close(self) -> None:
        """Make the file."""
        made = BytesIO()
        self.document.save(made)
        write_zip(made, self.path)


def fill(table: Table, rows: Sequence[Sequence[str]]) -> None:
    """Fill a table; its head is repeated on each page."""
    for table_row, row in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(table_row.cells, row, WIDTHS, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].add_run(make_fit(text)).font.size = SIZE
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
