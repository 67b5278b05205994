"""Notes: what one stage tells the next of a Doc, beside its span groups.

They are no part of the Doc: they are not stored with it, they end with it, and the last stage drops them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from spacy.tokens import Doc

from quotex.errors import Msg, UsageError
from quotex.model.tagger import Link, Mates
from quotex.pipeline.index import TextIndex, read_state
from quotex.types import PARAGRAPHS, QUOTED, ROLE_SPANS, Act


@dataclass(frozen=True, slots=True)
class RoleLinks:
    """How sure the spans of a group of roles are, and how they belong together; spans by number in the group.

    Attributes:
        probabilities: Of each span.
        cue_links: (number of a source or content, number of its cue, log probability).
        source_links: (number of a cue, number of its source or -1 for none, log probability).
    """

    probabilities: Sequence[float] = ()
    cue_links: Sequence[Link] = ()
    source_links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class MentionLinks:
    """Which mentions may stand for the same person or body.

    Attributes:
        heads: For each span of MENTIONS, in order, the token that links go to.
        mates: The links, a window at a time, by numbers of tokens.
    """

    heads: Sequence[int] = ()
    mates: Sequence[Mates] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What is known of a quote beside its spans, before anybody has looked for the speaker.

    Attributes:
        act: Statement or thought.
        probability: That content and source are right.
        closed: False where a quotation mark was opened and never closed.
        floor: Number of the quote whose speaker goes on, where the text names none.
        within: Number of the quote in whose content it stands.
    """

    act: Act
    probability: float
    closed: bool = True
    floor: int | None = None
    within: int | None = None


@dataclass(slots=True)
class Notes:
    """All notes on one Doc.

    Attributes:
        links: By span group, ROLE_SPANS or INNER.
        mentions: Of the span group MENTIONS.
        calibration: Slope and intercept, in log odds, from what the rules know of a quote to its being right.
        ranking: Weights of the features by which the model chooses speakers, by form of source.
        statements: The quotes by number; None until they have been looked for.
        index: The reading of the text; `take_index` gives it.
    """

    links: dict[str, RoleLinks] = field(default_factory=dict)
    mentions: MentionLinks = MentionLinks()
    calibration: tuple[float, float] = (1.0, 0.0)
    ranking: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    statements: dict[int, Statement] | None = None
    index: TextIndex | None = None


_NOTES: "WeakKeyDictionary[Doc, Notes]" = WeakKeyDictionary()


def take_notes(doc: Doc) -> Notes:
    """Give the notes on a Doc, to read and to add to."""
    return _NOTES.setdefault(doc, Notes())


def take_index(doc: Doc) -> TextIndex:
    """Give the reading of a Doc, made anew of what has changed since: tokens, or sentences and spans."""
    notes, state = take_notes(doc), read_state(doc)
    if notes.index is None or notes.index.state != state:
        known = notes.index.tokens if notes.index and notes.index.state[0] == state[0] else None
        notes.index = TextIndex(doc, state, known)
    return notes.index


def drop_notes(doc: Doc) -> None:
    """Forget what was noted on a Doc."""
    _NOTES.pop(doc, None)


def require(doc: Doc, stage: str, *earlier: str) -> Notes:
    """Give the notes on a Doc, once the stages before `stage` have read it.

    Raises:
        UsageError: Q701 names the first that has not.
    """
    notes = take_notes(doc)
    have_read = {
        "quotex_segment": PARAGRAPHS in doc.spans,
        "quotex_marks": QUOTED in doc.spans,
        "quotex_tagger": ROLE_SPANS in notes.links,
        "quotex_attribute": notes.statements is not None,
    }
    for name in earlier:
        if not have_read[name]:
            raise UsageError(Msg.Q701.format(stage=stage, missing=name))
    return notes
