"""What the build of a sentence tells of who reports what."""

import pytest
from spacy.tokens import Doc, Span

from quotex.pipeline.attribute import Attributor
from quotex.pipeline.notes import Link, RoleLinks, take_notes
from quotex.pipeline.results import read_quotes
from quotex.types import INNER, Quote
from tests.pipeline.test_attribute import attribute, make_doc, read


def read_inside(
    doc: Doc, spans: list[tuple[int, int, str]], cue_links: list[Link], source_links: list[Link]
) -> list[Quote]:
    """Read the quotes of a Doc in which the tagger finds these roles inside what is said, too."""
    doc.spans[INNER] = [Span(doc, start, end, role) for start, end, role in spans]
    take_notes(doc).links[INNER] = RoleLinks([0.9] * len(spans), cue_links, source_links)
    return read_quotes(Attributor()(doc))


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{k1:The lake}, {s1:Bo} {c1:said}, had frozen.", ["The lake", "had frozen"]),
        ("Nobody, {s1:Bo} {c1:told} the court, {k1:had a key}.", ["Nobody", "had a key"]),
        ("The lake, {s1:Bo} {c1:said}, had frozen.", ["The lake", "had frozen"]),
        ("On Monday, {s1:Bo} {c1:said}, {k1:the lake froze}.", ["the lake froze"]),
        ("Speaking to us, {s1:Bo} {c1:said}, {k1:the lake froze}.", ["the lake froze"]),
        ("{s2:Ann} {c2:told} us, {s1:Bo} {c1:said}, {k1:the lake froze}.", ["the lake froze"]),
        ("The lake, {s1:Bo} {c1:said} {k1:it froze}, {k1:had thawed}.", ["it froze, had thawed"]),
        ("{k1:The lake had frozen}, {s1:Bo} {c1:said}, adding salt.", ["The lake had frozen"]),
        ("{k1:The lake had frozen}, {s1:Bo} {c1:said}, and left.", ["The lake had frozen"]),
        ("{k1:The lake had frozen}, {s1:Bo} {c1:said}, his boat sank.", ["The lake had frozen"]),
        ("{k1:The lake}, {s1:Bo} {c1:said}, {k1:had frozen}.", ["The lake", "had frozen"]),
        ("{k1:The lake}, {s1:Bo} {c1:said}, {k1:had frozen} over night.", ["The lake", "had frozen"]),
        ("It was on “Radio Keta” then. The lake, {s1:Bo} {c1:said}, had frozen.", ["The lake", "had frozen"]),
        ("The lake, {s1:Bo} {c1:said}, had frozen. It was on “Radio Keta” then.", ["The lake", "had frozen"]),
        ("The lake  , {s1:Bo} {c1:said},  had frozen.", ["The lake", "had frozen"]),
        ("{k1:The lake}, {s1:Bo} {c1:said}, adding salt.", ["The lake"]),
        ("—, {s1:Bo} {c1:said}, had frozen.", ["had frozen"]),
    ],
)
def test_interrupted_statements(marked, expected):
    """An attribution between commas is about both sides of it, unless one is a clause or an aside."""
    assert attribute(marked) == [("Bo", "indirect", expected)]


def test_what_another_reports_is_not_interrupted():
    """The words behind an attribution have a cue of their own."""
    assert attribute("{k1:The lake}, {s1:Bo} {c1:said}, {s2:Ann} {c2:had told} {k2:us of it}.") == [
        ("Bo", "indirect", ["The lake"]),
        ("Ann", "indirect", ["us of it"]),
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "The lake {s1:Bo} {c1:said}, had frozen.",
        "The lake, {s1:Bo} {c1:said}. Had frozen.",
        "The lake, {s1:Bo} {c1:said}: had frozen.",
        "The lake, {s1:Bo} {c1:said}",
        "The lake, {s1:Bo} {c1:said},",
        "The lake froze and, {s1:Bo} {c1:said}, had thawed.",
        "“The lake”, {s1:Bo} {c1:said}, had frozen.",
        "The lake, {s1:Bo} {c1:said}, in May froze.",
        "The lake, {s1:Bo} {c1:thought}, had frozen.",
    ],
)
def test_what_interrupts_no_statement(marked):
    """Commas on both sides, and words on both sides that go together, are needed."""
    assert attribute(marked) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{k1:“Go”} Bo said, {s1:the Post} {c1:reported}.", [("the Post", "direct", ["Go"])]),
        ("{s1:Bo} {c1:calls} {k1:it “a joke”, a lie}.", [("Bo", "mixed", ["it “a joke”, a lie"])]),
        ("Bo, who {c1:calls} {k1:it “a joke” and a lie}.", [("who", "mixed", ["it “a joke” and a lie"])]),
        ("{s1:Bo}, who {c1:calls} {k1:it “a joke”}, left.", [("Bo", "mixed", ["it “a joke”"])]),
        ("Who {c1:calls} {k1:it “a joke”}?", [("", "mixed", ["it “a joke”"])]),
        ("She read “Keta.” {c1:Asked} {k1:if it was good}, she left.", [("", "indirect", ["if it was good"])]),
        ("He wrote “no” after {s1:he} {c1:said} {k1:it was late}.", [("he", "indirect", ["it was late"])]),
        ("{k1:“Go,”} he went home, {s1:Ann} {c1:wrote}.", [("Ann", "direct", ["Go,"])]),
        ("{k1:“Go,”} said {s1:Ann}, {c1:according to} the Post.", [("Ann", "direct", ["Go,"])]),
        ("It {c1:was called} {k1:“a joke” by Bo}.", [("", "direct", ["a joke"])]),
        ("It {c1:was called} {k1:“a joke” by} {s1:Bo}.", [("Bo", "direct", ["a joke"])]),
        ("It {c1:was called} {k1:“a joke” and a lie}.", [("", "mixed", ["“a joke” and a lie"])]),
        ("{s1:Bo} {c1:called} {k1:it “a joke” by Ann}.", [("Bo", "mixed", ["it “a joke” by Ann"])]),
        ("{s1:The Post}: {k1:“Go,”} Bo said, {c1:reports}.", [("Bo", "direct", ["Go,"])]),
        ("{k1:“Go,”} Bo said, {s1:the Post} {c1:reported}.", [("Bo", "direct", ["Go,"])]),
        ("{k1:“Go,”}  Bo said, {s1:the Post} {c1:reported}.", [("Bo", "direct", ["Go,"])]),
        ("{k1:“Go,”} Bo told his son, {c1:according to} {s1:the Post}.", [("Bo", "direct", ["Go,"])]),
        ("{k1:“Go,”} the sign read. Bo said it again, {s1:Ann} {c1:recalled}.", [("Ann", "direct", ["Go,"])]),
        ("{s1:Bo} {c1:said} {k1:“never”} when {c2:asked} {k2:if he would go}.", [("Bo", "direct", ["never"])]),
        ("{k1:“Will you go?”} {s1:he} {c1:asked}.", [("he", "direct", ["Will you go?"])]),
        ("The lake, {s1:Bo} {c1:said}, {k1:was “dead”}.", [("Bo", "mixed", ["was “dead”"])]),
        ("{s1:Bo} {c1:wrote} {k1:“never” on the door}.", [("Bo", "direct", ["never"])]),
        (
            "{s1:Bo} {c1:wrote} {k1:it was “never” on the door}.",
            [("Bo", "mixed", ["it was “never” on the door"])],
        ),
        ("{s1:Bo} {c1:said} {k1:“never” after the game}.", [("Bo", "direct", ["never"])]),
        ("{s1:Bo} {c1:cited} {k1:“costs” on the farm}.", [("Bo", "mixed", ["“costs” on the farm"])]),
    ],
)
def test_who_reports(marked, expected):
    """Who stands next to the words in marks said them; what the narrator tells of the saying was not said."""
    assert attribute(marked) == expected


def test_a_quotation_is_introduced_by_the_paragraph_before():
    """An attribution with a colon at its end has the quotation below, all of its paragraphs."""
    assert attribute("{s1:The Post} {c1:wrote}:\n\n“Nobody came.\n\nNobody called.”\n\nIt rained.") == [
        ("The Post", "direct", ["Nobody came.", "Nobody called."])
    ]


def test_a_quotation_that_is_introduced_may_be_known():
    """The tagger has linked it to the attribution."""
    assert attribute("{s1:Ann} {c1:wrote}:\n\n{k1:“Nobody came.”}") == [("Ann", "direct", ["Nobody came."])]


def test_what_no_quotation_follows_introduces_nothing():
    """An attribution with a colon at its end may have nothing to report."""
    assert attribute("{s1:The Post} {c1:wrote}:\n\nNobody came.") == []


def test_what_stands_far_from_a_colon_introduces_nothing():
    """There may be somebody else between."""
    lead = "{s1:The Post} {c1:wrote} in its issue of last week, which sold well:"
    assert attribute(f"{lead}\n\n“Nobody came.”") == [("", "direct", ["Nobody came."])]


def test_a_quotation_that_is_introduced_is_nobody_else_s():
    """Though the tagger links it to a cue before."""
    marked = "{s2:Bo} {c2:said} no.\n\n{s1:The Post} {c1:wrote}:\n\n{k2:“Nobody came.”}"
    assert attribute(marked) == [("The Post", "direct", ["Nobody came."])]


def test_a_forgotten_mark_ends_at_the_attribution():
    """The quotation is what stands before it, and the next paragraph's is another."""
    marked = '{k1:"We left early,} {c1:said} {s1:Bo}, who swims.\n\n{k2:"We came back,"} {s2:she} {c2:added}.'
    assert attribute(marked) == [("Bo", "direct", ["We left early,"]), ("she", "direct", ["We came back,"])]


def test_what_is_said_inside_a_quotation():
    """The roles inside it make quotes of their own, which say in which they stand."""
    doc = make_doc("{k1:“I said, ‘Who is there?’ in a ‘low’ voice,”} {s1:Bo} {c1:said}.")
    roles = [(1, 2, "source"), (2, 3, "cue"), (4, 10, "content")]
    outer, inner = read_inside(doc, roles, [(0, 1, -0.1), (2, 1, -0.1)], [(1, 0, -0.1), (1, -1, -3.0)])
    assert (outer.text, outer.within) == ("I said, ‘Who is there?’ in a ‘low’ voice,", None)
    assert (inner.text, inner.source[0].text, inner.type, inner.within) == (
        "Who is there?",
        "I",
        "direct",
        outer.id,
    )


@pytest.mark.parametrize(
    ("said", "n_cue", "found", "expected"),
    [
        ("She asked us, ‘Who is there?’ and left", 2, (5, 12), ["Who is there?"]),
        ("She shouted ‘Fire!’ and left", 2, None, ["Fire!"]),
        ("She shouted ‘Fire!’ and it rained", 2, (8, 10), ["Fire!"]),
        ("She asked us: ‘Who is there?’", 2, None, ["Who is there?"]),
        ("She said it was late", 2, (3, 6), ["it was late"]),
        ("She told us of a ‘low’ door", 2, None, []),
        ("She told us of the hut and the door, ‘low’ and old", 2, None, []),
    ],
)
def test_the_words_in_marks_that_a_cue_leads_to(said, n_cue, found, expected):
    """They are what was said, whatever stands beside them; a scare quote further on is not."""
    doc = make_doc(f"{{k1:“{said},”}} {{s1:Bo}} {{c1:said}}.")
    roles = [(1, 2, "source"), (n_cue, n_cue + 1, "cue")]
    links = [(0, 1, -0.1)]
    if found:
        roles.append((*found, "content"))
        links.append((2, 1, -0.1))
    _, *inner = read_inside(doc, roles, links, [(1, 0, -0.1), (1, -1, -3.0)])
    assert [quote.text for quote in inner] == expected


def test_what_stands_in_no_content_is_not_said_inside_one():
    """What the tagger takes for an inner quote makes none there."""
    doc = make_doc("Ann told us it rained. {s1:Bo} {c1:said} {k1:it was late}.")
    roles = [(0, 1, "source"), (1, 2, "cue"), (3, 5, "content")]
    quotes = read_inside(doc, roles, [(0, 1, -0.1), (2, 1, -0.1)], [(1, 0, -0.1), (1, -1, -3.0)])
    assert [quote.text for quote in quotes] == ["it was late"]


def test_what_is_said_without_marks_inside_a_content():
    """A statement in a statement is a quote, too, unless its cue has one already."""
    doc = make_doc("{s1:Bo} {c1:said} {k1:Ann told us it rained}.")
    roles = [(1, 2, "cue"), (2, 3, "source"), (3, 4, "cue"), (5, 7, "content")]
    sources = [(2, 1, -0.1), (0, 1, -0.2), (0, -1, -3.0), (2, -1, -3.0)]
    outer, inner = read_inside(doc, roles, [(1, 2, -0.1), (3, 2, -0.1)], sources)
    assert (outer.text, outer.source[0].text) == ("Ann told us it rained", "Bo")
    assert (inner.text, inner.source[0].text) == ("it rained", "Ann")
    assert (inner.type, inner.within) == ("indirect", outer.id)


def test_what_is_said_in_two_pieces_keeps_both():
    """The words that the cue leads to are not all of it."""
    doc = make_doc("{k1:“She asked, ‘Who is there?’ and then, ‘Is it you?’”} {s1:Bo} {c1:said}.")
    roles = [(1, 2, "source"), (2, 3, "cue"), (5, 9, "content"), (14, 18, "content")]
    links = [(0, 1, -0.1), (2, 1, -0.1), (3, 1, -0.1)]
    _, inner = read_inside(doc, roles, links, [(1, 0, -0.1), (1, -1, -3.0)])
    assert [span.text for span in inner.content] == ["Who is there?", "Is it you?"]


def test_sentences_begin_inside_a_quotation():
    """What stands before the sentence of an attribution is no part of what it reports."""
    doc = make_doc("{k1:“It rained. The lake, she said, had frozen. We left,”} {s1:Bo} {c1:added}.")
    roles = [(7, 8, "source"), (8, 9, "cue")]
    _, inner = read_inside(doc, roles, [(0, 1, -0.1)], [(1, 0, -0.1), (1, -1, -3.0)])
    assert [span.text for span in inner.content] == ["The lake", "had frozen"]


def test_what_was_made_of_a_cue_is_not_made_again():
    """Where the tagger gives it among the roles, and among those inside a quotation."""
    marked = "“{s2:Ann} {c2:said} {k2:it rained} {k1:and it poured the whole of the day,”} {s1:Bo} {c1:added}."
    doc = make_doc(marked)
    roles = [(1, 2, "source"), (2, 3, "cue"), (3, 5, "content")]
    quotes = read_inside(doc, roles, [(0, 1, -0.1), (2, 1, -0.1)], [(1, 0, -0.1), (1, -1, -3.0)])
    assert [quote.source[0].text for quote in quotes] == ["Bo", "Ann"]


def test_a_report_that_ends_the_text_inside_a_quotation():
    """Nothing stands after its cue, where the quotation is never closed."""
    doc = make_doc("{k1:“It was ‘late’ and dark, I said}")
    at = len(doc)
    roles = [(1, at - 2, "content"), (at - 2, at - 1, "source"), (at - 1, at, "cue")]
    quotes = read_inside(doc, roles, [(0, 2, -0.1), (1, 2, -0.1)], [(2, 1, -0.1), (2, -1, -3.0)])
    assert [quote.text for quote in quotes] == ["It was ‘late’ and dark, I said", "It was ‘late’ and dark,"]


def test_a_quote_without_another_around_it():
    """It stands within none."""
    assert [quote.within for quote in read("{s1:Bo} {c1:said} {k1:it was late}.")] == [None]
