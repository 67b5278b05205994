"""Work: what is done with each article, in this process or in a worker."""

import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import TYPE_CHECKING, Protocol, TypeVar

from quotex.errors import InputError, Msg, QuotexError
from quotex.read import Failure
from quotex.types import Article, Findings

if TYPE_CHECKING:
    from spacy.language import Language

    from quotex.model.session import Model

N_KNOWN = 50_000  # words that are kept, 20 MB; those that it has met spaCy cuts three times as fast


Result = Findings | Failure
T = TypeVar("T")


class Chore(Protocol):
    """Something else that is done where the pipeline is; it has to pickle, as has what comes of it."""

    @property
    def id(self) -> str:
        """What messages call it."""

    def do(self, nlp: "Language") -> object:
        """Do it."""


class Extractor:
    """A pipeline that is built when it is first needed."""

    def __init__(self, model: Path | None) -> None:
        self.model = model
        self._nlp: Language | None = None

    def load(self) -> "Language":
        """Give the pipeline; spaCy is imported here, because it takes a second that `--help` does not have."""
        import quotex

        if self._nlp is None:
            self._nlp = quotex.load(self.model)
        return self._nlp

    def work(self, job: Article | Chore) -> object:
        """Extract from an article, or do a chore; a bug of ours is a failure."""
        if isinstance(job, Article):
            return self.extract(job)
        try:
            nlp = self.load()
            with bound_memory(nlp):
                return job.do(nlp)
        except MemoryError:
            raise
        except Exception as err:
            return Failure(job.id, Msg.Q625.format(error=f"{type(err).__name__}: {err}"), traceback.format_exc())

    def extract(self, article: Article) -> Result:
        """Extract the quotes of one article."""
        from quotex.extraction import find_all

        nlp = self.load()
        start = perf_counter()
        with bound_memory(nlp):
            found = attempt(article.id, lambda: find_all(article, nlp))
        return found if isinstance(found, Failure) else replace(found, seconds=perf_counter() - start)


def bound_memory(nlp: "Language") -> AbstractContextManager[object]:
    """Let spaCy forget the words that it meets within the block, once it knows most of those of any article."""
    return nlp.memory_zone() if len(nlp.vocab.strings) >= N_KNOWN else nullcontext()


def attempt(doc: str, work: Callable[[], T]) -> T | Failure:
    """Do some work on one article; only here a bug of ours costs one article and not the run."""
    try:
        return work()
    except InputError as err:
        return Failure(doc, str(err))
    except (QuotexError, MemoryError):
        raise
    except Exception as err:
        error = f"{type(err).__name__}: {err}"
        return Failure(doc, Msg.Q115.format(doc=doc, error=error), traceback.format_exc())


def open_early(folder: Path | None) -> list["Model"]:
    """Open the model in a thread, while the main one imports spaCy; returns where it will be kept until then."""
    from quotex.model.session import open_model

    opened: list[Model] = []

    def open_files() -> None:
        with suppress(QuotexError):  # the pipeline meets the same error, and it is reported there
            opened.append(open_model(folder))
            opened[0].session  # noqa: B018

    # No daemon: at the end of the process that would be cut off inside the runtime, which then aborts.
    Thread(target=open_files).start()
    return opened
