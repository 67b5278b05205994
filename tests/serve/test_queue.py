"""The queue is fair, and workers are replaced."""

import os
import signal
from multiprocessing.connection import wait

import pytest

from quotex.errors import ModelError, UsageError
from quotex.read import Failure
from quotex.serve.queue import FairQueue
from quotex.serve.workers import WorkerPool
from quotex.types import Article, Findings
from quotex.workers import Task


def make_tasks(name: str, number: int) -> list[Task]:
    return [Task(Article(f"{name}{at}", "It rained.")) for at in range(number)]


def take(tasks: FairQueue, number: int) -> list[str]:
    return [task.job.id for _ in range(number) for task in tasks.take()]


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


def test_the_bell_rings_when_there_is_something():
    tasks = FairQueue()
    assert tasks.take() == wait([tasks.bell.reader], 0) == []
    tasks.add(make_tasks("a", 2))
    assert wait([tasks.bell.reader], 20)
    tasks.bell.reset()
    assert (take(tasks, 3), wait([tasks.bell.reader], 0)) == (["a0", "a1"], [])


@pytest.fixture
def pool():
    """One worker with our model."""
    tasks = FairQueue()
    pool = WorkerPool(tasks, None, 1)
    pool.start()
    yield pool
    pool.close()


def run(pool, *tasks: Task):
    pool.tasks.add(tasks)
    return [task.result.result(60) for task in tasks]


def test_a_worker_that_dies_is_replaced(pool):
    """While it waits, and while it works: then another tries the article again."""
    first = pool.supervisor.workers[0].process.pid
    (found,) = run(pool, Task(Article("a", "“It holds,” said Bo Lind.")))
    assert isinstance(found, Findings)
    os.kill(first, signal.SIGKILL)
    (found,) = run(pool, Task(Article("a", "“It holds,” said Bo Lind.")))
    assert [quote.text for quote in found.quotes] == ["It holds,"]
    assert pool.supervisor.workers[0].process.pid != first


def test_what_takes_too_long_is_given_up(pool):
    """Its process is ended, and the next article is done by another."""
    long = Article("a", "“It holds,” said Bo Lind. " * 4000)
    slow, found = run(pool, Task(long, "late", limit_s=0.01), *make_tasks("b", 1))
    assert slow == Failure("a", "late")
    assert isinstance(found, Findings)


def test_a_model_that_cannot_be_used_is_an_error_at_once(tmp_path):
    pool = WorkerPool(FairQueue(), tmp_path, 1)
    with pytest.raises(ModelError, match=r"^\[Q301\]"):
        pool.start()


def test_a_worker_that_cannot_start_is_an_error_at_once(monkeypatch):
    monkeypatch.setattr("quotex.workers.run_worker", os._exit)
    pool = WorkerPool(FairQueue(), None, 1)
    with pytest.raises(UsageError, match=r"^\[Q219\]"):
        pool.start()
