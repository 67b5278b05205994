"""The queue is fair, and workers are replaced."""

import os
import signal
import threading
from time import monotonic

import pytest

from quotex.errors import ModelError, UsageError
from quotex.read import Failure
from quotex.serve import workers
from quotex.serve.queue import FairQueue, Task
from quotex.serve.workers import WorkerPool
from quotex.types import Article, Findings


def make_tasks(name: str, number: int, seconds: float = 60.0) -> list[Task]:
    return [Task(Article(f"{name}{at}", "It rained."), monotonic() + seconds) for at in range(number)]


def take(tasks: FairQueue, number: int) -> list[str]:
    return [tasks.take().job.id for _ in range(number)]


def test_requests_take_turns():
    """One with a thousand articles holds up one with two by two."""
    tasks = FairQueue()
    tasks.add(make_tasks("a", 1000))
    assert take(tasks, 2) == ["a0", "a1"]
    tasks.add(make_tasks("b", 2))
    tasks.add(make_tasks("c", 1))
    assert take(tasks, 7) == ["a2", "b0", "c0", "a3", "b1", "a4", "a5"]


def test_who_has_gone_is_forgotten():
    tasks = FairQueue()
    lane = tasks.add(given := make_tasks("a", 3))
    assert take(tasks, 1) == ["a0"]
    tasks.drop(lane)
    tasks.add(make_tasks("b", 1))
    assert take(tasks, 1) == ["b0"]
    assert [task.result.cancelled() for task in given] == [False, True, True]


def test_a_task_can_be_put_back():
    tasks = FairQueue()
    tasks.add(make_tasks("a", 2))
    task = tasks.take()
    tasks.put_back(task)
    assert take(tasks, 2) == ["a0", "a1"]


def test_closing_ends_those_who_wait():
    tasks = FairQueue()
    got = []
    waiting = threading.Thread(target=lambda: got.append(tasks.take()))
    waiting.start()
    tasks.close()
    waiting.join(5)
    assert got == [None]


@pytest.fixture
def pool():
    """One worker with our model."""
    tasks = FairQueue()
    pool = WorkerPool(tasks, None, 1)
    pool.start()
    yield pool
    pool.close()


def run(pool, *texts: str, seconds: float = 60.0):
    given = [Task(Article(str(number), text), monotonic() + seconds) for number, text in enumerate(texts)]
    pool.tasks.add(given)
    return [task.result.result(60) for task in given]


def test_a_worker_that_dies_is_replaced(pool):
    """While it waits, and while it works: then another tries the article again."""
    first = pool._workers[0].process.pid
    (found,) = run(pool, "“It holds,” said Bo Lind.")
    assert isinstance(found, Findings)
    os.kill(first, signal.SIGKILL)
    (found,) = run(pool, "“It holds,” said Bo Lind.")
    assert [quote.text for quote in found.quotes] == ["It holds,"]
    assert pool._workers[0].process.pid != first


def test_what_takes_too_long_is_given_up(pool, monkeypatch):
    """Its process is ended, and the next article is done by another."""
    monkeypatch.setattr(workers, "GRACE", 0.01)
    slow, _ = run(pool, "“It holds,” said Bo Lind. " * 4000, "It rained.", seconds=0.0)
    assert isinstance(slow, Failure)
    assert slow.message.startswith("[Q619] 0: took longer to read")


def test_a_model_that_cannot_be_used_is_an_error_at_once(tmp_path):
    pool = WorkerPool(FairQueue(), tmp_path, 1)
    with pytest.raises(ModelError, match=r"^\[Q301\]"):
        pool.start()


def test_a_worker_that_cannot_start_is_an_error_at_once(monkeypatch):
    monkeypatch.setattr("quotex.batch.pool.serve", os._exit)
    monkeypatch.setattr(workers, "START_TIMEOUT", 30.0)
    pool = WorkerPool(FairQueue(), None, 1)
    with pytest.raises(UsageError, match=r"^\[Q219\]"):
        pool.start()
