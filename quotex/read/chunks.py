"""Raw streams of our own: one that counts what goes through it, one that is made of chunks."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO, RawIOBase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1 << 16  # bytes read at once; rows are judged by so many of them when their encoding is not known


@dataclass(slots=True)
class Meter:
    """Counts the bytes that have been read so far, of all files, as they lie on disk."""

    n_read: int = 0


class Counted(RawIOBase):
    """A raw file whose bytes a meter counts as they are read."""

    def __init__(self, raw: FileIO, meter: Meter) -> None:
        self._raw = raw
        self._meter = meter

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read what there is into the buffer; returns the number of bytes, 0 at the end."""
        n_read = self._raw.readinto(buffer) or 0
        self._meter.n_read += n_read
        return n_read


class ChunkStream(RawIOBase):
    """A raw stream of what an iterator gives; an error of the iterator comes when all before it has been read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read a chunk, or as much of it as fits, into the buffer; returns the number of bytes, 0 at the end."""
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = memoryview(chunk)
        target = memoryview(buffer).cast("B")
        n_read = min(len(target), len(self._left))
        target[:n_read] = self._left[:n_read]
        self._left = self._left[n_read:]
        return n_read
