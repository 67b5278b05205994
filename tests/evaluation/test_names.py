"""Names: how they are read, and how many of them are found."""

import json
from math import nan
from pathlib import Path

import pytest

from quotex.errors import QuotexError
from quotex.evaluation import (
    NAME_KINDS,
    AnnotatedText,
    NamedText,
    read_gold_or_names,
    score_names,
)

TEXT = "Ann Lee of Oslo Port Ltd said it rained."
MENTIONS = [
    {"start": 0, "end": 7, "type": "person", "label": "Person"},
    {"start": 11, "end": 24, "type": "organization"},
    {"start": 11, "end": 15, "type": "place"},
]
ARTICLE = {"id": "a", "region": "north", "text": TEXT, "mentions": MENTIONS}
NAMED = NamedText("a", TEXT, {"person": {(0, 7)}, "org": {(11, 24)}, "place": {(11, 15)}, "other": set()})
NONE = {"P": nan, "R": nan, "F1": nan}
ALL = {"P": 100.0, "R": 100.0, "F1": 100.0}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder to write in."""
    monkeypatch.chdir(tmp_path)


def write(*rows: dict) -> str:
    """Write JSON Lines."""
    Path("g.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return "g.jsonl"


def test_names_against_themselves():
    """All right; of a kind that does not occur there is nothing to find."""
    scores = score_names([NAMED.names], [NAMED.names])
    assert str(scores) == str({"person": ALL, "org": ALL, "place": ALL, "other": NONE})


def test_nothing_found_and_nothing_right():
    """No division by zero, and no figure for any kind."""
    assert str(score_names([], [])) == str(score_names([{}], [{}])) == str(dict.fromkeys(NAME_KINDS, NONE))


def test_only_exact_names_count():
    """Of the same kind, in the same article, once."""
    gold = [{"person": [(0, 7), (10, 12)], "org": [(20, 25)]}, {"person": [(0, 7), (30, 33)]}]
    found = [{"person": [(0, 7), (0, 7), (10, 13), (20, 25)]}, {"person": [(10, 12)], "org": [(30, 33)]}]
    scores = score_names(gold, found)
    assert scores["person"] == {"P": 25.0, "R": 25.0, "F1": 25.0}
    assert scores["org"] == {"P": 0.0, "R": 0.0, "F1": 0.0}


def test_as_many_articles_found_as_right():
    """Another number is a bug."""
    with pytest.raises(ValueError, match="shorter"):
        score_names([{}, {}], [{}])


def test_gold():
    """Nested names are kept, other keys passed over; an article may have no names."""
    name = write(ARTICLE, {"id": 7, "text": TEXT, "mentions": []})
    none = NamedText("7", TEXT, {kind: set() for kind in NAME_KINDS})
    assert read_gold_or_names(name) == [NAMED, none]


@pytest.mark.parametrize("mentions", [{}, {"mentions": MENTIONS}])
def test_quotes_before_names(mentions):
    """Where quotes are marked, they are what is read."""
    assert read_gold_or_names(write({"id": "a", "text": TEXT, "quotes": []} | mentions)) == [
        AnnotatedText("a", TEXT, ())
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            {"id": "b", "text": TEXT, "quotes": []},
            "[Q401] g.jsonl, line 2: no key 'mentions'; its keys are 'id', 'text', 'quotes'. "
            "Each line needs id, text and mentions.",
        ),
        (ARTICLE, "[Q407] g.jsonl, line 2: id 'a' again, as in line 1."),
        (ARTICLE | {"id": "b", "text": None}, "[Q402] g.jsonl, line 2: 'text' is a JSON null, not a string."),
        (
            ARTICLE | {"id": "b", "mentions": {}},
            "[Q402] g.jsonl, line 2: 'mentions' is a JSON object, not an array.",
        ),
    ],
)
def test_malformed_articles(row, message):
    """File, line, what is wrong."""
    with pytest.raises(QuotexError) as err:
        read_gold_or_names(write(ARTICLE, row))
    assert str(err.value).startswith(message)


@pytest.mark.parametrize(
    ("mention", "message"),
    [
        ([0, 7], "[Q402] {at}: 'mentions' is a JSON array, not an array of objects."),
        (
            {"start": 0, "end": 7, "type": "event"},
            '[Q415] {at}: its type is "event". The types of names are person, organization, place, other.',
        ),
        ({"start": 0, "end": 7}, "[Q415] {at}: its type is null. "),
        (
            {"type": "person", "start": 0},
            "[Q403] {at}: mention must be a list of [start, end], two integers each, ",
        ),
        ({"type": "person", "start": 0, "end": 99}, "[Q404] {at}: mention [0, 99] is not within the text, "),
        ({"type": "person", "start": 7, "end": 7}, "[Q405] {at}: mention [7, 7] ends before it has begun."),
    ],
)
def test_malformed_mentions(mention, message):
    """File, line, number of the mention, what is wrong."""
    with pytest.raises(QuotexError) as err:
        read_gold_or_names(write(ARTICLE | {"mentions": [*MENTIONS, mention]}))
    assert str(err.value).startswith(message.format(at="g.jsonl, line 1, mention 4"))


def test_an_empty_file():
    """Nothing to compare with."""
    with pytest.raises(QuotexError, match=r"^\[Q105\] g\.jsonl: empty"):
        read_gold_or_names(write())
