"""OpenDocument texts (.odt): paragraphs and headings, also those of tables, with changes accepted."""

from collections.abc import Iterator
from io import BytesIO

from quotex.read.blocks import Tags, find_blocks
from quotex.read.document import as_broken, check_zip, make_document, read_bytes
from quotex.read.extras import load_extra
from quotex.read.file import Failure, File, ReadOptions
from quotex.types import Article

TAGS = Tags(
    inline=frozenset(
        "a span ruby ruby-base meta meta-field frame bookmark bookmark-start bookmark-end reference-mark "
        "reference-mark-start reference-mark-end change change-start change-end soft-page-break title date time "
        "author-name placeholder variable-set variable-get user-field-get".split()
    ),
    signs={"s": " ", "tab": "\t", "line-break": "\n"},
    # comments, footnotes, what was deleted, the tables of contents, and formulas
    hidden=frozenset("annotation note tracked-changes table-of-content sequence-decls ruby-text object".split()),
)


def read_odt(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one document; macros, links and pictures are never followed.

    Raises:
        InputError: Q1xx, it cannot be read.
    """
    odfdo = load_extra("odfdo", file.name)
    etree = load_extra("lxml.etree", file.name)
    data = read_bytes(file, options)
    check_zip(data, file.name)
    with as_broken(file.name):
        document = odfdo.Document(BytesIO(data))
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(document.container.get_part("content.xml"), parser)
        body = root.find(".//{*}body/{*}text")
        if body is None:
            raise ValueError("it holds no text document")
        meta = {"title": document.meta.title, "author": document.meta.creator, "date": document.meta.date}
        paragraphs = find_blocks(body, TAGS)
    yield make_document(file, paragraphs, meta, options)
