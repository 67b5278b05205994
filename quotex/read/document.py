"""What the readers of documents share: one file is one article, opened by somebody else's code."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZipFile

from quotex.errors import InputError, Msg
from quotex.read.file import File, ReadOptions
from quotex.read.limits import read_page_bytes
from quotex.read.rows import choose_meta
from quotex.read.text import check_article
from quotex.read.unpack import FREE, MAX_RATIO
from quotex.types import Article

OLE = b"\xd0\xcf\x11\xe0"  # how files of Office begin that are encrypted, or of before 2007
SMALL = 1 << 24  # bytes that may come out of any document


def read_bytes(file: File, options: ReadOptions) -> bytes:
    """Read all of a document; raise InputError (Q132) where it is too long."""
    with file.open(options.meter) as stream:
        return read_page_bytes(stream, file.name, options)


def make_document(
    file: File, paragraphs: Iterable[str], meta: Mapping[str, object], options: ReadOptions
) -> Article:
    """Make the article of a document: its paragraphs with blank lines between them.

    Args:
        file: Where it comes from.
        paragraphs: Those without anything but white space are left out.
        meta: What may be carried along; what is empty is left out.
        options: Tell which of it is asked for.

    Raises:
        InputError: Q105, Q114, Q131, there is no text, or too much.
    """
    text = "\n\n".join(kept for paragraph in paragraphs if (kept := paragraph.replace("\0", "").strip()))
    known = {key: value for key, value in meta.items() if value}
    chosen = choose_meta(known, options.keep, file.name)
    return check_article(Article(file.name, text, meta=chosen), options.max_chars)


@contextmanager
def as_broken(path: str) -> Iterator[None]:
    """Turn whatever other people's code makes of other people's files into an error of ours.

    Raises:
        InputError: Q119, the file is broken.
    """
    try:
        yield
    except (InputError, MemoryError):
        raise
    except Exception as err:
        reason = " ".join(str(err).split()).rstrip(".") or type(err).__name__
        raise InputError(Msg.Q119.format(path=path, reason=reason)) from err


def check_zip(data: bytes, path: str) -> None:
    """Make sure that a document that is a zip file may be unpacked.

    What its table of contents says of sizes binds Python's unpacker, so nothing has to be unpacked to know.

    Raises:
        InputError: Q119, it is no zip file; Q139, it is encrypted; Q140, it is a bomb.
    """
    if data.startswith(OLE):
        raise InputError(Msg.Q139.format(path=path))
    with as_broken(path), ZipFile(BytesIO(data)) as archive:
        n_plain = sum(member.file_size for member in archive.infolist())
    if n_plain > FREE:
        raise InputError(Msg.Q140.format(path=path, limit=f"{FREE:,} bytes"))
    if n_plain > max(SMALL, MAX_RATIO * len(data)):
        raise InputError(Msg.Q140.format(path=path, limit=f"{MAX_RATIO} times its size"))
