"""One run over all inputs: read, extract, select, write, and note how far it has come."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from math import inf
from pathlib import Path
from time import monotonic
from typing import Protocol

from quotex.batch.ahead import Item, ReadAhead
from quotex.batch.journal import State, add_digest, count_item
from quotex.batch.pool import share_out
from quotex.batch.target import Target
from quotex.batch.texts import begin_texts, save_text
from quotex.errors import Msg, UsageError
from quotex.read import Failure, fold_path
from quotex.select import Selection, Sought, put_into
from quotex.text.language import looks_english
from quotex.types import Article, Findings
from quotex.work import Extractor, Result, open_early
from quotex.workers import Supervisor
from quotex.write import FailureWriter, Writer

MUCH = 60_000  # characters; less is done before a pool has started
AT_ONCE = 0.05  # seconds; what is there by then tells whether there is much
SAVE_EVERY = 2.0  # seconds; what a killed run has to do again

Done = tuple[Item, Result | Article]  # an item, and what came of it


class Listener(Protocol):
    """Is told what happens.

    Attributes:
        found: What is counted beside the articles: "quote", or "name".
    """

    found: str

    def tell(self, text: str) -> None:
        """Hear what is no failure, but good to know."""

    def fail(self, failure: Failure, state: State) -> None:
        """Hear of what could not be done."""

    def done(self, article: Article, state: State, seconds: float) -> None:
        """Hear of an article that is done."""


class Run:
    """One run: from items to what is written."""

    def __init__(
        self,
        target: Target,
        writer: Writer,
        listener: Listener,
        *,
        selection: Selection,
        texts: Path | None = None,
        sought: Sought | None = None,
    ) -> None:
        """Make one.

        Args:
            target: What is written, and how far an earlier run has come.
            writer: Writes records there.
            listener: Is told what happens.
            selection: Which quotes are wanted.
            texts: Folder to keep the texts of articles in.
            sought: Is shown all speakers, wanted or not.
        """
        self.target = target
        self.writer = writer
        self.listener = listener
        self.selection = selection
        self.texts = texts
        self.taken = {fold_path(path) for path in target.files}
        self.sought = sought

    def extract(
        self, items: Iterable[Item], *, model: Path | None, n_workers: int, timeout_s: float | None = None
    ) -> State:
        """Extract the quotes of all articles; what fails is told, and the rest goes on.

        Raises:
            ModelError: The model cannot be used.
            UsageError: Q209, the output cannot be written any more; Q216, the inputs are not those of the run that
                was broken off; Q219, a worker cannot start.
            BrokenPipeError: Nobody reads the output any more.
        """
        return self._run(items, lambda ahead: extract_each(ahead, model, n_workers, timeout_s))

    def collect(self, items: Iterable[Item]) -> State:
        """Take articles whose quotes were found by another run.

        Raises:
            UsageError: Q209, Q216, as above.
            BrokenPipeError: As above.
        """
        return self._run(items, take_each)

    def _run(self, items: Iterable[Item], work: Callable[[ReadAhead], Generator[Done]]) -> State:
        ahead = ReadAhead(items)
        try:
            if self.texts:
                begin_texts(self.texts)
            self._pass_over(ahead)
            next_save = monotonic() + SAVE_EVERY
            with closing(work(ahead)) as results:  # closed, its workers end at once
                for item, result in results:
                    self._finish_item(item, result)
                    ahead.release(item)
                    if monotonic() >= next_save:
                        self.target.save()
                        next_save = monotonic() + SAVE_EVERY
            self.target.save()
            self.writer.close()
            self.target.complete()
        except OSError as err:
            raise self._unwritable(err) from err
        finally:
            ahead.close()
        return self.target.state

    def _pass_over(self, ahead: ReadAhead) -> None:
        """Read what an earlier run has done, and make sure that it is the same."""
        digest, done = "", self.target.state
        for _ in range(done.n_items):
            item = ahead.take(block=True)
            if item is None:
                break
            digest = add_digest(digest, item)
            ahead.release(item)
        if digest != done.digest:
            raise UsageError(Msg.Q216.format(part=self.target.output.part, n=done.n_items))

    def _finish_item(self, item: Item, result: Result | Article) -> None:
        target = self.target
        if isinstance(result, Failure):
            if target.failures:
                target.failures.write(result)
            if isinstance(self.writer, FailureWriter):
                self.writer.fail(result.doc, result.message)
            target.state = count_item(target.state, item, None)
            self.listener.fail(result, target.state)
        elif isinstance(item, Article):
            article = self._select(item, result)
            self.writer.write(article)
            if target.output.path is None:
                target.output.stream.flush()  # whoever reads a pipe sees it at once
            if self.texts:
                save_text(article, self.texts, self.taken)
            target.state = count_item(target.state, item, len(article.quotes))
            self.listener.done(article, target.state, result.seconds if isinstance(result, Findings) else 0.0)

    def _select(self, item: Article, result: Findings | Article) -> Article:
        if self.sought:
            self.sought.look(result.speakers)
        if isinstance(result, Article):
            return put_into(result, Findings(result.quotes, result.speakers), self.selection, renumber=False)
        if not looks_english(item.text):
            self.listener.tell(Msg.Q116.format(doc=item.id))
        return put_into(item, result, self.selection)

    def _unwritable(self, err: OSError) -> Exception:
        """Turn an error of writing into one for the user; a broken pipe is none."""
        if isinstance(err, BrokenPipeError):
            return err
        output = self.target.output
        name = err.filename or ("stdout" if output.path is None else output.name)
        return UsageError(Msg.Q209.format(path=name, reason=err.strerror or err, kept=self.target.put_away()))


def take_each(ahead: ReadAhead) -> Generator[Done]:
    """Take each article as it is."""
    while item := ahead.take(block=True):
        yield item, item


def extract_each(
    ahead: ReadAhead, model: Path | None, n_workers: int, timeout_s: float | None = None
) -> Generator[tuple[Item, Result]]:
    """Extract the quotes of each article, in order: here as long as there is little to do, else in workers.

    Args:
        ahead: Articles and failures; a failure is its own result.
        model: Folder of the model, None for ours.
        n_workers: How many processes; 0 means that all is done here.
        timeout_s: Seconds that one article may take; only a process of its own can be ended then.
    """
    much = MUCH if n_workers else inf
    if timeout_s is None and not ahead.wait_for_much(much, AT_ONCE):
        yield from extract_here(ahead, model, much)
    if not ahead.has_ended:
        with closing(Supervisor(model, n_workers)) as supervisor:
            yield from share_out(ahead, supervisor, timeout_s)


def extract_here(ahead: ReadAhead, model: Path | None, much: float) -> Iterator[tuple[Item, Result]]:
    """Extract in this process, until nothing is left or so many characters wait."""
    early = open_early(model)
    extractor = Extractor(model)
    while not ahead.wait_for_much(much, 0) and (item := ahead.take(block=True)):
        if isinstance(item, Failure):
            yield item, item
        else:
            extractor.load()
            early.clear()  # the pipeline has it now
            yield item, extractor.extract(item)


def count_cores() -> int:
    """Count the processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
