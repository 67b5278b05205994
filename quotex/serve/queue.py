"""The queue: articles of many requests, taken in turn, so that one with a thousand does not hold up the rest.

Source: fair queueing, Nagle 1987, "On packet switches with infinite storage" (IEEE).
"""

from collections import deque
from collections.abc import Iterable
from threading import Lock

from quotex.workers import Bell, Task

Lane = deque[Task]  # what is left to do of one request


class FairQueue:
    """Lanes in a circle: each time, the next of them gives one task. First come, first served within a lane.

    Attributes:
        bell: Rings when there is something new to take.
    """

    def __init__(self) -> None:
        self.bell = Bell()
        self._lanes: deque[Lane] = deque()
        self._lock = Lock()

    def add(self, tasks: Iterable[Task]) -> Lane:
        """Add a request; it waits for no more than one task of each of the others."""
        lane = deque(tasks)
        with self._lock:
            self._lanes.append(lane)
            self.bell.ring()
        return lane

    def take(self) -> list[Task]:
        """Take the next task; nothing if there is none."""
        with self._lock:
            while self._lanes:
                lane = self._lanes.popleft()
                if lane:
                    self._lanes.append(lane)
                    task = lane.popleft()
                    if task.result.set_running_or_notify_cancel():
                        return [task]
            return []

    def drop(self, lane: Lane) -> None:
        """Forget what is left of a request: nobody waits for it any more."""
        with self._lock:
            for task in lane:
                task.result.cancel()
            lane.clear()
