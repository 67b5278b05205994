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

    def find(self, doc: str) -> str:
        """Find a text.

        Raises:
            InputError: Q805, it is nowhere.
        """
        for folder in filter(Path.is_dir, map(Path, self.paths)):
            saved = folder / name_text(doc)
            if saved.is_file():
                return saved.read_bytes().decode("utf-8")
        if doc in self._read:
            return self._read[doc]
        if doc != STDIN and Path(doc).is_file():
            found = collect([doc])
            if doc in found:
                return found[doc]
        raise InputError(Msg.Q805.format(doc=doc))

    @cached_property
    def _read(self) -> dict[str, str]:
        return collect(self.paths)


def collect(paths: Sequence[str]) -> dict[str, str]:
    """Read the texts of some paths, by id.

    Raises:
        InputError: One cannot be read.
    """
    texts = {}
    for item in read_articles(list(paths), ReadOptions()):
        if isinstance(item, Failure):
            raise InputError(item.message)
        if isinstance(item, Article):
            texts[item.id] = item.text
    return texts
