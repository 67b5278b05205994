r"""CoNLL-U Plus: a token a line, BIO columns for content, cue and source, sentences parted by blank lines.

A cell is `O`, or `B-` or `I-` with the number of the quote; a token of several quotes has them all, parted by `|`.
White space that is not one blank stands in MISC, as UDPipe writes it: `SpacesAfter=\n\n`. What else is known of an
article stands in a comment at its head.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from quotex.convert.parts import Losses, StoredQuote, build_article, describe_article, list_pieces, read_list
from quotex.errors import InputError, Msg
from quotex.records import check_number, describe_quote
from quotex.types import ROLES, Article, Range

COLUMNS = ("ID", "FORM", "MISC", *(f"QUOTEX:{role.upper()}" for role in ROLES))
HEAD = f"# global.columns = {' '.join(COLUMNS)}\n"
KNOWN = "# quotex = "
NEWDOC = "# newdoc id = "
ESCAPES = {"\\": "\\\\", " ": "\\s", "\t": "\\t", "\r": "\\r", "\n": "\\n", "|": "\\p"}
EDGES = "piece that begins or ends in white space, cut off there"
BLANK = "article of white space alone, whose text is left out"


def write(path: Path, articles: Iterable[Article], losses: Losses) -> None:
    """Write the articles one after another."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.write(HEAD)
        for article in articles:
            file.writelines(make_lines(article, losses))


def make_lines(article: Article, losses: Losses) -> Iterator[str]:
    """Make the lines of an article."""
    from quotex.convert.cut import cut_tokens

    doc, sentences = cut_tokens(article)
    starts = {start for start, _ in sentences}
    tokens = [(one.idx, one.idx + len(one)) for one in doc if not one.is_space]
    losses[BLANK] += bool(article.text) and not tokens
    known = describe_article(article) | {"quotes": [describe_quote(quote) for quote in article.quotes]}
    yield f"{NEWDOC}{' '.join(article.id.split())}\n{KNOWN}{json.dumps(known)}\n"
    cells = make_cells(article, tokens, losses)
    nexts = [start for start, _ in tokens[1:]] + [len(article.text)]
    number = 0
    for n, ((start, end), following) in enumerate(
        zip(tokens, nexts, strict=False)
    ):  # without tokens, a next is left
        if n and start in starts:
            yield "\n"
            number = 0
        number += 1
        misc = [f"SpacesBefore={escape(article.text[:start])}"] if not n and start else []
        misc += describe_space(article.text[end:following])
        yield "\t".join((str(number), article.text[start:end], "|".join(misc) or "_", *cells[n])) + "\n"
    yield "\n"


def describe_space(space: str) -> list[str]:
    r"""Describe what follows a token; one blank needs no words.

    >>> describe_space(""), describe_space(" "), describe_space("\n\n")
    (['SpaceAfter=No'], [], ['SpacesAfter=\\n\\n'])
    """
    return [] if space == " " else [f"SpacesAfter={escape(space)}" if space else "SpaceAfter=No"]


def make_cells(article: Article, tokens: list[Range], losses: Losses) -> list[list[str]]:
    """Make the BIO cells of all tokens."""
    firsts = {start: n for n, (start, _) in enumerate(tokens)}
    lasts = {end: n for n, (_, end) in enumerate(tokens)}
    tags: list[list[list[str]]] = [[[] for _ in ROLES] for _ in tokens]
    for quote in article.quotes:
        for role, spans in list_pieces(quote).items():
            for span in spans:
                first, last = firsts.get(span.start), lasts.get(span.end)
                losses[EDGES] += first is None or last is None
                if first is None:
                    first = next((n for n, (start, _) in enumerate(tokens) if start > span.start), len(tokens))
                if last is None:
                    last = next((n for n in reversed(range(len(tokens))) if tokens[n][1] < span.end), -1)
                for n in range(first, last + 1):
                    tags[n][ROLES.index(role)].append(f"{'I' if n > first else 'B'}-{quote.id}")
    return [["|".join(cell) or "O" for cell in row] for row in tags]


def escape(space: str) -> str:
    """Escape white space as UDPipe does."""
    return "".join(ESCAPES.get(letter, letter) for letter in space)


def unescape(text: str) -> str:
    r"""Read what `escape` wrote.

    >>> unescape("\\s\\\\n")
    ' \\n'
    """
    plain = {value: key for key, value in ESCAPES.items()}
    parts, at = [], 0
    while at < len(text):
        width = 2 if text[at : at + 2] in plain else 1
        parts.append(plain.get(text[at : at + width], text[at : at + width]))
        at += width
    return "".join(parts)


def read(path: Path, losses: Losses) -> Iterator[Article]:
    """Read the articles, each of which begins with its `newdoc`.

    Raises:
        InputError: Q802, a line is not as it should be.
    """
    reader: _Reader | None = None
    columns = {name: n for n, name in enumerate(COLUMNS)}
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            try:
                line = line.rstrip("\n")
                if line.startswith("# global.columns"):
                    columns = {name: n for n, name in enumerate(line.partition("=")[2].split())}
                elif line.startswith(NEWDOC):
                    if reader:
                        yield reader.build()
                    reader = _Reader(line.removeprefix(NEWDOC), columns)
                elif line.startswith(KNOWN) and reader:
                    reader.known = json.loads(line.removeprefix(KNOWN))
                elif line and not line.startswith("#"):
                    reader = reader or _Reader(str(path), columns)
                    reader.take(line.split("\t"))
            except (ValueError, LookupError) as err:
                reason = f"line {number}: {err!r}"
                raise InputError(Msg.Q802.format(path=path, form="CoNLL-U Plus", reason=reason)) from err
    if reader:
        yield reader.build()


class _Reader:
    """Takes the tokens of one article."""

    def __init__(self, name: str, columns: dict[str, int]) -> None:
        self.name, self.columns = name, columns
        self.known: dict[str, Any] = {}
        self.parts: list[str] = []
        self.length = 0
        self.pieces: dict[tuple[int, str], list[Range]] = {}

    def take(self, cells: list[str]) -> None:
        misc = dict(one.partition("=")[::2] for one in cells[self.columns["MISC"]].split("|"))
        self.add(unescape(misc.get("SpacesBefore", "")))
        start = self.length
        self.add(cells[self.columns["FORM"]])
        for role in ROLES:
            for tag in cells[self.columns[f"QUOTEX:{role.upper()}"]].split("|"):
                if tag != "O":
                    self.tag(role, tag, start)
        self.add(unescape(misc.get("SpacesAfter", "" if misc.get("SpaceAfter") == "No" else " ")))

    def tag(self, role: str, tag: str, start: int) -> None:
        pieces = self.pieces.setdefault((int(tag[2:]), role), [])
        if tag[0] == "I" and pieces:
            start = pieces.pop()[0]
        pieces.append((start, self.length))

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def build(self) -> Article:
        known = {one["id"]: one for one in read_list(self.known.pop("quotes", None))}
        for number in known:
            check_number(number)
        drafts: dict[int, StoredQuote] = {}
        for (number, role), pieces in self.pieces.items():
            draft = drafts.setdefault(number, StoredQuote([], details={"id": number, **known.get(number, {})}))
            draft.get(role).extend(pieces)
        said = [draft for draft in drafts.values() if draft.get("content")]
        return build_article("".join(self.parts), said, {"id": self.name, **self.known})
