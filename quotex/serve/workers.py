"""Workers of the server: a thread steps for their supervisor, so that the event loop waits for none of them."""

from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from quotex.errors import QuotexError
from quotex.serve.queue import FairQueue
from quotex.workers import Supervisor


class WorkerPool:
    """Workers that take tasks from a queue."""

    def __init__(self, tasks: FairQueue, model: Path | None, n_workers: int) -> None:
        self.tasks = tasks
        self.supervisor = Supervisor(model, n_workers)
        self._closing = Event()
        self._thread = Thread(target=self._work, daemon=True)

    @property
    def n_ready(self) -> int:
        """How many workers can take a task."""
        return self.supervisor.n_ready

    def start(self) -> None:
        """Start all, and wait for the first to be ready.

        Raises:
            ModelError: The model cannot be used.
            UsageError: Q219, no process can start.
        """
        while not self.n_ready:
            self.supervisor.step(self.tasks.take, self.tasks.bell)
        self._thread.start()

    def _work(self) -> None:
        """Be the thread; where no worker can start any more, one may later."""
        while not self._closing.is_set():
            with suppress(QuotexError):
                self.supervisor.step(self.tasks.take, self.tasks.bell)
        self.supervisor.close()

    def close(self) -> None:
        """End all workers; what they are at is lost."""
        self._closing.set()
        self.tasks.bell.ring()
        if self._thread.is_alive():
            self._thread.join(5)
        else:
            self.supervisor.close()
