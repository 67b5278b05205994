"""How text and numbers are shown: nothing from others controls the terminal or the order of reading."""

import unicodedata

CONTROL_PICTURES = 0x2400  # ␀; those of the other 31 follow in order
DELETE = "\x7f"
# Embeddings, overrides and isolates, which can make a line read in another order than it is stored.
REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


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


def count(number: int, noun: str) -> str:
    """Say how many: "1 quote", "15 quotes"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
