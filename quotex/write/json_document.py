"""JSON: all articles in one document, written as they come."""

import json
from typing import TextIO

from quotex.types import Article
from quotex.write.records import VERSION, make_article


class JsonWriter:
    """Writes one document, an article a line; it is complete once closed."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.before = f'{{"quotex": "{VERSION}", "articles": [\n'

    def write(self, article: Article) -> None:
        """Write one article, with quotes or without."""
        self.stream.write(self.before + json.dumps(make_article(article), ensure_ascii=False))
        self.before = ",\n"

    def close(self) -> None:
        """End the document; without articles it is an empty list of them."""
        self.stream.write("\n]}\n" if self.before == ",\n" else self.before.rstrip() + "]}\n")
