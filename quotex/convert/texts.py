"""The texts of articles, for results that have only places in them."""

from collections.abc import Sequence
from functools import cached_property
from glob import escape
from pathlib import Path

from quotex.batch.texts import SUFFIX, name_text, name_without_folders
from quotex.errors import InputError, Msg
from quotex.read import STDIN, Failure, ReadOptions, read_articles
from quotex.types import Article


class Texts:
    """Finds a text by the id of its article: in what was read, in a folder of `--save-text`, or by its path."""

    def __init__(self, paths: Sequence[str] = (), options: ReadOptions | None = None) -> None:
        """Make one.

        Args:
            paths: What was read, or folders of `--save-text`.
            options: As it was read.
        """
        self.paths = paths
        self.options = options or ReadOptions()
        self.failures: dict[str, str] = {}  # messages, by what failed

    def find(self, doc: str) -> list[str]:
        """Find a text; of an id that several have, all of theirs, the likeliest first.

        Raises:
            InputError: Q805, it is nowhere; Q1xx, it is where we could not read.
        """
        for folder in filter(Path.is_dir, map(Path, self.paths)):
            name = name_text(doc)
            saved = folder / name
            if saved.is_file():
                paths = [saved, *sorted(saved.parent.glob(f"{escape(saved.stem)}-*{SUFFIX}"))]
            else:
                paths = sorted(folder.glob(f"{escape(name_without_folders(name))}-????????{SUFFIX}"))
            if paths:
                return [path.read_bytes().decode("utf-8") for path in paths]
        if doc in self._read:
            texts = self._read[doc]
            texts.append(texts.pop(0))  # as likely as not, they are asked for in their order
            return texts[-1:] + texts[:-1]
        if doc == STDIN and len(self._read) == 1:
            return next(iter(self._read.values()))  # what was piped in then has a name now
        if doc != STDIN and Path(doc).is_file():
            found = self._collect([doc])
            if doc in found:
                return found[doc]
        reasons = (self.failures[one] for one in (doc, *self.paths) if one in self.failures)
        raise InputError(next(reasons, Msg.Q805.format(doc=doc)))

    @cached_property
    def _read(self) -> dict[str, list[str]]:
        return self._collect(self.paths)

    def _collect(self, paths: Sequence[str]) -> dict[str, list[str]]:
        """Read the texts of some paths, by id; what fails matters only where it is asked for."""
        texts: dict[str, list[str]] = {}
        for item in read_articles(list(paths), self.options):
            if isinstance(item, Failure):
                self.failures[item.doc] = item.message
            elif isinstance(item, Article):
                texts.setdefault(item.id, []).append(item.text)
        return texts
