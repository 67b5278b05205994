"""The pool: processes that open the model once each; where one dies, another tries its articles once more."""

import os
import signal
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from quotex.batch.ahead import Item, ReadAhead
from quotex.batch.work import Chore, Extractor, Result
from quotex.errors import Msg, QuotexError, UsageError
from quotex.read import Failure
from quotex.types import Article

MAX_CHUNK = 16  # articles sent to a worker at a time
MAX_CHUNK_CHARACTERS = 10_000  # about 0.2 s of work: sending costs little, and no worker waits long at the end
OUT_OF_MEMORY = 137  # as shells say it of what the system kills for memory


@dataclass(eq=False, slots=True)
class Worker:
    """A process, and the numbers of the items that it works on.

    Attributes:
        is_ready: It has opened the model.
        task: Empty when it has nothing to do.
        deadline: When it must be done with that, on the clock of `monotonic`.
    """

    process: BaseProcess
    connection: "Connection[list[Item], list[Result] | QuotexError]"
    is_ready: bool = False
    task: list[int] = field(default_factory=list)
    deadline: float = inf


class Pool:
    """Workers, and what is between reading and writing: items are given back in the order they came in."""

    def __init__(self, model: Path | None, n_workers: int, timeout_s: float | None = None) -> None:
        """Start the workers.

        Args:
            model: Folder of the model, None for ours.
            n_workers: How many.
            timeout_s: Seconds that one article may take, None for any time.
        """
        self.model = model
        self.timeout_s = timeout_s
        self._workers = [self._start() for _ in range(n_workers)]
        self._items: dict[int, Item] = {}  # taken and not yet given back
        self._results: dict[int, Result] = {}
        self._n_taken = 0
        self._retries: deque[int] = deque()  # each of them is tried alone
        self._retried: set[int] = set()

    def run(self, ahead: ReadAhead) -> Iterator[tuple[Item, Result]]:
        """Extract from all items; a failure is its own result.

        Raises:
            ModelError: The model cannot be used.
            UsageError: Q219, a worker cannot even start.
        """
        n_given = 0
        while True:
            for worker in self._workers:
                if worker.is_ready and not worker.task and (task := self._find_task(ahead)):
                    worker.task = task
                    worker.deadline = monotonic() + self.timeout_s if self.timeout_s else inf
                    with suppress(OSError):  # it has just died, which shows when it is waited for
                        worker.connection.send([self._items[number] for number in task])
            while n_given in self._results:
                yield self._items.pop(n_given), self._results.pop(n_given)
                n_given += 1
            if not self._items and ahead.has_ended:
                return
            self._wait(ahead)

    def _find_task(self, ahead: ReadAhead) -> list[int]:
        """Take what the next worker shall do; failures pass by."""
        if self._retries:
            return [self._retries.popleft()]
        task: list[int] = []
        n_characters = 0
        while len(task) < MAX_CHUNK and n_characters < MAX_CHUNK_CHARACTERS and (item := ahead.take()):
            number = self._n_taken
            self._n_taken += 1
            self._items[number] = item
            if isinstance(item, Failure):
                self._results[number] = item
            else:
                task.append(number)
                n_characters += len(item.text)
        return task

    def _wait(self, ahead: ReadAhead) -> None:
        """Wait until a worker has something to say, or no time left, or there is something new for an idle one."""
        busy = [worker for worker in self._workers if worker.task or not worker.is_ready]
        bells = [ahead.bell] if len(busy) < len(self._workers) and not ahead.has_ended else []
        deadline = min((worker.deadline for worker in busy if worker.task), default=inf)
        seconds = None if deadline == inf else max(0.0, deadline - monotonic())
        ready = wait([*(worker.connection for worker in busy), *bells], seconds)
        for worker in busy:
            if worker.connection in ready:
                self._receive(worker)
            elif worker.task and monotonic() >= worker.deadline:
                self._give_up(worker)

    def _receive(self, worker: Worker) -> None:
        """Take the results of a worker, or notice its death."""
        try:
            results = worker.connection.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return
        if isinstance(results, QuotexError):
            raise results
        worker.is_ready = True
        self._results.update(zip(worker.task, results, strict=True))
        worker.task = []

    def _give_up(self, worker: Worker) -> None:
        """End a worker that takes too long; of several articles, each gets a worker and the time for itself."""
        if len(worker.task) == 1:
            [number] = worker.task
            doc = name_item(self._items[number])
            self._results[number] = Failure(doc, Msg.Q135.format(doc=doc, limit=self.timeout_s))
        else:
            self._retries.extend(worker.task)
        worker.task = []
        worker.process.kill()
        self._replace(worker)

    def _replace(self, worker: Worker) -> None:
        """Start another worker in place of a dead one; what it worked on is tried once more, one by one."""
        worker.process.join()
        reason = describe_exit(worker.process.exitcode)
        if not worker.is_ready:  # there is no room for it; the others go on
            self._workers.remove(worker)
            if not self._workers:
                raise UsageError(Msg.Q219.format(reason=reason))
            return
        for number in worker.task:
            doc = name_item(self._items[number])
            if number in self._retried:
                self._results[number] = Failure(doc, Msg.Q126.format(doc=doc, reason=reason))
            else:
                self._retried.add(number)
                self._retries.append(number)
        worker.connection.close()
        self._workers[self._workers.index(worker)] = self._start()

    def _start(self) -> Worker:
        return Worker(*start_process(self.model))

    def close(self) -> None:
        """End the workers."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()


def name_item(item: Item) -> str:
    """Name an article or a failure."""
    return item.id if isinstance(item, Article) else item.doc


def choose_context() -> BaseContext:
    """Choose how processes are started: from a server that has imported spaCy once, where there can be one."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["quotex.extraction", "quotex.batch.pool"])
    return context


def start_process(model: Path | None) -> "tuple[BaseProcess, Connection[Any, Any]]":
    """Start a process that runs `serve`; returns it, and the connection to it.

    Raises:
        UsageError: Q219, the system does not let us.
    """
    context = choose_context()
    try:
        ours, theirs = context.Pipe()
        process: BaseProcess = context.Process(target=serve, args=(theirs, model), daemon=True)  # type: ignore[attr-defined]
        process.start()
    except OSError as err:
        raise UsageError(Msg.Q219.format(reason=err.strerror or err)) from err
    theirs.close()  # so that we hear of the end of the process
    return process, ours


def serve(connection: "Connection[list[object] | QuotexError, list[Article | Chore]]", model: Path | None) -> None:
    """Be a worker: extract from lists of articles until there are no more, or nobody is there who wants them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started us
    Thread(target=end_with_parent, daemon=True).start()
    extractor = Extractor(model)
    with suppress(EOFError, OSError):
        try:
            extractor.load()
            connection.send([])
            while True:
                connection.send([extractor.work(job) for job in connection.recv()])
        except QuotexError as err:
            connection.send(err)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def end_with_parent() -> None:
    """End this process as soon as the one that started it is dead, in the middle of an article, too."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def describe_exit(status: int | None) -> str:
    """Say how a process ended.

    >>> describe_exit(-9), describe_exit(3)
    ('killed by SIGKILL, which often means out of memory', 'status 3')
    """
    if status == OUT_OF_MEMORY:
        return "out of memory"
    if status is None or status >= 0:
        return f"status {status}"
    with suppress(ValueError):
        name = signal.Signals(-status).name
        return f"killed by {name}" + (", which often means out of memory" if name == "SIGKILL" else "")
    return f"killed by signal {-status}"
