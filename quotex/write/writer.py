"""What all writers share."""

from typing import Protocol, runtime_checkable

from quotex.types import Article


class Writer(Protocol):
    """Writes articles to a stream it does not own, one at a time, as they come."""

    def write(self, article: Article) -> None:
        """Write the quotes of one article."""

    def close(self) -> None:
        """Write what ends the output; the stream stays open."""


@runtime_checkable
class FailureWriter(Writer, Protocol):
    """A writer that also shows what could not be read."""

    def fail(self, doc: str, message: str) -> None:
        """Note one failure: which document, and the message."""
