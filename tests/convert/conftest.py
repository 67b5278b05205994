"""Articles with all that a format may find hard: overlaps, nesting, line ends, pieces, no speaker."""

from dataclasses import replace

import pytest

from quotex.types import Article, Quote, Span, Speaker

TEXT = (
    "\ufeff“We are ready,” said Ann Lee & Bo Lind. “Come <in>.”\r\n\r\n"
    "The city, she hoped, would pay.\n\n"
    "\u00a0\n"
    "“He told me ‘never again’\u2028and left 𝒂gain.\n\n"
    "“Nobody asked us 𝒂nd that is\tthat"
)


def cut(part: str) -> Span:
    """Find a part of the text."""
    start = TEXT.index(part)
    return Span(start, start + len(part), part)


@pytest.fixture
def hard() -> Article:
    """One article with quotes of all kinds."""
    long = TEXT[TEXT.index("He told") :]
    ann = Speaker(
        "ann-lee",
        "Ann Lee",
        "person",
        ("Lee", "she"),
        ("the mayor", "a\u00a0lawyer"),
        (1, 2, 3),
        "Ora & Co",
        "she",
    )
    both = Speaker("2", "Ann Lee &\nBo Lind", "group", (), (), (4,))
    ora = Speaker("ora", "Ora", "org", ("O<r>a",), (), ())
    base = Quote(1, "direct", "statement", (), (), (), ann, 0.123456789, 1, sentence="“Come <in>.” & so on")
    quotes = (
        replace(
            base, content=(cut("We are ready,"), cut("Come <in>.")), cue=(cut("said"),), source=(cut("Ann Lee"),)
        ),
        replace(
            base,
            id=2,
            type="indirect",
            act="thought",
            content=(cut("The city"), cut("would pay")),
            cue=(cut("hoped"),),
            source=(cut("she"),),
            paragraph=2,
        ),
        replace(base, id=3, content=(cut(long),), cue=(cut("said"),), paragraph=3, closed=False, confidence=1.0),
        replace(
            base,
            id=4,
            type="mixed",
            content=(cut("never again"),),
            cue=(cut("told"),),
            source=(cut("He"),),
            speaker=both,
            within=3,
            paragraph=3,
        ),
        # over the edges of others, and of words
        replace(
            base,
            id=7,
            content=(cut("again’\u2028and lef"),),
            source=(cut("Ann Lee & Bo"),),
            speaker=None,
            paragraph=3,
        ),
    )
    meta = {"url": "https://example.org/?a=1&b=2", "tags": ["a", None, 1.5, {"b": "“x”"}]}
    return Article("news/a.txt", TEXT, quotes, (ann, both, ora), meta)


@pytest.fixture
def plain() -> Article:
    """An article without quotes."""
    return Article("news/b", "It rained.\nAll day.\n")
