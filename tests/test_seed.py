"""The article that the project began with, which is in ../shared and not ours to publish."""

import json

import pytest

import quotex
from tests.paths import SHARED, needs_shared, strip_edges

pytestmark = needs_shared


@pytest.fixture(scope="module")
def article():
    """The article, with what quotex finds in it."""
    return quotex.extract((SHARED / "seed" / "article.txt").read_bytes().decode("utf-8"))


@pytest.fixture(scope="module")
def expected():
    """What a person found in it: type, speaker and pieces of each quote."""
    seed = json.loads((SHARED / "seed" / "expected.json").read_text("utf-8"))
    return [
        (
            quote["type"],
            quote["speaker"],
            [strip_edges(seed["text"][start:end]) for start, end in quote["content"]],
        )
        for quote in seed["quotes"]
    ]


def test_all_fifteen_statements(article, expected):
    """Each with its type and speaker, all pieces, in order; and no others."""
    found = [
        (quote.type, quote.speaker.name if quote.speaker else None, [strip_edges(s.text) for s in quote.content])
        for quote in article.quotes
        if quote.act == "statement"
    ]
    assert [(kind, name) for kind, name, _ in found] == [(kind, name) for kind, name, _ in expected]
    assert [pieces for kind, _, pieces in found if kind == "direct"] == [
        pieces for kind, _, pieces in expected if kind == "direct"
    ]


def test_scare_quote(article):
    """“invasion” is what others call it."""
    assert all(strip_edges(quote.text) != "invasion" for quote in article.quotes)


def test_what_is_known_of_the_speakers(article):
    """Title and relation, of those who speak in statements."""
    said = [quote.speaker for quote in article.quotes if quote.act == "statement" and quote.speaker]
    known = {speaker.name: (said.count(speaker), speaker.description) for speaker in said}
    assert known["Hun Sen"] == (11, "Prime Minister")
    assert known["Ro Vannak"] == (3, "co-founder of the Cambodian Institute for Democracy")
    assert known["critics"] == (1, None)
