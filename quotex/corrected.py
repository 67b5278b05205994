"""What people have corrected: it stands in place of what is found in the same text."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from quotex.convert.parts import OF_A_PERSON
from quotex.convert.results import build_rows
from quotex.evaluation.corrections import digest_text
from quotex.evaluation.read import parse_articles, read_rows
from quotex.extraction import run_stages
from quotex.pipeline.results import complete
from quotex.types import Article, Findings, Speaker


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
        rows = [(number, dict(row)) for number, row in read_rows(str(path))]
        parse_articles(str(path), rows)  # says what is wrong with them
        articles = build_rows(rows, path, find_texts=lambda id: [])  # each has its text
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
        whole = complete(corrected, run_stages(corrected.text))
        return Findings(tuple(replace(one, confidence=OF_A_PERSON) for one in whole.quotes), whole.speakers)

    def count(self) -> tuple[int, int]:
        """Count the texts that were met, and all there are."""
        return len(self._met), len(self._texts)
