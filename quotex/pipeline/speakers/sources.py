"""Sources: the words that stand for a speaker, and what they are: name, pronoun, or description (nominal).

Source: named, nominal and pronominal mentions, the three levels of ACE 2004; whom they mean, their antecedent, is
for `ranking` to say.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from quotex.pipeline.speakers.entities import Name
from quotex.pipeline.speakers.mentions import Mentions
from quotex.text.phrases import (
    CORE_ENDS,
    DASHES,
    DETERMINERS,
    NOUN_ENDS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    find_phrase_head,
)
from quotex.types import Range

PERSONAL = {
    **dict.fromkeys(["he", "him", "his", "himself"], "he"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "she"),
}
PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
NEUTRAL = frozenset(["it", "its", "itself"])
FIRST = frozenset("i me my mine myself we us our ours ourselves".split())
PRONOUNS = PLURAL | NEUTRAL | FIRST | RELATIVES | frozenset(PERSONAL)
NOBODY = frozenset(["you", "this", "these", "those"])
# The weights were learned with hyphens as tokens: `a [Lima]-based judge`.
ENDS = CORE_ENDS | {"-"}
ENDS_OF_NOUNS = NOUN_ENDS | {"-"}
PHRASE_ENDS = PREPOSITIONS | frozenset(
    "about after against among and as before between but by including is like than through via was were when "
    "while are be been will would can could may might must should has have had do does did if because then".split()
)
MAX_PHRASE = 60  # tokens of a noun phrase with all that belongs to it

Form = Literal["named", "personal", "it", "they", "relative", "definite", "bare"]
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(eq=False)
class Source:
    """The words of a source.

    Attributes:
        start: First token.
        end: The token after the last.
        sentence: First token of its sentence.
        paragraph: The number of its paragraph.
        head: The token that links go to.
        kind: What the network takes it for.
        text: The words.
        form: What they are; "named" where there is a name among them.
        gender: "he" or "she", of a pronoun.
        names: The names in it.
        phrase: Tokens of the description that stands for one without a name; empty for pronouns.
        noun: What the description says somebody is, in small letters.
    """

    start: int
    end: int
    sentence: int
    paragraph: int
    head: int
    kind: str | None
    text: str
    form: Form
    gender: str | None
    names: list[Name]
    phrase: Range
    noun: str


def read_source(mentions: Mentions, start: int, end: int) -> Source:
    """Read the words of a source; of `critics who left`, where only "who" is the source, the critics too."""
    text = mentions.join(start, end)
    word = text.lower()
    first = word.split(" ", 1)[0]
    form: Form
    phrase = 0, 0
    if first in RELATIVES and (word in RELATIVES or first != "that"):
        form, phrase = "relative", find_phrase_before(mentions, start)
    elif word in PERSONAL:
        form = "personal"
    elif word in NEUTRAL | PLURAL:
        form = "it" if word in NEUTRAL else "they"
    else:
        phrase = start, end
        named, definite = mentions.list_names(start, end), first in DETERMINERS - {"a", "an"}
        form = "named" if named else "definite" if definite else "bare"
    head = mentions.find_head(start, end)
    sentence, paragraph = mentions.find_sentence(start), mentions.find_paragraph(start)
    kind, gender = mentions.phrase_kinds.get(head), PERSONAL.get(word)
    names, noun = mentions.list_names(*phrase), find_phrase_head(mentions.join(*phrase))
    return Source(start, end, sentence, paragraph, head, kind, text, form, gender, names, phrase, noun)


def find_phrase_before(mentions: Mentions, end: int) -> Range:
    """Find the noun phrase before a relative pronoun: `critics who claimed`, `Ann Lee of Ora, who left`."""
    texts = mentions.texts
    if end and (texts[end - 1] in {",", "("} or texts[end - 1] in DASHES):
        end -= 1
    least = max(mentions.find_sentence(max(0, end - 1)), end - MAX_PHRASE)
    start = end
    while start > least:
        text = texts[start - 1]
        joins = (
            text in {"of", "from"}
            and 1 < start < end
            and texts[start][:1].isupper()
            and texts[start - 2][:1].isupper()
        )
        if (not text[:1].isalnum() and text not in {"-", "’s", "'s"}) or (
            text.lower() in PHRASE_ENDS and not joins
        ):
            break
        start -= 1
    return start, end


def find_role(mentions: Mentions, source: Source, name: Name) -> dict[str, bool]:
    """Say where a name stands in the noun phrase of a source.

    `[Ann Lee] of Ora`: whole; `mayor [Ann Lee]`: head; `the mayor, [Ann Lee]`: apposed; `an aide to [Lee]`: of;
    `[Lee]'s aide`: owner; `[Ora] officials`: before.
    """
    texts, (start, end) = mentions.texts, source.phrase
    before = texts[name.start - 1].lower() if name.start > start else ""
    after = texts[name.end].lower() if name.end < end else ""
    lead = texts[start : name.start]
    core_ended = any(text.lower() in ENDS for text in lead)
    preposed = any(text.lower() in PREPOSITIONS for text in lead)
    owner = after in POSSESSIVES
    modifier = goes_on(after)
    return {
        "first": not lead or (len(lead) == 1 and lead[0].lower() in DETERMINERS),
        "ends": name.end == end,
        "core_ends": not after or after in ENDS_OF_NOUNS,
        "apposed": before in {",", "—", "–"},
        "after_core": core_ended,
        "preposed": preposed,
        "of": before in PREPOSITIONS or (before == "the" and not PREPOSITIONS.isdisjoint(lead[-2:-1])),
        "owner": owner,
        "before": modifier,
        "head": not preposed and not core_ended and not owner and not modifier,
        "beside": bool(name.beside),
        "honoured": bool(name.honorific),
        "only": len(source.names) == 1,
    }


def goes_on(after: str) -> bool:
    """Say by the word after a name, in small letters, whether the noun is still to come: `[Ora] officials`."""
    return after[:1].isalnum() and after not in PHRASE_ENDS and after not in ENDS
