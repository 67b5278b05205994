"""The queue: articles of many requests, taken in turn, so that one with a thousand does not hold up the rest."""

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from math import inf
from threading import Condition
from time import monotonic
from typing import Any

from quotex.batch.work import Chore
from quotex.types import Article


@dataclass(eq=False, slots=True)
class Task:
    """One article of a request, or something else that it asks for.

    Attributes:
        job: What to extract from, or to do.
        deadline: When the request will have waited long enough, on the clock of `monotonic`.
        result: What came of it, as soon as it is there.
        is_retry: The process that worked on it died.
    """

    job: Article | Chore
    deadline: float
    result: "Future[Any]" = field(default_factory=Future)
    is_retry: bool = False


class Lane:
    """What is left to do of one request."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self.tasks = deque(tasks)


class FairQueue:
    """Lanes in a circle: each time, the next of them gives one task. First come, first served within a lane."""

    def __init__(self) -> None:
        self._lanes: deque[Lane] = deque()
        self._changed = Condition()
        self.is_closed = False

    def add(self, tasks: Iterable[Task]) -> Lane:
        """Add a request; it waits for no more than one task of each of the others."""
        lane = Lane(tasks)
        with self._changed:
            self._lanes.append(lane)
            self._changed.notify_all()
        return lane

    def take(self, timeout_s: float | None = None) -> Task | None:
        """Wait for a task, and take it; None when the queue is closed, or the time has passed."""
        end = monotonic() + timeout_s if timeout_s is not None else inf
        with self._changed:
            while not self.is_closed:
                while self._lanes and not self._lanes[0].tasks:
                    self._lanes.popleft()
                if self._lanes:
                    task = self._lanes[0].tasks.popleft()
                    self._lanes.rotate(-1)
                    return task
                if monotonic() >= end:
                    return None
                self._changed.wait(timeout_s)
            return None

    def put_back(self, task: Task) -> None:
        """Let a task be taken next."""
        with self._changed:
            self._lanes.appendleft(Lane([task]))
            self._changed.notify_all()

    def drop(self, lane: Lane) -> None:
        """Forget what is left of a request: nobody waits for it any more."""
        with self._changed:
            for task in lane.tasks:
                task.result.cancel()
            lane.tasks.clear()

    def close(self) -> None:
        """Give nothing any more."""
        with self._changed:
            self.is_closed = True
            self._changed.notify_all()
