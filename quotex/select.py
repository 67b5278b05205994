"""Which of the quotes found are wanted: by type, act, speaker and confidence; and in what order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum

from quotex.errors import Msg, UsageError
from quotex.text.names import fold_words
from quotex.types import ACTS, QUOTE_TYPES, Act, Article, Findings, Quote, QuoteType, Speaker

N_NEAREST = 3  # names that are proposed
MIN_NEARNESS = 0.6  # of two names, 0 to 1, as difflib has it: a letter in three may differ


class Order(StrEnum):
    """In what order the quotes of an article come: that of the text, or the surest first."""

    text = "text"
    confidence = "confidence"


@dataclass(frozen=True, slots=True)
class Selection:
    """What a quote must be to be kept.

    Attributes:
        types: Any of these.
        acts: Any of these.
        speakers: Folded names, any of which the speaker must bear; empty for all quotes.
        min_confidence: The least confidence, 0 to 1.
        order: In which those of an article come.
        correct: Gives what people made of the quotes of an article, which counts instead of what was found; None
            for those that nobody has corrected.
    """

    types: tuple[QuoteType, ...] = QUOTE_TYPES
    acts: tuple[Act, ...] = ("statement",)
    speakers: tuple[str, ...] = ()
    min_confidence: float = 0.0
    order: Order = Order.text
    correct: Callable[[Article], Findings | None] | None = None


def make_selection(
    *,
    types: Iterable[str] = (),
    speakers: Iterable[str] = (),
    min_confidence: float = 0.0,
    thoughts: bool = False,
    order: Order = Order.text,
    correct: Callable[[Article], Findings | None] | None = None,
) -> Selection:
    """Check what a user asks for.

    Args:
        types: Each one or more of the types, separated by commas; none means all.
        speakers: Names or whole words of them; case and accents do not matter.
        min_confidence: The least confidence, 0 to 1.
        thoughts: Whether to keep what was believed, hoped and planned, too.
        order: In which those of an article come.
        correct: See Selection.

    Raises:
        UsageError: Q206, Q207, Q208.
    """
    if not 0 <= min_confidence <= 1:
        raise UsageError(Msg.Q208.format(given=min_confidence))
    return Selection(
        types=parse_types(types),
        acts=ACTS if thoughts else ("statement",),
        speakers=tuple(parse_speaker(name) for name in speakers),
        min_confidence=min_confidence,
        order=order,
        correct=correct,
    )


def parse_types(given: Iterable[str]) -> tuple[QuoteType, ...]:
    """Split at commas and check; nothing given means all types.

    Raises:
        UsageError: Q206, there is no such type.
    """
    names = [name.strip().lower() for item in given for name in item.split(",")]
    for name in names:
        if name not in QUOTE_TYPES:
            raise UsageError(Msg.Q206.format(given=name or "''", types=", ".join(QUOTE_TYPES)))
    return tuple(kind for kind in QUOTE_TYPES if kind in names) or QUOTE_TYPES


def parse_speaker(given: str) -> str:
    """Fold a name that is looked for.

    Raises:
        UsageError: Q207, it holds no letters.
    """
    folded = " ".join(fold_words(given))
    if not folded:
        raise UsageError(Msg.Q207.format(given=given))
    return folded


def put_into(article: Article, found: Findings, selection: Selection, *, renumber: bool = True) -> Article:
    """Give an article those of the quotes found in it that are wanted, and the speakers who have one of them.

    Args:
        article: With its text.
        found: What was found in it.
        selection: What is wanted.
        renumber: Whether numbers count the quotes of the acts that are wanted, without holes; all other filters
            leave them as they are.
    """
    found = (selection.correct and selection.correct(article)) or found
    numbers = {
        quote.id: number if renumber else quote.id
        for number, quote in enumerate((quote for quote in found.quotes if quote.act in selection.acts), start=1)
    }
    wanted = [quote for quote in found.quotes if is_wanted(quote, selection)]
    kept = {quote.id for quote in wanted}
    speakers = {
        speaker.id: replace(speaker, quotes=tuple(numbers[number] for number in speaker.quotes if number in kept))
        for speaker in found.speakers
    }
    around = {quote.id: quote.within for quote in found.quotes}
    quotes = [
        replace(
            quote,
            id=numbers[quote.id],
            speaker=speakers[quote.speaker.id] if quote.speaker else None,
            within=find_outer(quote.within, around, numbers),
        )
        for quote in wanted
    ]
    if selection.order is Order.confidence:
        quotes.sort(key=lambda quote: -quote.confidence)
    return replace(
        article, quotes=tuple(quotes), speakers=tuple(speaker for speaker in speakers.values() if speaker.quotes)
    )


def find_outer(outer: int | None, around: Mapping[int, int | None], numbers: Mapping[int, int]) -> int | None:
    """Find the new number of the quote that another stands in; where that has none, of the one around it."""
    while outer is not None and outer not in numbers:
        outer = around[outer]
    return None if outer is None else numbers[outer]


def is_wanted(quote: Quote, selection: Selection) -> bool:
    """Tell whether one quote is wanted."""
    return (
        quote.type in selection.types
        and quote.act in selection.acts
        and quote.confidence >= selection.min_confidence
        and (not selection.speakers or bears_name(quote.speaker, selection.speakers))
    )


def bears_name(speaker: Speaker | None, wanted: Iterable[str]) -> bool:
    """Tell whether any of the folded names stands, as whole words, in a name, alias or id of the speaker."""
    if speaker is None:
        return False
    names = [f" {' '.join(fold_words(name))} " for name in (speaker.name, speaker.id, *speaker.aliases)]
    return any(f" {name} " in other for name in wanted for other in names)


class Sought:
    """Watches whether speakers who are looked for are there at all, and who is there instead.

    Memory grows with the names, which only those pay for who look for one.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._missing = {parse_speaker(name): name for name in names}
        self._names: dict[str, str] = {}  # folded -> as written

    def look(self, speakers: Iterable[Speaker]) -> None:
        """Look at the speakers of one more article."""
        if not self._missing:
            return
        for speaker in speakers:
            self._missing = {one: name for one, name in self._missing.items() if not bears_name(speaker, [one])}
            for name in (speaker.name, *speaker.aliases):
                self._names.setdefault(" ".join(fold_words(name)), speaker.name)

    def list_missing(self) -> list[tuple[str, list[str]]]:
        """List the names that nobody bears, as they were given, each with the nearest that are there."""
        return [(name, self._find_nearest(folded)) for folded, name in self._missing.items()]

    def _find_nearest(self, wanted: str) -> list[str]:
        words = {word: name for folded, name in self._names.items() for word in folded.split()}
        near = [self._names[one] for one in get_close_matches(wanted, self._names, N_NEAREST, MIN_NEARNESS)]
        for word in wanted.split():
            near += [words[one] for one in get_close_matches(word, words, N_NEAREST, MIN_NEARNESS)]
        return list(dict.fromkeys(near))[:N_NEAREST]
