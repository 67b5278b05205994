"""How much of the input is done: by bytes of the files, since nobody knows how many articles are in them."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

from quotex.batch.ahead import Item
from quotex.read import File, Meter, ReadOptions, find_files


class Share:
    """Tells what share of the input is done.

    Items are read long before they are done; so it remembers for each how many bytes had been read by then.
    """

    def __init__(self, paths: list[str], options: ReadOptions) -> None:
        """Make one.

        Args:
            paths: All that is read.
            options: With the meter that counts the bytes.
        """
        self._paths = paths
        self._options = replace(options, warn=None)  # who reads will say it
        self._meter = options.meter or Meter()
        self._ahead: deque[int] = deque()  # bytes read when each item came that is not yet done
        self._n_items = self._n_bytes = 0  # done
        self._total: int | None = None  # None: not yet known; 0: nobody will know
        self._is_summing = False

    def watch(self, items: Iterable[Item]) -> Iterator[Item]:
        """Pass on what is read, and remember how far the meter was."""
        for item in items:
            self._ahead.append(self._meter.n_read)
            yield item

    def advance(self, n_items: int) -> None:
        """Note that so many items are done, in all."""
        while self._n_items < n_items and self._ahead:
            self._n_items += 1
            self._n_bytes = self._ahead.popleft()

    def find(self) -> float | None:
        """Find the share that is done, 0 to 1; None while nobody knows, as with pipes."""
        if not self._is_summing:
            self._is_summing = True
            Thread(target=self._sum, daemon=True).start()  # in a large folder this takes a while
        return min(1.0, self._n_bytes / self._total) if self._total else None

    def _sum(self) -> None:
        total = 0
        for file in find_files(self._paths, self._options):
            if isinstance(file, File):
                if not Path(file.name).is_file():  # a pipe, which may go on for ever
                    total = 0
                    break
                total += file.size
        self._total = total
