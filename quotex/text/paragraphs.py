"""Paragraphs and lines: where they begin and end, in characters."""

import re
from collections.abc import Iterator
from itertools import pairwise

WRAPPED_WIDTHS = range(40, 121)  # characters; how wide text is that was wrapped by hand or by a mail program
NEWLINE = re.compile(r"\r\n|[\n\r\u2028\u2029\x85]")


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Find the paragraphs, as half-open ranges without the white space around them.

    A blank line always ends a paragraph, a single line break does unless the text is hard-wrapped there.

    >>> find_paragraphs("One.\nTwo.\r\n\r\n Three.")
    [(0, 4), (5, 9), (14, 20)]
    """
    lines = list(_find_lines(text))
    width = _find_wrapped_width(text, lines)
    paragraphs: list[tuple[int, int]] = []
    previous: tuple[int, int] | None = None
    for line in lines:
        blank = line[0] == line[1]
        if not blank and previous is not None and _is_wrapped(text, previous, line, width):
            paragraphs[-1] = (paragraphs[-1][0], line[1])
        elif not blank:
            paragraphs.append(line)
        previous = None if blank else line
    return paragraphs


def _find_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield each line's range without the white space around it."""
    start = 0
    for match in [*NEWLINE.finditer(text), None]:
        end = match.start() if match else len(text)
        yield trim(text, start, end)
        start = match.end() if match else end


def _find_wrapped_width(text: str, lines: list[tuple[int, int]]) -> int:
    """Find the width that a text is wrapped to; 0 when it is not: no line goes on in small letters in the next."""
    width = max((end - start for start, end in lines), default=0)
    goes_on = any(one[0] < one[1] and text[two[0] : two[0] + 1].islower() for one, two in pairwise(lines))
    return width if goes_on and width in WRAPPED_WIDTHS else 0


def _is_wrapped(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Say whether `line` was broken only because the first word of the next one did not fit in it."""
    if not width:
        return False
    first_word = text[following[0] : following[1]].split(maxsplit=1)[0]
    return line[1] - line[0] + 1 + len(first_word) > width


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave the white space out at both ends of a range; of a range of nothing else its end is left.

    >>> trim("He left. ", 2, 9), trim("  ", 0, 2)
    ((3, 8), (2, 2))
    """
    inside = text[start:end]
    left = start + len(inside) - len(inside.lstrip())
    return left, max(left, start + len(inside.rstrip()))
