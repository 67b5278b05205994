"""Badges: the number and the look that a speaker has all over a report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quotex.text.phrases import ARTICLES
from quotex.types import Article, Quote, Speaker

N_COLOURS = 12  # in report.css: .t0 to .t11
N_LINES = 3  # the lines under them: .l0 to .l2, so that 36 speakers can be told apart
N_PER_LINE = (
    4  # colours that have the same line at first: more are hard to tell apart for those who see few colours
)
N_LOOKS = N_COLOURS * N_LINES
MAX_LABEL = 22  # characters of a name beside the number of a quote


@dataclass(frozen=True, slots=True)
class Badge:
    """How a speaker is marked.

    Attributes:
        number: Of the speaker in the report, from 1; 0 stands for all that are not known.
        look: Colour and line, 0 to N_LOOKS - 1; None for those not known.
    """

    number: int
    look: int | None

    @property
    def colour(self) -> str:
        """The class of the colour."""
        return "unknown" if self.look is None else f"t{self.look % N_COLOURS}"

    @property
    def line(self) -> str:
        """The class of the line."""
        if self.look is None:
            return ""
        turn, colour = divmod(self.look, N_COLOURS)
        return f"l{(colour // N_PER_LINE + turn) % N_LINES}"


UNKNOWN = Badge(0, None)


class Badges:
    """Gives every speaker of a report a look, once, and in each article different ones as far as they go."""

    def __init__(self) -> None:
        self._by_number: dict[int, Badge] = {}
        self._next = 0

    def get(self, number: int) -> Badge:
        """Get the badge of a speaker."""
        return self._by_number.get(number, UNKNOWN)

    def assign(self, numbers: Iterable[int]) -> None:
        """Give looks to those of an article's speakers who have none yet."""
        wanted = dict.fromkeys(numbers)
        taken = {self._by_number[number].look for number in wanted if number in self._by_number}
        for number in wanted:
            if number not in self._by_number:
                look = self._choose(taken)
                taken.add(look)
                self._by_number[number] = Badge(number, look)

    def _choose(self, taken: set[int | None]) -> int:
        """Choose the next look, if possible of a colour that nobody in the article has."""
        colours = {look % N_COLOURS for look in taken if look is not None}
        looks = [(self._next + step) % N_LOOKS for step in range(N_LOOKS)]
        free = [look for look in looks if look % N_COLOURS not in colours]
        look = next(iter(free or [look for look in looks if look not in taken] or looks))
        self._next = (look + 1) % N_LOOKS
        return look


def number_speakers(article: Article) -> dict[str, Badge]:
    """Give badges to the speakers of an article that stands alone, by their ids."""
    numbers = {speaker.id: number for number, speaker in enumerate(article.speakers, start=1)}
    badges = Badges()
    badges.assign(numbers.values())
    return {key: badges.get(number) for key, number in numbers.items()}


def find_badge(quote: Quote, badges: Mapping[str, Badge]) -> Badge:
    """Find the badge of a quote's speaker."""
    return badges.get(quote.speaker.id, UNKNOWN) if quote.speaker else UNKNOWN


def shorten_name(speaker: Speaker | None) -> str:
    """Shorten a name to stand beside the number of a quote: to what the article calls a person, or the beginning.

    >>> shorten_name(Speaker("a", "Lo Thi Huong", "person", ("the mayor", "Huong"))), shorten_name(None)
    ('Huong', '?')
    >>> shorten_name(Speaker("b", "the provincial transport office", "org"))
    'provincial transport…'
    """
    if speaker is None:
        return "?"
    words = speaker.name.split()
    parts = [alias for alias in speaker.aliases if set(alias.split()) < set(words) and alias[:1].isupper()]
    if speaker.kind == "person" and parts:
        words = min(parts, key=len).split()
    while len(words) > 1 and words[0].lower() in ARTICLES:
        words = words[1:]
    name = " ".join(words)
    return name if len(name) <= MAX_LABEL else name[: MAX_LABEL - 1].rsplit(" ", 1)[0] + "…"
