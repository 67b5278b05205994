"""What all formats share: a quote taken apart into ranges and details, and put together again."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from quotex.records import Record, make_speaker
from quotex.text.names import fold_words
from quotex.text.paragraphs import find_paragraphs
from quotex.types import KINDS, PRONOUNS, QUOTE_TYPES, Article, Kind, Pronoun, Quote, QuoteType, Span, Speaker

Range = tuple[int, int]  # half-open, in code points
Losses = Counter[str]  # what a format could not hold, in words, and how often
Details = Mapping[str, Any]

CONTENT, CUE, SOURCE = ROLES = ("content", "cue", "source")
OF_A_PERSON = 1.0  # the confidence of a quote that somebody marked
# What XML 1.0 has no place for.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_IN_XML = "character that XML cannot hold, replaced by �"
UNATTACHED = "cue or source that no content is linked to, left out"


@dataclass(slots=True)
class Draft:
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


def gather(
    spans: Mapping[str, tuple[str, list[Range]]],
    links: Iterable[tuple[str, str]],
    details: Mapping[str, Mapping[str, Any]],
    losses: Losses,
) -> list[Draft]:
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
    drafts: dict[str, Draft] = {}
    used: set[str] = set()
    for one, head in heads.items():
        draft = drafts.setdefault(head, Draft([]))
        draft.content += spans[one][1]
        draft.details.update(details.get(one, {}))
        for other in beside.get(one, ()):
            used.add(other)
            draft.get(spans[other][0]).extend(spans[other][1])
    losses[UNATTACHED] += len(spans) - len(heads) - len(used)
    return list(drafts.values())


def build_article(text: str, drafts: Iterable[Draft], about: Details) -> Article:
    """Put an article together; the quotes come in the order of their numbers, or of the text where one has none.

    Args:
        text: The article.
        drafts: Its quotes.
        about: As `describe_article` makes it; `speakers` and `meta` may be missing.
    """
    ordered = number_drafts(list(drafts))
    speakers = {one.id: one for one in map(build_speaker, about.get("speakers") or ())}
    builder = _Builder(text, speakers)
    quotes = tuple(builder.build(draft) for draft in ordered)
    said: dict[str, list[int]] = {}
    for quote in quotes:
        if quote.speaker:
            said.setdefault(quote.speaker.id, []).append(quote.id)
    listed = {id: _with_quotes(one, said.get(id, ())) for id, one in builder.speakers.items()}
    quotes = tuple(_with_speaker(quote, listed) for quote in quotes)
    return Article(str(about["id"]), text, quotes, tuple(listed.values()), dict(about.get("meta") or {}))


def number_drafts(drafts: list[Draft]) -> list[Draft]:
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


def build_speaker(record: Details) -> Speaker:
    """Build a speaker of a record as `make_speaker` makes it; of another tool, it may have a name only."""
    kind, pronoun = record.get("kind"), record.get("pronoun")
    return Speaker(
        id=str(record.get("id") or make_id(record["name"])),
        name=str(record["name"]),
        kind=cast(Kind, kind) if kind in KINDS else "person",
        aliases=tuple(record.get("aliases") or ()),
        descriptions=tuple(record.get("descriptions") or ()),
        quotes=tuple(record.get("quotes") or ()),
        affiliation=record.get("affiliation"),
        pronoun=cast("Pronoun | None", pronoun) if pronoun in PRONOUNS else None,
    )


def make_id(name: str) -> str:
    """Make the id of a speaker.

    >>> make_id("Ann Lee")
    'ann-lee'
    """
    return "-".join(fold_words(name)) or "speaker"


class _Builder:
    """Builds the quotes of one text, and keeps its speakers."""

    def __init__(self, text: str, speakers: dict[str, Speaker]) -> None:
        self.text = text
        self.speakers = speakers
        self._paragraphs: list[Range] | None = None
        self._quoted: list[Range] | None = None

    def build(self, draft: Draft) -> Quote:
        details = draft.details
        kind = details.get("type")
        return Quote(
            id=details["id"],
            type=kind if kind in QUOTE_TYPES else self.find_type(draft.content),
            act="thought" if details.get("act") == "thought" else "statement",
            content=self.cut(draft.content),
            cue=self.cut(draft.cue),
            source=self.cut(draft.source),
            speaker=self.find_speaker(details),
            confidence=float(OF_A_PERSON if details.get("confidence") is None else details["confidence"]),
            paragraph=details.get("paragraph") or self.find_paragraph(draft.content[0][0]),
            closed=details.get("closed") is not False,
            within=details.get("within"),
            sentence=details.get("sentence") or "",
        )

    def cut(self, ranges: Iterable[Range]) -> tuple[Span, ...]:
        return tuple(Span(start, end, self.text[start:end]) for start, end in ranges)

    def find_speaker(self, details: Details) -> Speaker | None:
        """Find the speaker by id; a name beside it that is not that one's is somebody else's."""
        id, name = details.get("speaker"), details.get("name")
        known = self.speakers.get(str(id)) if id else None
        if known and name in (None, known.name):
            return known
        if not name:
            return None
        for speaker in self.speakers.values():
            if speaker.name == name:
                return speaker
        taken = id is None or str(id) in self.speakers
        made = build_speaker({**details, "id": self._free_id(name) if taken else id, "quotes": ()})
        return self.speakers.setdefault(made.id, made)

    def _free_id(self, name: str) -> str:
        one, number = make_id(name), 1
        while (free := f"{one}-{number}" if number > 1 else one) in self.speakers:
            number += 1
        return free

    def find_paragraph(self, place: int) -> int:
        return max(1, bisect_right([start for start, _ in self.paragraphs], place))

    @property
    def paragraphs(self) -> list[Range]:
        if self._paragraphs is None:
            self._paragraphs = find_paragraphs(self.text)
        return self._paragraphs

    def find_type(self, content: Sequence[Range]) -> QuoteType:
        """Say whether a content is wholly, partly or not at all inside quotation marks."""
        if self._quoted is None:
            from quotex.pipeline.marks import find_quoted_spans

            self._quoted = [(one.start, one.end) for one in find_quoted_spans(self.text, self.paragraphs)]
        if all(any(a <= start and end <= b for a, b in self._quoted) for start, end in content):
            return "direct"
        inside = any(a < end and start < b for a, b in self._quoted for start, end in content)
        return "mixed" if inside else "indirect"


def _with_quotes(speaker: Speaker, numbers: Iterable[int]) -> Speaker:
    return replace(speaker, quotes=tuple(numbers))


def _with_speaker(quote: Quote, speakers: Mapping[str, Speaker]) -> Quote:
    return replace(quote, speaker=speakers[quote.speaker.id]) if quote.speaker else quote


def replace_for_xml(text: str, losses: Losses) -> str:
    """Replace what XML cannot hold."""
    clean, n_replaced = NO_XML.subn("\ufffd", text)
    losses[NOT_IN_XML] += n_replaced
    return clean
