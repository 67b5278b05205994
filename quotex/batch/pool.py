"""The pool: articles go to workers in chunks, and what is found comes back in the order they came in."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from math import inf
from pathlib import Path
from typing import Any

from quotex.batch.ahead import Item, ReadAhead
from quotex.errors import Msg
from quotex.read import Failure
from quotex.work import Result
from quotex.workers import Supervisor, Task

MAX_CHUNK = 16  # articles sent to a worker at a time
MAX_CHUNK_CHARACTERS = 10_000  # about 0.2 s of work: sending costs little, and no worker waits long at the end


class Pool:
    """What is between reading and writing: workers, and the articles that they have.

    Attributes:
        supervisor: Of the workers.
    """

    def __init__(self, model: Path | None, n_workers: int, timeout_s: float | None = None) -> None:
        """Make one.

        Args:
            model: Folder of the model, None for ours.
            n_workers: How many processes.
            timeout_s: Seconds that one article may take, None for any time.
        """
        self.supervisor = Supervisor(model, n_workers)
        self.timeout_s = timeout_s
        self._taken: deque[tuple[Item, Future[Any]]] = deque()  # and not yet given back

    def run(self, ahead: ReadAhead) -> Iterator[tuple[Item, Result]]:
        """Extract from all items; a failure is its own result.

        Raises:
            ModelError: The model cannot be used.
            UsageError: Q219, no worker can start.
        """
        while self._taken or not ahead.has_ended:
            self.supervisor.step(lambda: self._take(ahead), ahead.bell)
            while self._taken and self._taken[0][1].done():
                item, future = self._taken.popleft()
                yield item, future.result()

    def _take(self, ahead: ReadAhead) -> list[Task]:
        """Take what the next worker shall do; failures pass by."""
        tasks: list[Task] = []
        n_characters = 0
        while len(tasks) < MAX_CHUNK and n_characters < MAX_CHUNK_CHARACTERS and (item := ahead.take()):
            if isinstance(item, Failure):
                passed: Future[Any] = Future()
                passed.set_result(item)
                self._taken.append((item, passed))
            else:
                late = Msg.Q135.format(doc=item.id, limit=self.timeout_s) if self.timeout_s else ""
                tasks.append(Task(item, late, self.timeout_s or inf))
                self._taken.append((item, tasks[-1].result))
                n_characters += len(item.text)
        return tasks

    def close(self) -> None:
        """End the workers."""
        self.supervisor.close()
