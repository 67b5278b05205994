"""From rows to articles."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from quotex.read.rows import Place, describe, to_json


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", "a"),
        (True, True),
        (None, None),
        ({"a": [1, 2.5]}, {"a": [1, 2.5]}),
        ([("key", date(2024, 3, 1))], [["key", "2024-03-01"]]),
        (datetime(2024, 3, 1, 10, tzinfo=UTC), "2024-03-01T10:00:00+00:00"),
        (time(10, 30), "10:30:00"),
        (timedelta(days=1), "1 day, 0:00:00"),
        (Decimal("1.50"), "1.50"),
        (b"caf\xe9", "caf\\xe9"),
        (float("nan"), None),
        ([float("inf")], [None]),
    ],
)
def test_values_become_what_json_has(value, expected):
    """Also in lists and objects."""
    assert to_json(value) == expected
    assert type(to_json(value)) is type(expected)


@pytest.mark.parametrize(
    ("place", "shown", "name"),
    [
        (Place("a.csv", "line", 3), "a.csv, line 3", "a.csv:3"),
        (Place("a.csv", "line", 3, 5), "a.csv, lines 3 to 5", "a.csv:3"),
        (Place("a.json"), "a.json", "a.json"),
    ],
)
def test_places(place, shown, name):
    """For messages, and for articles without an id."""
    assert (str(place), place.id) == (shown, name)


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "null"), ([], "an array"), ({}, "an object"), (1.5, "a number"), (b"", "a value of type bytes")],
)
def test_values_are_described(value, words):
    """For messages."""
    assert describe(value) == words
