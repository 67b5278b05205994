"""What people have corrected: it stands in place of what is found in the same text."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from quotex.convert.parts import OF_A_PERSON
from quotex.convert.results import read_jsonl
from quotex.evaluation.corrections import digest_text
from quotex.evaluation.read import read_gold
from quotex.extraction import STAGES
from quotex.pipeline.notes import take_index
from quotex.pipeline.results import surround
from quotex.pipeline.tokenizer import MarkedEnglish
from quotex.types import Article, Findings, Quote, Speaker

WITHOUT_MODEL = STAGES[:2]  # which find paragraphs, sentences and marks


class Corrected:
    """The quotes of texts as people have corrected them; called with an article, it gives those of its text.

    Attributes:
        n_asked: How many articles it was called with.
    """

    def __init__(self, path: Path, look: Callable[[Iterable[Speaker]], None] = lambda speakers: None) -> None:
        """Read a file of corrections, or any in the form of GOLD; of several lines with one text the last counts.

        Args:
            path: Where it is.
            look: Is shown the speakers of each text that is met.

        Raises:
            InputError: Q1xx, the file cannot be read; Q401 to Q407 or Q414, a row is not as it should be.
            UsageError: Q106, there is no such file.
        """
        read_gold(str(path))  # says what is wrong with it
        articles = read_jsonl(path, Counter(), find_texts=lambda id: [])  # each has its text
        self._look = look
        self._texts = {digest_text(article.text): article for article in articles}
        self._met: set[str] = set()
        self.n_asked = 0

    def __call__(self, article: Article) -> Findings | None:
        """Find what was made of the text of an article; None if nothing was."""
        self.n_asked += 1
        digest = digest_text(article.text)
        corrected = self._texts.get(digest)
        if corrected is None:
            return None
        self._met.add(digest)
        self._look(corrected.speakers)
        return complete(corrected)

    def count(self) -> tuple[int, int]:
        """Count the texts that were met, and all there are."""
        return len(self._met), len(self._texts)


def complete(article: Article) -> Findings:
    """Add what is not saved: that a person is sure, sentences, and which quote stands in which."""
    nlp = MarkedEnglish()
    for stage in WITHOUT_MODEL:
        nlp.add_pipe(stage)
    doc = nlp(article.text)
    index = take_index(doc)
    speakers = sorted((one for one in article.speakers if one.quotes), key=lambda one: one.quotes)
    quotes = []
    for quote in article.quotes:
        sentence, within = surround(doc, index, quote), find_around(quote, article.quotes)
        quotes.append(replace(quote, sentence=sentence, within=within, confidence=OF_A_PERSON))
    return Findings(tuple(quotes), tuple(speakers))


def find_around(quote: Quote, quotes: Iterable[Quote]) -> int | None:
    """Find the number of the shortest quote in whose content all of another stands."""
    holding = [(len(one.text), one.id) for one in quotes if one.id != quote.id and holds(one, quote)]
    return min(holding)[1] if holding else None


def holds(outer: Quote, inner: Quote) -> bool:
    """Tell whether a quote with its cue stands in the content of another, and is not the whole of it."""
    places = [(piece.start, piece.end) for piece in outer.content]
    parts = [(piece.start, piece.end) for piece in (*inner.content, *inner.cue)]
    return places != parts and all(any(a <= start and end <= b for a, b in places) for start, end in parts)
