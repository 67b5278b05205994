"""The texts of articles, for results that have only places in them."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from quotex.batch.texts import name_text
from quotex.errors import InputError, Msg
from quotex.read import STDIN, Failure, ReadOptions, read_articles
from quotex.types import Article


class Texts:
    """Finds a text by the id of its article: in what was read, in a folder of `--save-text`, or by its path."""

    def __init__(self, paths: Sequence[str] = ()) -> None:
        self.paths = paths
        self.failures: dict[str, str] = {}  # messages, by what failed

    def find(self, doc: str) -> str:
        """Find a text.

        Raises:
            InputError: Q805, it is nowhere; Q1xx, it is where we could not read.
        """
        for folder in filter(Path.is_dir, map(Path, self.paths)):
            saved = folder / name_text(doc)
            if saved.is_file():
                return saved.read_bytes().decode("utf-8")
        if doc in self._read:
            return self._read[doc]
        if doc != STDIN and Path(doc).is_file():
            found = self._collect([doc])
            if doc in found:
                return found[doc]
        reasons = (self.failures[one] for one in (doc, *self.paths) if one in self.failures)
        raise InputError(next(reasons, Msg.Q805.format(doc=doc)))

    @cached_property
    def _read(self) -> dict[str, str]:
        return self._collect(self.paths)

    def _collect(self, paths: Sequence[str]) -> dict[str, str]:
        """Read the texts of some paths, by id; what fails matters only where it is asked for."""
        texts = {}
        for item in read_articles(list(paths), ReadOptions()):
            if isinstance(item, Failure):
                self.failures[item.doc] = item.message
            elif isinstance(item, Article):
                texts[item.id] = item.text
        return texts
