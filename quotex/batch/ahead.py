"""Reading ahead: a thread reads the inputs while articles are worked on, so that neither waits for the other."""

from collections import deque
from collections.abc import Iterable
from threading import Condition, Thread

from quotex.read import Failure
from quotex.types import Article
from quotex.workers import Bell

Item = Article | Failure

MAX_AHEAD = 8_000_000  # characters read and not yet done; some 2,000 articles, which take 30 MB
ITEM_COST = 500  # characters that an item counts for besides its text


class ReadAhead:
    """Items in their order, read by a thread; a bound on what was taken but not yet released keeps memory flat.

    Attributes:
        bell: Rings when there is something new to take, or nothing will come any more.
    """

    def __init__(self, items: Iterable[Item], *, max_ahead: int = MAX_AHEAD) -> None:
        self._max_ahead = max_ahead
        self._queue: deque[Item] = deque()
        self._changed = Condition()
        self._n_waiting = self._n_held = 0  # characters: not yet taken; not yet released
        self._ended = self._closed = False
        self._error: BaseException | None = None
        self.bell = Bell()
        Thread(target=self._read, args=(items,), daemon=True).start()  # a daemon: it may hang in a read of stdin

    def _read(self, items: Iterable[Item]) -> None:
        try:
            for item in items:
                with self._changed:
                    while self._n_held and self._n_held + cost(item) > self._max_ahead and not self._closed:
                        self._changed.wait()
                    if self._closed:
                        return
                    self._queue.append(item)
                    self._n_waiting += cost(item)
                    self._n_held += cost(item)
                    self._changed.notify_all()
                    self.bell.ring()
        except BaseException as err:  # a bug of a reader is raised where items are taken
            self._error = err
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify_all()
                self.bell.ring()

    def take(self, *, block: bool = False) -> Item | None:
        """Take the next item; None if there is none yet, or with `block` no more.

        Raises:
            Exception: What ended the reading, after all that had been read.
        """
        with self._changed:
            while block and not self._queue and not self._ended:
                self._changed.wait()
            if self._queue:
                item = self._queue.popleft()
                self._n_waiting -= cost(item)
                return item
            if self._error:
                raise self._error
            return None

    def release(self, item: Item) -> None:
        """Say that an item is done with."""
        with self._changed:
            self._n_held -= cost(item)
            self._changed.notify_all()

    @property
    def has_ended(self) -> bool:
        """Whether everything has been taken."""
        with self._changed:
            return self._ended and not self._queue and not self._error

    def wait_for_much(self, n_characters: float, seconds: float) -> bool:
        """Wait a little; say whether several articles, together of so many characters, wait to be taken."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._is_much(n_characters), timeout=seconds)
            return self._is_much(n_characters)

    def _is_much(self, n_characters: float) -> bool:
        return len(self._queue) > 1 and self._n_waiting >= n_characters

    def close(self) -> None:
        """Stop reading."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def cost(item: Item) -> int:
    """Say how many characters an item counts for."""
    return ITEM_COST + (len(item.text) if isinstance(item, Article) else 0)
