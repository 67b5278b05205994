"""Acts: was something said, or only thought?"""

from spacy.tokens import Doc

from quotex.pipeline.attribute.drafts import Range
from quotex.pipeline.attribute.edges import QuotedSpans
from quotex.rules import CueAct, load_cues
from quotex.types import Act, QuoteType

OWNERS = frozenset("his her their its my our your the a an".split())
MIN_WORDS = 4  # in quotation marks, that are more than a scare quote


def find_act(quoted: QuotedSpans, cue: list[Range], pieces: list[Range], kind: QuoteType) -> Act:
    """Tell statements from thoughts by the words of the cue.

    "Ann said", "according to Ann": statement; "Ann hopes": thought; "Ann denounced the vote", "Ann repeated her
    opposition to the vote": a stance, so a thought too, but a statement where words of hers are quoted.
    """
    if kind == "direct" or not cue:
        return "statement"
    known = _list_acts(quoted.doc, cue)
    if "statement" in known and not _is_stance(quoted.doc, pieces[0]):
        return "statement"
    if known == {"thought"}:
        return "thought"
    return "statement" if _count_quoted(quoted, pieces) >= MIN_WORDS else "thought"


def _list_acts(doc: Doc, cue: list[Range]) -> set[CueAct]:
    acts = load_cues()
    return {acts[token.lower_] for start, end in cue for token in doc[start:end] if token.lower_ in acts}


def _is_stance(doc: Doc, piece: Range) -> bool:
    """Say whether a content is the name of a stance: `her opposition to the vote`."""
    start, end = piece
    if end - start < 2 or doc[start].lower_ not in OWNERS:
        return False
    return load_cues().get(doc[start + 1].lower_) in {"stance", "thought"}


def _count_quoted(quoted: QuotedSpans, pieces: list[Range]) -> int:
    """Count the words of a content that stand in quotation marks."""
    tokens = (token for start, end in pieces for token in quoted.doc[start:end])
    return sum(quoted.find_around(token.i) is not None for token in tokens if token.is_alpha)
