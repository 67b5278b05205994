"""The file of failures, for `--errors`: JSON Lines, one failure a row."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quotex.batch.lock import lock
from quotex.errors import Msg, UsageError, split_message
from quotex.read import Failure
from quotex.read.ours import MAX_ROW


class FailuresFile:
    """Grows in place, so that it can be looked at while a run goes on.

    Attributes:
        path: Where it is.
    """

    def __init__(self, path: Path, *, start: int = 0) -> None:
        """Open it.

        Args:
            path: Where.
            start: Go on at this byte; what is behind it is cut off.

        Raises:
            UsageError: Q204, it cannot be written; Q220, another run is writing there.
        """
        self.path = path
        try:
            self._file = path.open("ab")  # nothing of another run is cut off before we know that there is none
            if not lock(self._file):
                self._file.close()
                raise UsageError(Msg.Q220.format(path=path))
            if path.is_file():
                self._file.truncate(start)
        except OSError as err:
            raise UsageError(Msg.Q204.format(path=path, reason=err.strerror or err)) from err

    def write(self, failure: Failure) -> None:
        """Write one failure: which document, the code of the message, the message."""
        record = make_record(failure)
        with self._named():
            self._file.write(json.dumps(record).encode() + b"\n")

    def save(self) -> int:
        """Make sure that all is on the disk; returns the length in bytes."""
        with self._named():
            self._file.flush()
        with suppress(OSError):  # a pipe or a device
            os.fsync(self._file.fileno())
        return os.fstat(self._file.fileno()).st_size

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Name this file in what the system says of writing, or the output would be blamed."""
        try:
            yield
        except OSError as err:
            err.filename = self._file.name
            raise

    def close(self) -> None:
        """Close it."""
        with suppress(OSError):
            self._file.close()


def make_record(failure: Failure) -> dict[str, str]:
    """Make the record of a failure."""
    return {"doc": failure.doc, **split_message(failure.message)}


def holds_failures(path: Path) -> bool:
    """Tell whether a file begins with the record of a failure, or is empty, or not there."""
    try:
        with path.open("rb") as file:
            line = file.readline(MAX_ROW)
        return not line or json.loads(line).keys() == make_record(Failure("", "")).keys()
    except FileNotFoundError:
        return True
    except (OSError, ValueError, AttributeError, RecursionError):
        return False
