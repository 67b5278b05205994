"""What a run tells on stderr while it goes on."""

import time
from pathlib import Path

import pytest

from quotex.batch.journal import State
from quotex.batch.progress import Share
from quotex.cli.report import FIRST_LINE, LATER_LINES, Reporter
from quotex.read import Failure, Meter, ReadOptions, read_articles
from quotex.types import Article

ARTICLE = Article("a", "one two three four")


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until it is set."""

    class Clock:
        now = 1_000.0

    monkeypatch.setattr("quotex.cli.report.monotonic", lambda: Clock.now)
    return Clock


class Half:
    """Says that so much of the input is done."""

    done = 0.25

    def advance(self, n_items):
        """Note nothing."""

    def find(self):
        """Say so."""
        return self.done


def test_where_nobody_sits_there_is_a_line_now_and_then(clock, capsys):
    """Not in a short run; with the speed, and the time that is left."""
    reporter = Reporter(share=Half())
    reporter.done(ARTICLE, State(n_items=1, n_articles=1), 0.1)
    assert capsys.readouterr().err == ""
    clock.now += FIRST_LINE
    reporter.done(ARTICLE, State(n_items=2, n_articles=2, n_quotes=1_234), 0.1)
    assert capsys.readouterr().err == "2 articles, 1 word/s, 1,234 quotes\n"
    clock.now += LATER_LINES - 1
    reporter.done(ARTICLE, State(n_items=3, n_articles=3), 0.1)
    assert capsys.readouterr().err == ""
    clock.now += 1
    Half.done = 0.5
    reporter.fail(Failure("b", "bad"), State(n_items=4, n_articles=3, n_quotes=2_000, n_failed=1))
    assert capsys.readouterr().err == "bad\n3 articles, 0 words/s, 2,000 quotes, 1 failed, 2:20 left\n"


def test_quiet_runs_do_without(clock, capsys):
    """Only failures are named."""
    reporter = Reporter(quiet=True, share=Half())
    clock.now += 1_000
    reporter.done(ARTICLE, State(n_items=1, n_articles=1), 0.1)
    reporter.fail(Failure("b", "bad"), State(n_items=2, n_articles=1, n_failed=1))
    assert capsys.readouterr().err == "bad\n"


def test_the_share_that_is_done(tmp_path):
    """By bytes of the files, as far as their articles are done and not only read."""
    for number, size in enumerate((100, 300)):
        (tmp_path / f"{number}.txt").write_text("x" * size)
    options = ReadOptions(meter=Meter())
    share = Share([str(tmp_path), "missing"], options)
    items = list(share.watch(read_articles([str(tmp_path), "missing"], options)))
    assert len(items) == 3
    assert wait_for(share, 0.0) == 0.0
    for n_done, expected in ((1, 0.25), (2, 1.0), (3, 1.0)):
        share.advance(n_done)
        assert share.find() == expected


def wait_for(share, expected):
    """Wait until the sizes of the files have been added up."""
    end = time.monotonic() + 20
    while (found := share.find()) != expected and time.monotonic() < end:
        time.sleep(0.01)
    return found


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="needs pipes with names")
def test_nobody_knows_how_long_a_pipe_is():
    """So no share is told."""
    share = Share(["-"], ReadOptions())
    assert share.find() is None
    end = time.monotonic() + 20
    while share._total is None and time.monotonic() < end:
        time.sleep(0.01)
    assert (share._total, share.find()) == (0, None)
