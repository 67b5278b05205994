"""Tally: who gets to speak, over an article or many."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from quotex.errors import Msg, UsageError
from quotex.text.names import fold_name, is_capital
from quotex.text.phrases import find_gender, find_phrase_head, strip_determiner
from quotex.types import NAMED_KINDS, Article, Kind, Quote, QuoteType, Speaker

SEPARATOR, LIST = "=", ";"  # in a file of aliases: `Ann Lee = Annie Lee; Lee`
COMMENT = "#"
Aliases = Mapping[tuple[str, ...], str]  # folded name -> the name to use


@dataclass(slots=True)
class Voice:
    """What one speaker said, in all articles so far.

    Attributes:
        name: The speaker's name, or the description in its place.
        kind: As in Speaker.
        number: From 1, in the order in which they first spoke.
        aliases: Other names, in order.
        descriptions: What is said of the speaker, in order.
        affiliations: The bodies for which the speaker speaks, in order.
        articles: Ids of the articles with a quote, in order.
        quotes: How many quotes of each type.
        words: How many words in quotes of each type.
    """

    name: str
    kind: Kind
    number: int
    aliases: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    affiliations: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    quotes: Counter[QuoteType] = field(default_factory=Counter)
    words: Counter[QuoteType] = field(default_factory=Counter)

    @property
    def n_quotes(self) -> int:
        """Quotes of all types."""
        return self.quotes.total()

    @property
    def n_words(self) -> int:
        """Words in quotes of all types."""
        return self.words.total()

    def add(self, speaker: Speaker, article: str, quotes: list[Quote]) -> None:
        """Count what a speaker said in one more article."""
        self.articles.append(article)
        names = (speaker.name, *speaker.aliases)
        self.aliases += [name for name in names if name != self.name and name not in self.aliases]
        self.descriptions += [one for one in speaker.descriptions if one not in self.descriptions]
        if speaker.affiliation and speaker.affiliation not in self.affiliations:
            self.affiliations.append(speaker.affiliation)
        for quote in quotes:
            self.quotes[quote.type] += 1
            self.words[quote.type] += quote.n_words


class Tally:
    """Counts articles one by one; memory grows with the speakers, not with the articles.

    A person is the same in two articles who has the same full name there, if nothing said of the two clashes; a
    body with a name likewise. A surname alone, a group and somebody without a name are never the same in
    two articles, unless a file of aliases says who they are.

    Attributes:
        n_articles: Articles counted.
        n_words: Words in all their quotes.
        n_quotes: All their quotes.
        n_unknown: Quotes whose speaker is not known.
    """

    def __init__(self, aliases: Aliases | None = None) -> None:
        self.n_articles = self.n_words = self.n_quotes = self.n_unknown = 0
        self._aliases = aliases or {}
        self._voices: list[Voice] = []
        self._by_name: dict[tuple[Kind, tuple[str, ...]], list[Voice]] = {}

    def add(self, article: Article) -> dict[str, Voice]:
        """Count one article; returns, by the ids of its speakers, who they are."""
        self.n_articles += 1
        self.n_quotes += len(article.quotes)
        self.n_words += sum(quote.n_words for quote in article.quotes)
        said: dict[str, list[Quote]] = {}
        for quote in article.quotes:
            if quote.speaker:
                said.setdefault(quote.speaker.id, []).append(quote)
            else:
                self.n_unknown += 1
        voices: dict[str, Voice] = {}
        for speaker in article.speakers:
            if speaker.id in said:
                voices[speaker.id] = self._find(speaker)
                voices[speaker.id].add(speaker, article.id, said[speaker.id])
        return voices

    def find_share(self, n_words: int) -> float:
        """Find what share of the words in all quotes so many are, 0 to 1."""
        return n_words / max(1, self.n_words)

    def list_voices(self) -> list[Voice]:
        """List the speakers, who said most first."""
        return sorted(self._voices, key=lambda voice: (-voice.n_words, -voice.n_quotes, voice.name))

    def _find(self, speaker: Speaker) -> Voice:
        words = fold_name(speaker.name)
        alias = self._aliases.get(words)
        if alias is not None:
            key = ("person" if speaker.kind not in NAMED_KINDS else speaker.kind), fold_name(alias)
            voices = self._by_name.get(key, [])
            return voices[0] if voices else self._make(alias, key)
        key = (speaker.kind, words)
        full = speaker.kind == "org" or (speaker.kind == "person" and len(words) > 1)
        if full:
            for voice in self._by_name.get(key, ()):
                if not clash(voice.descriptions, speaker.descriptions):
                    return voice
        return self._make(speaker.name, key)

    def _make(self, name: str, key: tuple[Kind, tuple[str, ...]]) -> Voice:
        voice = Voice(name, key[0], number=len(self._voices) + 1)
        self._voices.append(voice)
        self._by_name.setdefault(key, []).append(voice)
        return voice


def clash(some: list[str], others: list[str] | tuple[str, ...]) -> bool:
    """Say whether two lists of descriptions can hardly be of one person or body.

    They can not where one says "he" and the other "she", or where both say the same of different places or bodies.

    >>> clash(["mayor of Kampot"], ["mayor of Lima"]), clash(["mayor of Kampot"], ["a lawyer", "the mayor"])
    (True, False)
    >>> clash(["the spokesman"], ["a spokeswoman for the plant"])
    True
    """
    one, other = ({find_gender(text) for text in texts} - {None} for texts in (some, others))
    if one and other and not one & other:
        return True
    places = [{find_phrase_head(text): find_proper_words(text) for text in texts} for texts in (some, others)]
    shared = places[0].keys() & places[1].keys()
    differ = [
        places[0][head] and places[1][head] and not places[0][head] & places[1][head] for head in shared if head
    ]
    return bool(differ) and all(differ)


def find_proper_words(description: str) -> set[str]:
    """Find the words with a capital in a description, in small letters."""
    return {word.strip(",.;()").lower() for word in strip_determiner(description).split() if is_capital(word)}


def read_aliases(path: Path) -> dict[tuple[str, ...], str]:
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
    aliases: dict[tuple[str, ...], str] = {}
    for number, line in enumerate(lines, start=1):
        entry = line.split(COMMENT, 1)[0].strip()
        if not entry:
            continue
        name, separator, rest = (part.strip() for part in entry.partition(SEPARATOR))
        if not name or not separator or not fold_name(name):
            raise UsageError(Msg.Q214.format(path=path, line=number, given=entry))
        for alias in {fold_name(one) for one in (name, *rest.split(LIST))} - {()}:
            if aliases.setdefault(alias, name) != name:
                raise UsageError(
                    Msg.Q215.format(path=path, line=number, alias=" ".join(alias), one=aliases[alias], other=name)
                )
    return aliases
