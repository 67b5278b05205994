"""Word documents (.docx): paragraphs, also those of tables and text boxes, with changes accepted."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from quotex.read.document import as_broken, check_zip, make_document, read_bytes
from quotex.read.extras import load_extra
from quotex.read.file import Failure, File, ReadOptions
from quotex.types import Article

# Runs of a paragraph, but not those of paragraphs in it, which are of text boxes; nor what was deleted or moved
# away, nor the second copy of a box, for old programs.
RUNS = (
    ".//w:r[count(ancestor::w:p) = {depth}]"
    "[not(ancestor::w:del or ancestor::w:moveFrom or ancestor::*[local-name() = 'Fallback'])]"
)


def read_docx(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one document; macros, links and pictures are never followed."""
    docx = load_extra("docx", file.name)
    data = read_bytes(file, options)
    check_zip(data, file.name)
    with as_broken(file.name):
        document = docx.Document(BytesIO(data))
        paragraphs = [
            read_paragraph(paragraph) for paragraph in document.element.body.iter(docx.oxml.ns.qn("w:p"))
        ]
        known = document.core_properties
        meta = {"title": known.title, "author": known.author, "date": known.created}
    yield make_document(file, paragraphs, meta, options)


def read_paragraph(paragraph: Any) -> str:
    """Read the runs of a paragraph, also those in links, fields and controls."""
    depth = len(paragraph.xpath("ancestor-or-self::w:p"))
    return "".join(run.text for run in paragraph.xpath(RUNS.format(depth=depth)))
