"""Workers of the server: processes that have opened the model, each with a thread that brings it tasks.

The processes are those of a batch run; here they work for whoever asks. One that dies or hangs is replaced, and
the event loop never waits for any of them.
"""

import queue
from collections.abc import Sequence
from concurrent.futures import InvalidStateError
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from quotex.batch.pool import describe_exit, start_process
from quotex.errors import Msg, QuotexError, UsageError
from quotex.read import Failure
from quotex.serve.queue import FairQueue, Task

GRACE = 10.0  # seconds that a task may go on for after its request has been given up, before its process is killed
START_TIMEOUT = 120.0  # seconds to open the model; it takes two
LOOK_EVERY = 1.0  # seconds; so long it may take until a process that died idle is replaced
RESTART_PAUSE = 1.0  # seconds before another try where a process could not start
HANGS = "took too long"


class Worker:
    """One process; to be used by one thread."""

    def __init__(self, model: Path | None) -> None:
        """Start it, and wait until it has opened the model.

        Raises:
            ModelError: The model cannot be used.
            UsageError: Q219, it died or hangs.
        """
        self.process, self.connection = start_process(model)
        try:
            answer = self._receive(START_TIMEOUT)
        except (EOFError, OSError, TimeoutError) as err:
            raise UsageError(Msg.Q219.format(reason=self.end())) from err
        if isinstance(answer, QuotexError):
            self.end()
            raise answer

    @property
    def is_alive(self) -> bool:
        """Whether the process lives."""
        return self.process.is_alive()

    def do(self, task: Task) -> object:
        """Extract from one article, or do what else a task is.

        Raises:
            EOFError, OSError: The process is dead.
            TimeoutError: It has not answered in time.
        """
        self.connection.send([task.job])
        answer = self._receive(max(task.deadline - monotonic(), GRACE))
        if isinstance(answer, QuotexError):
            return Failure(task.job.id, str(answer))
        return answer[0]

    def _receive(self, timeout_s: float) -> Sequence[object] | QuotexError:
        if not self.connection.poll(timeout_s):
            raise TimeoutError
        received: Sequence[object] | QuotexError = self.connection.recv()
        return received

    def end(self) -> str:
        """End the process, and say how it ended; it may be dead already."""
        self.process.join(0.2)
        is_alive = self.process.is_alive()
        if is_alive:
            self.process.kill()
        self.process.join()
        self.connection.close()
        return HANGS if is_alive else describe_exit(self.process.exitcode)


class WorkerPool:
    """Threads that take tasks from a queue, each with a worker."""

    def __init__(self, tasks: FairQueue, model: Path | None, n_workers: int) -> None:
        self.tasks = tasks
        self.model = model
        self.n_workers = n_workers
        self._workers: dict[int, Worker] = {}  # those that are ready, by number
        self._closing = Event()
        self._started: queue.SimpleQueue[QuotexError | None] = queue.SimpleQueue()
        self._threads = [Thread(target=self._attend, args=(number,), daemon=True) for number in range(n_workers)]

    @property
    def n_ready(self) -> int:
        """How many workers can take a task."""
        return sum(worker.is_alive for worker in list(self._workers.values()))

    def start(self) -> None:
        """Start all, and wait for the first to be ready.

        Raises:
            ModelError: The model cannot be used.
            UsageError: Q219, a process cannot even start.
        """
        for thread in self._threads:
            thread.start()
        error = self._started.get()
        if error:
            self.close()
            raise error

    def _attend(self, number: int) -> None:
        """Be the thread of one worker."""
        while not self._closing.is_set():
            try:
                worker = Worker(self.model)
            except QuotexError as err:
                self._started.put(err)
                self._closing.wait(RESTART_PAUSE)
                continue
            self._workers[number] = worker
            self._started.put(None)
            try:
                self._bring_tasks(worker)
            finally:
                del self._workers[number]
                worker.end()

    def _bring_tasks(self, worker: Worker) -> None:
        """Bring tasks to a worker, as long as it lives."""
        while worker.is_alive and not self.tasks.is_closed:
            task = self.tasks.take(LOOK_EVERY)
            if task is None:
                continue
            if not worker.is_alive:  # it died while it had nothing to do, which no task is to blame for
                self.tasks.put_back(task)
                return
            if not task.is_retry and not task.result.set_running_or_notify_cancel():
                continue
            try:
                result = worker.do(task)
            except (EOFError, OSError, TimeoutError):
                self._give_up(task, worker.end())
                return
            answer(task, result)

    def _give_up(self, task: Task, reason: str) -> None:
        """Let another worker try a task once more, unless that is of no use."""
        doc = task.job.id
        if self._closing.is_set():
            answer(task, Failure(doc, Msg.Q623))
        elif reason == HANGS:
            answer(task, Failure(doc, Msg.Q619.format(doc=doc)))
        elif task.is_retry:
            answer(task, Failure(doc, Msg.Q126.format(doc=doc, reason=reason)))
        else:
            task.is_retry = True
            self.tasks.put_back(task)

    def close(self) -> None:
        """End all workers; what they are at is lost."""
        self._closing.set()
        self.tasks.close()
        for worker in list(self._workers.values()):
            worker.process.terminate()
        for thread in self._threads:
            thread.join(5)


def answer(task: Task, result: object) -> None:
    """Give the result to whoever waits; it does not matter if nobody does any more."""
    with suppress(InvalidStateError):
        task.result.set_result(result)
