"""How text and numbers are shown: nothing from others controls the terminal or the order of reading."""

import io
import unicodedata
from typing import TextIO, cast

from quotex.text.invisible import REORDERING

CONTROL_PICTURES = 0x2400  # ␀; those of the other 31 follow in order
DELETE = "\x7f"


def make_printable(text: str) -> str:
    """Show control characters as what they are ("␛") instead of obeying them."""
    return "".join(map(show, text))


def show(letter: str) -> str:
    """Show one character."""
    if letter < " ":
        return chr(CONTROL_PICTURES + ord(letter))
    if letter == DELETE:
        return "␡"
    if letter in REORDERING or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp"):
        return "\ufffd"
    return letter


class ShieldedStream(io.TextIOBase):
    """A terminal that shows the control characters of what is written instead of obeying them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text; newlines and tabs, which every format is made of, stay what they are."""
        self._stream.write("".join(letter if letter in "\n\t" else show(letter) for letter in text))
        return len(text)

    def flush(self) -> None:
        """Write what is pending."""
        self._stream.flush()

    def isatty(self) -> bool:
        """Say yes."""
        return True


def shield(stream: TextIO) -> TextIO:
    """Shield a stream if it is a terminal."""
    return cast(TextIO, ShieldedStream(stream)) if stream.isatty() else stream


def count(number: int, noun: str) -> str:
    """Say how many: "1 quote", "15 quotes"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
