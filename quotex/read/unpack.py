"""From packed bytes to plain ones: gzip and zstd, also of streams that break off."""

import zlib
from collections.abc import Callable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from quotex.errors import InputError, Msg
from quotex.read.chunks import CHUNK, ChunkStream, Meter
from quotex.read.extras import load_extra

# By suffix: how the bytes begin, and what it is called.
PACKINGS = {".gz": (b"\x1f\x8b", "gzip"), ".zst": (b"\x28\xb5\x2f\xfd", "zstd")}
PIECE = 512  # packed bytes unpacked at once; where they are damaged, what is lost is at most one such piece
MAX_RATIO = 200  # plain bytes for a packed one; news has 3 to 10, copies of one article over and over 100
FREE = 1 << 28  # bytes that may come out of any file
MAX_WINDOW = 1 << 31  # bytes; archives of the web are packed with `zstd --long=31`


class Unpacker(Protocol):
    """What zlib and zstandard have in common; each takes one member of a file."""

    @property
    def eof(self) -> bool:
        """Whether the member is complete."""

    @property
    def unused_data(self) -> bytes:
        """What came after its end."""

    def decompress(self, data: bytes, /) -> bytes:
        """Take packed bytes, give plain ones."""


def unpack(stream: BufferedReader, name: str, *, most: int | None = None) -> BufferedReader:
    """Unpack a stream if its name or its first bytes say that it is packed; if not, return it as it is.

    Args:
        stream: What to unpack.
        name: What it is called.
        most: So many bytes may come out of it; None where only a bomb is too much, see MAX_RATIO.
    """
    suffix = find_packing(stream, name)
    if not suffix:
        return stream
    packed = Meter()
    if suffix == ".gz":
        chunks = unpack_chunks(stream, packed, name, suffix, start_gzip, zlib.error)
        return BufferedReader(ChunkStream(limit_chunks(chunks, packed, name, most)), CHUNK)
    zstandard = load_extra("zstandard", name)

    def start() -> Unpacker:
        unpacker: Unpacker = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompressobj()
        return unpacker

    chunks = unpack_chunks(stream, packed, name, suffix, start, zstandard.ZstdError)
    return BufferedReader(ChunkStream(limit_chunks(chunks, packed, name, most)), CHUNK)


def find_packing(stream: BufferedReader, name: str) -> str:
    """Find the suffix that goes with a stream; "" where it is not packed."""
    if (suffix := Path(name).suffix.lower()) in PACKINGS:
        return suffix
    head = stream.peek(4)
    return next((suffix for suffix, (magic, _) in PACKINGS.items() if head.startswith(magic)), "")


def start_gzip() -> Unpacker:
    """Start on a member of a gzip file."""
    return zlib.decompressobj(wbits=31)  # 31: with the header and the check sum of gzip


def limit_chunks(chunks: Iterator[bytes], packed: Meter, name: str, most: int | None) -> Iterator[bytes]:
    """Pass chunks on.

    Args:
        chunks: Unpacked.
        packed: Counts the bytes that they come from.
        name: Of the file.
        most: So many bytes may come.

    Raises:
        InputError: Q130, there are more, or the file is a bomb.
    """
    n_plain = 0
    for chunk in chunks:
        n_plain += len(chunk)
        if most is not None and n_plain > most:
            raise InputError(Msg.Q130.format(path=name, limit=f"{most:,} bytes"))
        if n_plain > max(FREE, MAX_RATIO * packed.n_read):
            raise InputError(Msg.Q130.format(path=name, limit=f"{MAX_RATIO} times its size"))
        yield chunk


def unpack_chunks(
    stream: BufferedReader,
    packed: Meter,
    name: str,
    suffix: str,
    start: Callable[[], Unpacker],
    error: type[Exception],
) -> Iterator[bytes]:
    """Unpack all members of a file, which follow each other.

    Raises:
        InputError: Q119, the file ends too soon or is damaged; what came before has been given.
    """
    label = PACKINGS[suffix][1]
    chunk = bytearray()
    reason = ""
    try:
        for plain in unpack_members(stream, packed, start):
            chunk += plain
            if len(chunk) >= CHUNK:
                yield bytes(chunk)
                chunk.clear()
    except EOFError:
        reason = f"the {label} data end too soon"
    except error as err:
        reason = f"damaged {label} data: {str(err).rpartition(': ')[2]}"
    yield bytes(chunk)
    if reason:
        raise InputError(Msg.Q119.format(path=name, reason=reason))


def unpack_members(stream: BufferedReader, packed: Meter, start: Callable[[], Unpacker]) -> Iterator[bytes]:
    """Unpack a file piece by piece.

    Raises:
        EOFError: Its last member is not complete.
    """
    unpacker = None
    data = b""
    while data := data or read_piece(stream, packed):
        if unpacker is None:
            data = data.lstrip(b"\0")  # padding of tapes and blocks
            if not data:
                continue
            unpacker = start()
        yield unpacker.decompress(data)
        data = unpacker.unused_data if unpacker.eof else b""
        unpacker = None if unpacker.eof else unpacker
    if unpacker is not None:
        raise EOFError


def read_piece(stream: BufferedReader, packed: Meter) -> bytes:
    """Read the next packed bytes, and count them."""
    piece = stream.read(PIECE)
    packed.n_read += len(piece)
    return piece
