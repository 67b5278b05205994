"""Groups: several who speak as one, `Ann Lee and Bob Moe`, and those named before who are "the pair" or "they"."""

import re
from itertools import pairwise

from quotex.pipeline.speakers.entities import Entity, Finder
from quotex.pipeline.speakers.mentions import Name
from quotex.pipeline.speakers.sources import PERSONAL, Source, read_source
from quotex.text.phrases import POSSESSIVES

JOINS = frozenset([",", "and", "&", "or"])
PIECES = re.compile(r"\w+|[^\w\s]")  # "Sens." may be two tokens
SIZES = {  # words for several people, and how many these are
    **dict.fromkeys(["pair", "couple", "duo", "twins", "two", "both"], 2),
    **dict.fromkeys(["trio", "three", "triplets"], 3),
    **{"four": 4, "five": 5, "six": 6},
}
MAX_BACK = 3  # sentences before "the pair" in which its members are named


class Groups(Finder):
    """Finds groups of people and bodies that are named."""

    def find_joint(self, source: Source) -> Entity | None:
        """Find the group of those who are named in a source, and only they: all people, or all bodies."""
        if source.form != "named":
            return None
        texts = self.mentions.texts
        names = [name for name in source.names if name.kind in {"person", "org", "place"}]
        beside = {at for name in names for start, end in name.ranges for at in range(start, end)}
        names = [
            name for name in names if name.start not in beside and texts[name.start - 1 : name.start] != ["("]
        ]
        if not names or len({name.kind for name in names}) > 1:
            return None
        titles = list_title_words(names)
        first = self._find_first(source, names[0].start, titles)
        before = [] if first else self._strip(source.start, names[0].start, titles)
        after = self._strip(names[-1].end, source.end, titles)
        after = [word for word in after if word not in {*POSSESSIVES, ","}]
        if after or {word.lower() for word in before} - {"both"} or not self._are_joined(names, titles):
            return None
        members = [*first, *(self._entity_of[name] for name in names)]
        return self._make(members) if len(members) > 1 and len(set(members)) == len(members) else None

    def _find_first(self, source: Source, start: int, titles: set[str]) -> list[Entity]:
        """Find whom a pronoun before the first name means: `[he] and Ann Lee`."""
        gap = self._strip(source.start + 1, start, titles)
        if self.mentions.texts[source.start].lower() not in PERSONAL or gap != ["and"]:
            return []
        one = self._resolve(source.start, source.start + 1)
        return [one] if one else []

    def _are_joined(self, names: list[Name], titles: set[str]) -> bool:
        gaps = [self._strip(one.end, other.start, titles) for one, other in pairwise(names)]
        # `Lee & Moe` is one body
        joined = all(gap and {word.lower() for word in gap} <= JOINS for gap in gaps)
        return joined and (not gaps or "and" in gaps[-1])

    def _strip(self, start: int, end: int, titles: set[str]) -> list[str]:
        """List the words of a range but for those of titles and what stands in brackets."""
        words: list[str] = []
        bracketed = False
        for word in self.mentions.texts[start:end]:
            bracketed = word == "(" or (bracketed and word != ")")
            if not bracketed and word != ")" and word.lower() not in titles:
                words.append(word)
        return words

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
            outside = [self._entity_of[name] for name in people if name.start not in self.mentions.quoted]
            members = list(dict.fromkeys(outside))
            if len(members) == (size or 2):
                return self._make(members)
            end = start
        return None

    def _make(self, members: list[Entity]) -> Entity:
        *others, last = [entity.name for entity in members]
        name = f"{', '.join(others)} and {last}"
        return self._made.setdefault(name, Entity(name, "group"))


def list_title_words(names: list[Name]) -> set[str]:
    """List the words, in small letters, of what stands beside names, and "the"."""
    said = [text.lower() for name in names for text in (name.honorific, *name.beside)]
    return {word for text in said for word in (*text.split(), *PIECES.findall(text))} - JOINS | {"the"}
