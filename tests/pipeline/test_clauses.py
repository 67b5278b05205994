"""What the build of a sentence tells of who reports what."""

import pytest
from spacy.tokens import Span

from quotex.pipeline.attribute import Attributor
from quotex.pipeline.notes import RoleLinks, take_notes
from quotex.pipeline.results import read_quotes
from quotex.types import NAMES, NESTED
from tests.pipeline.test_attribute import attribute, make_doc, read


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{k1:The lake}, {s1:Bo} {c1:said}, had frozen.", ["The lake", "had frozen"]),
        ("Nobody, {s1:Bo} {c1:told} the court, {k1:had a key}.", ["Nobody", "had a key"]),
        ("The lake, {s1:Bo} {c1:said}, had frozen.", ["The lake", "had frozen"]),
        ("On Monday, {s1:Bo} {c1:said}, {k1:the lake froze}.", ["the lake froze"]),
        ("{k1:The lake had frozen}, {s1:Bo} {c1:said}, adding salt.", ["The lake had frozen"]),
        ("{k1:The lake had frozen}, {s1:Bo} {c1:said}, and left.", ["The lake had frozen"]),
    ],
)
def test_interrupted_statements(marked, expected):
    """An attribution between commas is about both sides of it, unless one is a clause or an aside."""
    assert attribute(marked) == [("Bo", "indirect", expected)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{k1:“Go,”} Bo said, {s1:the Post} {c1:reported}.", [("Bo", "direct", ["Go,"])]),
        ("{k1:“Go,”} Bo told his son, {c1:according to} {s1:the Post}.", [("Bo", "direct", ["Go,"])]),
        ("{s1:Bo} {c1:said} {k1:“never”} when {c2:asked} {k2:if he would go}.", [("Bo", "direct", ["never"])]),
        ("{s1:Bo} {c1:wrote} {k1:“never” on the door}.", [("Bo", "direct", ["never"])]),
        ("{s1:Bo} {c1:said} {k1:“never” after the game}.", [("Bo", "direct", ["never"])]),
        ("{s1:Bo} {c1:cited} {k1:“costs” on the farm}.", [("Bo", "mixed", ["“costs” on the farm"])]),
        ("Bo, who {c1:calls} {k1:it “a joke”, left}.", [("who", "mixed", ["it “a joke”"])]),
        ("{k1:Bo} {c1:was quoted} by {s1:the Post} as saying: {k1:“Go.”}", [("Bo", "direct", ["Go."])]),
        ("{s1:The Post} {c1:quoted} {k1:Bo as saying it was late}.", [("Bo", "indirect", ["it was late"])]),
    ],
)
def test_who_reports(marked, expected):
    """Who stands next to the words in marks said them; what the narrator tells of the saying was not said."""
    assert attribute(marked) == expected


def test_another_report_after_a_quotation():
    """A name and a verb of saying between two quotations begin another quote."""
    marked = "{s1:Bo} {c1:said} {k1:it was “late” and Eva called it “early”}."
    doc = make_doc(marked)
    doc.spans[NAMES] = [Span(doc, 8, 9, "person")]
    assert doc[8].text == "Eva"
    quotes = read_quotes(Attributor()(doc))
    assert [(quote.source[0].text, quote.text) for quote in quotes] == [
        ("Bo", "it was “late”"),
        ("Eva", "it “early”"),
    ]


def test_a_quotation_is_introduced_by_the_paragraph_before():
    """An attribution with a colon at its end has the quotation below, all of its paragraphs."""
    assert attribute("{s1:The Post} {c1:wrote}:\n\n“Nobody came.\n\nNobody called.”\n\nIt rained.") == [
        ("The Post", "direct", ["Nobody came.", "Nobody called."])
    ]


def test_a_forgotten_mark_ends_at_the_attribution():
    """The quotation is what stands before it, and the next paragraph's is another."""
    marked = '{k1:"We left early,} {c1:said} {s1:Bo}, who swims.\n\n{k2:"We came back,"} {s2:she} {c2:added}.'
    assert attribute(marked) == [("Bo", "direct", ["We left early,"]), ("she", "direct", ["We came back,"])]


def test_what_is_said_inside_a_quotation():
    """The roles inside it make quotes of their own, which say in which they stand; scare quotes make none."""
    doc = make_doc("{k1:“I said, ‘Who is there?’ in a ‘low’ voice,”} {s1:Bo} {c1:said}.")
    doc.spans[NESTED] = [Span(doc, 1, 2, "source"), Span(doc, 2, 3, "cue"), Span(doc, 4, 10, "content")]
    take_notes(doc).links[NESTED] = RoleLinks(
        [0.9] * 3, [(0, 1, -0.1), (2, 1, -0.1)], [(1, 0, -0.1), (1, -1, -3.0)]
    )
    outer, inner = read_quotes(Attributor()(doc))
    assert (outer.text, outer.within) == ("I said, ‘Who is there?’ in a ‘low’ voice,", None)
    assert (inner.text, inner.source[0].text, inner.type, inner.within) == (
        "Who is there?",
        "I",
        "direct",
        outer.id,
    )


def test_a_quote_without_another_around_it():
    """It stands within none."""
    assert [quote.within for quote in read("{s1:Bo} {c1:said} {k1:it was late}.")] == [None]
