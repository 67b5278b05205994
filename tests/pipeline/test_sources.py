"""The words of a source: what they are, the names in them, and where these stand."""

import pytest

from quotex.pipeline.speakers.mentions import Mentions
from quotex.pipeline.speakers.sources import Source, find_role, read_source
from quotex.types import ROLE_SPANS
from tests.pipeline.naming import make_named


def read_last(marked: str) -> tuple[Mentions, Source]:
    """Read the last source of a text."""
    doc = make_named(marked)
    span = [span for span in doc.spans[ROLE_SPANS] if span.label_ == "source"][-1]
    mentions = Mentions(doc)
    return mentions, read_source(mentions, span.start, span.end)


@pytest.mark.parametrize(
    ("marked", "form", "noun"),
    [
        ("{s1:[t:Mayor] [p:Grace Wambui]} left.", "named", "wambui"),
        ("{s1:[p:Wambui]’s lawyer} left.", "named", "lawyer"),
        ("{s1:She} left.", "personal", ""),
        ("{s1:It} left.", "it", ""),
        ("{s1:They} left.", "they", ""),
        ("It was [p:Wambui], {s1:who} left.", "relative", "wambui"),
        ("It was critics {s1:who} left.", "relative", "critics"),
        ("{s1:that} left.", "relative", ""),
        ("{s1:That mayor} left.", "definite", "mayor"),
        ("{s1:Her deputy mayor} left.", "definite", "deputy mayor"),
        ("{s1:The mayor of the city} left.", "definite", "mayor"),
        ("{s1:A mayor} left.", "bare", "mayor"),
        ("{s1:Officials in a boat} left.", "bare", "officials"),
    ],
)
def test_forms(marked: str, form: str, noun: str) -> None:
    """What a source is decides what speaks for whom it means."""
    _, source = read_last(marked)
    assert (source.form, source.noun) == (form, noun)


def test_pronouns_have_no_phrase() -> None:
    """A gender at most."""
    _, source = read_last("{s1:Himself} left.")
    assert (source.gender, source.names, source.phrase) == ("he", [], (0, 0))


@pytest.mark.parametrize(
    ("marked", "phrase"),
    [
        ("It was about critics {s1:who} left.", "critics"),
        ("It was [p:Grace Wambui] of [l:Kisumu], {s1:who} left.", "Grace Wambui of Kisumu"),
        ("It was [p:Wambui]’s lawyer, {s1:who} left.", "Wambui’s lawyer"),
        ("It rained. Nurses {s1:who} left.", "Nurses"),
        ("{s1:Who} left?", ""),
    ],
)
def test_phrases_before_relative_pronouns(marked: str, phrase: str) -> None:
    """Back to a preposition or verb, and no further than the sentence."""
    mentions, source = read_last(marked)
    assert mentions.join(*source.phrase) == phrase


@pytest.mark.parametrize(
    ("role", "yes", "no"),
    [
        ("first", "{s1:the [p:Wambui] group} left.", "{s1:mayor [p:Wambui]} left."),
        ("ends", "{s1:mayor [p:Wambui]} left.", "{s1:[p:Wambui] of Ora} left."),
        ("core_ends", "{s1:[p:Wambui] of Ora} left.", "{s1:[p:Wambui] officials} left."),
        ("apposed", "{s1:the mayor, [p:Wambui]} left.", "{s1:mayor [p:Wambui]} left."),
        ("after_core", "{s1:the boss (at [p:Wambui])} left.", "{s1:the boss at [p:Wambui]} left."),
        ("preposed", "{s1:an aide to mayor [p:Wambui]} left.", "{s1:[p:Wambui] of Ora} left."),
        ("of", "{s1:an aide to the [p:Wambui] group} left.", "{s1:an aide to mayor [p:Wambui]} left."),
        ("owner", "{s1:[p:Wambui]’s aide} left.", "{s1:[p:Wambui]} left."),
        ("before", "{s1:[o:Oxfam] officials} left.", "{s1:[o:Oxfam] of Ora} left."),
        ("head", "{s1:mayor [p:Wambui] of Ora} left.", "{s1:[p:Wambui]’s aide} left."),
        ("beside", "{s1:[t:mayor] [p:Wambui]} left.", "{s1:[t:Mr.] [p:Wambui]} left."),
        ("honoured", "{s1:[t:Mr.] [p:Wambui]} left.", "{s1:[t:mayor] [p:Wambui]} left."),
        ("only", "{s1:[p:Wambui]} left.", "{s1:[p:Wambui] and [p:Otieno]} left."),
    ],
)
def test_where_a_name_stands(role: str, yes: str, no: str) -> None:
    """Each place, with a source that it is of and one that it is not of."""
    for marked, expected in ((yes, 1.0), (no, 0.0)):
        mentions, source = read_last(marked)
        assert find_role(mentions, source, source.names[0])[role] == expected, marked


def test_nothing_stands_before_a_text():
    """Its last word least of all: `of Kisumu` goes on with no name."""
    _, source = read_last("of [p:Grace Wambui], {s1:who} left Kisumu")
    assert source.phrase == (1, 3)
