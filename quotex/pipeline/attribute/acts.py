"""Acts: was something said, or only thought?

Source: assertions apart from beliefs, as the Penn Discourse Treebank annotates attribution, Prasad et al. 2007
(TAL); that words in quotation marks make a statement is ours.
"""

from itertools import takewhile

from spacy.tokens import Doc

from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.attribute.edges import QuotedSpans, find_token_type, trim_words
from quotex.rules import load_cues
from quotex.text.phrases import POSSESSIVE_PRONOUNS, RELATIVES
from quotex.types import Act, Range

# Words that only a clause has: "the mill would flood", but "the noise of the mill".
FINITE = frozenset(
    "is was are were am has had have do does did will would can could should may might must shall "
    "'re ’re 'll ’ll 'd ’d n't n’t".split()
)
CLAUSE_STARTS = frozenset("whether he she they it we i you there".split())
# What follows these is a clause about something named before them: "the dams that would flood the valley"
CLAUSES_ABOUT = RELATIVES | {"where", "when", "as", "because"}
# With these a verb takes what it is about, "warned against the dam"; "by" and "under" lead to who says it.
ABOUT = frozenset("about against at for from in into of on over to towards with".split())


def find_act(quoted: QuotedSpans, draft: Draft) -> Act:
    """Tell statements from thoughts by what reports them.

    A cue of saying makes a statement, one of thinking a thought, save where words in quotation marks were used:
    "Ann hopes for “a miracle”". Any other makes a statement of words in marks and of a clause ("Ann griped that it
    rained") and a thought of what is only named ("Ann praised the mayor"), unless a quotation goes on from there.
    """
    acts = {act for word in _list_words(quoted.doc, draft.cue) if (act := load_cues().get(word))}
    if not draft.cue or "statement" in acts:
        return "statement"
    if "thought" in acts:
        used = find_token_type(quoted, draft.pieces) == "mixed" and _has_words_used(quoted, draft.pieces)
        return "statement" if used else "thought"
    said = draft.goes_on or _has_words_used(quoted, draft.pieces) or is_clause(quoted.doc, draft.cue, draft.pieces)
    return "statement" if said else "thought"


def find_saying(doc: Doc, start: int, end: int) -> int | None:
    """Find the first word in a range that reports a statement."""
    return next((i for i in range(start, end) if load_cues().get(doc[i].lower_) == "statement"), None)


def read_attribution(doc: Doc, start: int, end: int) -> tuple[Range, Range] | None:
    """Read a verb of saying, and who stands beside it: `[Ann] [said]`, `[said] [Ann]`; None where either lacks."""
    start, end = trim_words(doc, start, end)
    verb = find_saying(doc, start, end)
    if verb is None or end - start < 2:
        return None
    source = trim_words(doc, start, verb) if start < verb else trim_words(doc, verb + 1, end)
    return (verb, verb + 1), source


def _list_words(doc: Doc, ranges: list[Range]) -> list[str]:
    return [token.lower_.lstrip("-–—") for start, end in ranges for token in doc[start:end]]  # "No,"--said Ann


def _has_words_used(quoted: QuotedSpans, pieces: list[Range]) -> bool:
    """Say whether a content has words in marks that are no title, as “The Heron”: "the “stolen” vote".

    A single word may be a scare quote in the name of somebody's stance: "(repeated) her opposition to the “deal”".
    """
    at_least = 2 if quoted.doc[pieces[0][0]].lower_ in POSSESSIVE_PRONOUNS else 1
    numbers = (number for piece in pieces for number in quoted.find_overlapping(*piece))
    return any(len(quoted.spans[number]) >= at_least and not is_title(quoted, number) for number in numbers)


def is_title(quoted: QuotedSpans, number: int) -> bool:
    """Say whether words in marks are a title or a name: they begin and end with a capital."""
    span = quoted.spans[number]
    return all(quoted.texts[at][0].isupper() for at in (span.start, span.end - 1))


def is_clause(doc: Doc, cue: list[Range], pieces: list[Range]) -> bool:
    """Say whether a content is told in a clause of its own: "(found) that rents had doubled"."""
    if any(start > 0 and doc[start - 1].lower_ == "that" for start, _ in pieces):
        return True
    if cue and doc[cue[-1][1] - 1].lower_ in ABOUT:
        return False
    words = _list_words(doc, pieces)
    main = takewhile(lambda word: word not in CLAUSES_ABOUT, words)
    return words[0] in CLAUSE_STARTS or not FINITE.isdisjoint(main)
