"""Where records go: stdout, or a file that takes its name only when it is complete."""

import contextlib
import sys
from pathlib import Path
from typing import TextIO

from quotex.errors import Msg, UsageError

STDOUT = "-"


class Output:
    """An open stream to write to; say `complete` or `abandon` at the end.

    Attributes:
        name: As given by the user; "-" is stdout.
        path: The file, links followed; None for stdout.
        part: The file that grows while we write, None where we write in place: stdout, pipes, devices.
        stream: UTF-8, newlines as written.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.path = find_target(name)
        self.part = find_part(self.path)
        self.stream = open_file(self.part or self.path, name) if self.path else open_stdout()

    def complete(self) -> None:
        """Write what is pending and give the file its name."""
        if self.path is None:
            self.stream.flush()
            return
        self.stream.close()
        if self.part:
            self.part.replace(self.path)

    def abandon(self) -> str:
        """Close without the name; returns a sentence on what is kept: the part file, if it holds anything."""
        if self.path is None:
            return ""
        with contextlib.suppress(OSError):  # such as a full disk: what could be written is there
            self.stream.close()
        if not self.part or not self.part.exists():
            return ""
        if self.part.stat().st_size == 0:
            self.part.unlink()
            return ""
        return f" What was done is in {self.part}."


def find_target(name: str) -> Path | None:
    """Find the file to write; a link stays, and what it leads to is replaced."""
    if name == STDOUT:
        return None
    return Path(name).resolve() if Path(name).is_symlink() else Path(name)


def find_part(path: Path | None) -> Path | None:
    """Name the part file of a regular file; pipes and devices have none."""
    if path is None or (path.exists() and not path.is_file()):
        return None
    return path.with_name(path.name + ".part")


def open_stdout() -> TextIO:
    """Take stdout, unless the caller has closed it: `quotex extract a.txt >&-`."""
    if sys.stdout is None:
        raise UsageError(Msg.Q204.format(path="stdout", reason="it is closed"))
    return sys.stdout


def open_file(path: Path, name: str) -> TextIO:
    """Open a file to write to.

    Half surrogate pairs, as in names of files that are not UTF-8, come out as escapes that are valid JSON.

    Raises:
        UsageError: Q204, there is no place to write.
    """
    try:
        return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as err:
        raise UsageError(Msg.Q204.format(path=name, reason=err.strerror or err)) from err
