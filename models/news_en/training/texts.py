"""Texts: articles of our own with all that is to be learned marked in them, in the form of texts/FORMAT.md."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from quotex.evaluation import AnnotatedText, Annotation
from quotex.model.labels import Beside, NameKind
from quotex.records import Range

FOLDER = Path(__file__).parent / "texts"  # those for training

MARK = re.compile(
    r"\[\[(?P<tag>[PTDOLX])(?::(?P<number>\d+))?\|"  # [[P:1|
    r"|(?P<close>\]\])"
    r"|<(?P<part>[cus]):(?P<numbers>\d+(?:,\d+)*)>"  # <s:4,5>
    r"|</(?P<end>[cus])>"
)
ENTITY = re.compile(r"# (\d+): (person|unnamed|org|group|document|other), (.+), (he|she|they|it|-)")
SPEAKER = re.compile(r"# (\d+): (\d+)")
NAMES: dict[str, NameKind] = {"P": "person", "O": "org", "L": "place", "X": "other"}
JOINT = " + "  # between the names of several who speak as one
PARTS = {"content": "c", "cue": "u", "source": "s"}


class Entity(NamedTuple):
    """Somebody or something that an article tells of: the fullest name, and "-" where no pronoun is known."""

    kind: str
    name: str
    pronoun: str

    @property
    def kind_found(self) -> str:
        """The kind that the pipeline gives it, which has none of its own for documents."""
        return "other" if self.kind == "document" else self.kind


class Name(NamedTuple):
    """A name and whose it is, if that is declared."""

    start: int
    end: int
    kind: NameKind
    entity: int | None


class BesideSpan(NamedTuple):
    """What is said of somebody beside the name."""

    start: int
    end: int
    kind: Beside


class Mention(NamedTuple):
    """What means an entity without being its name."""

    start: int
    end: int
    entity: int


class Mark(NamedTuple):
    """A pair of marks, with the entity or the quotes it belongs to; the range is that of the plain text."""

    tag: str
    numbers: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One article without its marks, and what they say. Offsets are code points, end-exclusive.

    Attributes:
        id: Name of the file without its suffix.
        text: The article.
        quotes: In the order of their contents.
        speakers: For each quote, the number of its entity.
        entities: By number.
        names: In the order of the text; one may lie in another.
        besides: What stands beside names: a title where the name follows at once, else a description.
        mentions: Descriptions and pronouns.
    """

    id: str
    text: str
    quotes: tuple[Annotation, ...]
    speakers: tuple[int, ...]
    entities: Mapping[int, Entity]
    names: tuple[Name, ...]
    besides: tuple[BesideSpan, ...]
    mentions: tuple[Mention, ...]

    @property
    def gold(self) -> AnnotatedText:
        """The article with its quotes alone, as they are scored."""
        return AnnotatedText(self.id, self.text, self.quotes)

    def list_speakers(self) -> list[dict[str, Any]]:
        """List who speaks each quote, with the forms of its name, as `rank.collect` takes them."""
        forms: dict[int | None, dict[str, None]] = {}
        for name in self.names:
            forms.setdefault(name.entity, {})[self.text[name.start : name.end]] = None
        return [
            {"name": one.name, "kind": one.kind_found, "forms": list(forms.get(number, ()))}
            for number in self.speakers
            for one in [self.entities[number]]
        ]

    @property
    def names_by_kind(self) -> dict[NameKind, set[Range]]:
        """The names alone, as they are scored."""
        return {
            kind: {(name.start, name.end) for name in self.names if name.kind == kind} for kind in NAMES.values()
        }


def read_texts(folder: Path) -> list[MarkedText]:
    """Read all articles of a folder, in the order of their names.

    Raises:
        ValueError: One is not in the form of FORMAT.md.
    """
    return [read_text(path.stem, path.read_bytes().decode("utf-8")) for path in sorted(folder.glob("*.txt"))]


def read_text(id: str, marked: str) -> MarkedText:
    """Read one article."""
    head, _, body = marked.partition("\n\n")
    try:
        entities, said_by = read_head(head)
        text, marks = remove_marks(body)
        check_numbers(marks, entities, said_by)
    except ValueError as err:
        raise ValueError(f"{id}: {err}") from err
    quotes = {number: make_quote(number, marks, entities[entity]) for number, entity in said_by.items()}
    order = sorted(quotes, key=lambda number: quotes[number].content)
    return MarkedText(
        id=id,
        text=text,
        quotes=tuple(quotes[number] for number in order),
        speakers=tuple(said_by[number] for number in order),
        entities=entities,
        names=tuple(
            Name(mark.start, mark.end, NAMES[mark.tag], mark.numbers[0] if mark.numbers else None)
            for mark in marks
            if mark.tag in NAMES
        ),
        besides=tuple(
            BesideSpan(mark.start, mark.end, find_beside_kind(text, mark, marks))
            for mark in marks
            if mark.tag == "T"
        ),
        mentions=tuple(Mention(mark.start, mark.end, mark.numbers[0]) for mark in marks if mark.tag == "D"),
    )


def read_head(head: str) -> tuple[dict[int, Entity], dict[int, int]]:
    """Read who is told of, by number, and the number of the entity that speaks each quote."""
    entities: dict[int, Entity] = {}
    said_by: dict[int, int] = {}
    for line in head.splitlines():
        if found := SPEAKER.fullmatch(line):
            said_by[int(found[1])] = int(found[2])
        elif found := ENTITY.fullmatch(line):
            entities[int(found[1])] = Entity(*found.groups()[1:])
        else:
            raise ValueError(f"not a line of a head: {line!r}")
    return entities, said_by


def remove_marks(body: str) -> tuple[str, list[Mark]]:
    """Take the marks out of a text; gives the text that is left, and the marks in its order, outer ones first.

    >>> remove_marks("<s:1>[[P:2|Ann]]</s> <u:1>left</u>")
    ('Ann left', [Mark(tag='s', numbers=(1,), start=0, end=3), Mark(tag='P', numbers=(2,), start=0, end=3), \
Mark(tag='u', numbers=(1,), start=4, end=8)])
    """
    plain: list[str] = []
    marks: list[Mark | None] = []
    opened: list[tuple[int, Mark]] = []  # each with its number in `marks`
    at = length = 0
    for found in MARK.finditer(body):
        plain.append(body[at : found.start()])
        length += found.start() - at
        at = found.end()
        if tag := found["tag"] or found["part"]:
            numbers = tuple(
                map(int, (found["number"] or found["numbers"] or "").split(",") if found[2] or found[5] else ())
            )
            opened.append((len(marks), Mark(tag, numbers, length, length)))
            marks.append(None)
            continue
        number, mark = opened.pop() if opened else (0, None)
        if mark is None or (found["end"] or "") != (mark.tag if mark.tag in PARTS.values() else ""):
            raise ValueError(f"{found[0]} closes nothing, near {body[max(0, at - 40) : at]!r}")
        marks[number] = mark._replace(end=length)
    if opened:
        raise ValueError(f"{opened[-1][1]} is never closed")
    return "".join([*plain, body[at:]]), [mark for mark in marks if mark]


def check_numbers(marks: Sequence[Mark], entities: Mapping[int, Entity], said_by: Mapping[int, int]) -> None:
    """Make sure that all that is spoken of is declared, and that each quote has a content."""
    for mark in marks:
        declared = said_by if mark.tag in PARTS.values() else entities
        if unknown := set(mark.numbers) - set(declared):
            raise ValueError(f"{mark} is of {min(unknown)}, which is not declared")
        if mark.tag in "PTD" and not mark.numbers:
            raise ValueError(f"{mark} is of nobody")
    contents = {number for mark in marks if mark.tag == PARTS["content"] for number in mark.numbers}
    for number, entity in said_by.items():
        if number not in contents or entity not in entities:
            raise ValueError(f"quote {number} has no content, or is of entity {entity}, which is not declared")


def make_quote(number: int, marks: Sequence[Mark], speaker: Entity) -> Annotation:
    """Put the pieces of a quote together."""
    parts = {
        part: tuple((mark.start, mark.end) for mark in marks if mark.tag == tag and number in mark.numbers)
        for part, tag in PARTS.items()
    }
    return Annotation(**parts, speaker=speaker.name, kind=speaker.kind_found)


def find_beside_kind(text: str, beside: Mark, marks: Sequence[Mark]) -> Beside:
    """Say what stands beside a name: `[[T:1|Mayor]] [[P:1|Lee]]` is a title, behind or with a comma it is not."""
    is_before = any(
        mark.tag in NAMES
        and mark.numbers == beside.numbers
        and mark.start > beside.end
        and text[beside.end : mark.start].isspace()
        for mark in marks
    )
    return "title" if is_before else "description"
