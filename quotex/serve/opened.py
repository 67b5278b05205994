"""Files that a browser has opened: their bytes are read as `quotex extract` reads them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from itertools import islice
from typing import Any

from quotex.errors import Msg, split_message
from quotex.evaluation.corrections import DIGEST, digest_text
from quotex.read import Failure, File, ReadOptions, read_from
from quotex.read.chunks import Meter
from quotex.read.formats import choose_reader
from quotex.read.unpack import unpack
from quotex.serve.answers import RequestError
from quotex.types import Article

MAX_OPENED = 1_000  # articles of one file
MAX_UNPACKED = 64_000_000  # bytes of one file


@dataclass(frozen=True, slots=True)
class Dropped(File):
    """A file whose bytes a browser has sent."""

    data: bytes = b""

    @contextmanager
    def open(self, meter: Meter | None = None) -> Iterator[BufferedReader]:
        """Open it, unpacked if it is packed."""
        yield unpack(BufferedReader(BytesIO(self.data)), self.name, most=MAX_UNPACKED)


def read_file(name: str, data: bytes) -> dict[str, Any]:
    """Read the articles of a file.

    Raises:
        RequestError: Q1xx, there are none.
    """
    file = Dropped(name, choose_reader(name), data)
    items = list(islice(read_from(file, ReadOptions()), MAX_OPENED))
    failures = [item.message for item in items if isinstance(item, Failure)]
    articles = [
        {"id": item.id, "text": item.text, DIGEST: digest_text(item.text)}
        for item in items
        if isinstance(item, Article)
    ]
    if not articles:
        raise RequestError(422, failures[0] if failures else Msg.Q105.format(doc=name))
    return {"articles": articles, "failures": [split_message(message) for message in failures]}
