"""Which quotes are wanted."""

from dataclasses import replace

import pytest

from quotex.errors import UsageError
from quotex.select import Order, Selection, make_selection, put_into
from quotex.types import Findings, Speaker


def numbers(article, **options):
    """Which quotes are kept, and how the speakers are left."""
    selected = put_into(article, Findings(article.quotes, article.speakers), make_selection(**options))
    assert {quote.speaker for quote in selected.quotes} - {None} == set(selected.speakers)
    return [quote.id for quote in selected.quotes], [speaker.quotes for speaker in selected.speakers]


@pytest.mark.parametrize(
    ("options", "kept", "left"),
    [
        ({}, [1, 2], [(1,)]),
        ({"thoughts": True}, [1, 2, 3], [(1, 2)]),
        ({"types": ["mixed"]}, [2], []),
        ({"types": ["mixed, DIRECT"]}, [1, 2], [(1,)]),
        ({"types": ["mixed", "indirect"], "thoughts": True}, [2, 3], [(2,)]),
        ({"min_confidence": 0.99}, [2], []),
        ({"min_confidence": 0.99, "thoughts": True}, [3], []),
        ({"min_confidence": 0.5, "thoughts": True}, [1, 2, 3], [(1, 2)]),
        ({"order": Order.confidence, "thoughts": True}, [3, 1, 2], [(1, 2)]),
        ({"speakers": ["lee"]}, [1], [(1,)]),
        ({"speakers": ["nobody", "ANN LEE"], "thoughts": True}, [1, 2], [(1, 2)]),
        ({"speakers": ["An"]}, [], []),
        ({"speakers": ["lee"], "min_confidence": 1}, [], []),
    ],
)
def test_selections(article, options, kept, left):
    """All conditions must hold; numbers stay, and speakers without a quote are dropped."""
    assert numbers(article, **options) == (kept, left)


@pytest.mark.parametrize(
    "wanted", ["recep", "Erdogan", "ERDOĞAN", "erdoğan", "tayyip erdogan", "O'Brien", "o brien"]
)
def test_speakers_are_found_by_words_of_name_alias_and_id(wanted, article):
    """Neither case nor accents nor the shape of an apostrophe matter."""
    speaker = Speaker("recep-tayyip", "Erdoğan", "person", ("Tayyip Erdoğan", "O’Brien"), quotes=(1,))
    quote = replace(article.quotes[0], speaker=speaker)
    one = replace(article, quotes=(quote,), speakers=(speaker,))
    assert numbers(one, speakers=[wanted]) == ([1], [(1,)])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"types": ["direct,foo"]}, "[Q206] --type foo: no such type. Types are direct, mixed, indirect."),
        ({"types": [""]}, "[Q206] --type '': no such type. Types are direct, mixed, indirect."),
        ({"speakers": ["…"]}, "[Q207] --speaker '…': holds no letters to look for."),
        ({"min_confidence": 1.1}, "[Q208] --min-confidence 1.1: not a number from 0 to 1."),
        ({"min_confidence": float("nan")}, "[Q208] --min-confidence nan: not a number from 0 to 1."),
    ],
)
def test_what_cannot_be_selected(options, message):
    """Each slip is named with what would be right."""
    with pytest.raises(UsageError) as caught:
        make_selection(**options)
    assert str(caught.value) == message


def test_numbers_follow_where_a_quote_stands(article):
    """A thought that is left out has no number; what stands in it stands in the quote around it."""
    first, thought, last = article.quotes
    inside = (first, replace(thought, within=1), replace(last, within=2))
    found = Findings(inside, article.speakers)
    kept = put_into(article, found, make_selection())
    assert [(quote.id, quote.within) for quote in kept.quotes] == [(1, None), (2, 1)]
    every = put_into(article, found, make_selection(thoughts=True, types=["mixed"]))
    assert [(quote.id, quote.within) for quote in every.quotes] == [(3, 2)]


def test_statements_are_the_default():
    """The defaults of the options and of the class are the same."""
    assert make_selection() == Selection()
