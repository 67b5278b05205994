"""Locks: only one process at a time has a file, or a folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO

PAUSE = 0.02  # seconds between tries


@contextmanager
def lock_folder(folder: Path) -> Iterator[bool]:
    """Take the lock of a folder, in which nothing is written for that; False where somebody else has it.

    Where folders cannot be opened or locked, nothing is done, and that is True.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield True
        return
    try:
        yield lock(descriptor)
    finally:
        os.close(descriptor)


def lock(file: BinaryIO | int, *, timeout_s: float = 0.0) -> bool:
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
