"""Affiliations: the body for which somebody speaks, or by which a document was made, where the article says so."""

from collections.abc import Callable

from quotex.pipeline.speakers.beside import TO_BODIES
from quotex.pipeline.speakers.entities import Entity, Name, is_former
from quotex.pipeline.speakers.mentions import Mentions
from quotex.pipeline.speakers.sources import ENDS_OF_NOUNS
from quotex.rules import load_nouns
from quotex.text.phrases import DETERMINERS, POSSESSIVES, PREPOSITIONS, find_phrase_head

LEADING = TO_BODIES | {"by"}  # to a body: `director of [Ora]`, `a report by [Ora]`


class Affiliations:
    """Finds the bodies in what is said of speakers.

    Args:
        mentions: Of the article.
        resolve: Finds whom words without a name mean, by their tokens: `[the company]’s boss`.
    """

    def __init__(self, mentions: Mentions, resolve: Callable[[int, int], Entity | None]) -> None:
        self.mentions = mentions
        self._resolve = resolve

    def find(self, entity: Entity) -> str | None:
        """Find the name of the body of a speaker; the first that is said, and none of a body."""
        if entity.kind == "org":
            return None
        found = (self._find_in(*one, entity) for one in sorted(set(entity.ranges)))
        return next((body.name for body in found if body), None)

    def _find_in(self, start: int, end: int, entity: Entity) -> Entity | None:
        """Find the body in a phrase: as owner or before the noun, or behind a preposition."""
        said = self.mentions.join(start, end)
        noun = find_phrase_head(said).removesuffix("s")
        if is_former(said) or noun in load_nouns().outsiders:
            return None
        names = [name for name in self.mentions.list_names(start, end) if name.entity is not entity]
        inside = {at for name in names for at in range(name.start, name.end)}
        texts = self.mentions.texts
        core = next(
            (at for at in range(start, end) if at not in inside and texts[at].lower() in ENDS_OF_NOUNS), end
        )
        bodies = [name for name in names if is_body(name.entity)]
        led = [name for name in bodies if name.start >= core and self._is_led(name, end)]
        before = [name for name in bodies if name.end < core and self._goes_on(name.end)]
        if led or before:
            return (led or before)[0].entity
        return self._find_unnamed(start, end, core, inside)

    def _goes_on(self, at: int) -> bool:
        """Say whether a noun follows: `[Ora] officials`, `[Ora]’s report`, but not `[Ora] and others`."""
        word = self.mentions.texts[at]
        return word in {*POSSESSIVES, "/"} or (word[:1].isalnum() and word not in {"and", "or"})

    def _is_led(self, name: Name, end: int) -> bool:
        """Say whether a preposition leads to a name, `for the [Ora]`, and to no more, `for [Ora] fans`."""
        texts = self.mentions.texts
        lead = name.start - 1 - (texts[name.start - 1].lower() in DETERMINERS)
        after = texts[name.end] if name.end < end else ","
        led = lead >= 0 and texts[lead].lower() in LEADING
        return led and not (after.islower() and after not in PREPOSITIONS and after != "and")

    def _find_unnamed(self, start: int, end: int, core: int, inside: set[int]) -> Entity | None:
        """Find the body that is meant by an owner, `[the company]’s boss`, or by what a preposition leads to."""
        texts = self.mentions.texts
        if texts[start].lower() in {"its", "their"}:
            return self._resolve_body(start, start + 1)
        owner = next((at for at in range(start, core) if texts[at] in POSSESSIVES), start)
        if owner > start and owner - 1 not in inside:
            return self._resolve_body(start, owner)
        leads = core < end and texts[core].lower() in LEADING
        if leads and core + 2 < end and texts[core + 1].lower() in {"the", "this", "that"}:
            last = next((at for at in range(core + 1, end) if texts[at].lower() in ENDS_OF_NOUNS), end)
            return self._resolve_body(core + 1, last)
        return None

    def _resolve_body(self, start: int, end: int) -> Entity | None:
        body = self._resolve(start, end)
        return body if body and is_body(body) else None


def is_body(entity: Entity) -> bool:
    """Say whether somebody can speak for an entity; a mayor does not for a city, nor a driver."""
    return entity.kind == "org" and not entity.is_place
