"""Rich text (.rtf): its paragraphs, without tables of fonts, pictures and notes."""

from collections.abc import Iterator

from quotex.read.document import as_broken, make_document, read_bytes
from quotex.read.extras import load_extra
from quotex.read.file import Failure, File, ReadOptions
from quotex.read.sniff import RTF_HEAD
from quotex.types import Article


def read_rtf(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one document; it says itself in which encoding it is.

    Raises:
        InputError: Q1xx, it cannot be read.
    """
    striprtf = load_extra("striprtf.striprtf", file.name)
    data = read_bytes(file, options)
    with as_broken(file.name):
        if not data.lstrip().startswith(RTF_HEAD):
            raise ValueError("it does not begin as RTF does")
        text = striprtf.rtf_to_text(data.decode("cp1252", errors="replace"), errors="replace")
    # what is beyond 16 bits comes in two halves
    whole = text.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")
    yield make_document(file, whole.split("\n"), {}, options)
