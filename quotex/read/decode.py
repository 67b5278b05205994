"""From bytes to text: encodings, byte-order marks, and what is no text at all."""

import codecs
from io import BytesIO
from typing import BinaryIO

from quotex.errors import InputError, Msg, UsageError

# Order matters: the mark of UTF-32 begins with that of UTF-16.
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip file, as .docx, .odt and .epub are"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
BOM = "\ufeff"
TEXT_CONTROLS = b"\t\n\v\f\r\x1b"
SAMPLE = 4096  # bytes, to judge a file by
MAX_CONTROLS = 0.02  # share of control characters that a text may have; a twelfth of random bytes are


def check_encoding(encoding: str) -> None:
    """Raise UsageError (Q201) unless Python can decode text with `encoding`."""
    try:
        "a".encode(encoding)  # with nothing to do, Python would not look it up
    except (LookupError, ValueError) as err:
        raise UsageError(Msg.Q201.format(encoding=encoding)) from err


def decode_line_safe(stream: BinaryIO, *, path: str, encoding: str) -> tuple[BinaryIO, str]:
    r"""Make sure that the stream can be cut at the byte b"\n"; also returns its encoding from here on.

    UTF-16 and its like are transcoded to UTF-8, which takes memory; all others are left as they are.
    """
    if "\n{".encode(encoding) == b"\n{":
        return stream, encoding
    text = decode(stream.read(), path=path, encoding=encoding)
    return BytesIO(text.encode("utf-8", errors="surrogatepass")), "utf-8"


def decode(data: bytes, *, path: str, encoding: str, at: int = 0) -> str:
    """Decode bytes strictly; newlines stay as they are.

    Args:
        data: The bytes of a whole file, or of one line.
        path: Name of the file, for messages.
        encoding: Encoding of the file.
        at: Where in the file the data begin, in bytes; a byte-order mark is left out at 0 only.

    Raises:
        InputError: Q101, Q102, Q103, the data are no text in this encoding.
    """
    if at == 0:
        check_signature(data, path=path, encoding=encoding)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as err:
        if has_controls(data):
            raise InputError(Msg.Q103.format(path=path, found="control characters all over")) from err
        raise InputError(Msg.Q101.format(path=path, encoding=encoding.upper(), at=at + err.start)) from err
    if "\0" in text:
        raise InputError(Msg.Q103.format(path=path, found=f"NUL at character {text.index(chr(0))}"))
    return text.removeprefix(BOM) if at == 0 else text


def has_controls(data: bytes) -> bool:
    """Say whether bytes are full of what no text has in any 8-bit encoding; a stray one is let pass."""
    sample = data[:SAMPLE]
    return sum(byte < 32 and byte not in TEXT_CONTROLS for byte in sample) > MAX_CONTROLS * len(sample)


def check_line(data: bytes, *, path: str, encoding: str) -> None:
    """Raise InputError where the first line of a file shows that the whole of it is no text."""
    check_signature(data, path=path, encoding=encoding)
    if b"\0" in data:
        raise InputError(Msg.Q103.format(path=path, found=f"NUL at byte {data.index(0)}"))


def check_signature(data: bytes, *, path: str, encoding: str) -> None:
    """Raise InputError where the first bytes tell of another encoding or a known binary format."""
    marked = next((name for mark, name in BOMS if data.startswith(mark)), "")
    if not codecs.lookup(encoding).name.startswith(marked):
        raise InputError(Msg.Q102.format(path=path, found=marked, encoding=encoding.upper()))
    for mark, found in SIGNATURES:
        if data.startswith(mark):
            raise InputError(Msg.Q103.format(path=path, found=found))
