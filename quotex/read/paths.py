"""From the paths of a command line to what there is to read: files, folders, patterns and stdin."""

import errno
import glob
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from quotex.errors import Msg
from quotex.read.file import STDIN, Failure, File, ReadOptions
from quotex.read.formats import READERS, choose_in_folder, choose_reader, find_suffix, read_stream
from quotex.read.ours import TEXTS_MARK
from quotex.read.unpack import PACKINGS
from quotex.text.printable import count

PATTERN = re.compile(r"[*?]|\[.+\]", re.DOTALL)
SEPARATORS = re.escape(os.sep + (os.altsep or ""))
ANY_DEPTH = re.compile(rf"(?:^|(?<=[{SEPARATORS}]))(?:\*\*(?:[{SEPARATORS}]+|$))+")


def find_files(paths: list[str], options: ReadOptions) -> Iterator[File | Failure]:
    """Find what there is to read, in the order given; the files of a folder or pattern by name."""
    for name in paths:
        try:
            if is_pattern(name):
                yield from find_matches(name, options)
            else:
                yield from find_under(name, options)
        except (OSError, ValueError) as err:  # ValueError: a NUL in the path
            yield unreadable(name, err)
        except RecursionError:  # a pattern with ** over a thousand folders in each other
            yield unreadable(name, OSError("too many folders in each other"))


def find_under(name: str, options: ReadOptions) -> Iterator[File | Failure]:
    """Find what there is to read in a folder; or return the one file of that name, or stdin."""
    if name != STDIN and Path(name).is_dir():
        yield from find_in_folder(name, options)
    else:
        yield find_file(name)


def find_file(name: str) -> File | Failure:
    """Choose the reader for one file given by name, or for stdin."""
    if name == STDIN:
        return File(name, read_stream)
    path = Path(name)
    try:
        is_there = path.exists()
    except OSError as err:  # such as a name that is too long
        return unreadable(name, err)
    if not is_there:
        return Failure(name, Msg.Q106.format(path=name, hint=suggest(path)))
    if not path.is_file():  # a named pipe, or the shell's <(...)
        return File(name, read_stream)
    return File(name, choose_reader(name))


def is_pattern(name: str) -> bool:
    """Tell whether a path is a pattern that no shell has expanded: in quotation marks, or on Windows."""
    return PATTERN.search(name) is not None and not Path(name).exists()


def find_matches(pattern: str, options: ReadOptions) -> Iterator[File | Failure]:
    """Find what there is to read under the names that match a pattern."""
    names = sorted(name for name in expand(pattern) if not is_left_out(name, options))
    if "**" in pattern:  # matches the files of all folders, and the folders again
        names = [name for name in names if not Path(name).is_dir()]
    if not names:
        yield Failure(pattern, Msg.Q122.format(path=pattern))
    for name in names:
        if is_special(Path(name)):
            warn_of(name, options)
        else:
            for one in find_under(name, options):
                yield replace(one, is_named=False) if isinstance(one, File) else one


def expand(pattern: str) -> set[str]:
    """Find the names that match a pattern; with ** each folder counts once, as links may lead in circles."""
    deep = ANY_DEPTH.search(pattern)
    if not deep:
        return set(glob.glob(pattern))  # noqa: PTH207, as Path.glob would change "./a" into "a"
    before, after = pattern[: deep.start()], pattern[deep.end() :] or "*"
    found: set[str] = set()
    for root in glob.glob(before) if before else [""]:  # noqa: PTH207
        for folder in list_folders(root):
            found |= expand(glob.escape(folder) + after)
    return found


def list_folders(root: str) -> Iterator[str]:
    """List a folder and those in it, hidden ones left out; "" is the working one, names end with a slash."""
    seen: set[tuple[int, int]] = set()
    left = [root]
    while left:
        folder = left.pop()
        with suppress(OSError):  # it cannot be listed, as no pattern matches what is in it
            status = Path(folder).stat()
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                with os.scandir(folder or ".") as entries:
                    names = sorted(one.name for one in entries if one.is_dir() and not one.name.startswith("."))
                left += [f"{folder}{name}/" for name in reversed(names)]
                yield folder


def find_in_folder(root: str, options: ReadOptions) -> Iterator[File | Failure]:
    """Find the texts of a folder and of the folders in it; what else there is, is counted and named by suffix."""
    n_found = 0
    others: Counter[str] = Counter()
    for item in walk(root, options):
        if isinstance(item, Failure):
            n_found += 1
            yield item
        elif is_left_out(item, options):
            continue
        elif reader := choose_in_folder(item):
            n_found += 1
            yield File(item, reader, is_named=False)
        else:
            others[find_suffix(item) or "without suffix"] += 1
    if others and options.warn:
        kinds = ", ".join(f"{n:,} {suffix}" for suffix, n in others.most_common())
        options.warn(Msg.Q137.format(path=root, files=count(others.total(), "file"), kinds=kinds))
    if not n_found:
        suffixes, packed = " ".join(READERS), " or ".join(PACKINGS)
        yield Failure(root, Msg.Q107.format(path=root, suffixes=suffixes, packed=packed))


def walk(root: str, options: ReadOptions) -> Iterator[str | Failure]:
    """List the files under a folder by name, hidden ones left out; links are followed, each folder once."""
    seen: set[tuple[int, int]] = set()
    left = [root]  # what comes next is last; no function that calls itself, as folders may be a thousand deep
    while left:
        item = left.pop()
        try:
            status = Path(item).stat()
            if not stat.S_ISDIR(status.st_mode):
                if stat.S_ISREG(status.st_mode) and not is_made_up(status):
                    yield item
                elif find_suffix(item) in READERS:
                    warn_of(item, options)
            elif item != root and Path(item, TEXTS_MARK).exists():
                if options.warn and not is_left_out(item, options):
                    options.warn(Msg.Q148.format(path=item))
            elif (status.st_dev, status.st_ino) not in seen and (item == root or not is_left_out(item, options)):
                seen.add((status.st_dev, status.st_ino))
                left += sorted(list_names(item), reverse=True)
        except (FileNotFoundError, RuntimeError) as err:
            if item == root:
                yield unreadable(item, err)
            elif Path(item).is_symlink():  # a broken link is an error where it looks like a text
                yield item
        except OSError as err:
            if err.errno == errno.ELOOP and item != root:
                yield item
            else:
                yield unreadable(item, err)


def list_names(folder: str) -> list[str]:
    """List what is in a folder, with its name before it; hidden files are left out."""
    with os.scandir(folder) as entries:
        return [f"{folder.rstrip('/')}/{entry.name}" for entry in entries if not entry.name.startswith(".")]


def is_special(path: Path) -> bool:
    """Tell whether there is a pipe or a device, also behind a link."""
    return path.exists() and not path.is_dir() and (not path.is_file() or is_made_up(path.stat()))


def is_made_up(status: os.stat_result) -> bool:
    """Tell whether a file is one of /proc, which Linux makes up: it says that it is empty, and may have no end."""
    return not status.st_size and status.st_dev == find_proc()


@cache
def find_proc() -> int | None:
    """Find the device number of /proc; None where there is none."""
    proc = Path("/proc")
    return proc.stat().st_dev if proc.is_mount() else None


def warn_of(name: str, options: ReadOptions) -> None:
    """Say that a pipe or a device is passed over: it may have no end, or never begin."""
    if options.warn:
        options.warn(Msg.Q129.format(path=name))


def is_left_out(path: str, options: ReadOptions) -> bool:
    """Tell whether a file or folder is what this run writes."""
    return any(is_same(path, other) for other in options.skip)


def is_same(path: str, other: Path) -> bool:
    """Tell whether two paths lead to one existing file."""
    try:
        return other.samefile(path)
    except (OSError, ValueError):  # ValueError: no system has such a name
        return False


def fold_path(path: Path) -> Path:
    """Fold a path, as some systems tell no capitals from small letters; links are followed.

    In a working folder that somebody has removed, what is not absolute leads nowhere.
    """
    try:
        return Path(os.path.realpath(path).casefold())
    except FileNotFoundError:
        return Path(str(path).casefold())


def suggest(path: Path) -> str:
    """Say which path beside a missing one has a similar name; empty if none has."""
    if path.parts[:1] in (("http:",), ("https:",)):
        return " Nothing is fetched from the web: save the page, and give its file."
    try:
        names = {entry.name.lower(): entry for entry in path.parent.iterdir() if entry != path}
    except OSError:
        return ""
    close = get_close_matches(path.name.lower(), names, n=1, cutoff=0.75)  # .txt alone is not enough
    return f" Did you mean {names[close[0]]}?" if close else ""


def unreadable(name: str, err: Exception) -> Failure:
    """Tell why the system would not let us read."""
    reason = err.strerror if isinstance(err, OSError) and err.strerror else err
    return Failure(name, Msg.Q108.format(path=name, reason=reason))
