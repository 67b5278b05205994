"""The file of corrections: JSON Lines in the form of GOLD, to which each save adds one line.

Nothing in it is ever changed. A line is written at once, under a lock, and is on the disk before anybody is told
that it was saved; half of one, which a kill or a full disk may leave, is cut off before the next.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from quotex.batch.lock import lock
from quotex.errors import Msg, UsageError
from quotex.evaluation.corrections import DIGEST, digest_text, is_torn
from quotex.read.jsonl import explain_json

LOCK_TIMEOUT = 10.0  # seconds; a save takes some milliseconds

Correction = Mapping[str, Any]  # one line: sha256, id, text, quotes, ...


class ConflictError(Exception):
    """Somebody else has saved the same text meanwhile."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The last line of a text.

    Attributes:
        revision: How often the text has been saved by then.
        start: Where the line begins, in bytes.
        end: Where it ends.
        id: What the article is called in it.
    """

    revision: int
    start: int
    end: int
    id: str


class Corrections:
    """The file, and where in it the last line of each text is; other processes may write there, too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._digests: dict[str, str] = {}  # by the article's id
        self._identity: tuple[int, int] | None = None
        self._end = self._n_lines = 0

    def find(self, digest: str) -> tuple[int, Correction] | None:
        """Find the last correction of a text, and how often it has been saved; None if never.

        Raises:
            UsageError: Q108, Q603, Q604, the file cannot be read.
        """
        if not self._is_there():
            return None
        with self._open() as file:
            self._catch_up(file)
            entry = self._entries.get(digest)
            if entry is None:
                return None
            file.seek(entry.start)
            row: Correction = json.loads(file.read(entry.end - entry.start))
            return entry.revision, row

    def find_start(self, start: str) -> Correction | None:
        """Find the last correction of a text by the beginning of its digest.

        Raises:
            UsageError: As above.
        """
        self.find("")  # what others have saved since
        digest = next((one for one in self._entries if one.startswith(start)), None)
        found = self.find(digest) if digest else None
        return found[1] if found else None

    def count_saved(self, digest: str) -> int:
        """Say how often a text has been saved, as far as has been read."""
        entry = self._entries.get(digest)
        return entry.revision if entry else 0

    def check(self) -> None:
        """Make sure that corrections can be saved there; a file is made only when there is one.

        Raises:
            UsageError: Q204, Q603, Q604.
        """
        if self._is_there():
            with self._open() as file:
                self._catch_up(file)
        elif not os.access(self.path.parent, os.W_OK):
            raise UsageError(Msg.Q204.format(path=self.path, reason="no such folder, or not writable"))

    def _is_there(self) -> bool:
        try:
            return self.path.exists()
        except OSError as err:  # the name is too long, or its folder may not be entered
            raise UsageError(Msg.Q204.format(path=self.path, reason=err.strerror or err)) from err

    def save(self, row: Correction, *, base: int | None) -> int:
        """Add a line, and return how often the text has been saved by now.

        Args:
            row: The correction, with the text's digest under `sha256`. If its id is that of another text, it gets
                a number: "a.txt (2)".
            base: What `find` said when the work on it began; None to replace whatever there is.

        Raises:
            ConflictError: Somebody has saved the same text since then.
            UsageError: Q603, Q604, Q605.
        """
        with self._open() as file:
            self._catch_up(file)
            digest = row[DIGEST]
            revision = self.count_saved(digest)
            if base is not None and revision > base:
                raise ConflictError
            name = self._find_free_id(row["id"], digest)
            line = json.dumps({**row, "id": name}, ensure_ascii=False) + "\n"
            # half a surrogate pair, as a file's name may have it in an id, comes out as an escape
            self._append(file, line.encode("utf-8", errors="backslashreplace"))
            self._catch_up(file)
            return self._entries[digest].revision

    def _find_free_id(self, name: str, digest: str) -> str:
        """Find an id that no other text has: GOLD needs them apart."""
        free, number = name, 1
        while self._digests.get(free, digest) != digest:
            number += 1
            free = f"{name} ({number})"
        return free

    @contextmanager
    def _open(self) -> Iterator[BinaryIO]:
        """Open the file, for us alone."""
        with self._lock:
            try:
                is_new = not self.path.exists()
                file = self.path.open("a+b")
            except OSError as err:
                raise UsageError(Msg.Q204.format(path=self.path, reason=err.strerror or err)) from err
            with file:
                if not lock(file, timeout_s=LOCK_TIMEOUT):
                    raise UsageError(Msg.Q604.format(path=self.path))
                if is_new:
                    sync_folder(self.path.parent)
                yield file

    def _catch_up(self, file: BinaryIO) -> None:
        """Read what has been written since the last time, by us or by others."""
        status = os.fstat(file.fileno())
        if (status.st_dev, status.st_ino) != self._identity or status.st_size < self._end:
            self._forget()  # it is another file
            self._identity = (status.st_dev, status.st_ino)
        file.seek(self._end)
        for line in file:
            self._n_lines += 1
            if not self._note(line):
                self._n_lines -= 1
                return
            self._end += len(line)

    def _note(self, line: bytes) -> bool:
        """Note where the correction of a text is; False for half of one."""
        try:
            row = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError) as err:
            if is_torn(line, is_corrections=bool(self._entries) or not self._n_lines):
                return False
            raise UsageError(self._explain(f"not JSON: {explain_json(err)}")) from err
        if row is None:
            return True
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "quotes" not in row:
            raise UsageError(self._explain("it has no text, or no quotes"))
        digest, name = digest_text(row["text"]), str(row.get("id"))
        revision = self.count_saved(digest) + 1
        self._entries[digest] = Entry(revision, self._end, self._end + len(line), name)
        self._digests[name] = digest
        return True

    def _explain(self, reason: str) -> str:
        return Msg.Q603.format(path=self.path, line=self._n_lines, reason=reason)

    def _append(self, file: BinaryIO, line: bytes) -> None:
        """Write a line after the last whole one: all of it, on the disk, or nothing."""
        descriptor = file.fileno()
        try:
            if self._end < os.fstat(descriptor).st_size:
                os.ftruncate(descriptor, self._end)
            if self._end and not ends_line(descriptor, self._end):
                line = b"\n" + line
            if os.write(descriptor, line) < len(line):
                os.ftruncate(descriptor, self._end)
                raise OSError("the disk is full")
            os.fsync(descriptor)
        except OSError as err:
            raise UsageError(Msg.Q605.format(path=self.path, reason=err.strerror or err)) from err


def ends_line(descriptor: int, length: int) -> bool:
    """Tell whether a file ends in a newline; a line that lacks only that is whole."""
    os.lseek(descriptor, length - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"


def sync_folder(folder: Path) -> None:
    """Make sure that a new file is still there after a power cut, where the system lets us."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
