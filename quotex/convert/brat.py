"""brat standoff: NAME.txt and NAME.ann, a pair an article, and annotation.conf in their folder.

Contents, cues and sources are text-bound annotations, each piece one; relations lead from the first piece of a
content to all else of the quote. Type and act are attributes, the speaker's name is a note, so that they can be
corrected; what else is known stands in notes of type quotex, as JSON.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from quotex.batch.texts import choose_name
from quotex.convert.parts import (
    Losses,
    build_article,
    check_range,
    describe_article,
    gather,
    list_pieces,
    settle_speaker,
)
from quotex.errors import InputError, Msg, UsageError
from quotex.records import describe_quote
from quotex.types import ACTS, QUOTE_TYPES, ROLES, Article, Quote, Range, Span

CONFIG = f"""\
[entities]
content
cue
source
[relations]
cue\tArg1:content, Arg2:cue
source\tArg1:content, Arg2:source
piece\tArg1:content, Arg2:content
<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>
[events]
[attributes]
type\tArg:content, Value:{"|".join(QUOTE_TYPES)}
act\tArg:content, Value:{"|".join(ACTS)}
"""
NAME = "AnnotatorNotes"  # the note that brat's dialog edits
NOTE = "quotex"
VISIBLE = ("type", "act")
# brat ends a line at any of these, and an annotation of several lines has a range for each.
LINE_ENDS = re.compile("[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
NO_QUOTE = "article without quotes: what is known of it but its text"
ALONE = "text without a .ann beside it, not read"
EDGES = "line end at the edge of a piece, cut off"


def write(folder: Path, articles: Iterable[Article], losses: Losses) -> None:
    """Write two files an article into a folder, named by the article's id.

    Raises:
        UsageError: Q803, it has the name of a file.
    """
    if folder.suffix == ".ann":
        raise UsageError(Msg.Q803.format(path=folder))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "annotation.conf").write_text(CONFIG, encoding="utf-8")
    taken: Counter[str] = Counter()
    for article in articles:
        path = folder / choose_name(article.id, taken)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(article.text.encode("utf-8"))
        path.with_suffix(".ann").write_text(make_lines(article, losses), encoding="utf-8", newline="")
        if not article.quotes and (article.meta or name_article(path, folder) != article.id):
            losses[NO_QUOTE] += 1


def make_lines(article: Article, losses: Losses) -> str:
    """Make the annotations of an article."""
    maker = _Maker(article, losses)
    for quote in article.quotes:
        maker.add(quote)
    return "".join(f"{line}\n" for line in maker.lines)


class _Maker:
    """Makes lines, with a number for each."""

    def __init__(self, article: Article, losses: Losses) -> None:
        self.article, self.losses = article, losses
        self.lines: list[str] = []
        self.numbers = dict.fromkeys("TRA#", 0)
        self.shared: dict[tuple[str, Span], str] = {}  # a cue or source of several quotes stands once

    def add(self, quote: Quote) -> None:
        contents = [self.bind("content", span) for span in quote.content]
        head = next((one for one in contents if one), None)
        if head is None:
            return
        for other in contents:
            if other and other != head:
                self.put("R", f"piece Arg1:{head} Arg2:{other}")
        for role in ("cue", "source"):
            for span in list_pieces(quote)[role]:
                if (role, span) not in self.shared:
                    self.shared[role, span] = self.bind(role, span)
                if other := self.shared[role, span]:
                    self.put("R", f"{role} Arg1:{head} Arg2:{other}")
        details = describe_quote(quote)
        for key in VISIBLE:
            self.put("A", f"{key} {head} {details.pop(key)}")
        if quote.speaker:
            self.put("#", f"{NAME} {head}\t{' '.join(quote.speaker.name.split())}")
        about = {} if self.numbers["#"] > bool(quote.speaker) else {"article": describe_article(self.article)}
        self.put("#", f"{NOTE} {head}\t{json.dumps(details | about)}")

    def bind(self, role: str, span: Span) -> str:
        """Add a piece, a range for each of its lines; returns its id, empty where it has nothing but line ends."""
        ranges = cut_lines(span)
        if not ranges or (ranges[0][0], ranges[-1][1]) != (span.start, span.end):
            self.losses[EDGES] += 1
        if not ranges:
            return ""
        places = ";".join(f"{start} {end}" for start, end in ranges)
        words = " ".join(self.article.text[start:end] for start, end in ranges)
        return self.put("T", f"{role} {places}\t{words}")

    def put(self, letter: str, line: str) -> str:
        self.numbers[letter] += 1
        id = f"{letter}{self.numbers[letter]}"
        self.lines.append(f"{id}\t{line}")
        return id


def cut_lines(span: Span) -> list[Range]:
    """Cut a piece at its line ends."""
    cuts = [(0, 0), *(match.span() for match in LINE_ENDS.finditer(span.text)), (len(span.text),) * 2]
    return [(span.start + a, span.start + b) for (_, a), (b, _) in pairwise(cuts) if a < b]


def name_article(text: Path, folder: Path) -> str:
    """Make the id of an article of its file's name, as it was before `choose_name`."""
    return text.relative_to(folder).as_posix().removesuffix(".txt")


def read(path: Path, losses: Losses) -> Iterator[Article]:
    """Read all pairs in a folder, or one by either of its names.

    Raises:
        InputError: Q802, a line is none of brat's, or one of the two files is missing; Q404, outside the text.
    """
    folder = path if path.is_dir() else path.parent
    found = sorted(path.rglob("*.ann")) if path.is_dir() else [path.with_suffix(".ann")]
    if path.is_dir():
        losses[ALONE] += len({*path.rglob("*.txt")} - {one.with_suffix(".txt") for one in found})
    for one in found:
        yield read_pair(one, folder, losses)


def read_pair(path: Path, folder: Path, losses: Losses) -> Article:
    """Read one article.

    Raises:
        InputError: Q802, it is not as brat writes it.
    """
    source = path.with_suffix(".txt")
    try:
        text = source.read_bytes().decode("utf-8")
        lines = path.read_bytes().decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as err:
        raise InputError(Msg.Q802.format(path=path, form="brat", reason=err)) from err
    reader = _Reader(text)
    for number, line in enumerate(lines, start=1):
        try:
            reader.take(line.rstrip("\r"))
        except (ValueError, IndexError, KeyError) as err:
            reason = f"line {number} is none of its lines ({err})"
            raise InputError(Msg.Q802.format(path=path, form="brat", reason=reason)) from err
    about = {"id": name_article(source, folder)} | reader.about
    return build_article(text, gather(reader.spans, reader.links, reader.find_details(), losses), about)


class _Reader:
    """Takes the lines of one article."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[str, tuple[str, list[Range]]] = {}
        self.links: list[tuple[str, str]] = []
        self.details: dict[str, dict[str, Any]] = {}
        self.edited: dict[str, dict[str, Any]] = {}
        self.about: dict[str, Any] = {}

    def take(self, line: str) -> None:
        id, _, rest = line.partition("\t")
        if id.startswith("T"):
            words = rest.partition("\t")[0].split(" ", 1)
            if words[0].lower() in ROLES:
                self.spans[id] = (words[0].lower(), self.join(words[1]))
        elif id.startswith("R"):
            _, one, other = rest.split()[:3]
            self.links.append((one.partition(":")[2], other.partition(":")[2]))
        elif id.startswith("A"):
            key, target, value = rest.split()[:3]
            self.edited.setdefault(target, {})[key] = value
        elif id.startswith("#"):
            head, _, note = rest.partition("\t")
            kind, target = head.split()[:2]
            self.take_note(kind, target, note)

    def take_note(self, kind: str, target: str, note: str) -> None:
        if kind == NAME:
            self.edited.setdefault(target, {})["name"] = note.strip()
        elif kind == NOTE:
            details = json.loads(note)
            self.about.update(details.pop("article", {}))
            self.details[target] = details

    def find_details(self) -> dict[str, dict[str, Any]]:
        """Join what is known and what can be seen and edited, which counts."""
        names = {one["id"]: " ".join(one["name"].split()) for one in self.about.get("speakers", ())}
        found = {one: self.details.get(one, {}) | self.edited.get(one, {}) for one in self.details | self.edited}
        for details in found.values():
            settle_speaker(details, details.get("name"), names)
        return found

    def join(self, places: str) -> list[Range]:
        """Read the ranges of an annotation; those that only line ends part are one piece."""
        ranges: list[Range] = []
        for place in places.split(";"):
            first, last = place.split()
            start, end = check_range(int(first), int(last), self.text)
            if ranges and LINE_ENDS.fullmatch(self.text[ranges[-1][1] : start]):
                start = ranges.pop()[0]
            ranges.append((start, end))
        return ranges
