"""What all formats share: a quote taken apart into ranges and details, and put together again."""

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from quotex.records import Record, cut_spans, make_speaker
from quotex.text.marks import find_type
from quotex.text.names import make_ids
from quotex.text.paragraphs import find_paragraphs
from quotex.types import KINDS, PRONOUNS, QUOTE_TYPES, Article, Kind, Pronoun, Quote, Range, Span, Speaker
from quotex.write.zips import UNFIT

Losses = Counter[str]  # what a format could not hold, in words, and how often
Details = Mapping[str, Any]

CONTENT, CUE, SOURCE = ROLES = ("content", "cue", "source")
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
        return {CONTENT: self.content, CUE: self.cue, SOURCE: self.source}[role]


def list_pieces(quote: Quote) -> dict[str, tuple[Span, ...]]:
    """List the pieces of a quote by role."""
    return {CONTENT: quote.content, CUE: quote.cue, SOURCE: quote.source}


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
    heads = {one: one for one, (role, _) in spans.items() if role == CONTENT}
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


def build_article(text: str, drafts: Iterable[StoredQuote], about: Details) -> Article:
    """Put an article together; the quotes come in the order of their numbers, or of the text where one has none.

    Args:
        text: The article.
        drafts: Its quotes.
        about: As `describe_article` makes it; `speakers` and `meta` may be missing.
    """
    ordered = number_drafts(list(drafts))
    known = about.get("speakers") or ()
    ids = make_ids([str(one["name"]) for one in known])
    speakers = {one.id: one for one in map(build_speaker, known, ids)}
    builder = _Builder(text, speakers)
    quotes = tuple(builder.build(draft) for draft in ordered)
    said: dict[str, list[int]] = {}
    for quote in quotes:
        if quote.speaker:
            said.setdefault(quote.speaker.id, []).append(quote.id)
    listed = {id: replace(one, quotes=tuple(said.get(id, ()))) for id, one in builder.speakers.items()}
    quotes = tuple(replace(one, speaker=listed[one.speaker.id]) if one.speaker else one for one in quotes)
    return Article(str(about["id"]), text, quotes, tuple(listed.values()), dict(about.get("meta") or {}))


def number_drafts(drafts: list[StoredQuote]) -> list[StoredQuote]:
    """Order the quotes by number; where some have none, or the same, number them anew in the order of the text."""
    for draft in drafts:
        for role in ROLES:
            draft.get(role)[:] = sorted(set(draft.get(role)))
    numbers = [draft.details.get("id") for draft in drafts]
    if all(isinstance(number, int) for number in numbers) and len(set(numbers)) == len(numbers):
        return sorted(drafts, key=lambda draft: cast(int, draft.details["id"]))
    ordered = sorted(drafts, key=lambda draft: draft.content)
    new = {draft.details["id"]: n for n, draft in enumerate(ordered, start=1) if draft.details.get("id")}
    for number, draft in enumerate(ordered, start=1):
        draft.details.update(id=number, within=new.get(draft.details.get("within")))
    return ordered


def build_speaker(record: Details, id: str) -> Speaker:
    """Build a speaker of a record as `make_speaker` makes it; of another tool, it may have a name only."""
    kind, pronoun = record.get("kind"), record.get("pronoun")
    return Speaker(
        id=str(record.get("id") or id),
        name=str(record["name"]),
        kind=cast(Kind, kind) if kind in KINDS else "person",
        aliases=tuple(record.get("aliases") or ()),
        descriptions=tuple(record.get("descriptions") or ()),
        quotes=tuple(record.get("quotes") or ()),
        affiliation=record.get("affiliation"),
        pronoun=cast("Pronoun | None", pronoun) if pronoun in PRONOUNS else None,
    )


class _Builder:
    """Builds the quotes of one text, and keeps its speakers."""

    def __init__(self, text: str, speakers: dict[str, Speaker]) -> None:
        self.text = text
        self.speakers = speakers

    def build(self, draft: StoredQuote) -> Quote:
        details = draft.details
        kind = details.get("type")
        return Quote(
            id=details["id"],
            type=kind if kind in QUOTE_TYPES else find_type(self.text, draft.content, self.quoted),
            act="thought" if details.get("act") == "thought" else "statement",
            content=cut_spans(self.text, draft.content),
            cue=cut_spans(self.text, draft.cue),
            source=cut_spans(self.text, draft.source),
            speaker=self.find_speaker(details),
            confidence=float(OF_A_PERSON if details.get("confidence") is None else details["confidence"]),
            paragraph=details.get("paragraph") or self.find_paragraph(draft.content[0][0]),
            closed=details.get("closed") is not False,
            within=details.get("within"),
            sentence=details.get("sentence") or "",
        )

    def find_speaker(self, details: Details) -> Speaker | None:
        """Find the speaker by id; a name beside it that is not that one's is somebody else's."""
        id, name = details.get("speaker"), details.get("name")
        known = self.speakers.get(str(id)) if id else None
        if known and name in (None, known.name):
            return known
        if not name:
            return None
        kind = details.get("kind")
        for speaker in self.speakers.values():
            if speaker.name == name and (kind == speaker.kind or kind not in KINDS):
                return speaker
        taken = id is None or str(id) in self.speakers
        made = build_speaker(
            {**details, "id": None if taken else id, "quotes": ()}, make_ids([name], self.speakers)[0]
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
    """Write JSON Lines."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def write_array(path: Path, records: Iterable[Record]) -> None:
    """Write a JSON array, an item a line."""
    with path.open("w", encoding="utf-8", newline="") as file:
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
