"""The pool: articles go to workers in chunks, and what is found comes back in the order they came in."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from math import inf
from typing import Any

from quotex.batch.ahead import Item, ReadAhead
from quotex.errors import Msg
from quotex.read import Failure
from quotex.work import Result
from quotex.workers import Supervisor, Task

MAX_CHUNK = 16  # articles sent to a worker at a time
MAX_CHUNK_CHARACTERS = 10_000  # about 0.2 s of work: sending costs little, and no worker waits long at the end


def share_out(
    ahead: ReadAhead, supervisor: Supervisor, timeout_s: float | None = None
) -> Iterator[tuple[Item, Result]]:
    """Let workers extract from all items; a failure is its own result.

    Args:
        ahead: Articles and failures.
        supervisor: Of the workers; whoever has made it closes it.
        timeout_s: Seconds that one article may take, None for any time.

    Raises:
        ModelError: The model cannot be used.
        UsageError: Q219, no worker can start.
    """
    taken: deque[tuple[Item, Future[Any]]] = deque()  # and not yet given back

    def take() -> list[Task]:
        """Take what the next worker shall do; failures pass by."""
        tasks: list[Task] = []
        n_characters = 0
        while len(tasks) < MAX_CHUNK and n_characters < MAX_CHUNK_CHARACTERS and (item := ahead.take()):
            taken.append((item, Future()))
            if isinstance(item, Failure):
                taken[-1][1].set_result(item)
            else:
                late = Msg.Q135.format(doc=item.id, limit=timeout_s) if timeout_s else ""
                tasks.append(Task(item, late, timeout_s or inf, result=taken[-1][1]))
                n_characters += len(item.text)
        return tasks

    while taken or not ahead.has_ended:
        supervisor.step(take, ahead.bell)
        while taken and taken[0][1].done():
            item, result = taken.popleft()
            yield item, result.result()
