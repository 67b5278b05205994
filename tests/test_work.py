"""What a worker does with an article: memory stays bounded, whatever words it meets."""

import pytest

from quotex import work
from quotex.pipeline.tokenizer import MarkedEnglish
from quotex.read import Failure
from quotex.types import Article
from quotex.work import Extractor


class ReadWords:
    """A chore that meets words."""

    def __init__(self, text: str) -> None:
        self.id = "words"
        self.text = text

    def do(self, nlp) -> list[str]:
        """Meet them."""
        return [token.text for token in nlp(self.text)]


@pytest.fixture
def nlp(monkeypatch):
    """A pipeline without stages, in place of ours."""
    nlp = MarkedEnglish()
    monkeypatch.setattr("quotex.extraction.load", lambda model=None: nlp)
    return nlp


@pytest.mark.parametrize("room", [0, 10])
def test_words_are_kept_until_there_are_enough(nlp, monkeypatch, room):
    """Then those of each chore or article are forgotten; the answers are the same."""
    monkeypatch.setattr(work, "N_KNOWN", len(nlp.vocab.strings) + room)
    extractor = Extractor(None)
    counts = []
    for number in range(4):
        text = " ".join(f"zorp{letter}{number}" for letter in "abcdefgh")
        assert extractor.work(ReadWords(text)) == text.split()
        counts.append(len(nlp.vocab.strings))
    assert counts[room > 0] == counts[-1] <= work.N_KNOWN + 2 * room
    assert (counts[0] > work.N_KNOWN - room) == (room > 0)


def test_words_of_an_article_that_fails_are_forgotten(nlp, monkeypatch):
    """As those of any other."""
    monkeypatch.setattr(work, "N_KNOWN", 0)
    n_words = len(nlp.vocab.strings)
    monkeypatch.setattr("quotex.extraction.read_quotes", lambda doc: 1 / 0)
    for _ in range(2):
        assert isinstance(Extractor(None).extract(Article("a", "Zorp quib wex.")), Failure)
        assert len(nlp.vocab.strings) == n_words
