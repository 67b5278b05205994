"""Readers: from files, folders and streams to articles."""

from collections.abc import Iterator
from dataclasses import replace

from quotex.errors import InputError, Msg
from quotex.read.chunks import Meter
from quotex.read.decode import check_encoding
from quotex.read.file import MAX_CHARS, STDIN, TEXT_KEY, Failure, File, ReadOptions
from quotex.read.ours import is_ours
from quotex.read.paths import find_files, fold_path, is_same, unreadable
from quotex.text.printable import count
from quotex.types import Article

__all__ = [
    "MAX_CHARS",
    "STDIN",
    "Failure",
    "File",
    "Meter",
    "ReadOptions",
    "check_encoding",
    "find_files",
    "fold_path",
    "is_ours",
    "is_same",
    "read_articles",
    "read_from",
]


def read_articles(paths: list[str], options: ReadOptions) -> Iterator[Article | Failure]:
    """Read every path in the order given; what cannot be read is a failure, and the rest goes on."""
    passed = []
    options = replace(options, seen=set())
    for file in find_files(paths, options):
        if isinstance(file, Failure):
            yield file
        elif options.text_key != TEXT_KEY or not is_ours(file):  # with another key, it is these that are wanted
            yield from read_from(file, options)
        elif file.is_named:
            yield Failure(file.name, Msg.Q146.format(path=file.name))
        else:
            passed.append(file.name)
    if passed and options.warn:
        options.warn(Msg.Q147.format(files=count(len(passed), "file"), example=passed[0]))


def read_from(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one file; an error that ends it is its last failure."""
    try:
        yield from file.reader(file, options)
    except InputError as err:
        yield Failure(file.name, str(err))
    except OSError as err:
        yield unreadable(file.name, err)
    except RecursionError:
        yield Failure(file.name, Msg.Q134.format(path=file.name))
