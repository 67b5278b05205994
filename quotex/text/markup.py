"""Markup: read Markdown and HTML as what they stand for, and lead every place back to the text as it was given.

The stages read a plain text: tags and the signs of Markdown are left out, entities are the characters they name,
a tag that begins a block is a blank line, the bullets of a list and characters without width are gone. A text
without any of it, as most are, is its own plain text.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from quotex.text.invisible import WITHOUT_WIDTH
from quotex.text.marks import MAY_OPEN, OPENING_LETTERS

Edit = tuple[int, int, str]  # a half-open range of the text, and what is read in its place

IN_CLASS = "".join(sorted(WITHOUT_WIDTH))
MAY_BE_MARKUP = re.compile(
    rf"[<&*_~\[\\{IN_CLASS}]"
    r"|^[ \t]*(?:[#>•‣◦▪●·–+-]|\d{1,2}[.)] |={3}|-{3})",
    re.MULTILINE,
)
UNSEEN = re.compile(f"[{IN_CLASS}]+")

# HTML: what each element is read as; one that is no element of it stays
ATTRIBUTE = r"""\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)"""
TAG = re.compile(rf"<(/?)([A-Za-z][A-Za-z0-9]*)((?:{ATTRIBUTE})*)\s*/?>")
COMMENT = "<!--", "-->"
ENTITY = re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
BLOCKS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody tfoot "
    "thead tr ul"
)
INLINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark s samp small span "
    "strike strong sub sup time tt u var wbr"
)
READ_AS = {
    **{"br": "\n", "td": " ", "th": " ", "q": "“", "/q": "”"},
    **dict.fromkeys(BLOCKS.split(), "\n\n"),
    **dict.fromkeys(INLINE.split(), ""),
}
HIDDEN = frozenset(
    "head iframe noscript object script select style svg template textarea title video audio".split()
)

# Markdown, and the lists of plain text
FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:[\w-]+:.*\r?\n|[ \t]+.*\r?\n|-[ \t].*\r?\n)+---[ \t]*(?=\r?\n|\Z)")
LINE_SIGN = re.compile(
    rf"^[ \t]*(?:#{{1,6}}[ \t]+|(?:>[ \t]?)+|[•‣◦▪●·+*][ \t]+|\d{{1,2}}[.)][ \t]+(?=[{OPENING_LETTERS}]))+",
    re.MULTILINE,
)
RULE = re.compile(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$", re.MULTILINE)
DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,80}\]:[ \t]*\S*[./#]\S*[^\n]*$", re.MULTILINE)
DASH = re.compile(r"[ \t]*[-–][ \t]+(?=\S)")
TARGET = r"\]\(((?:[^()\s]|\([^()\s]*\))+)(?:[ \t]+\"[^\"\n]*\")?\)"
IMAGE = re.compile(rf"!\[[^\]\n]*{TARGET}")
LINK = re.compile(rf"\[(?!\^)([^\[\]\n]{{1,300}})({TARGET}|\]\[[^\]\n]{{0,40}}\])")
IS_ADDRESS = re.compile(r"[./#:@]")
EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|~~)|\n[ \t]*\r?\n")
ESCAPE = re.compile(r"\\(?=[*_#\[\]~>`])")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without its markup.

    Attributes:
        text: What is read.
        starts: Where each run of it begins in it, in order; empty where it is the text as it was given.
        sources: Where each run comes from, as half-open ranges; one of another length stands for all of its range.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    sources: list[tuple[int, int]] = field(default_factory=list)

    def find_source(self, start: int, end: int) -> tuple[int, int]:
        """Find the range of the text as it was given that a range of this one, not empty, was read from."""
        if not self.starts:
            return start, end
        return self._locate(start)[0], self._locate(end - 1)[1]

    def _locate(self, at: int) -> tuple[int, int]:
        """Find what one character was read from."""
        run = bisect_right(self.starts, at) - 1
        first, last = self.sources[run]
        end = self.starts[run + 1] if run + 1 < len(self.starts) else len(self.text)
        if end - self.starts[run] != last - first:
            return first, last
        at += first - self.starts[run]
        return at, at + 1


def read_plain(text: str) -> Plain:
    """Read a text as what its markup stands for.

    >>> plain = read_plain("**Ann** said &quot;no&quot;.")
    >>> plain.text, plain.find_source(9, 13)
    ('Ann said "no".', (13, 27))
    """
    if not MAY_BE_MARKUP.search(text):
        return Plain(text)
    edits = [*find_tags(text), *find_entities(text), *find_line_signs(text), *find_inline_signs(text)]
    edits += [(*match.span(), "") for match in UNSEEN.finditer(text)]
    return apply_edits(text, edits) if edits else Plain(text)


def apply_edits(text: str, edits: Iterable[Edit]) -> Plain:
    """Make a plain text by edits; of those that overlap, the first and longest counts."""
    parts: list[str] = []
    starts: list[int] = []
    sources: list[tuple[int, int]] = []
    at = length = 0

    def add(part: str, start: int, end: int) -> None:
        nonlocal length
        if part:
            parts.append(part)
            starts.append(length)
            sources.append((start, end))
            length += len(part)

    for start, end, instead in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if start >= at:
            add(text[at:start], at, start)
            for char in instead:  # each stands for all of the range
                add(char, start, end)
            at = end
    add(text[at:], at, len(text))
    return Plain("".join(parts), starts, sources)


def find_tags(text: str) -> Iterator[Edit]:
    """Find the tags of HTML, comments, and elements that nobody sees."""
    if "<" not in text:
        return
    hidden: tuple[str, int] | None = None
    for match in TAG.finditer(text):
        slash, name = match[1], match[2].lower()
        if hidden:
            if slash and name == hidden[0]:
                yield hidden[1], match.end(), ""
                hidden = None
        elif name in HIDDEN:
            hidden = None if slash else (name, match.start())
            yield (*match.span(), "")
        elif (instead := READ_AS.get(slash + name, READ_AS.get(name))) is not None:
            yield (*match.span(), instead)
    start = text.find(COMMENT[0])
    while start >= 0 and (end := text.find(COMMENT[1], start)) >= 0:
        yield start, end + len(COMMENT[1]), ""
        start = text.find(COMMENT[0], end)


def find_entities(text: str) -> Iterator[Edit]:
    """Find the entities of HTML; those escaped twice as well."""
    for match in ENTITY.finditer(text) if "&" in text else ():
        char = html.unescape(re.sub(r"^&(?:amp;)+(?=#|\w+;)", "&", match.group()))
        if char != match.group():
            yield (*match.span(), char)


def find_line_signs(text: str) -> Iterator[Edit]:
    """Find what Markdown and lists have at the beginning of a line: `# `, `> `, bullets, rules, front matter."""
    for pattern in (FRONT_MATTER, RULE, DEFINITION, LINE_SIGN):
        for match in pattern.finditer(text):
            yield (*match.span(), "")
    lines = [match for match in re.finditer(r"[^\n]+", text) if match.group().strip()]
    dashes = [DASH.match(line.group()) for line in lines]
    listed = {n for n, (one, two) in enumerate(pairwise(dashes)) if one and two}
    for number, (line, dash) in enumerate(zip(lines, dashes, strict=True)):
        if dash and (number in listed or number - 1 in listed or line.group()[dash.end()] in MAY_OPEN):
            yield line.start(), line.start() + dash.end(), ""


def find_inline_signs(text: str) -> Iterator[Edit]:
    """Find links, images, emphasis and escapes of Markdown."""
    for match in IMAGE.finditer(text) if "![" in text else ():
        yield (*match.span(), "")
    for match in LINK.finditer(text) if "](" in text or "][" in text else ():
        if match[3] is None or IS_ADDRESS.search(match[3]):
            yield match.start(), match.start(1), ""
            yield (*match.span(2), "")
    for match in ESCAPE.finditer(text):
        yield (*match.span(), "")
    opened: dict[str, tuple[int, int]] = {}
    for match in EMPHASIS.finditer(text):
        sign = match[1]
        if sign is None:  # a paragraph's end
            opened.clear()
            continue
        before = text[match.start() - 1 : match.start()] or " "
        after = text[match.end() : match.end() + 1] or " "
        if before == "\\":
            continue
        if sign in opened and not before.isspace() and not after.isalnum():
            yield (*opened.pop(sign), "")
            yield (*match.span(), "")
        elif not before.isalnum() and not after.isspace():
            opened[sign] = match.span()
