"""Groups: several who speak as one, `Ann Lee and Bob Moe`, and those named before who are "the pair" or "they"."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from quotex.pipeline.speakers.entities import Entity, Name
from quotex.pipeline.speakers.mentions import Mentions
from quotex.pipeline.speakers.sources import PERSONAL, Source, goes_on, read_source
from quotex.text.phrases import POSSESSIVE_PRONOUNS, POSSESSIVES, PREPOSITIONS, RELATIVES, trim_phrase

JOINS = frozenset([",", "and", "&", "or"])
BREAKS = RELATIVES | {"including", "like", "such"}  # what is named behind these does not stand beside others
OTHERS = POSSESSIVE_PRONOUNS | {"other", "others", "several", "many"}  # begins the rest of a group
PIECES = re.compile(r"\w+|[^\w\s]")  # "Sens." may be two tokens
SIZES = {  # words for several people, and how many these are
    **dict.fromkeys(["pair", "couple", "duo", "twins", "two", "both"], 2),
    **dict.fromkeys(["trio", "three", "triplets"], 3),
    **{"four": 4, "five": 5, "six": 6},
}
MAX_BACK = 3  # sentences before "the pair" in which its members are named


class Groups:
    """Finds groups of people and bodies that are named.

    Args:
        mentions: Of the article.
        resolve: Finds whom a pronoun means, by its tokens: `[he] and Ann Lee`.
    """

    def __init__(self, mentions: Mentions, resolve: Callable[[int, int], Entity | None]) -> None:
        self.mentions = mentions
        self._resolve = resolve
        self._made: dict[str, Entity] = {}  # by name

    def find_joint(self, source: Source) -> Entity | None:
        """Find the group of those who stand side by side in a source: `Lee of Ora and Moe`, `he and his aides`.

        Source: conjuncts and their dependents as in Universal Dependencies (de Marneffe et al. 2021).
        """
        if source.end - source.start < 3:  # tokens
            return None
        titles = list_title_words(source.names)
        names = self._list_joined(source, titles)
        first = self._find_first(source, names, titles)
        if not names and not first:
            return None
        end = names[-1].end if names else source.start + 1
        rest = [text.lower() for text in self.mentions.texts[end : min(end + 3, source.end)]]
        rest = rest[rest[:1] == [","] :]
        if rest[:1] == ["and"] and not OTHERS.isdisjoint(rest[1:2]):  # `Lee [and her aides]`, `Lee[, and others]`
            said = self.mentions.join(end if first else source.start, source.end)
            return self._make_named(trim_phrase(" ".join([*(one.name for one in first), said])))
        gaps = [{*self._strip(one.end, other.start, titles)} for one, other in pairwise(names)]
        if not all(gap & JOINS for gap in gaps) or not (first or (gaps and "and" in gaps[-1])):
            return None
        members = [*first, *(name.entity for name in names)]
        return self._make(members) if len(set(members)) == len(members) > 1 else None

    def _list_joined(self, source: Source, titles: set[str]) -> list[Name]:
        """List the names that stand side by side in a source, without those in what is said of them."""
        texts = self.mentions.texts
        beside = {at: name for name in source.names for start, end in name.ranges for at in range(start, end)}
        bracketed = find_bracketed(texts, source.start, source.end)
        joined: list[Name] = []
        end, kind, is_alone = source.start, "", True
        for name in source.names:
            whose = beside.get(name.start, name)
            if name.kind == "other" or whose.start > name.start or name.start in bracketed:
                continue
            gap = [word.lower() for word in self._strip(end, name.start, titles)]
            if BREAKS & set(gap):
                break
            is_alone = is_alone or name.kind != kind or not set(gap) <= JOINS  # `an aide to [Lee] and [Moe]`
            is_alone = is_alone and whose is name and not (gap and gap[-1] in PREPOSITIONS)
            after = [] if name.end in beside else texts[name.end : min(name.end + 2, source.end)]
            if is_alone and not is_owner(after):
                joined.append(name)
            end, kind = name.end, name.kind
        only_places = all(name.kind == "place" for name in joined)
        if only_places and joined and self._strip(source.start, joined[0].start, titles):
            return []  # `officials in three states — [Ora], [Ola] and [Ona]`
        return [name for name in joined if only_places or name.kind != "place"]

    def _find_first(self, source: Source, names: list[Name], titles: set[str]) -> list[Entity]:
        """Find whom a pronoun before the first name means: `[he] and Ann Lee`, `[he] and his aides`."""
        gap = self._strip(source.start + 1, names[0].start if names else source.start + 2, titles)
        if self.mentions.texts[source.start].lower() not in PERSONAL or gap != ["and"]:
            return []
        one = self._resolve(source.start, source.start + 1)
        return [one] if one else []

    def _strip(self, start: int, end: int, titles: set[str]) -> list[str]:
        """List the words of a range but for those of titles and what stands in brackets."""
        texts, bracketed = self.mentions.texts, find_bracketed(self.mentions.texts, start, end)
        outside = (texts[at] for at in range(start, end) if at not in bracketed)
        return [word for word in outside if word.strip() and word.lower() not in titles]

    def find_several(self, source: Source) -> Entity | None:
        """Find the people named before whom "the pair", "the three" or "they" means."""
        size = SIZES.get(source.noun.split()[-1]) if source.noun else None
        first = next((SIZES[word] for word in source.text.lower().split()[:2] if word in SIZES), None)
        size = size or (first if source.noun in {"men", "women", "people"} else None)
        if source.names or not (size or source.form == "they"):
            return None
        end = self.mentions.find_sentence(source.start)
        for _ in range(MAX_BACK if size else 1):
            if not end:
                return None
            start = self.mentions.find_sentence(end - 1)
            people = [name for name in self.mentions.list_names(start, end) if name.kind == "person"]
            joint = self.find_joint(read_source(self.mentions, start, people[-1].end)) if people else None
            if joint and not size:  # `He and Ann Lee left. They …`
                return joint
            members = dict.fromkeys(name.entity for name in people if name.start not in self.mentions.quoted)
            if len(members) == (size or 2):
                return self._make([*members])
            end = start
        return None

    def _make(self, members: list[Entity]) -> Entity:
        *others, last = [entity.name for entity in members]
        return self._make_named(f"{', '.join(others)} and {last}")

    def _make_named(self, name: str) -> Entity:
        return self._made.setdefault(name, Entity(name, "group"))


def find_bracketed(texts: Sequence[str], start: int, end: int) -> set[int]:
    """Find the tokens of a range that are in brackets, and the brackets."""
    inside: set[int] = set()
    is_open = False
    for at in range(start, end):
        is_open = is_open or texts[at] == "("
        if is_open or texts[at] == ")":
            inside.add(at)
        is_open = is_open and texts[at] != ")"
    return inside


def is_owner(after: Sequence[str]) -> bool:
    """Say by what follows a name in a source whether it only tells whose, or what kind: `[Ora] officials`."""
    word = after[0].lower() if after else ""
    return (word in POSSESSIVES and len(after) > 1) or goes_on(word)


def list_title_words(names: list[Name]) -> set[str]:
    """List the words, in small letters, of what stands beside names, and "the", and "both"."""
    said = [text.lower() for name in names for text in (name.honorific, *name.beside)]
    return {word for text in said for word in (*text.split(), *PIECES.findall(text))} - JOINS | {"the", "both"}
