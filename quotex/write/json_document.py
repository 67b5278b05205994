"""JSON: all articles in one document, written as they come."""

import json
from collections.abc import Sequence
from typing import TextIO

from quotex.records import VERSION, make_article
from quotex.types import Article

BETWEEN = ",\n"


class JsonWriter:
    """Writes one document, an article a line; it is complete once closed."""

    def __init__(self, stream: TextIO, *, keep: Sequence[str] = (), is_begun: bool = False) -> None:
        self.stream = stream
        self.keep = keep
        self.before = BETWEEN if is_begun else f'{{"quotex": "{VERSION}", "articles": [\n'

    def write(self, article: Article) -> None:
        """Write one article, with quotes or without."""
        self.stream.write(self.before + json.dumps(make_article(article, self.keep), ensure_ascii=False))
        self.before = BETWEEN

    def close(self) -> None:
        """End the document; without articles it is an empty list of them."""
        self.stream.write("\n]}\n" if self.before == BETWEEN else self.before.rstrip() + "]}\n")
