"""JSON Lines: one quote a row."""

import json
from typing import TextIO

from quotex.types import Article
from quotex.write.records import make_quote


class JsonLinesWriter:
    """Writes one quote a row; an article without quotes leaves no trace."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, article: Article) -> None:
        """Write the quotes of one article."""
        rows = (json.dumps(make_quote(article, quote), ensure_ascii=False) for quote in article.quotes)
        self.stream.write("".join(f"{row}\n" for row in rows))

    def close(self) -> None:
        """Do nothing: JSON Lines just end."""
