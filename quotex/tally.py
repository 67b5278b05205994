"""Tally: who gets to speak, over an article or many."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quotex.repeats import Repeats
from quotex.text.names import Words, differs_in_initials, fold_full_name, is_capital, make_ids
from quotex.text.phrases import PREPOSITIONS, find_gender, find_phrase_head, strip_article
from quotex.types import KINDS, NAMED_KINDS, PRONOUNS, Article, Kind, Pronoun, Quote, QuoteType, Speaker

Aliases = Mapping[Words, str]  # folded name -> the name to use
FindGroup = Callable[[Article], str | None]  # None for an article that is in none
NO_PRONOUN = "none"  # the key of those for whom no article has a pronoun
MAX_INSIDE = 10  # quotes in each other; nobody says that somebody said more often
EVERYTHING = ""  # the group where articles are not told apart


@dataclass(slots=True)
class Amount:
    """How much was said.

    Attributes:
        articles: How many have a quote.
        quotes: How many.
        words: How many in them, see `count_words`.
    """

    articles: int = 0
    quotes: int = 0
    words: int = 0

    def add(self, quotes: Sequence[Quote], words: Mapping[int, int]) -> None:
        """Count the quotes of one more article; their words are given by their numbers."""
        self.articles += bool(quotes)
        self.quotes += len(quotes)
        self.words += sum(words[quote.id] for quote in quotes)


@dataclass(slots=True)
class Group:
    """What stands in the articles of one outlet, folder or month, or in all.

    Attributes:
        n_articles: With quotes or without.
        said: By all.
        unknown: By those who are not known.
    """

    n_articles: int = 0
    said: Amount = field(default_factory=Amount)
    unknown: Amount = field(default_factory=Amount)

    @property
    def n_silent(self) -> int:
        """How many of the articles have no quote."""
        return self.n_articles - self.said.articles

    def add_article(self, article: Article, unknown: Sequence[Quote], words: Mapping[int, int]) -> None:
        """Count one more article; of the speaker of some of its quotes nothing is known."""
        self.n_articles += 1
        self.said.add(article.quotes, words)
        self.unknown.add(unknown, words)

    def find_share(self, n_words: int) -> float:
        """Find what share of the words in all quotes so many are, 0 to 1."""
        return n_words / max(1, self.said.words)


@dataclass(slots=True)
class Voice:
    """What one speaker said, in all articles so far.

    Attributes:
        name: The speaker's fullest name, or the description in its place.
        kind: As in Speaker.
        number: From 1, in the order in which they first spoke.
        is_given: Whether the name is one that the user chose.
        aliases: Other names, in order.
        descriptions: What is said of the speaker, in order.
        affiliations: The bodies for which the speaker speaks, in order.
        pronouns: How many articles use which for the speaker.
        articles: Ids of the articles with a quote, in order.
        quotes: How many quotes of each type.
        words: How many words in quotes of each type.
        groups: How much in the articles of each group.
        said: Numbers of the quotes in each article.
    """

    name: str
    kind: Kind
    number: int
    is_given: bool = False
    aliases: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    affiliations: list[str] = field(default_factory=list)
    pronouns: Counter[Pronoun] = field(default_factory=Counter)
    articles: list[str] = field(default_factory=list)
    quotes: Counter[QuoteType] = field(default_factory=Counter)
    words: Counter[QuoteType] = field(default_factory=Counter)
    groups: defaultdict[str | None, Amount] = field(default_factory=lambda: defaultdict(Amount))
    said: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def n_quotes(self) -> int:
        """Quotes of all types."""
        return self.quotes.total()

    @property
    def n_words(self) -> int:
        """Words in quotes of all types."""
        return self.words.total()

    @property
    def pronoun(self) -> Pronoun | None:
        """The pronoun that most articles use which use any; None where as many use another."""
        most = self.pronouns.most_common(2)
        return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else None

    def add(
        self, speaker: Speaker, article: str, quotes: list[Quote], words: Mapping[int, int], group: str | None
    ) -> None:
        """Count what a speaker said in one more article; the words of quotes are given by their numbers."""
        self.articles.append(article)
        if not self.is_given and len("".join(fold_full_name(speaker.name))) > len(
            "".join(fold_full_name(self.name))
        ):
            self.aliases.append(self.name)
            self.name = speaker.name
        names = [name for name in (speaker.name, *speaker.aliases) if name not in self.aliases]
        self.aliases += names
        self.aliases = [name for name in dict.fromkeys(self.aliases) if name != self.name]
        self.descriptions += [one for one in speaker.descriptions if one not in self.descriptions]
        if speaker.affiliation and speaker.affiliation not in self.affiliations:
            self.affiliations.append(speaker.affiliation)
        if speaker.pronoun:
            self.pronouns[speaker.pronoun] += 1
        for quote in quotes:
            self.quotes[quote.type] += 1
            self.words[quote.type] += words[quote.id]
        self.groups[group].add(quotes, words)
        self.said[article] += [quote.id for quote in quotes]


class Tally(Group):
    """Counts articles one by one; keeps speakers and the numbers of their quotes, but no texts.

    A person is the same in two articles who has the same full name there, if nothing said of the two clashes; a
    body with a name likewise. Hyphens, dots and accents make no difference. A name that differs in initials only
    is that of the one person so far whom it can mean. A surname alone, a group and somebody without a name are
    never the same in two articles, unless a file of aliases says who they are.

    Attributes:
        lists_silent: Whether all articles without quotes have been among those counted.
        groups: What stands in the articles of each group, in the order in which they came.
        repeats: Articles with the id of an earlier one.
    """

    def __init__(self, aliases: Aliases | None = None, find_group: FindGroup | None = None) -> None:
        """Make one.

        Args:
            aliases: See `quotex.aliases.read_aliases`.
            find_group: Tells the group of an article; without, all are in one.
        """
        super().__init__()
        self.lists_silent = True
        self.groups: defaultdict[str | None, Group] = defaultdict(Group)
        self.repeats = Repeats()
        self._find_group = find_group or (lambda article: EVERYTHING)
        self._aliases = aliases or {}
        self._voices: list[Voice] = []
        self._by_name: defaultdict[tuple[Kind, str], list[Voice]] = defaultdict(list)
        self._by_surname: defaultdict[str, list[Voice]] = defaultdict(list)

    def add(self, article: Article) -> dict[str, Voice]:
        """Count one article; returns, by the ids of its speakers, who they are."""
        said: defaultdict[str | None, list[Quote]] = defaultdict(list)
        for quote in article.quotes:
            said[quote.speaker.id if quote.speaker else None].append(quote)
        self.repeats.add(article.id)
        group = self._find_group(article)
        words = count_words(article.quotes)
        for counted in (self, self.groups[group]):
            counted.add_article(article, said[None], words)
        voices: dict[str, Voice] = {}
        for speaker in article.speakers:
            if speaker.id in said:
                voices[speaker.id] = self._find(speaker)
                voices[speaker.id].add(speaker, article.id, said[speaker.id], words, group)
        return voices

    def list_voices(self) -> list[Voice]:
        """List the speakers, who said most first."""
        return sorted(self._voices, key=lambda voice: (-voice.n_words, -voice.n_quotes, voice.name))

    def make_ids(self) -> dict[int, str]:
        """Make the ids of the speakers, by their numbers: "ann-lee"."""
        ids = make_ids([voice.name for voice in self._voices])
        return {voice.number: id_ for voice, id_ in zip(self._voices, ids, strict=True)}

    def _find(self, speaker: Speaker) -> Voice:
        words = fold_full_name(speaker.name)
        alias = self._aliases.get(words)
        if alias is not None:
            kind: Kind = "person" if speaker.kind not in NAMED_KINDS else speaker.kind
            known = [voice for voice in self._by_name[kind, "".join(fold_full_name(alias))] if voice.is_given]
            return known[0] if known else self._make(alias, kind, is_given=True)
        is_full = speaker.kind == "org" or (speaker.kind == "person" and len(words) > 1)
        voice = self._recall(speaker, words) if is_full else None
        return voice or self._make(speaker.name, speaker.kind)

    def _recall(self, speaker: Speaker, words: Words) -> Voice | None:
        """Find who has the same full name, or the only one whose name differs in initials."""
        for voice in self._by_name[speaker.kind, "".join(words)]:
            if not clash(voice.descriptions, speaker.descriptions):
                return voice
        if speaker.kind != "person":
            return None
        alike = [voice for voice in self._by_surname[words[-1]] if may_be(voice, speaker, words)]
        if len(alike) != 1:
            return None
        self._by_name[speaker.kind, "".join(words)].append(alike[0])
        return alike[0]

    def _make(self, name: str, kind: Kind, *, is_given: bool = False) -> Voice:
        voice = Voice(name, kind, number=len(self._voices) + 1, is_given=is_given)
        words = fold_full_name(name)
        self._voices.append(voice)
        self._by_name[kind, "".join(words)].append(voice)
        if kind == "person" and len(words) > 1:
            self._by_surname[words[-1]].append(voice)
        return voice


def count_words(quotes: Sequence[Quote]) -> dict[int, int]:
    """Count the words of quotes, by their numbers.

    What is said inside what another says counts for both: both have said it, and shares add up. Inside what the
    same speaker says it is counted already, and not again.
    """
    by_number = {quote.id: quote for quote in quotes}
    return {quote.id: 0 if is_inside_own(quote, by_number) else quote.n_words for quote in quotes}


def is_inside_own(quote: Quote, by_number: Mapping[int, Quote]) -> bool:
    """Say whether a quote stands in another of the same speaker."""
    speaker, within = quote.speaker, quote.within
    for _ in range(MAX_INSIDE):
        outer = by_number.get(within or 0)
        if outer is None or speaker is None:
            return False
        if outer.speaker and outer.speaker.id == speaker.id:
            return True
        within = outer.within
    return False


def may_be(voice: Voice, speaker: Speaker, words: Words) -> bool:
    """Say whether a person whose full name differs in initials may be one who has spoken before."""
    known: defaultdict[str, list[Words]] = defaultdict(list)  # `J. K. Lee` and `JK Lee` are one name
    for folded in map(fold_full_name, (voice.name, *voice.aliases)):
        if len(folded) > 1 and folded[-1] == words[-1]:
            known["".join(folded)].append(folded)
    fits = all(any(differs_in_initials(words, one) for one in forms) for forms in known.values())
    one_sex = not speaker.pronoun or not voice.pronoun or speaker.pronoun == voice.pronoun
    return fits and one_sex and not clash(voice.descriptions, speaker.descriptions)


@dataclass(frozen=True, slots=True)
class Sum:
    """What several speakers said together.

    Attributes:
        speakers: How many they are.
        quotes: Theirs.
        words: In these.
    """

    speakers: int
    quotes: int
    words: int


def add_up(voices: Iterable[Voice], groups: Iterable[str | None]) -> Sum:
    """Add up what several speakers said in the articles of some groups."""
    found = [[voice.groups[group] for group in groups if group in voice.groups] for voice in voices]
    there = [amounts for amounts in found if amounts]
    flat = [amount for amounts in there for amount in amounts]
    return Sum(len(there), sum(one.quotes for one in flat), sum(one.words for one in flat))


def part_voices(voices: Iterable[Voice]) -> dict[str, dict[str, list[Voice]]]:
    """Part speakers by kind, by pronoun, and by whether they have a name; parts that nobody is in are empty."""
    parts: dict[str, dict[str, list[Voice]]] = {
        "kinds": {kind: [] for kind in KINDS},
        "pronouns": {pronoun: [] for pronoun in (*PRONOUNS, NO_PRONOUN)},
        "names": {"named": [], "unnamed": []},
    }
    for voice in voices:
        parts["kinds"][voice.kind].append(voice)
        parts["pronouns"][voice.pronoun or NO_PRONOUN].append(voice)
        parts["names"]["named" if voice.kind in NAMED_KINDS else "unnamed"].append(voice)
    return parts


def clash(some: Sequence[str], others: Sequence[str]) -> bool:
    """Say whether two lists of descriptions can hardly be of one person or body.

    They can not where one says "he" and the other "she", or where both say the same of different places or bodies.

    >>> clash(["mayor of Kampot"], ["mayor of Lima"]), clash(["mayor of Kampot"], ["a lawyer", "the mayor"])
    (True, False)
    >>> clash(["the spokesman"], ["a spokeswoman for the plant"])
    True
    >>> clash(["Prime Minister"], ["prime minister of Ora"]), clash(["Mayor"], ["the Kampot mayor"])
    (False, False)
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
    """Find the words with a capital in a description that name a place or body, in small letters.

    Those of a title that is written with capitals do not, but for what stands behind a preposition.

    >>> [find_proper_words(text) for text in ("the Kampot mayor", "Mayor of Ora", "Prime Minister")]
    [{'kampot'}, {'ora'}, set()]
    """
    words = [word.strip(",.;()") for word in strip_article(description).split()]
    end = next((n for n, word in enumerate(words) if n and word.lower() in PREPOSITIONS), len(words))
    is_title = end > 0 and is_capital(words[end - 1])
    return {word.lower() for word in words[end if is_title else 0 :] if is_capital(word)}
