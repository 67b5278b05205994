"""Workers: processes that open the model once each, and the supervisor that brings them tasks and replaces them.

A batch run and the server work by it, by one policy. A task whose process dies is tried once more, alone, as are
those that were sent along with it; then it fails. A task that takes too long fails at once, and its process is
ended. One that dies idle is replaced, and no task is to blame. One that cannot start is tried again after a pause,
as long as there are others; where there are none, that is an error, and the batch ends but the server goes on.
"""

import signal
import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf
from multiprocessing import Pipe, get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from quotex.errors import Msg, QuotexError, UsageError
from quotex.read import Failure
from quotex.types import Article
from quotex.work import Chore, Extractor

START_TIMEOUT = 120.0  # seconds to open the model; it takes two
START_PAUSE = 1.0  # seconds before another try where a process could not start
OUT_OF_MEMORY = 137  # as shells say it of what the system kills for memory

Job = Article | Chore


class Bell:
    """Rung by any thread; one thread waits for it, together with connections."""

    def __init__(self) -> None:
        """Make one.

        Raises:
            UsageError: Q219, the system has no pipes left.
        """
        try:
            self.reader, self._writer = Pipe(duplex=False)
        except OSError as err:
            raise UsageError(Msg.Q219.format(reason=err.strerror or err)) from err

    def ring(self) -> None:
        """Let whoever waits go on."""
        if not self.reader.poll():
            self._writer.send_bytes(b"1")

    def reset(self) -> None:
        """Be silent until it is rung again; to be called before looking what it was rung for."""
        while self.reader.poll():
            self.reader.recv_bytes()


@dataclass(eq=False, slots=True)
class Task:
    """One article to be read, or a chore to be done.

    Attributes:
        job: Which.
        late: The message where it takes too long.
        limit_s: Seconds that it may take.
        deadline: Until then it may take more than that, on the clock of `monotonic`.
        result: What came of it.
        is_retry: It was at work when a process died.
    """

    job: Job
    late: str = ""
    limit_s: float = inf
    deadline: float = 0.0
    result: "Future[Any]" = field(default_factory=Future)
    is_retry: bool = False


@dataclass(eq=False, slots=True)
class Worker:
    """A process, and what it works on.

    Attributes:
        is_ready: It has opened the model.
        tasks: Empty when it has nothing to do.
        deadline: When it must have answered, on the clock of `monotonic`.
    """

    process: BaseProcess
    connection: "Connection[list[Job], list[object] | QuotexError]"
    is_ready: bool = False
    tasks: list[Task] = field(default_factory=list)
    deadline: float = field(default_factory=lambda: monotonic() + START_TIMEOUT)


class Supervisor:
    """Keeps workers at work; for one thread, which calls `step` as long as there is something to do.

    Attributes:
        workers: Those that live, the ones that still open the model among them.
    """

    def __init__(self, model: Path | None, n_workers: int) -> None:
        """Make one, for so many processes with the model of this folder, or ours; the first step starts them."""
        self.model = model
        self.workers: list[Worker] = []
        self._starts = [0.0] * n_workers  # when to start those that are missing, on the clock of `monotonic`
        self._retries: deque[Task] = deque()  # each of them is tried alone

    @property
    def n_ready(self) -> int:
        """How many workers have opened the model; may be asked by any thread."""
        return sum(worker.is_ready for worker in list(self.workers))

    def step(self, take: Callable[[], list[Task]], bell: Bell) -> None:
        """Wait until something happens, see to it, and bring tasks to the workers that have none.

        Args:
            take: Gives what one worker shall do next; nothing if there is nothing yet.
            bell: Is rung when there is something new to take, and where the caller wants to go on.

        Raises:
            ModelError: The model cannot be used.
            UsageError: Q219, no worker can start. The next step tries again, after a pause.
        """
        self._start_missing()
        seconds = min([*self._starts, *(worker.deadline for worker in self.workers)]) - monotonic()
        connections = [worker.connection for worker in self.workers]
        ready = wait([*connections, bell.reader], None if seconds == inf else max(0.0, seconds))
        bell.reset()
        for worker in list(self.workers):
            if worker.connection in ready:
                self._receive(worker)
            elif monotonic() >= worker.deadline:
                self._end_late(worker)
        for worker in self.workers:
            if worker.is_ready and not worker.tasks:
                self._send(worker, [self._retries.popleft()] if self._retries else take())

    def _start_missing(self) -> None:
        for at in [at for at in self._starts if at <= monotonic()]:
            self._starts.remove(at)
            try:
                self.workers.append(Worker(*start_process(self.model)))
            except OSError as err:
                self._start_later(err.strerror or str(err))

    def _start_later(self, reason: str) -> None:
        """Put off a start that has failed."""
        self._starts.append(monotonic() + START_PAUSE)
        if not self.workers:
            raise UsageError(Msg.Q219.format(reason=reason))

    def _send(self, worker: Worker, tasks: list[Task]) -> None:
        """Give tasks to a worker; one that turns out to be dead has not begun with them."""
        try:
            if tasks:
                worker.connection.send([task.job for task in tasks])
                worker.tasks = tasks
                now = monotonic()
                worker.deadline = now + min(max(task.limit_s, task.deadline - now) for task in tasks)
        except OSError:
            self._retries.extend(tasks)

    def _receive(self, worker: Worker) -> None:
        """Take the results of a worker, or notice its death."""
        try:
            results = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join()
            self._replace(worker, describe_exit(worker.process.exitcode))
            return
        if isinstance(results, QuotexError):
            self.workers.remove(worker)
            self._starts.append(monotonic() + START_PAUSE)
            worker.connection.close()
            for task in worker.tasks:
                task.result.set_result(Failure(task.job.id, str(results)))
            raise results
        tasks, worker.tasks = worker.tasks, []
        worker.is_ready, worker.deadline = True, inf
        for task, result in zip(tasks, results, strict=True):
            task.result.set_result(result)

    def _end_late(self, worker: Worker) -> None:
        """End a worker that takes too long; of several tasks, each gets a worker and the time for itself."""
        tasks, worker.tasks = worker.tasks, []
        if len(tasks) == 1:
            tasks[0].result.set_result(Failure(tasks[0].job.id, tasks[0].late))
        else:
            self._retries.extend(tasks)
        worker.process.kill()
        worker.process.join()
        self._replace(worker, "took too long")

    def _replace(self, worker: Worker, reason: str) -> None:
        """See that a dead worker is replaced, and that what it worked on is tried once more."""
        self.workers.remove(worker)
        worker.connection.close()
        if not worker.is_ready:
            self._start_later(reason)
            return
        self._starts.append(monotonic())
        for task in worker.tasks:
            if task.is_retry:
                task.result.set_result(Failure(task.job.id, Msg.Q126.format(doc=task.job.id, reason=reason)))
            else:
                task.is_retry = True
                self._retries.append(task)

    def close(self) -> None:
        """End the workers; what they are at is lost."""
        for worker in self.workers:
            worker.connection.close()
            worker.process.terminate()
        while self.workers:
            self.workers.pop().process.join()


def start_process(model: Path | None) -> "tuple[BaseProcess, Connection[Any, Any]]":
    """Start a process that runs `run_worker`; returns it, and the connection to it.

    Raises:
        OSError: The system does not let us.
    """
    context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    context.set_forkserver_preload(["quotex.extraction", "quotex.workers"])  # so that spaCy is imported once
    ours, theirs = context.Pipe()
    process = context.Process(target=run_worker, args=(theirs, model), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()  # so that we hear of the end of the process
    return process, ours


def run_worker(connection: "Connection[list[object] | QuotexError, list[Job]]", model: Path | None) -> None:
    """Be a worker: do lists of jobs until there are no more, or nobody is there who wants them."""
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
            sys.exit(OUT_OF_MEMORY)


def end_with_parent() -> None:
    """End this process as soon as the one that started it is dead, in the middle of an article, too."""
    if parent := parent_process():
        parent.join()
        signal.raise_signal(signal.SIGTERM)  # Python alone would wait for what the main thread computes


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
