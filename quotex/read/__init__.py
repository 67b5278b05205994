"""Readers: from files, folders and streams to articles."""

from collections.abc import Iterator
from dataclasses import replace

from quotex.errors import InputError, Msg
from quotex.read.chunks import Meter
from quotex.read.decode import check_encoding
from quotex.read.ours import holds_ours, is_ours
from quotex.read.paths import find_sources, is_same, unreadable
from quotex.read.source import MAX_CHARS, STDIN, TEXT_KEY, Failure, ReadOptions, Source
from quotex.text.printable import count
from quotex.types import Article

__all__ = [
    "MAX_CHARS",
    "STDIN",
    "Failure",
    "Meter",
    "ReadOptions",
    "Source",
    "check_encoding",
    "find_sources",
    "holds_ours",
    "is_same",
    "read_articles",
    "read_source",
]


def read_articles(paths: list[str], options: ReadOptions) -> Iterator[Article | Failure]:
    """Read every path in the order given; what cannot be read is a failure, and the rest goes on."""
    passed = []
    options = replace(options, seen=set())
    for source in find_sources(paths, options):
        if isinstance(source, Failure):
            yield source
        elif options.text_key != TEXT_KEY or not is_ours(source):  # with another key, it is these that are wanted
            yield from read_source(source, options)
        elif source.is_named:
            yield Failure(source.name, Msg.Q146.format(path=source.name))
        else:
            passed.append(source.name)
    if passed and options.warn:
        options.warn(Msg.Q147.format(files=count(len(passed), "file"), example=passed[0]))


def read_source(source: Source, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one source; an error that ends it is its last failure."""
    try:
        yield from source.reader(source, options)
    except InputError as err:
        yield Failure(source.name, str(err))
    except OSError as err:
        yield unreadable(source.name, err)
    except RecursionError:
        yield Failure(source.name, Msg.Q134.format(path=source.name))
