"""What stands between a command and the shell: encodings, messages, exit statuses."""

import io
import os
import signal
import sys
from collections.abc import Callable
from threading import current_thread, main_thread
from types import FrameType
from typing import NoReturn, TextIO, TypeVar

import typer

from quotex.errors import QuotexError
from quotex.text.printable import make_printable

FAILED = 1  # some inputs failed, the rest was done
NOT_STARTED = 2  # wrong usage, no model, no place to write
INTERRUPTED = 130  # as shells say it: 128 + SIGINT
TERMINATED = 143  # 128 + SIGTERM


class TerminatedError(KeyboardInterrupt):
    """SIGTERM has come: what is done is put in safety, as with Ctrl-C."""


T = TypeVar("T")


def run_or_exit(function: Callable[[], T]) -> T:
    """Call a function; what a user can put right becomes a message and a status, and a bug stays a bug."""
    try:
        return function()
    except QuotexError as err:
        leave(str(err), NOT_STARTED)
    except KeyboardInterrupt as err:
        leave(str(err) or "Interrupted.", TERMINATED if isinstance(err, TerminatedError) else INTERRUPTED)
    except BrokenPipeError:  # `quotex extract news/ | head -1`: the reader has had enough
        drop_stdout()
        raise typer.Exit(0) from None


def heed_sigterm() -> None:
    """Let SIGTERM end a run as Ctrl-C does."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        signal.signal(number, signal.SIG_IGN)  # once is enough
        raise TerminatedError

    if current_thread() is main_thread():
        signal.signal(signal.SIGTERM, stop)


def leave(message: str, status: int) -> NoReturn:
    """Say why, and exit."""
    tell(message)
    drop_stdout()
    raise typer.Exit(status) from None


def tell(message: str) -> None:
    """Say one line on stderr, which controls no terminal whatever is in it."""
    typer.echo(make_printable(message), err=True)


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether someone sits at the other end; a stream that the caller has closed is None."""
    return stream is not None and stream.isatty()


def drop_stdout() -> OSError | None:
    """Write what is still pending for stdout, or throw it away if that cannot take it: Python would complain.

    Returns:
        Why it could not take what was written; None if it could, or if that has been asked before.
    """
    stream = sys.stdout
    failure: OSError | None = None
    if stream is not None:
        try:
            stream.flush()
        except OSError as err:
            failure = err
    if isinstance(stream, Results):
        failure, stream.failure = failure or stream.failure, None
    if failure:
        drop(stream)
    return failure


def drop(stream: TextIO) -> None:
    """Let all go nowhere that is written to a stream, and what is pending."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


class Results(io.TextIOWrapper):
    """A stdout that remembers why it could not take something: `python -u` keeps nothing to be tried again.

    Attributes:
        failure: The last error.
    """

    failure: OSError | None = None

    def write(self, text: str) -> int:
        """Write text."""
        try:
            return super().write(text)
        except OSError as err:
            self.failure = err
            raise


class Messages(io.TextIOWrapper):
    """A stderr that loses what it cannot take: a full disk under a log is no reason to end a run."""

    def write(self, text: str) -> int:
        """Write text."""
        try:
            return super().write(text)
        except OSError:
            drop(self)
            return len(text)

    def flush(self) -> None:
        """Write what is pending."""
        try:
            super().flush()
        except OSError:
            drop(self)


def use_utf8() -> None:
    """Write UTF-8 whatever the locale is, with newlines as they are; half surrogate pairs as escapes."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = wrap(Results, sys.stdout)
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = wrap(Messages, sys.stderr)


def wrap(kind: type[io.TextIOWrapper], stream: io.TextIOWrapper) -> io.TextIOWrapper:
    """Put another text layer on what a stream writes to."""
    return kind(
        stream.buffer,
        encoding="utf-8",
        errors="backslashreplace",
        newline="\n",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
