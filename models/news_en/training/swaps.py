"""Swaps: names, titles and bodies of the whole world in the place of an article's, so that none is known by heart.

Texts are changed before they are cut into words, and what is known of places in them moves along.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

RENAMED = 0.75  # share of the people of an article who get another name
BODIES_RENAMED = 0.4  # the same of bodies
TITLED = 0.35  # share of full names that get a title, or are put after an office
ADDRESSED = 0.15  # share of single names that get an honorific or a role
DESCRIBED = 0.15  # share of full names before a verb that get a description behind them
LETTERED = 0.04  # share of full names that get letters behind them, as members of parliaments have
REACH = 40  # characters before a name that are looked at
SINGLE = 0.05  # share of the people who have one name only, as many in Indonesia and Afghanistan have
FAMILY_FIRST = frozenset(["zh_CN", "zh_TW", "ja_JP", "ko_KR", "hu_HU", "vi_VN", "CN", "TW", "KR", "HU", "VN"])


class Named(NamedTuple):
    """A place where somebody or something is named.

    Attributes:
        start: First character.
        end: The character after the last.
        kind: person, org, place or other.
        key: The same for all names of one.
    """

    start: int
    end: int
    kind: str
    key: str


class Edit(NamedTuple):
    """Characters `start` to `end` that become `text`; `parts` of it are known: (start, end, what) within it."""

    start: int
    end: int
    text: str
    parts: tuple[tuple[int, int, str], ...] = ()


class Swapped(NamedTuple):
    """A text with other names in it.

    Attributes:
        text: The text.
        parts: Known parts of what is new: names by their kind, "title" and "description".
        edits: What was changed, in order.
    """

    text: str
    parts: list[tuple[int, int, str]]
    edits: list[Edit]

    def move(self, place: int, *, is_end: bool = False) -> int:
        """Find where a place of the old text is; what was changed begins and ends as a whole.

        A title put before a name belongs to what begins there.
        """
        starts = [edit.start for edit in self.edits]
        number = bisect_right(starts, place - is_end) - 1
        shift = sum(len(edit.text) - (edit.end - edit.start) for edit in self.edits[:number])
        if number < 0:
            return place
        edit = self.edits[number]
        if place <= edit.start and not is_end:
            return edit.start + shift
        if place < edit.end or (is_end and place <= edit.end):
            return edit.start + shift + (len(edit.text) if is_end else 0)
        return place + shift + len(edit.text) - (edit.end - edit.start)

    def move_span(self, start: int, end: int) -> tuple[int, int]:
        """Find where a span of the old text is."""
        return self.move(start), self.move(end, is_end=True)


class Swapper:
    """Puts other names in a text."""

    def __init__(self, names: Path, titles: Path, rng: np.random.Generator) -> None:
        tables = json.loads(names.read_text("utf-8"))
        self._people: list[tuple[str, dict[str, list[str]]]] = [
            (place, table)
            for group in tables.values()
            for place, table in group.items()
            if table.get("first") and table.get("last")
        ]
        self._words: dict[str, Any] = json.loads(titles.read_text("utf-8"))
        self._last_words = {
            title.split()[-1].lower() for title in (*self._words["before"], *self._words["honorifics"])
        }
        self._rng = rng

    def __call__(self, text: str, names: Sequence[Named], places: Sequence[str]) -> Swapped:
        """Swap names, and put titles before some of them.

        Args:
            text: An article.
            names: The names in it, none over another.
            places: Names of places to put into what is new.
        """
        names = sorted(names)
        full: dict[str, list[str]] = {}
        for name in names:
            words = text[name.start : name.end].split()
            if len(words) > len(full.get(name.key, ())):
                full[name.key] = words
        new = {key: self._rename(kind, places) for key, kind in {name.key: name.kind for name in names}.items()}
        edits = [edit for name in names if (edit := self._edit(text, name, full[name.key], new[name.key], places))]
        return apply(text, edits)

    def _pick(self, key: str) -> Any:
        table = self._words[key]
        return table[int(self._rng.integers(len(table)))]

    def _rename(self, kind: str, places: Sequence[str]) -> list[str] | None:
        """Make a new name, or None where it stays as it is: words of a person's, one string of a body's."""
        if kind == "person" and self._rng.random() < RENAMED:
            return self.make_person()
        if kind == "org" and self._rng.random() < BODIES_RENAMED:
            return [self.make_body(places)]
        return None

    def make_person(self) -> list[str]:
        """Make somebody's name, the family name last but where it goes first."""
        place, table = self._people[int(self._rng.integers(len(self._people)))]
        first, last = (str(self._rng.choice(table[part])) for part in ("first", "last"))
        if self._rng.random() < SINGLE:
            return [first]
        return [last, first] if place in FAMILY_FIRST and self._rng.random() < 0.5 else [first, last]

    def make_body(self, places: Sequence[str]) -> str:
        """Make the name of a body."""
        if self._rng.random() < 0.25:
            return str(self._pick("company_words"))
        surnames = iter([self.make_person()[-1] for _ in range(3)])
        name = str(self._pick("body_templates"))
        while "{surname}" in name:
            name = name.replace("{surname}", next(surnames), 1)
        return name.replace("{place}", str(self._rng.choice(places))).replace("{topic}", self._topic())

    def _topic(self) -> str:
        topic = str(self._pick("topics"))
        return topic[0].upper() + topic[1:]

    def _edit(
        self, text: str, name: Named, full: list[str], new: list[str] | None, places: Sequence[str]
    ) -> Edit | None:
        old = text[name.start : name.end]
        words = old.split()
        if name.kind == "org" and new:
            short = len(words) < len(full)  # an acronym or a short name
            said = "".join(word[0] for word in new[0].split() if word[0].isupper()) if short else new[0]
            said = said if len(said) > 1 else new[0]
            return Edit(name.start, name.end, said, ((0, len(said), "org"),))
        if name.kind != "person":
            return None
        said = old
        if new:
            is_given = len(words) == 1 and len(full) > 1 and words[0] == full[0]
            said = " ".join(new) if len(words) > 1 or len(new) == 1 else new[0 if is_given else -1]
            if len(words) > 2 and self._rng.random() < 0.3 and len(new) > 1:
                said = f"{new[0]} {chr(65 + int(self._rng.integers(26)))}. {new[1]}"
        opens, is_free = self._look_before(text[max(0, name.start - REACH) : name.start])
        if is_free and len(words) == 1 and self._rng.random() < ADDRESSED:
            said_before = str(self._pick("honorifics" if self._rng.random() < 0.6 else "before"))
            return put_before(name, said, said_before, opens=opens)
        if is_free and len(words) > 1 and self._rng.random() < TITLED:
            return self._put_title(name, said, places, opens=opens)
        after = text[name.end : name.end + 2]
        if len(words) > 1 and after[:1] == " " and after[1:].islower() and self._rng.random() < DESCRIBED:
            return self._put_description(name, said, places)
        if len(words) > 1 and after[:1] == " " and self._rng.random() < LETTERED:
            letters = str(self._pick("post_nominals"))
            start = len(said) + 1
            parts = ((0, len(said), "person"), (start, start + len(letters), "description"))
            return Edit(name.start, name.end, f"{said} {letters}", parts)
        return Edit(name.start, name.end, said, ((0, len(said), "person"),)) if said != old else None

    def _look_before(self, before: str) -> tuple[bool, bool]:
        """Say of what stands before a name whether it ends a sentence, and whether a title can follow it."""
        word = before.split()[-1] if before.split() else ""
        opens = before[-1:] in {"", "\n"} or word[-1:] in set('.?!“"')
        if opens and word.lower() not in self._last_words:
            return True, before[-1:] in {"", "\n", " "}
        is_title = word.lower() in self._last_words or word[:1].isupper()  # one already, or what may be one
        return opens, before[-1:] == " " and not is_title

    def _put_description(self, name: Named, said: str, places: Sequence[str]) -> Edit:
        """Put a description behind a name: `, a lecturer at the Bank of Ora,`."""
        role, join = self._pick("roles_in_body")
        body = self.make_body(places)
        start = len(said) + 2
        end = start + len(role) + len(join) + 2 + len(body)
        parts = ((0, len(said), "person"), (start, end, "description"), (end - len(body), end, "org"))
        return Edit(name.start, name.end, f"{said}, {role} {join} {body},", parts)

    def _put_title(self, name: Named, said: str, places: Sequence[str], *, opens: bool) -> Edit:
        """Put a title before a name: `CFO`, `Bank of Ora assistant chief economist`, `the Mayor of Ora,`."""
        parts: list[tuple[int, int, str]] = []
        kind, join = "title", " "
        draw = self._rng.random()
        if draw < 0.45:
            title = str(self._pick("before"))
        elif draw < 0.6:
            title = str(self._pick("honorifics"))
        elif draw < 0.75:
            body = self.make_body(places)
            role = str(self._pick("before"))
            role = " ".join(word if word.isupper() else word.lower() for word in role.split())
            title = f"{body} {role}"
            parts.append((0, len(body), "org"))
        else:
            place = str(self._rng.choice(places))
            if draw < 0.9:
                office = f"{self._pick('offices_of_place')} of {place}"
                at = len(office) - len(place)
                found = (at, len(office), "place")
            else:
                office, found = str(self._pick("offices_for")), None
            lead = "The " if opens else "the "
            title = lead + office
            if found:
                parts.append((found[0] + len(lead), found[1] + len(lead), found[2]))
            kind, join = "description", ", "
        if opens:
            title = title[0].upper() + title[1:]
        after = "," if kind == "description" else ""
        length = len(title)
        parts += [(0, length, kind), (length + len(join), length + len(join) + len(said), "person")]
        return Edit(name.start, name.end, title + join + said + after, tuple(parts))


def put_before(name: Named, said: str, title: str, *, opens: bool) -> Edit:
    """Put a title before a name."""
    title = title[0].upper() + title[1:] if opens else title
    start = len(title) + 1
    parts = ((0, len(title), "title"), (start, start + len(said), "person"))
    return Edit(name.start, name.end, f"{title} {said}", parts)


def apply(text: str, edits: list[Edit]) -> Swapped:
    """Make edits, which are in order and none over another.

    >>> apply("Ann Lee left.", [Edit(0, 7, "Dr Bo Moe", ((0, 2, "title"),))]).text
    'Dr Bo Moe left.'
    """
    pieces, parts, at, length = [], [], 0, 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.text]
        length += edit.start - at
        parts += [(length + start, length + end, what) for start, end, what in edit.parts]
        length += len(edit.text)
        at = edit.end
    return Swapped("".join([*pieces, text[at:]]), parts, edits)
