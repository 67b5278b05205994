"""Aliases: which names are one speaker's, as a user says, and which might be."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TextIO

from quotex.errors import Msg, UsageError
from quotex.tally import Voice
from quotex.text.names import (
    Words,
    find_nickname,
    fold_full_name,
    is_same_person,
    is_short_for,
    list_misspelt,
    make_initials,
)
from quotex.text.printable import count, make_printable
from quotex.types import NAMED_KINDS, Kind

SEPARATOR, LIST = "=", ";"  # in a file of aliases: `Ann Lee = Annie Lee; Lee`
COMMENT = "#"
MAX_ALIKE = 60  # names with a word in common that are compared with each other; bounds the time
HEAD = """\
# Names that may be one speaker's, those first who are quoted most. Take the first "# " off the
# lines that are right, and give this file to --aliases. Lines that begin with # change nothing.
"""


def read_aliases(path: Path) -> dict[Words, str]:
    """Read a file that says which names are one speaker's: a line each, `Ann Lee = Annie Lee; Lee`.

    Args:
        path: UTF-8. Empty lines, and what follows a #, are passed over.

    Raises:
        UsageError: Q213, it cannot be read; Q214, a line is not as it should be; Q215, a name stands in two lines.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        raise UsageError(Msg.Q213.format(path=path, reason=getattr(err, "strerror", None) or "not UTF-8")) from err
    aliases: dict[Words, str] = {}
    for number, line in enumerate(lines, start=1):
        entry = line.split(COMMENT, 1)[0].strip()
        if not entry:
            continue
        name, separator, rest = (part.strip() for part in entry.partition(SEPARATOR))
        if not name or not separator or not fold_full_name(name):
            raise UsageError(Msg.Q214.format(path=path, line=number, given=entry))
        for alias in {fold_full_name(one) for one in (name, *rest.split(LIST))} - {()}:
            if aliases.setdefault(alias, name) != name:
                raise UsageError(
                    Msg.Q215.format(path=path, line=number, alias=" ".join(alias), one=aliases[alias], other=name)
                )
    return aliases


@dataclass(slots=True)
class Bearer:
    """All speakers of one name: it may be that of several.

    Attributes:
        name: As it is written.
        words: The same, folded.
        kind: As in Speaker.
        n_speakers: How many are told apart.
        n_quotes: Theirs.
        n_articles: Those they are in.
        others: Other names of theirs, folded.
    """

    name: str
    words: Words
    kind: Kind
    n_speakers: int
    n_quotes: int
    n_articles: int
    others: frozenset[Words]

    @property
    def counts(self) -> str:
        """How much they are quoted, in words."""
        return f"{count(self.n_quotes, 'quote')} in {count(self.n_articles, 'article')}"


def write_suggestions(voices: Iterable[Voice], stream: TextIO) -> int:
    """Write which names may be one speaker's, a line each, as `read_aliases` reads them; each a comment.

    Returns:
        How many lines there are.
    """
    stream.write(HEAD)
    bearers = list_bearers(voices)
    twice = [(one, one) for one in bearers if one.n_speakers > 1 and len(one.words) > 1]
    pairs = [*twice, *find_alike(bearers)]
    pairs.sort(key=lambda pair: (-pair[0].n_quotes - pair[1].n_quotes, pair[0].name, pair[1].name))
    for main, other in pairs:
        counts = f"{main.counts}; {other.counts}" if main is not other else f"{main.counts}, clashing descriptions"
        stream.write(f"# {main.name} = {other.name}  # {counts}\n")
    return len(pairs)


def list_bearers(voices: Iterable[Voice]) -> list[Bearer]:
    """List the names of people and bodies; those that a file of aliases cannot hold are left out."""
    found: defaultdict[tuple[Kind, str], list[Voice]] = defaultdict(list)
    for voice in voices:
        if voice.kind in NAMED_KINDS and fold_full_name(voice.name) and is_writable(voice.name):
            found[voice.kind, "".join(fold_full_name(voice.name))].append(voice)
    return [make_bearer(same) for same in found.values()]


def is_writable(name: str) -> bool:
    """Say whether a name can stand in a file of aliases."""
    return not set(name) & {SEPARATOR, LIST, COMMENT} and make_printable(name) == name


def make_bearer(voices: list[Voice]) -> Bearer:
    """Put together the speakers of one name."""
    first = voices[0]
    return Bearer(
        first.name,
        fold_full_name(first.name),
        first.kind,
        len(voices),
        sum(voice.n_quotes for voice in voices),
        sum(len(voice.articles) for voice in voices),
        frozenset(fold_full_name(alias) for voice in voices for alias in voice.aliases),
    )


def find_alike(bearers: Iterable[Bearer]) -> Iterator[tuple[Bearer, Bearer]]:
    """Find pairs of names that may be one speaker's, the fuller one first."""
    by_word: defaultdict[tuple[Kind, str], list[Bearer]] = defaultdict(list)
    for bearer in sorted(bearers, key=lambda one: -one.n_quotes):
        for word in list_keys(bearer):
            by_word[bearer.kind, word].append(bearer)
    seen: set[frozenset[Words]] = set()
    for alike in by_word.values():
        for one, other in combinations(alike[:MAX_ALIKE], 2):
            pair = frozenset((one.words, other.words))
            if pair not in seen and may_be_one(one, other):
                seen.add(pair)
                main, short = sorted((one, other), key=lambda two: (-len(two.words), -len(two.name), two.name))
                yield main, short


def list_keys(bearer: Bearer) -> set[str]:
    """List the words under which a name is compared with others."""
    words = {bearer.words[0], bearer.words[-1]}
    return words | make_initials(bearer.name) if bearer.kind == "org" else words


def may_be_one(one: Bearer, other: Bearer) -> bool:
    """Say whether two names may be one speaker's: one is short for the other or misspelt, or both are known."""
    if (len(other.words) > 1 and other.words in one.others) or (len(one.words) > 1 and one.words in other.others):
        return True
    short, long = sorted((one, other), key=lambda bearer: len(bearer.words))
    if one.kind == "org":
        return is_short_for(short.words, long.words)
    nicknames = [nickname for bearer in (one, other) if (nickname := find_nickname(bearer.name))]
    misspelt = one.words[0] == other.words[0] and not list_misspelt(one.words[-1]).isdisjoint(
        list_misspelt(other.words[-1])
    )
    return misspelt or is_same_person(short.words, long.words, nicknames)
