"""The records that quotex makes, and the names under which its stages keep their results.

Offsets are Unicode code points, end-exclusive, into the text exactly as it was given.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

Range = tuple[int, int]  # half-open, in code points or in tokens
QuoteType = Literal["direct", "mixed", "indirect"]
Act = Literal["statement", "thought"]
Kind = Literal["person", "org", "group", "unnamed", "other"]
Pronoun = Literal["she", "he", "they", "it"]
Role = Literal["content", "cue", "source"]

QUOTE_TYPES: tuple[QuoteType, ...] = ("direct", "mixed", "indirect")
ACTS: tuple[Act, ...] = ("statement", "thought")
KINDS: tuple[Kind, ...] = ("person", "org", "group", "unnamed", "other")
PRONOUNS: tuple[Pronoun, ...] = ("she", "he", "they", "it")
ROLES: tuple[Role, ...] = ("content", "cue", "source")  # what words may be in a quote
GAP = " … "  # between the pieces of what is said
MAX_LENGTH = 100_000_000  # characters of a text; each takes up to a kilobyte of memory while it is read
UNSURE_BELOW = 0.5  # of confidence
NAMED_KINDS: tuple[Kind, ...] = ("person", "org")  # those who have a name


class Slice(StrEnum):
    """Which quotes are looked at: those in or beside double quotation marks, those that are not, or all."""

    quoted = "quoted"
    indirect = "indirect"
    all = "all"


SLICES = tuple(Slice)

# Span groups of a spaCy Doc, each written by one stage (DESIGN.md, "How a text flows").
PARAGRAPHS = "quotex_paragraphs"  # segment: one span a paragraph, without the white space around it
MARKS = "quotex_marks"  # marks: the marks themselves, labelled open or close, depth in `kb_id_`
QUOTED = "quotex_quoted"  # marks: what a pair of marks encloses; pieces of one quotation share an `id_`
ROLE_SPANS = (
    "quotex_roles"  # tagger: sources, cues and contents, each with a probability, and the links between them
)
INNER = "quotex_inner"  # tagger: like ROLE_SPANS, of quotes inside the content of others
MENTIONS = "quotex_mentions"  # tagger: mentions of people and bodies
NAMES = "quotex_names"  # tagger: exact names, labelled person, org, place or other
BESIDE = "quotex_beside"  # tagger: what stands beside names, labelled title or description
CONTENT = "quotex_content"  # attribute: these three are linked by the quote's number in `id_`
CUE = "quotex_cue"
SOURCE = "quotex_source"
SPEAKERS = "quotex_speakers"  # speakers: the mentions of each speaker, linked by the speaker's id in `id_`


class Recorded:
    """What all records have: their form in JSON, and in a notebook."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Make what JSON has of it: the keys and values of `quotex schema`."""
        from quotex.records import make_record  # which imports this module

        return make_record(self)

    def to_json(self) -> str:
        """Make JSON of it."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def _repr_html_(self) -> str:
        from quotex.write.html.notebook import render_record  # spaCy, for which nobody else here waits

        return render_record(self)


@dataclass(frozen=True, slots=True)
class Span(Recorded):
    """A stretch of the article: `article.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Speaker(Recorded):
    """Who stands behind the sources of an article.

    Attributes:
        id: Unique in the article, made from the name: "ann-lee".
        name: The fullest name that the article gives: "Ann Lee"; for those unnamed, the fullest description.
        kind: person, org, group, unnamed or other.
        aliases: Every other way the article names the speaker, in order of appearance.
        descriptions: Titles and relations that the article gives ("director of Ora Institute"); those that are no
            longer so come last.
        affiliation: The body for which the speaker speaks, or by which the document was made, by its fullest name
            ("Ora Institute"); None where the article does not say.
        quotes: Numbers of the quotes attributed to the speaker.
        pronoun: The pronoun that the article itself uses for the speaker, or that goes with its "Mrs." or "Mr.";
            None where it uses none, or as often one as another. No name is looked up for it.
    """

    id: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    quotes: tuple[int, ...] = ()
    affiliation: str | None = None
    pronoun: Pronoun | None = None

    @property
    def description(self) -> str | None:
        """The first of the descriptions, if there is one."""
        return self.descriptions[0] if self.descriptions else None


@dataclass(frozen=True, slots=True)
class Quote(Recorded):
    """One attributed statement.

    Attributes:
        id: Number of the quote in its article, from 1, in the order of the text.
        type: direct (content wholly inside quotation marks), mixed (partly) or indirect (not at all).
        act: statement (said, written, published) or thought (believed, hoped, planned, felt).
        content: What is said, in one or more pieces, without the enclosing marks.
        cue: The words that report: "said", "according to"; empty where the text has none.
        source: The words at that place that stand for the speaker: "he"; empty where the text has none.
        speaker: The entity behind the source; None where it is not known.
        confidence: Probability, 0 to 1, that content and speaker are right.
        paragraph: Number of the paragraph, from 1, in which the content begins.
        closed: False where a quotation mark was opened and never closed.
        within: Number of the quote in whose content all of this one stands; None where it stands in none.
        sentence: The sentences in which content, cue and source stand, whole, on one line; empty where they are
            very long.
    """

    id: int
    type: QuoteType
    act: Act
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    speaker: Speaker | None
    confidence: float
    paragraph: int
    closed: bool = True
    within: int | None = None
    sentence: str = ""

    @property
    def text(self) -> str:
        """What is said, on one line; between its pieces stands a gap: "We are ready … Come in"."""
        return GAP.join(fold_space(span.text) for span in self.content)

    @property
    def is_unsure(self) -> bool:
        """Whether content or speaker are more likely wrong than right."""
        return self.confidence < UNSURE_BELOW

    @property
    def n_words(self) -> int:
        """How many words are said."""
        return sum(len(span.text.split()) for span in self.content)


@dataclass(frozen=True, slots=True)
class Article(Recorded):
    """One text to read; after extraction, also what was found in it.

    Attributes:
        id: The path as given, or the id of a row; PATH:NUMBER for a row that has none.
        text: The decoded text exactly as it stands; of a web page, the text of its article.
        quotes: Quotes in the order of the text; empty before extraction.
        speakers: Speakers in the order of their first quote; empty before extraction.
        meta: What was asked for of all else that came with it, in that order, as values that JSON has.
    """

    id: str
    text: str
    quotes: tuple[Quote, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    meta: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the pipeline found in a text; `quotex.select.put_into` makes an article of it.

    Attributes:
        quotes: Statements and thoughts, in the order of the text.
        speakers: Theirs, in the order of their first quote.
        seconds: The time it took.
    """

    quotes: tuple[Quote, ...]
    speakers: tuple[Speaker, ...]
    seconds: float = 0.0


def join_spans(spans: tuple[Span, ...]) -> str:
    """Put the pieces of a cue or source on one line: "has told"."""
    return fold_space(" ".join(span.text for span in spans))


def fold_space(text: str) -> str:
    """Put a text on one line, its white space folded."""
    return " ".join(text.split())
