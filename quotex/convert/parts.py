"""What all formats share: a quote taken apart into ranges and details, and put together again."""

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from quotex.read.rows import to_json
from quotex.records import (
    Record,
    check_number,
    check_quote,
    check_speaker,
    check_text,
    make_speaker,
    read_speaker,
    unpack_quote,
    wrong,
)
from quotex.text.marks import find_type
from quotex.text.names import make_ids
from quotex.text.paragraphs import find_paragraphs
from quotex.types import ACTS, KINDS, PRONOUNS, QUOTE_TYPES, ROLES, Article, Quote, Range, Span, Speaker
from quotex.write.zips import UNFIT

Losses = Counter[str]  # what a format could not hold, in words, and how often
Details = Mapping[str, Any]

MAY_LACK = ("confidence", "paragraph", "closed", "within", "sentence")  # of a quote, where a person marked it
OF_A_PERSON = 1.0  # the confidence of a quote that somebody marked
NOT_IN_XML = "character that XML cannot hold, replaced by �"
UNATTACHED = "cue or source that no content is linked to, left out"


@dataclass(slots=True)
class StoredQuote:
    """One quote as it stands in a file.

    Attributes:
        content: Its pieces; likewise cue and source.
        details: As `describe_quote` makes them; `name` and `kind` of the speaker may stand there, too. What is
            missing, as where a person has marked a quote, is worked out.
    """

    content: list[Range]
    cue: list[Range] = field(default_factory=list)
    source: list[Range] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)

    def get(self, role: str) -> list[Range]:
        """Return the pieces of one of ROLES."""
        return {"content": self.content, "cue": self.cue, "source": self.source}[role]


def list_pieces(quote: Quote) -> dict[str, tuple[Span, ...]]:
    """List the pieces of a quote by role."""
    return {"content": quote.content, "cue": quote.cue, "source": quote.source}


def describe_article(article: Article) -> Record:
    """Describe all of an article but its text and quotes."""
    speakers = [make_speaker(speaker) for speaker in article.speakers]
    return {"id": article.id, "speakers": speakers, "meta": dict(article.meta)}


def settle_speaker(details: dict[str, Any], shown: str | None, names: Mapping[str, str]) -> None:
    """Hold the name that a tool shows against the speaker's: where a person has changed it, it counts.

    Args:
        details: Of the quote; changed.
        shown: The name; None or empty where it was taken away, or never there.
        names: Those of the speakers as the tool shows them, by id.
    """
    details.pop("name", None)
    if not shown:
        details.pop("speaker", None)
    elif names.get(details.get("speaker", "")) != shown:
        details["name"] = shown


def gather(
    spans: Mapping[str, tuple[str, list[Range]]],
    links: Iterable[tuple[str, str]],
    details: Mapping[str, Mapping[str, Any]],
    losses: Losses,
) -> list[StoredQuote]:
    """Gather labelled spans that are linked into quotes.

    Args:
        spans: By id, the role of each and its ranges, of which a discontinuous one has several.
        links: Pairs of ids, in any direction. Contents that are linked are pieces of one quote.
        details: What is said of contents, by id.
        losses: Gets what belongs to no quote.
    """
    heads = {one: one for one, (role, _) in spans.items() if role == "content"}
    beside: dict[str, set[str]] = {}
    for pair in links:
        contents = [one for one in pair if one in heads]
        if len(contents) == 2:
            old, new = heads[contents[1]], heads[contents[0]]
            heads.update({one: new for one, head in heads.items() if head == old})
        elif contents:
            beside.setdefault(contents[0], set()).update(one for one in pair if one in spans and one not in heads)
    drafts: dict[str, StoredQuote] = {}
    used: set[str] = set()
    for one, head in heads.items():
        draft = drafts.setdefault(head, StoredQuote([]))
        draft.content += spans[one][1]
        draft.details.update(details.get(one, {}))
        for other in beside.get(one, ()):
            used.add(other)
            draft.get(spans[other][0]).extend(spans[other][1])
    losses[UNATTACHED] += len(spans) - len(heads) - len(used)
    return list(drafts.values())


def read_meta(value: object) -> dict[str, Any]:
    """Read what was carried along; what JSON has not becomes a text: bytes, dates in columns of others.

    Raises:
        ValueError: It is no object.
    """
    if not isinstance(value, Mapping | None):
        raise wrong(value, "object")
    return {key: to_json(one) for key, one in (value or {}).items()}


def build_article(text: str, drafts: Iterable[StoredQuote], about: Details) -> Article:
    """Put an article together; the quotes come in the order of their numbers, or of the text where one has none.

    Args:
        text: The article.
        drafts: Its quotes.
        about: As `describe_article` makes it; `speakers` and `meta` may be missing.

    Raises:
        ValueError: What is known of it is not as we write it.
    """
    ordered = number_drafts(list(drafts))
    known = read_list(about.get("speakers"))
    id, meta = read_id(about["id"]), read_meta(about.get("meta"))
    if id is None:
        raise wrong(id, "id")
    ids = make_ids([str(one["name"]) for one in known])
    speakers = {one.id: one for one in map(build_speaker, known, ids)}
    builder = _Builder(text, speakers)
    quotes = tuple(builder.build(draft) for draft in ordered)
    said: dict[str, list[int]] = {}
    for quote in quotes:
        if quote.speaker:
            said.setdefault(quote.speaker.id, []).append(quote.id)
    listed = {key: replace(one, quotes=tuple(said.get(key, ()))) for key, one in builder.speakers.items()}
    quotes = tuple(replace(one, speaker=listed[one.speaker.id]) if one.speaker else one for one in quotes)
    return Article(id, text, quotes, tuple(listed.values()), meta)


def number_drafts(drafts: list[StoredQuote]) -> list[StoredQuote]:
    """Order the quotes by number; where some have none, or the same, number them anew in the order of the text."""
    for draft in drafts:
        for role in ROLES:
            draft.get(role)[:] = sorted(set(draft.get(role)))
    numbers = [draft.details.get("id") for draft in drafts]
    for number in (*numbers, *(draft.details.get("within") for draft in drafts)):
        if number is not None:
            check_number(number)
    if None not in numbers and len(set(numbers)) == len(numbers):
        return sorted(drafts, key=lambda draft: cast(int, draft.details["id"]))
    ordered = sorted(drafts, key=lambda draft: draft.content)
    new = {draft.details["id"]: n for n, draft in enumerate(ordered, start=1) if draft.details.get("id")}
    for number, draft in enumerate(ordered, start=1):
        draft.details.update(id=number, within=new.get(draft.details.get("within")))
    return ordered


def build_speaker(record: Details, id: str) -> Speaker:
    """Build a speaker of a record as `make_speaker` makes it; of another tool, it may have a name only.

    Raises:
        ValueError: It is not as we write it.
    """
    lists = {key: read_list(record.get(key)) for key in ("aliases", "descriptions", "quotes")}
    known = {
        "id": read_id(record.get("id")) or id,
        "name": record["name"],
        "kind": read_word(record.get("kind"), KINDS) or "person",
        "affiliation": record.get("affiliation"),
        "pronoun": read_word(record.get("pronoun"), PRONOUNS),
    }
    speaker = read_speaker(known | lists)
    check_speaker(speaker)
    return speaker


def read_list(value: object) -> list[Any]:
    """Read a list; None is an empty one.

    Raises:
        ValueError: It is none.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        raise wrong(value, "list")
    return value


def read_id(value: object) -> str | None:
    """Read an id, which may be a number, too.

    Raises:
        ValueError: It is none.
    """
    if not isinstance(value, str | int | float | None) or isinstance(value, bool):
        raise wrong(value, "id")
    return None if value is None else str(value)


def read_word(value: object, known: Iterable[str]) -> str | None:
    """Read one of the words that are known; another tool's own is passed over.

    Raises:
        ValueError: It is no text.
    """
    if value is not None:
        check_text(value)
    return next((word for word in known if word == value), None)


class _Builder:
    """Builds the quotes of one text, and keeps its speakers."""

    def __init__(self, text: str, speakers: dict[str, Speaker]) -> None:
        self.text = text
        self.speakers = speakers

    def build(self, draft: StoredQuote) -> Quote:
        details = draft.details
        given = {key: value for key in MAY_LACK if (value := details.get(key)) is not None}
        found = {
            "type": read_word(details.get("type"), QUOTE_TYPES)
            or find_type(self.text, draft.content, self.quoted),
            "act": read_word(details.get("act"), ACTS) or "statement",
            "confidence": OF_A_PERSON,
            "paragraph": self.find_paragraph(draft.content[0][0]),
        }
        places = {role: draft.get(role) for role in ROLES}
        known = {"id": details["id"]} | found | given | places
        quote = unpack_quote(known, self.text, self.find_speaker(details))
        check_quote(quote)
        return replace(quote, confidence=float(quote.confidence))

    def find_speaker(self, details: Details) -> Speaker | None:
        """Find the speaker by id; a name beside it that is not that one's is somebody else's."""
        id, name = read_id(details.get("speaker")), details.get("name")
        known = self.speakers.get(id) if id else None
        check_text("" if name is None else name)
        if known and name in (None, known.name):
            return known
        if not name:
            return None
        kind = details.get("kind")
        for speaker in self.speakers.values():
            if speaker.name == name and (kind == speaker.kind or kind not in KINDS):
                return speaker
        taken = id is None or id in self.speakers
        made = build_speaker(
            {**details, "id": None if taken else id, "quotes": []}, make_ids([name], self.speakers)[0]
        )
        return self.speakers.setdefault(made.id, made)

    def find_paragraph(self, place: int) -> int:
        return max(1, bisect_right(self.starts, place))

    @cached_property
    def starts(self) -> list[int]:
        """Where paragraphs begin."""
        return [start for start, _ in find_paragraphs(self.text)]

    @cached_property
    def quoted(self) -> list[Range]:
        """What stands inside the outermost quotation marks."""
        from quotex.pipeline.marks import find_outermost

        return find_outermost(self.text)


def check_range(start: int, end: int, text: str) -> Range:
    """Return the range of a piece.

    Raises:
        ValueError: It is not within the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start} to {end} is not within the text")
    return start, end


def write_lines(path: Path, records: Iterable[Record]) -> None:
    """Write JSON Lines; half a character, as names of files may have, as JSON has it."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def write_array(path: Path, records: Iterable[Record]) -> None:
    """Write a JSON array, an item a line, likewise."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        before = "[\n"
        for record in records:
            file.write(before + json.dumps(record, ensure_ascii=False))
            before = ",\n"
        file.write("[]\n" if before == "[\n" else "\n]\n")


def replace_for_xml(text: str, losses: Losses) -> str:
    """Replace what XML cannot hold."""
    clean, n_replaced = UNFIT.subn("\ufffd", text)
    losses[NOT_IN_XML] += n_replaced
    return clean
