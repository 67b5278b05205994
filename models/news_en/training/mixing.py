"""Mixing: copies of marked articles with something of another one put in, which leaves what is said as it was."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from models.news_en.training.texts import MarkedText
from quotex.records import Annotation, Range
from quotex.text.paragraphs import find_paragraphs

BETWEEN = "\n\n"
SENTENCE_ENDS = tuple('.!?”"’')
Move = Callable[[int], int]


class Mixer:
    """Puts a title, a narrator's paragraph or a whole other article into one, each as often as the others."""

    def __init__(self, texts: Sequence[MarkedText], rng: np.random.Generator) -> None:
        self._texts, self._rng = texts, rng
        self._titles, self._narration = [], []
        for text in texts:
            (first, *rest) = find_paragraphs(text.text)
            if not text.text[: first[1]].endswith(SENTENCE_ENDS):
                self._titles.append((text, first))
            said = find_extents(text.quotes)
            self._narration += [
                (text, (start, end))
                for start, end in rest
                if text.text[:end].endswith(SENTENCE_ENDS) and not any(s < end and start < e for s, e in said)
            ]

    def __call__(self, text: MarkedText) -> MarkedText:
        """Make a copy."""
        match self._rng.integers(3):
            case 0:
                return insert(text, 0, cut(*self._draw(self._titles)))
            case 1:
                said = find_extents(text.quotes)
                begun = [start for start, _ in find_paragraphs(text.text)]
                free = [at for at in begun if not any(start < at < end for start, end in said)]
                return insert(text, self._draw(free), cut(*self._draw(self._narration)))
            case _:
                return insert(text, 0, self._draw(self._texts))

    def _draw(self, items: Sequence[Any]) -> Any:
        return items[int(self._rng.integers(len(items)))]


def find_extents(quotes: Iterable[Annotation]) -> list[Range]:
    """Find from where to where each quote goes, its cue and source included."""
    places = [[*quote.content, *quote.cue, *quote.source] for quote in quotes]
    return [(min(start for start, _ in parts), max(end for _, end in parts)) for parts in places]


def cut(text: MarkedText, part: Range) -> MarkedText:
    """Cut out a part; what is marked in it stays if it is all in it.

    Args:
        text: The article.
        part: Where; all of a quote is in it or nothing.
    """
    first, last = part
    kept = [i for i, (start, end) in enumerate(find_extents(text.quotes)) if first <= start and end <= last]
    inside = replace(
        text,
        text=text.text[first:last],
        quotes=tuple(text.quotes[i] for i in kept),
        speakers=tuple(text.speakers[i] for i in kept),
        names=tuple(one for one in text.names if first <= one.start and one.end <= last),
        besides=tuple(one for one in text.besides if first <= one.start and one.end <= last),
        mentions=tuple(one for one in text.mentions if first <= one.start and one.end <= last),
    )
    return move(inside, lambda place: place - first)


def insert(text: MarkedText, at: int, other: MarkedText) -> MarkedText:
    """Put another text, whose people are others, before the paragraph that begins at `at`."""
    shift = len(other.text) + len(BETWEEN)
    n = max(text.entities, default=0)
    own = move(text, lambda place: place + shift if place >= at else place)
    new = move(other, lambda place: place + at)
    return MarkedText(
        id=text.id,
        text=text.text[:at] + other.text + BETWEEN + text.text[at:],
        quotes=(*own.quotes, *new.quotes),
        speakers=(*own.speakers, *(number + n for number in new.speakers)),
        entities={**own.entities, **{number + n: one for number, one in new.entities.items()}},
        names=(*own.names, *(one._replace(entity=one.entity and one.entity + n) for one in new.names)),
        besides=(*own.besides, *new.besides),
        mentions=(*own.mentions, *(one._replace(entity=one.entity + n) for one in new.mentions)),
    )


def move(text: MarkedText, to: Move) -> MarkedText:
    """Move all marks; an end goes with the character before it."""

    def shift(ranges: Iterable[Range]) -> tuple[Range, ...]:
        return tuple((to(start), to(end - 1) + 1) for start, end in ranges)

    def shift_all(marks: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(one._replace(start=to(one.start), end=to(one.end - 1) + 1) for one in marks)

    return replace(
        text,
        quotes=tuple(
            replace(quote, content=shift(quote.content), cue=shift(quote.cue), source=shift(quote.source))
            for quote in text.quotes
        ),
        names=shift_all(text.names),
        besides=shift_all(text.besides),
        mentions=shift_all(text.mentions),
    )
