"""Workers: order, deaths, failures. These start processes with the real pipeline."""

import os
import signal
import sys
import threading
import time
from contextlib import closing, suppress

import pytest

from quotex import workers
from quotex.batch.ahead import ReadAhead
from quotex.batch.pool import share_out
from quotex.errors import ModelError, UsageError
from quotex.extraction import extract
from quotex.read import Failure
from quotex.select import Selection, put_into
from quotex.types import Article
from quotex.workers import Supervisor, start_process

LONG = "“We are ready,” said Ann Lee, the mayor. The rain went on for days. " * 150


def run(items, *, n_workers=2, model=None, timeout_s=None, meanwhile=lambda supervisor: None):
    """Share out items; returns what is given back."""
    with closing(Supervisor(model, n_workers)) as supervisor:
        threading.Thread(target=meanwhile, args=(supervisor,), daemon=True).start()
        return list(share_out(ReadAhead(items), supervisor, timeout_s))


def test_items_come_back_in_order_with_what_is_in_them():
    """A long article does not hold up the short ones behind it for good, nor do these overtake it."""
    items = [
        Article("long", LONG),
        Failure("f", "bad"),
        *(Article(str(n), f"“No {n},” said Bo Lind.") for n in range(40)),
    ]
    results = run(items)
    assert [item for item, _ in results] == items
    for item, result in results:
        if isinstance(item, Failure):
            assert result is item
        else:
            assert put_into(item, result, Selection()).quotes == extract(item.text).quotes


def kill_who_works_on(number):
    """Kill, again and again, whoever works on an item."""

    def kill(supervisor):
        while True:
            for worker in list(supervisor.workers):
                if any(task.job.id == str(number) for task in worker.tasks):
                    with suppress(ProcessLookupError):  # it is dead already
                        os.kill(worker.process.pid, signal.SIGKILL)
            time.sleep(0.001)

    return kill


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("n_workers", [1, 2])
def test_an_article_that_kills_costs_itself_only(n_workers):
    """It is tried twice; those that were sent along with it are done by others."""
    items = [Article(str(n), f"“No {n},” said Bo Lind." + (LONG if n == 3 else "")) for n in range(12)]
    results = run(items, n_workers=n_workers, meanwhile=kill_who_works_on(3))
    assert [item for item, _ in results] == items
    failed = [result for _, result in results if isinstance(result, Failure)]
    assert failed == [
        Failure(
            "3",
            "[Q126] 3: twice ended the process that read it "
            "(killed by SIGKILL, which often means out of memory). Cut it up, or report it to us.",
        )
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_worker_that_dies_once_is_replaced():
    """Nothing is lost, nothing is there twice."""
    items = [Article(str(n), LONG) for n in range(6)]

    def kill(supervisor):
        while not any(worker.tasks for worker in supervisor.workers):
            time.sleep(0.001)
        os.kill(next(one for one in supervisor.workers if one.tasks).process.pid, signal.SIGKILL)

    results = run(items, meanwhile=kill)
    assert [item for item, _ in results] == items
    assert not any(isinstance(result, Failure) for _, result in results)


def test_a_worker_that_cannot_start_is_done_without(monkeypatch):
    """As when there is no memory for it; the others do its work, and without others the run ends."""
    started = []

    def start(model):
        process, connection = start_process(model)
        if not started:
            process.kill()
        started.append(process)
        return process, connection

    monkeypatch.setattr(workers, "start_process", start)
    monkeypatch.setattr(workers, "START_PAUSE", 1_000.0)
    items = [Article(str(n), LONG) for n in range(4)]
    results = run(items)
    assert [item for item, _ in results] == items
    assert not any(isinstance(result, Failure) for _, result in results)
    assert len(started) == 2
    started.clear()
    with pytest.raises(UsageError, match=r"\[Q219\] A worker process could not start \(killed by SIGKILL"):
        run(items, n_workers=1)


def test_a_model_that_cannot_be_used_ends_the_run(tmp_path):
    """As it would without workers."""
    with pytest.raises(ModelError, match=r"\[Q301\]"):
        run([Article("a", "x")], model=tmp_path / "none")


@pytest.mark.slow
def test_an_article_that_takes_too_long_costs_itself_only():
    """Its process is ended; those that were sent along with it are done by others, each in its own time."""
    items = [Article(str(n), f"“No {n},” said Bo Lind.") for n in range(12)]
    items[3] = Article("3", LONG * 200)
    results = run(items, timeout_s=4.0)
    assert [item for item, _ in results] == items
    assert [result for _, result in results if isinstance(result, Failure)] == [
        Failure("3", "[Q135] 3: took longer than 4 seconds. Cut it up, or pass a larger --timeout.")
    ]
