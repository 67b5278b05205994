"""From bytes to text: encodings, byte-order marks, and what is no text at all."""

import codecs
from collections.abc import Iterator
from io import BufferedReader

from quotex.errors import InputError, Msg, UsageError
from quotex.read.chunks import CHUNK, ChunkStream
from quotex.read.extras import load_extra
from quotex.read.sniff import AUTO, find_encoding, find_mark, has_controls

SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip file, as .docx, .odt and .epub are"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF document"),
    (b"PAR1", "a Parquet file"),
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
BOM = "\ufeff"


def check_encoding(encoding: str) -> None:
    """Raise UsageError (Q117, Q201) unless text can be decoded with `encoding`."""
    if encoding == AUTO:
        try:
            load_extra("charset_normalizer", "--encoding auto")
        except InputError as err:
            raise UsageError(str(err)) from err
        return
    try:
        "a".encode(encoding)  # with nothing to do, Python would not look it up
    except (LookupError, ValueError) as err:
        raise UsageError(Msg.Q201.format(encoding=encoding)) from err


def decode_line_safe(stream: BufferedReader, *, path: str, encoding: str) -> tuple[BufferedReader, str]:
    r"""Make sure that the stream can be cut at the byte b"\n"; also returns its encoding from here on.

    UTF-16 and its like are transcoded to UTF-8 as they are read; all others are left as they are.
    """
    sample = stream.peek()
    encoding = find_encoding(sample, path=path, encoding=encoding, is_cut=True)
    if "\n{".encode(encoding) == b"\n{":
        return stream, encoding
    check_signature(sample, path=path, encoding=encoding)
    return BufferedReader(ChunkStream(transcode(stream, path=path, encoding=encoding)), CHUNK), "utf-8"


def transcode(stream: BufferedReader, *, path: str, encoding: str) -> Iterator[bytes]:
    """Transcode a stream to UTF-8.

    Raises:
        InputError: Q101, Q103, from here on it is no text in this encoding; what came before has been given.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    at, n_characters = 0, 0
    while True:
        data = stream.read1(CHUNK)
        begin = at - len(decoder.getstate()[0])  # half a character may be left from the chunk before
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as err:
            message = Msg.Q101.format(path=path, encoding=encoding.upper(), at=begin + err.start)
            raise InputError(message) from err
        if "\0" in text:
            found = f"NUL at character {n_characters + text.index(chr(0))}"
            raise InputError(Msg.Q103.format(path=path, found=found))
        yield text.encode("utf-8", errors="surrogatepass")
        if not data:
            return
        at += len(data)
        n_characters += len(text)


def decode_file(data: bytes, *, path: str, encoding: str) -> str:
    """Decode the bytes of a whole file in the encoding that they are in, see `find_encoding` and `decode`."""
    check_binary(data, path=path)
    return decode(data, path=path, encoding=find_encoding(data, path=path, encoding=encoding))


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


def check_line(data: bytes, *, path: str, encoding: str) -> None:
    """Raise InputError where the first line of a file shows that the whole of it is no text."""
    check_signature(data, path=path, encoding=encoding)
    if b"\0" in data:
        raise InputError(Msg.Q103.format(path=path, found=f"NUL at byte {data.index(0)}"))


def check_signature(data: bytes, *, path: str, encoding: str) -> None:
    """Raise InputError where the first bytes tell of another encoding or a known binary format."""
    marked = find_mark(data)
    if not codecs.lookup(encoding).name.startswith(marked):
        raise InputError(Msg.Q102.format(path=path, found=marked, encoding=encoding.upper()))
    check_binary(data, path=path)


def check_binary(data: bytes, *, path: str) -> None:
    """Raise InputError where the first bytes are those of a known binary format."""
    for mark, found in SIGNATURES:
        if data.startswith(mark):
            raise InputError(Msg.Q103.format(path=path, found=found))
