"""Where records go: stdout, or a file that takes its name only when it is complete."""

import contextlib
import errno
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO, cast

from quotex.errors import Msg, UsageError
from quotex.text.printable import ShieldedStream

STDOUT = "-"
LONGEST = ".part.journal"  # what is put after the name of a file while it is written


class Output:
    """An open stream to write to; say `complete` or `abandon` at the end.

    Attributes:
        name: As given by the user; "-" is stdout.
        path: The file, links followed; None for stdout.
        part: The file that grows while we write, None where we write in place: stdout, pipes, devices.
        start: How many bytes an earlier run has left in the part file, to go on from.
        stream: UTF-8, newlines as written.
        made: A file that a writer has made of the part file, and that takes its place when complete.
    """

    def __init__(self, name: str, *, start: int = 0) -> None:
        """Open it.

        Args:
            name: See above.
            start: Go on in the part file at this byte; what is behind it is cut off.

        Raises:
            UsageError: Q204, there is no place to write.
        """
        self.name = name
        self.path = find_target(name)
        self.part = find_part(self.path)
        self.start = start
        self.stream = open_file(self.part or self.path, name, start) if self.path else open_stdout()
        self.made: Path | None = None

    def shield(self) -> None:
        """Show the control characters of all that is written from here on instead of obeying them."""
        self.stream = cast(TextIO, ShieldedStream(self.stream))

    def save(self) -> int:
        """Make sure that what was written is on the disk; returns the length of the part file in bytes.

        Raises:
            OSError: It cannot be written any more, or somebody has removed the part file.
        """
        self.stream.flush()
        if not self.part:
            return 0
        os.fsync(self.stream.fileno())
        if not os.fstat(self.stream.fileno()).st_nlink:  # or all would be lost, at the very end
            raise FileNotFoundError(errno.ENOENT, "it was removed meanwhile", str(self.part))
        return self.stream.buffer.tell()

    def complete(self) -> None:
        """Write what is pending and give the file its name."""
        if self.path is None:
            self.stream.flush()
            return
        if self.part:
            self.save()
        self.stream.close()
        if self.part:
            (self.made or self.part).replace(self.path)
            self.part.unlink(missing_ok=True)

    def abandon(self) -> None:
        """Close it as it is, without the name."""
        if self.path is not None:
            with contextlib.suppress(OSError):  # such as a full disk: what could be written is there
                self.stream.close()


def find_target(name: str) -> Path | None:
    """Find the file to write; a link stays, and what it leads to is replaced.

    Raises:
        UsageError: Q204, the system takes no such name: too long, or a link to itself.
    """
    if name == STDOUT:
        return None
    try:
        path = Path(name).resolve() if Path(name).is_symlink() else Path(name)
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            Path(f"{path}{LONGEST}").stat()  # `exists` takes any name
    except (OSError, RuntimeError, ValueError) as err:  # RuntimeError: links in a circle, until Python 3.13
        reason = err.strerror if isinstance(err, OSError) and err.strerror else err
        raise UsageError(Msg.Q204.format(path=name, reason=reason)) from err
    return path


def find_part(path: Path | None) -> Path | None:
    """Name the part file of a regular file; pipes and devices have none."""
    if path is None or (path.exists() and not path.is_file()):
        return None
    return path.with_name(path.name + ".part")


def open_stdout() -> TextIO:
    """Take stdout, unless the caller has closed it: `quotex extract a.txt >&-`.

    Raises:
        UsageError: Q204, it is closed.
    """
    if sys.stdout is None:
        raise UsageError(Msg.Q204.format(path="stdout", reason="it is closed"))
    return sys.stdout


def open_file(path: Path, name: str, start: int = 0) -> TextIO:
    """Open a file to write to.

    Half surrogate pairs, as in names of files that are not UTF-8, come out as escapes that are valid JSON.

    Raises:
        UsageError: Q204, there is no place to write.
    """
    try:
        raw = path.open("r+b" if start else "wb")
        if start:
            raw.truncate(start)
            raw.seek(start)
    except OSError as err:
        raise UsageError(Msg.Q204.format(path=name, reason=err.strerror or err)) from err
    return TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="")
