"""Locks: only one process at a time has a file."""

from time import monotonic, sleep
from typing import BinaryIO

PAUSE = 0.02  # seconds between tries


def lock(file: BinaryIO, *, timeout_s: float = 0.0) -> bool:
    """Take the lock of an open file, which ends when it is closed; False where somebody else keeps it so long.

    Where files cannot be locked, as on Windows and some file systems, nothing is done, and that is True.
    """
    try:
        import fcntl
    except ImportError:
        return True
    end = monotonic() + timeout_s
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() >= end:
                return False
            sleep(PAUSE)
        except OSError:
            return True
        else:
            return True
