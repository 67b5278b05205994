"""What all writers share."""

from typing import Protocol

from quotex.types import Article


class Writer(Protocol):
    """Writes articles to a stream it does not own, one at a time, as they come."""

    def write(self, article: Article) -> None:
        """Write the quotes of one article."""

    def close(self) -> None:
        """Write what ends the output; the stream stays open."""
