"""The journal: how far a run has come, beside the file that it writes, so that a killed run can go on.

A journal is JSON Lines: first what the run is, then, every few seconds, how much of the input is in the output.
What comes after the last of these lines, in the output as in the journal, is cut off when the run goes on.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO, Self

from quotex.batch.ahead import Item
from quotex.batch.lock import lock
from quotex.errors import Msg, UsageError
from quotex.types import Article

SUFFIX = ".journal"


@dataclass(frozen=True, slots=True)
class State:
    """How far a run has come.

    Attributes:
        n_items: Articles and failures that are done.
        n_articles: Articles among them.
        n_quotes: Quotes found in these.
        n_failed: Failures among them.
        digest: Of all these items, hexadecimal; see `add_digest`.
        n_bytes: Length of the output, in bytes.
        n_error_bytes: Length of the file of failures, in bytes; 0 if there is none.
        kept: How many articles have each of the columns that are carried along.
    """

    n_items: int = 0
    n_articles: int = 0
    n_quotes: int = 0
    n_failed: int = 0
    digest: str = ""
    n_bytes: int = 0
    n_error_bytes: int = 0
    kept: Mapping[str, int] = field(default_factory=dict)


class Journal:
    """The open journal of a run; only one run at a time can have it.

    Attributes:
        path: Where it is.
        state: What it said when it was opened; the beginning for a new one.
    """

    def __init__(self, path: Path, file: BinaryIO, state: State) -> None:
        self.path = path
        self.state = state
        self._file = file

    @classmethod
    def begin(cls, path: Path, run: Mapping[str, object]) -> Self:
        """Begin a new one.

        Args:
            path: Where.
            run: What the run is: everything that its output depends on, as JSON has it.

        Raises:
            UsageError: Q204, it cannot be written; Q220, another run has it.
        """
        try:
            file = path.open("a+b")
        except OSError as err:
            raise UsageError(Msg.Q204.format(path=path, reason=err.strerror or err)) from err
        journal = cls(path, file, State())
        try:
            take(file, path)
            file.truncate(0)
            journal._append(run)
        except OSError as err:
            journal.remove()
            raise UsageError(Msg.Q204.format(path=path, reason=err.strerror or err)) from err
        except UsageError:
            journal.close()
            raise
        return journal

    @classmethod
    def resume(cls, path: Path, run: Mapping[str, object], part: Path) -> Self | None:
        """Open the journal of a run that has been broken off; None if there is none to go on from.

        Args:
            path: Where it is.
            run: As in `begin`.
            part: What the run has written.

        Raises:
            UsageError: Q212, it is of another run; Q220, that run still goes on.
        """
        if not path.exists() or not part.exists():
            return None
        file = path.open("r+b")
        try:
            take(file, path)
            lines, length = read_lines(file)
            if lines:
                check_same(lines[0], run, part)
        except UsageError:
            file.close()
            raise
        if not lines:
            file.close()
            return None
        file.seek(length)
        file.truncate()
        size = part.stat().st_size
        states = (State(**line) for line in reversed(lines[1:]))
        return cls(path, file, next((state for state in states if state.n_bytes <= size), State()))

    def save(self, state: State) -> None:
        """Write down how far the run has come; the output has to be on the disk by then."""
        self._append(asdict(state))

    def _append(self, line: Mapping[str, object]) -> None:
        self._file.write(json.dumps(line).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close it, and leave it where it is."""
        with suppress(OSError):
            self._file.close()

    def remove(self) -> None:
        """Take it away: the run is done."""
        self.close()
        self.path.unlink(missing_ok=True)


def take(file: BinaryIO, path: Path) -> None:
    """Keep other runs away from a journal; raise UsageError (Q220) where one has it."""
    if not lock(file):
        raise UsageError(Msg.Q220.format(path=path))


def read_lines(file: BinaryIO) -> tuple[list[dict[str, Any]], int]:
    """Read the lines that are whole, and say how many bytes they are."""
    lines: list[dict[str, Any]] = []
    length = 0
    for line in file:
        try:
            lines.append(json.loads(line))
        except ValueError:
            break
        if not line.endswith(b"\n"):
            return lines[:-1], length
        length += len(line)
    return lines, length


def check_same(then: Mapping[str, object], now: Mapping[str, object], part: Path) -> None:
    """Raise UsageError (Q212) where a run is not the one that was broken off."""
    if other := find_difference(then, now):
        raise UsageError(Msg.Q212.format(part=part, **other))


def find_difference(then: Mapping[str, object], now: Mapping[str, object]) -> dict[str, str]:
    """Find the first thing in which two runs differ, as messages show it, then and now; nothing if they do not."""
    for key in (*now, *then):
        if then.get(key) != now.get(key):
            return {"then": show(key, then.get(key)), "now": show(key, now.get(key))}
    return {}


def show(key: str, value: object) -> str:
    """Show an option and its value in a message.

    >>> show("--type", ["direct"]), show("--type", None)
    ('--type direct', 'no --type')
    """
    if not value:
        return f"no {key}"
    return f"{key} {' '.join(map(str, value)) if isinstance(value, list) else value}"


def add_digest(digest: str, item: Item) -> str:
    """Go on with the digest of what was read: ids and texts in their order, and which could not be read."""
    parts = (item.id, item.text) if isinstance(item, Article) else (item.doc,)
    chain = blake2b(digest.encode(), digest_size=16)
    for part in parts:
        data = part.encode("utf-8", errors="surrogatepass")
        chain.update(b"%d:" % len(data) + data)
    return chain.hexdigest()


def count_item(state: State, item: Item, n_quotes: int | None) -> State:
    """Count one more item; `n_quotes` is None for a failure."""
    kept = dict(state.kept)
    if isinstance(item, Article):
        for key in item.meta:
            kept[key] = kept.get(key, 0) + 1
    return replace(
        state,
        n_items=state.n_items + 1,
        n_articles=state.n_articles + (n_quotes is not None),
        n_quotes=state.n_quotes + (n_quotes or 0),
        n_failed=state.n_failed + (n_quotes is None),
        digest=add_digest(state.digest, item),
        kept=kept,
    )
