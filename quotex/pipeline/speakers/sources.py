"""Sources: the words that stand for a speaker, and what they are: name, pronoun, or description (nominal).

Source: named, nominal and pronominal mentions, the three levels of ACE 2004; whom they mean, their antecedent, is
for `ranking` to say.
"""

from dataclasses import dataclass, field
from typing import Literal

from quotex.pipeline.speakers.mentions import Mentions, Name
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
FORMS: tuple[Form, ...] = ("named", "personal", "it", "they", "relative", "definite", "bare")


@dataclass(eq=False)
class Source:
    """The words of a source.

    Attributes:
        start: First token.
        end: The token after the last.
        head: The token that links go to.
        text: The words.
        form: What they are; "named" where there is a name among them.
        gender: "he" or "she", of a pronoun.
        names: The names in it.
        phrase: Tokens of the description that stands for one without a name; empty for pronouns.
        noun: What the description says somebody is, in small letters.
    """

    start: int
    end: int
    head: int
    text: str
    form: Form
    gender: str | None = None
    names: list[Name] = field(default_factory=list)
    phrase: tuple[int, int] = (0, 0)
    noun: str = ""


def read_source(mentions: Mentions, start: int, end: int) -> Source:
    """Read the words of a source; of `critics who left`, where only "who" is the source, the critics too."""
    text = mentions.join(start, end)
    word = text.lower()
    head = mentions.find_head(start, end)
    first = word.split(" ", 1)[0]
    if first in RELATIVES and (word in RELATIVES or first != "that"):
        phrase = find_phrase_before(mentions, start)
        names = mentions.list_names(*phrase)
        noun = find_phrase_head(mentions.join(*phrase))
        return Source(start, end, head, text, "relative", None, names, phrase, noun)
    if word in PERSONAL:
        return Source(start, end, head, text, "personal", PERSONAL[word])
    if word in NEUTRAL | PLURAL:
        return Source(start, end, head, text, "it" if word in NEUTRAL else "they")
    names = mentions.list_names(start, end)
    definite = first in DETERMINERS - {"a", "an"}
    form: Form = "named" if names else "definite" if definite else "bare"
    return Source(start, end, head, text, form, None, names, (start, end), find_phrase_head(text))


def find_phrase_before(mentions: Mentions, end: int) -> tuple[int, int]:
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


def find_role(mentions: Mentions, source: Source, name: Name) -> dict[str, float]:
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
        "first": float(not lead or (len(lead) == 1 and lead[0].lower() in DETERMINERS)),
        "ends": float(name.end == end),
        "core_ends": float(not after or after in ENDS_OF_NOUNS),
        "apposed": float(before in {",", "—", "–"}),
        "after_core": float(core_ended),
        "preposed": float(preposed),
        "of": float(
            before in PREPOSITIONS
            or (before == "the" and name.start - 2 >= start and texts[name.start - 2] in PREPOSITIONS)
        ),
        "owner": float(owner),
        "before": float(modifier),
        "head": float(not preposed and not core_ended and not owner and not modifier),
        "beside": float(bool(name.beside)),
        "honoured": float(bool(name.honorific)),
        "only": float(len(source.names) == 1),
    }


def goes_on(after: str) -> bool:
    """Say by the word after a name, in small letters, whether the noun is still to come: `[Ora] officials`."""
    return after[:1].isalnum() and after not in PHRASE_ENDS and after not in ENDS
