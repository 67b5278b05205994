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
from quotex.write.output import LONGEST

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
            raise UsageError(Msg.Q204.format(path=name_output(path), reason=err.strerror or err)) from err
        journal = cls(path, file, State())
        try:
            take(file, path)
            file.truncate(0)
            journal._append(run)
        except OSError as err:
            journal.remove()
            raise UsageError(Msg.Q204.format(path=name_output(path), reason=err.strerror or err)) from err
        except UsageError:
            journal.close()
            raise
        return journal

    @classmethod
    def resume(
        cls, path: Path, run: Mapping[str, object], part: Path, failures: Path | None = None
    ) -> Self | None:
        """Open the journal of a run that has been broken off; None if there is none to go on from.

        Its state is the last that all its files reach: somebody may have cut or removed one.

        Args:
            path: Where it is.
            run: As in `begin`.
            part: What the run has written.
            failures: Its file of failures, if it has one.

        Raises:
            UsageError: Q204, it cannot be opened; Q212, it is of another run; Q220, that run still goes on.
        """
        if not path.exists() or not part.exists():
            return None
        try:
            file = path.open("r+b")
        except OSError as err:
            raise UsageError(Msg.Q204.format(path=name_output(path), reason=err.strerror or err)) from err
        try:
            take(file, path)
            then, states, length = read_lines(file)
            if then is not None and (other := find_difference(then, run)):
                raise UsageError(Msg.Q212.format(part=part, **other))
        except UsageError:
            file.close()
            raise
        if then is None:
            file.close()
            return None
        file.seek(length)
        file.truncate()
        size, error_size = find_size(part), find_size(failures)
        there = (
            state for state in reversed(states) if state.n_bytes <= size and state.n_error_bytes <= error_size
        )
        return cls(path, file, next(there, State()))

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
        try:
            self.path.unlink(missing_ok=True)  # while we have its lock, so that it is ours and nobody else's
        except OSError:  # as on Windows, where nobody removes an open file
            self.close()
            self.path.unlink(missing_ok=True)
        self.close()


def name_output(path: Path) -> str:
    """Name what a journal is for, as the user has: nobody knows of journals."""
    return str(path).removesuffix(LONGEST)


def take(file: BinaryIO, path: Path) -> None:
    """Keep other runs away from a journal; raise UsageError (Q220) where one has it, or has just removed it."""
    if not lock(file) or not is_there(file, path):
        raise UsageError(Msg.Q220.format(path=name_output(path)))


def is_there(file: BinaryIO, path: Path) -> bool:
    """Tell whether an open file is still the one of that name."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def find_size(path: Path | None) -> int:
    """Find the length of a file; 0 if it is not there."""
    try:
        return path.stat().st_size if path else 0
    except OSError:
        return 0


def read_lines(file: BinaryIO) -> tuple[dict[str, Any] | None, list[State], int]:
    """Read what the run is and the states that are whole, and say how many bytes they are.

    Reading ends before the first line that no run has written; None if that is the first of all.
    """
    run: dict[str, Any] | None = None
    states: list[State] = []
    length = 0
    for line in file:
        row = read_line(line)
        state = parse_state(row) if run else None
        if row is None or (run and state is None):
            break
        if state:
            states.append(state)
        run = run or row
        length += len(line)
    return run, states, length


def read_line(line: bytes) -> dict[str, Any] | None:
    """Read one line; None if it is no whole object."""
    try:
        row = json.loads(line) if line.endswith(b"\n") else None
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def parse_state(row: Mapping[str, Any] | None) -> State | None:
    """Make a state of a line; None if it is none."""
    names = asdict(State())
    if row is None or row.keys() != names.keys():
        return None
    is_good = all(
        type(row[name]) is type(value) and (not isinstance(value, int) or row[name] >= 0)
        for name, value in names.items()
    )
    return State(**row) if is_good and all(type(n) is int for n in row["kept"].values()) else None


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
