"""PDF: the text layer, put together to paragraphs; what stands in pictures is not read."""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from math import hypot
from typing import Any

from quotex.errors import InputError, Msg
from quotex.read.document import as_broken, make_document, read_bytes
from quotex.read.extras import load_extra
from quotex.read.file import Failure, File, ReadOptions
from quotex.types import Article

MAX_PIECE = 75_000_000  # bytes that pypdf unpacks at once
SAME_SIZE = 0.1  # letters of a paragraph differ less in size, as a share of it
LOOSE = 1.3  # lines further from each other than so many times what is usual begin a paragraph
USUAL = 0.2  # share of the distances between lines that the usual one has at least
SPACE = 0.25  # in sizes of the letters, how wide it is
INDENT = 0.8  # in sizes of the letters; a line that is further in begins a paragraph
SHORT = 0.7  # of a full line; a shorter one at the end of a sentence ends a paragraph
EDGE = 2  # lines at the top and the bottom of a page, where it may have its number or the title of the whole
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
SENTENCE_END = re.compile(r"""[.!?…:]["'”’»)\]]*$""")
WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
BROKEN = re.compile(r"([^\W\d_]+)[-‐]$")
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line as it stands on a page.

    Attributes:
        text: What is in it.
        x: Where it begins, in points from the left.
        y: Where it stands, in points from the bottom.
        size: Of its letters, in points.
    """

    text: str
    x: float
    y: float
    size: float


def read_pdf(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one PDF; scripts, links and embedded files in it are never followed.

    Raises:
        InputError: Q138, it has no text; Q139, it needs a password; Q140, it unpacks to too much; Q1xx, it cannot
            be read.
    """
    pypdf = load_extra("pypdf", file.name)
    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # it complains of odd files on stderr
    data = read_bytes(file, options)
    with as_broken(file.name):
        document = pypdf.PdfReader(BytesIO(data))
        try:
            pages = list(read_pages(document, options.max_chars))
        except pypdf.errors.FileNotDecryptedError as err:
            raise InputError(Msg.Q139.format(path=file.name)) from err
        except pypdf.errors.LimitReachedError as err:
            raise InputError(Msg.Q140.format(path=file.name, limit=f"{MAX_PIECE:,} bytes at once")) from err
        meta = read_meta(document.metadata)
    paragraphs = join_lines(leave_out_edges(pages))
    if not paragraphs:
        raise InputError(Msg.Q138.format(path=file.name))
    yield make_document(file, paragraphs, meta, options)


def read_meta(known: Any) -> dict[str, object]:
    """Read what may be carried along."""
    return {"title": known.title, "author": known.author, "date": known.creation_date} if known else {}


def read_pages(document: Any, max_chars: int) -> Iterator[list[PrintedLine]]:
    """Read the lines of each page, until there are too many."""
    n_chars = 0
    for page in document.pages:
        lines = read_lines(page)
        yield lines
        n_chars += sum(len(line.text) for line in lines)
        if n_chars > max_chars:  # who makes the article says so
            return


def read_lines(page: Any) -> list[PrintedLine]:
    """Read the lines of a page that are not blank, in the order of the document."""
    lines: list[PrintedLine] = []
    text, place = "", (0.0, 0.0, 0.0)

    def visit(chunk: str, outer: list[float], inner: list[float], _font: object, size: float) -> None:
        nonlocal text, place
        for number, part in enumerate(chunk.translate(LIGATURES).split("\n")):
            if number:
                lines.append(PrintedLine(text.strip(), *place))
                text = ""
            if part.strip() and not text.strip():
                x, y, points = find_place(outer, inner, size)
                n_spaces = len(text) + len(part) - len(part.lstrip())
                place = x + n_spaces * SPACE * points, y, points
            text += part

    page.extract_text(visitor_text=visit)
    lines.append(PrintedLine(text.strip(), *place))
    return [line for line in lines if line.text]


def find_place(outer: list[float], inner: list[float], size: float) -> tuple[float, float, float]:
    """Find where on the page a text begins, and how large it is, from the two matrices that it goes through."""
    x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    return x, y, size * hypot(inner[2] * outer[0] + inner[3] * outer[2], inner[2] * outer[1] + inner[3] * outer[3])


def leave_out_edges(pages: list[list[PrintedLine]]) -> list[list[PrintedLine]]:
    """Leave out the numbers of pages, and what stands at the top or the bottom of most of them."""
    edges = [sorted(page, key=lambda line: line.y) for page in pages]
    edges = [lines[:EDGE] + lines[-EDGE:] for lines in edges]
    seen = Counter(text for lines in edges for text in {fold_digits(line) for line in lines})

    def is_left_out(line: PrintedLine) -> bool:
        return line.text.isdigit() or (len(pages) > 1 and 2 * seen[fold_digits(line)] > len(pages))

    return [
        [line for line in page if not (line in edge and is_left_out(line))]
        for page, edge in zip(pages, edges, strict=True)
    ]


def fold_digits(line: PrintedLine) -> str:
    """Make the lines with the numbers of two pages the same."""
    return DIGITS.sub("0", line.text)


def join_lines(pages: list[list[PrintedLine]]) -> list[str]:
    """Put the lines of pages together to paragraphs, and words that are broken at their ends."""
    lines = [line for page in pages for line in page]
    starts = {id(page[0]) for page in pages if page}
    words = Counter(word.lower() for line in lines for word in WORD.findall(line.text))
    spacing, full = find_spacing(lines), find_full(lines)
    paragraphs: list[str] = [lines[0].text] if lines else []
    for before, line in pairwise(lines):
        distance = 0.0 if id(line) in starts else (before.y - line.y) / (line.size or 1)
        if is_beginning(before, line, distance, spacing, full):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = join(paragraphs[-1], line.text, words)
    return paragraphs


def find_spacing(lines: Iterable[PrintedLine]) -> float:
    """Find the usual distance of lines in paragraphs, in sizes of their letters: the least that is not rare."""
    distances = (round((one.y - other.y) / (other.size or 1), 1) for one, other in pairwise(lines))
    counts = Counter(distance for distance in distances if 0.5 < distance < 3)
    return min((one for one, n in counts.items() if n >= USUAL * counts.total()), default=1.2)


def find_full(lines: Iterable[PrintedLine]) -> float:
    """Find how many characters a full line has: as the longest tenth."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def is_beginning(before: PrintedLine, line: PrintedLine, distance: float, spacing: float, full: float) -> bool:
    """Tell whether a line begins a paragraph.

    Args:
        before: The line before it.
        line: It.
        distance: How far below it stands, in sizes of its letters; not above 0 at the head of a column or page.
        spacing: The usual distance.
        full: How many characters a full line has.
    """
    is_end = bool(SENTENCE_END.search(before.text))
    if abs(before.size - line.size) > SAME_SIZE * line.size or distance > LOOSE * spacing:
        return True
    if distance <= 0.5:  # the next column or page, or the same line again
        return is_end and not line.text[0].islower()
    return line.x - before.x > INDENT * line.size or (is_end and len(before.text) < SHORT * full)


def join(left: str, right: str, words: Counter[str]) -> str:
    """Put a line to those before it; a hyphen at its end stays where the word has one elsewhere.

    >>> join("a well-", "known muni-", Counter(["well-known"])), join("the muni-", "cipality", Counter())
    ('a well-known muni-', 'the municipality')
    """
    if left.endswith("\u00ad"):
        return left[:-1] + right
    first, last = BROKEN.search(left), WORD.match(right)
    if not first or not last:
        return left + right if re.search(r"\w[-‐]$", left) and right[0].isalnum() else f"{left} {right}"
    whole, hyphened = (first[1] + sign + last[0] for sign in ("", "-"))
    if right[0].isupper() or words[hyphened.lower()] > words[whole.lower()]:
        return left + right
    return left[:-1] + right
