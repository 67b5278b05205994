"""The screen that tables and messages are laid out for."""

from typing import TextIO

from rich.console import Console

MIN_WIDTH = 20  # columns; of fewer than one, which COLUMNS may say, nothing would be left


def open_console(stream: TextIO | None = None) -> Console:
    """Open one for a stream, stderr if none is given; text on it is what it is, and no markup."""
    console = Console(file=stream, stderr=stream is None, markup=False, highlight=False, emoji=False)
    console.width = max(console.width, MIN_WIDTH)
    return console
