"""Chores: what the page asks for besides quotes, done by workers, where it stops nobody and can be ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotex.serve.answers import RequestError
from quotex.serve.export import export
from quotex.serve.marked import check, render
from quotex.serve.opened import read_file

if TYPE_CHECKING:
    from spacy.language import Language

PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class View:
    """An article to be rendered with its quotes; see `marked.render`."""

    body: Mapping[str, Any]
    id: str = "the view"

    def do(self, nlp: "Language") -> object:
        """Do it."""
        return refuse(lambda: render(self.body, nlp))


@dataclass(frozen=True, slots=True)
class Check:
    """A correction to be checked before it is saved; see `marked.check`."""

    body: Mapping[str, Any]
    id: str = "the correction"

    def do(self, nlp: "Language") -> object:
        """Do it."""
        return refuse(lambda: check(self.body, PASTED))


@dataclass(frozen=True, slots=True)
class Export:
    """An article to be written as a file; see `export.export`."""

    body: Mapping[str, Any]
    form: str
    id: str = "the download"

    def do(self, nlp: "Language") -> object:
        """Do it."""
        return refuse(lambda: export(self.body, nlp, self.form))


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file to be read; see `opened.read_file`."""

    id: str
    data: bytes

    def do(self, nlp: "Language") -> object:
        """Do it."""
        return refuse(lambda: read_file(self.id, self.data))


def refuse(function: Callable[[], object]) -> object:
    """Give what a function gives, or the error that it refuses with."""
    try:
        return function()
    except RequestError as err:
        return err
