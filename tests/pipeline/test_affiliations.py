"""For which body somebody speaks."""

import pytest

from quotex.pipeline.attribute import Attributor
from quotex.pipeline.results import read_speakers
from quotex.pipeline.speakers import SpeakerResolver
from tests.pipeline.naming import make_named

WEIGHTS = {
    "named": {"inside": 2.0, "in_head": 2.0, "in_owner": -4.0, "in_of": -4.0, "body_before": -4.0},
    "it": {"org": 2.0},
    "definite": {"in_name": 4.0, "nobody": 2.0},
    "bare": {"nobody": 2.0},
}


def find(marked: str) -> str | None:
    """Find the affiliation of the last speaker of a text."""
    return read_speakers(SpeakerResolver(WEIGHTS)(Attributor()(make_named(marked))))[-1].affiliation


SAID = " {c1:said} {k1:it rained}."
BOARD = "The [o:Harbour Board] met. "


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("{s1:[m:A spokesman for [o:Lake Ferries]]}", "Lake Ferries"),
        ("{s1:[m:A spokesman for the [o:Lake Ferries]]}", "Lake Ferries"),
        ("{s1:[m:[o:Lake Ferries] officials]}", "Lake Ferries"),
        ("{s1:[m:[o:Lake Ferries]’s boss]}", "Lake Ferries"),
        ("{s1:A report by the [o:Lake Board]}", "Lake Board"),
        ("{s1:[p:Grace Wambui], [d:head of the [o:Lake Board]],}", "Lake Board"),
        ("{s1:[o:Lake Ferries]’s [p:Grace Wambui]}", "Lake Ferries"),
        ("{s1:[p:Grace Wambui] of the [o:Lake Board]}", "Lake Board"),
        ("[t:Pilot] [p:Grace Wambui] of the [o:Lake Board] came. {s1:[p:Wambui]}", "Lake Board"),
        ("The [o:Lake Board] ([o:LB]) met. {s1:[m:An [o:LB] pilot]}", "Lake Board"),
        (BOARD + "{s1:[m:The board’s boss], [p:Grace Wambui],}", "Harbour Board"),
        (BOARD + "{s1:The board’s report}", "Harbour Board"),
        (BOARD + "{s1:[m:A lawyer for the board]}", "Harbour Board"),
        (BOARD + "{s1:[m:Its lawyer]}", "Harbour Board"),
        ("{s1:[p:Grace Wambui], [d:former head of the [o:Lake Board]],}", None),
        ("{s1:[m:A critic of [o:Lake Ferries]]}", None),
        ("{s1:[m:[o:Lake Ferries] passengers]}", None),
        ("{s1:[m:A lawyer for [o:Lake Ferries] pilots]}", None),
        ("{s1:A lawsuit against the [o:Lake Board]}", None),
        ("{s1:[m:The mayor of [l:Kisumu]]}", None),
        ("{s1:[m:An aide to [p:Sok Dara]]}", None),
        ("{s1:The [o:Lake Board]}", None),
        ("{s1:[p:Grace Wambui]}", None),
    ],
)
def test_bodies_that_speakers_speak_for(source: str, body: str | None) -> None:
    """Owners, what goes before a noun, and what prepositions lead to, by full names; critics speak for none."""
    assert find(source + SAID) == body
