"""Reading ahead."""

from multiprocessing.connection import wait
from threading import Event

import pytest

from quotex.batch.ahead import ITEM_COST, ReadAhead
from quotex.read import Failure
from quotex.types import Article

SECONDS = 20  # for what takes no time; a test that waits so long has failed


def take_all(ahead):
    """Take and release everything."""
    while item := ahead.take(block=True):
        ahead.release(item)
        yield item


def test_items_come_in_order():
    """Articles and failures alike."""
    items = [Article("a", "x"), Failure("b", "bad"), Article("c", "y")]
    ahead = ReadAhead(items)
    assert list(take_all(ahead)) == items
    assert ahead.has_ended


def test_no_more_is_read_than_there_is_room_for():
    """What is taken counts until it is released; an article that is longer than all room still passes."""
    n_read = []

    def read():
        for number in range(50):
            n_read.append(number)
            yield Article(str(number), "x" * (5_000 if number == 7 else 500))

    ahead = ReadAhead(read(), max_ahead=3 * (ITEM_COST + 500))
    taken = [ahead.take(block=True) for _ in range(3)]
    ahead.wait_for_much(10**9, 0.1)
    assert len(n_read) == 4  # three that are held, one that waits for room
    for item in taken:
        ahead.release(item)
    assert len(list(take_all(ahead))) == 47


def test_an_error_of_a_reader_is_not_lost():
    """It is raised where items are taken, after those that came before it."""

    def read():
        yield Article("a", "x")
        raise ZeroDivisionError

    ahead = ReadAhead(read())
    assert ahead.take(block=True) == Article("a", "x")
    with pytest.raises(ZeroDivisionError):
        ahead.take(block=True)


def test_the_bell_rings_when_there_is_something_and_at_the_end():
    """Whoever waits for workers and for items hears both."""
    go_on = Event()

    def read():
        yield Article("a", "x")
        go_on.wait(SECONDS)

    ahead = ReadAhead(read())
    assert wait([ahead.bell.reader], SECONDS)
    ahead.bell.reset()
    assert ahead.take() == Article("a", "x")
    assert (ahead.take(), ahead.has_ended, wait([ahead.bell.reader], 0)) == (None, False, [])
    go_on.set()
    assert wait([ahead.bell.reader], SECONDS)
    assert (ahead.take(), ahead.has_ended) == (None, True)


def test_much_is_several_articles():
    """One long article cannot be shared out."""
    assert not ReadAhead([Article("a", "x" * 5_000)]).wait_for_much(2_000, SECONDS)
    assert ReadAhead([Article("a", "x" * 500)] * 9).wait_for_much(2_000, SECONDS)


def test_a_reader_that_is_not_wanted_any_more_stops():
    """Also one that waits for room."""
    ended = Event()

    def read():
        try:
            while True:
                yield Article("a", "x" * 1_000)
        finally:
            ended.set()

    ahead = ReadAhead(read(), max_ahead=10_000)
    ahead.close()
    assert ended.wait(SECONDS)
