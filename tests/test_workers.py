"""One policy for tasks and workers, with stand-ins for processes: the other ends of their connections."""

import errno
from multiprocessing import Pipe
from time import monotonic
from types import SimpleNamespace

import pytest

from quotex import workers
from quotex.errors import ModelError, UsageError
from quotex.read import Failure
from quotex.types import Article
from quotex.workers import Bell, Supervisor, Task


class Stand:
    """A supervisor, and the other ends of the connections to its workers, in the order of their starts."""

    def __init__(self, monkeypatch, n_workers=1):
        monkeypatch.setattr(workers, "start_process", self.start)
        monkeypatch.setattr(workers, "START_PAUSE", 0.02)
        self.n_workers = n_workers
        self.supervisor = Supervisor(None, n_workers)
        self.bell = Bell()
        self.ends = []
        self.tasks = []  # lists of them, each for one worker
        self.refusals = 0

    def start(self, model):
        """Start none."""
        if self.refusals:
            self.refusals -= 1
            raise OSError("no room")
        ours, theirs = Pipe()
        self.ends.append(theirs)
        end = SimpleNamespace(exitcode=3, join=lambda: None, kill=theirs.close)
        return end, ours

    def step(self):
        """Go on, whether anything has happened or not."""
        self.bell.ring()
        self.supervisor.step(lambda: self.tasks.pop(0) if self.tasks else [], self.bell)

    def answer(self, number, results):
        """Answer as a worker, and go on."""
        self.ends[number].send(results)
        self.step()

    def begin(self):
        """Let all workers be ready."""
        while len(self.supervisor.workers) < self.n_workers:
            self.step()
        for number in range(len(self.ends)):
            self.answer(number, [])


def make_tasks(*names, **limits):
    """Make tasks of these names."""
    return [Task(Article(name, "It rained."), f"{name} is late", **limits) for name in names]


def read_ids(end):
    """Read what a worker is given, as ids."""
    return [job.id for job in end.recv()] if end.poll() else []


def test_what_kills_is_tried_once_more_alone(monkeypatch):
    """So are those that were sent along, and only what kills again has failed."""
    stand = Stand(monkeypatch)
    stand.tasks = [make_tasks("a", "b")]
    a, b = stand.tasks[0]
    stand.begin()
    assert read_ids(stand.ends[0]) == ["a", "b"]
    stand.ends[0].close()
    stand.step()
    stand.step()
    stand.answer(1, [])
    assert read_ids(stand.ends[1]) == ["a"]
    stand.ends[1].close()
    stand.step()
    stand.step()
    stand.answer(2, [])
    assert read_ids(stand.ends[2]) == ["b"]
    stand.answer(2, ["found"])
    assert (a.result.result(0).message[:6], b.result.result(0)) == ("[Q126]", "found")


def test_who_dies_idle_blames_nobody(monkeypatch):
    """Whether that is known before it is given a task or not."""
    stand = Stand(monkeypatch)
    stand.begin()
    stand.ends[0].close()
    [task] = make_tasks("a")
    stand.supervisor._send(stand.supervisor.workers[0], [task])
    for _ in range(3):
        stand.step()
    stand.answer(1, [])
    assert (read_ids(stand.ends[1]), task.is_retry) == (["a"], False)


def test_what_is_late_fails_and_the_others_get_time_for_themselves(monkeypatch):
    """A deadline that is later than the limit counts."""
    stand = Stand(monkeypatch)
    stand.tasks = [make_tasks("a", "b", limit_s=0.0)]
    a, b = stand.tasks[0]
    b.deadline = monotonic() + 300
    stand.begin()
    stand.step()
    stand.step()
    stand.answer(1, [])
    assert read_ids(stand.ends[1]) == ["a"]
    stand.step()
    stand.step()
    assert a.result.result(0) == Failure("a", "a is late")
    stand.answer(2, [])
    stand.answer(2, ["found"])
    assert b.result.result(0) == "found"


def test_who_cannot_start_is_tried_again(monkeypatch):
    """With others at once, without others after an error."""
    stand = Stand(monkeypatch, n_workers=2)
    stand.refusals = 1
    with pytest.raises(UsageError, match=r"\[Q219\] A worker process could not start \(no room\)"):
        stand.step()
    stand.begin()
    stand.refusals = 1
    stand.ends[0].close()
    stand.step()
    while stand.refusals or len(stand.supervisor.workers) < 2:
        stand.step()
    assert stand.supervisor.n_ready == 1


def test_who_does_not_get_ready_is_ended(monkeypatch):
    monkeypatch.setattr(workers, "START_TIMEOUT", 0.0)
    with pytest.raises(UsageError, match=r"\[Q219\] A worker process could not start \(took too long\)"):
        Stand(monkeypatch).step()


def test_no_pipe_is_left(monkeypatch):
    """As with `ulimit -n 8`: told in one line."""

    def refuse(duplex):
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(workers, "Pipe", refuse)
    with pytest.raises(UsageError, match=r"^\[Q219\] A worker process could not start \(Too many open files\)\."):
        Bell()


def test_an_error_of_the_model_is_raised(monkeypatch):
    """At once or later; a task that met it has failed, and no other is lost."""
    stand = Stand(monkeypatch)
    stand.step()
    with pytest.raises(ModelError):
        stand.answer(0, ModelError("[Q301] none"))
    while len(stand.ends) < 2:
        stand.step()
    stand.tasks = [make_tasks("a"), make_tasks("b")]
    [a], [b] = stand.tasks
    stand.answer(1, [])
    with pytest.raises(ModelError):
        stand.answer(1, ModelError("[Q303] damaged"))
    assert a.result.result(0) == Failure("a", "[Q303] damaged")
    assert not b.result.done()
