"""Joining: which quotes are pieces of the one before."""

import pytest

from quotex.evaluation import AnnotatedText, Annotation, find_disagreements, pair_quotes
from quotex.evaluation.join import join_floating

TEXT = "“It rained,” said Ann Lee. “It poured.”"


def at(part: str, text: str = TEXT) -> tuple[tuple[int, int], ...]:
    """Find a part of a text."""
    start = text.index(part)
    return ((start, start + len(part)),)


RAINED = Annotation(at("It rained"), at("said"), at("Ann Lee"), "Ann Lee", "person", ("Lee",))
POURED = Annotation(at("It poured"), speaker="Ann Lee")
BOTH = Annotation((*RAINED.content, *POURED.content), RAINED.cue, RAINED.source, "Ann Lee", "person", ("Lee",))


@pytest.mark.parametrize("quotes", [[RAINED, POURED], [POURED, RAINED], [Annotation(()), RAINED, POURED]])
def test_a_quote_goes_on(quotes):
    """Its cue, source and speaker are those of the first piece, in whatever order the pieces come."""
    assert join_floating(TEXT, quotes) == [BOTH]


@pytest.mark.parametrize(
    ("speaker", "n_quotes"),
    [("Ann Lee", 1), ("Mrs. Ann Lee’s", 1), ("Lee", 2), ("Bo Lind", 2), ("", 2), (None, 2)],
)
def test_of_the_same_speaker(speaker, n_quotes):
    """With or without a title, but under the same name; who is not known is not the same."""
    poured = Annotation(POURED.content, speaker=speaker)
    assert len(join_floating(TEXT, [RAINED, poured])) == n_quotes


def test_one_without_a_name_has_no_speaker_to_share():
    """Two who are not known may be two."""
    quotes = [Annotation(RAINED.content, RAINED.cue, RAINED.source), Annotation(POURED.content)]
    assert join_floating(TEXT, quotes) == quotes


@pytest.mark.parametrize("own", [{"cue": at("said")}, {"source": at("Ann Lee")}])
def test_one_with_a_cue_or_source_is_its_own(own):
    """It does not float."""
    poured = Annotation(POURED.content, speaker="Ann Lee", **own)
    assert join_floating(TEXT, [RAINED, poured]) == [RAINED, poured]


@pytest.mark.parametrize(
    ("between", "n_quotes"), [("\n", 1), ("\n\n", 1), ("\n\n\n", 2), ("\nHere.\n", 2), ("\n\nHere.\n\n", 2)]
)
def test_in_the_next_paragraph(between, n_quotes):
    """Whether an empty line parts them or only a line's end; not in the one after."""
    text = f"“It rained,” said Ann Lee.{between}“It poured.”"
    poured = Annotation(at("It poured", text), speaker="Ann Lee")
    assert len(join_floating(text, [RAINED, poured])) == n_quotes


def test_several_pieces():
    """Each counts from the end of the one before."""
    text = "“One,” said Ann. “Two.”\n\n“Three.”\n\n“Four.”"
    first = Annotation(at("One", text), at("said", text), at("Ann", text), "Ann")
    rest = [Annotation(at(part, text), speaker="Ann") for part in ("Two", "Three", "Four")]
    (joined,) = join_floating(text, [first, *rest])
    assert [text[start:end] for start, end in joined.content] == ["One", "Two", "Three", "Four"]


def test_somebody_else_between():
    """What goes on, goes on from what was said last."""
    text = "“One,” said Ann. “Two,” said Bo. “Three.”"
    ann = Annotation(at("One", text), at("said", text), at("Ann", text), "Ann")
    other = Annotation(at("Two", text), at("said", text), at("Bo", text), "Bo")
    three = Annotation(at("Three", text), speaker="Ann")
    assert join_floating(text, [ann, other, three]) == [ann, other, three]


def test_a_quote_inside_another():
    """What goes on, goes on from the one that ends last, and begins behind it."""
    text = "“Bo said it poured all day,” said Ann. “And it did.”"
    ann = Annotation(at("Bo said it poured all day", text), at("said Ann", text), at("Ann", text), "Ann")
    bo = Annotation(at("it poured", text), at("said", text), at("Bo", text), "Bo")
    inside = Annotation(at("all day", text), speaker="Ann")
    did = Annotation(at("And it did", text), speaker="Ann")
    joined = join_floating(text, [ann, bo, inside, did])
    assert [quote.content for quote in joined] == [(*ann.content, *did.content), bo.content, inside.content]


def test_pairs_are_of_joined_quotes():
    """One quote of two pieces or two of one: that is no disagreement."""
    for gold, found in [([BOTH], [RAINED, POURED]), ([RAINED, POURED], [BOTH])]:
        pairing = pair_quotes(AnnotatedText("a", TEXT, tuple(gold)), found)
        assert [(pair.gold, pair.found, pair.iou) for pair in pairing.pairs] == [(0, 0, 1.0)]
        assert find_disagreements([pairing]) == []


def test_quotes_that_are_not_joined_keep_their_numbers():
    """For who asks of each quote whether it is right."""
    pairing = pair_quotes(AnnotatedText("a", TEXT, (RAINED, POURED)), [POURED, RAINED], join=False)
    assert [marked.quote for marked in pairing.found] == [POURED, RAINED]
    assert sorted((pair.gold, pair.found) for pair in pairing.pairs) == [(0, 1), (1, 0)]
