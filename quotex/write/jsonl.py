"""JSON Lines: one quote a row."""

import json
from collections.abc import Sequence
from typing import TextIO

from quotex.records import make_rows
from quotex.types import Article


class JsonLinesWriter:
    """Writes one quote a row; an article without quotes leaves no trace."""

    def __init__(self, stream: TextIO, *, keep: Sequence[str] = ()) -> None:
        self.stream = stream
        self.keep = keep

    def write(self, article: Article) -> None:
        """Write the quotes of one article."""
        records = make_rows(article, self.keep)
        self.stream.write("".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records))

    def close(self) -> None:
        """Do nothing: JSON Lines just end."""
