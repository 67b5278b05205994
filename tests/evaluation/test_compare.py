"""Disagreements: what is wrong with a quote, and which is the worst."""

from dataclasses import replace

import pytest

from quotex.evaluation import AnnotatedText, Annotation, extend_over_that, find_disagreements, pair_quotes
from quotex.types import Slice

TEXT = "“It rained all day,” Ann Lee said. She added that the river, and the lake, rose. Bo Lind agreed."


def at(part: str) -> tuple[tuple[int, int], ...]:
    """Find a part of the text."""
    start = TEXT.index(part)
    return ((start, start + len(part)),)


RAIN = Annotation(at("It rained all day"), at("said"), at("Ann Lee"), "Ann Lee", "person")
RIVER = Annotation(at("the river, and the lake, rose"), at("added"), at("She"), "Ann Lee", "person")


def compare(*found: Annotation, which: Slice = Slice.all) -> list[tuple[tuple[str, ...], int]]:
    """Compare with what is right: what is wrong, and how much."""
    article = AnnotatedText("a", TEXT, (RAIN, RIVER))
    return [(item.what, item.n_letters) for item in find_disagreements([pair_quotes(article, found)], which)]


def test_no_disagreement():
    """Punctuation and marks at the edges do not matter, nor does a name that was not looked for."""
    rain = Annotation(at("“It rained all day,”"), RAIN.cue, RAIN.source)
    assert compare(rain, RIVER) == []


def test_missed_and_spurious():
    """The longer one first."""
    assert compare(RAIN, Annotation(at("Bo Lind"))) == [(("missed",), 22), (("spurious",), 6)]


@pytest.mark.parametrize(
    ("found", "what", "n_letters"),
    [
        (Annotation(at("rained all day"), RAIN.cue, RAIN.source), ("content edges",), 2),
        (Annotation(at("It"), RAIN.cue, RAIN.source), ("wrong content",), 12),
        (Annotation(RAIN.content, RAIN.cue, at("Bo Lind")), ("wrong source",), 14),
        (Annotation(RAIN.content, RAIN.cue), ("wrong source",), 14),
        (Annotation(RAIN.content, at("agreed"), RAIN.source), ("wrong cue",), 10),
        (Annotation(RAIN.content, RAIN.cue, RAIN.source, "Bo Lind", "person"), ("wrong speaker",), 6),
        (
            Annotation(at("rained all day"), at("agreed"), at("Bo Lind"), "Bo Lind"),
            ("content edges", "wrong source", "wrong cue", "wrong speaker"),
            2 + 12 + 10 + 6,
        ),
    ],
)
def test_what_is_wrong_with_a_pair(found, what, n_letters):
    """All of it is named."""
    assert compare(found, RIVER) == [(what, n_letters)]


@pytest.mark.parametrize(
    ("right", "found", "is_wrong"),
    [
        (("officials", "group"), ("the officials", "group"), False),
        (("a spokesman for the plant", "unnamed"), ("the spokesman", "unnamed"), False),
        (("officials", "group"), ("residents", "group"), True),
        (("officials", "group"), ("Ann Lee", "person"), True),
        (("the report", "other"), ("the law", "other"), True),
        (("the report", None), ("the law", None), True),
        (("the report", "other"), (None, None), False),
        ((None, "unnamed"), ("Ann Lee", "person"), True),
        ((None, "unnamed"), ("the spokesman", "unnamed"), False),
        ((None, None), ("Ann Lee", "person"), False),
    ],
)
def test_a_wrong_speaker_of_any_kind(right, found, is_wrong):
    """Groups, those without a name and things are told, too."""
    article = AnnotatedText("a", TEXT, (replace(RAIN, speaker=right[0], kind=right[1]),))
    pairing = pair_quotes(article, [replace(RAIN, speaker=found[0], kind=found[1])])
    assert [item.what for item in find_disagreements([pairing])] == [("wrong speaker",)] * is_wrong


def test_slices():
    """What is missed in quotation marks is not missed elsewhere."""
    assert compare(which=Slice.quoted) == [(("missed",), 14)]
    assert compare(which=Slice.indirect) == [(("missed",), 22)]


@pytest.mark.parametrize(
    ("text", "part", "extended"),
    [
        ("Ann said that it rained.", "it rained", "that it rained"),
        ("Ann said that, “it rained”.", "it rained", "that, “it rained"),
        ("Ann said that\nit rained.", "it rained", "that\nit rained"),
        ("Ann said the hat it rained.", "it rained", "it rained"),
        ("Ann said that day it rained.", "it rained", "it rained"),
        ("Ann said that it rained.", "that it rained", "that it rained"),
        ("that it rained", "it rained", "that it rained"),
        ("it rained", "it rained", "it rained"),
    ],
)
def test_extend_over_that(text, part, extended):
    """Only over a whole word directly before the content, marks aside."""
    start = text.index(part)
    quote = Annotation(((start, start + len(part)),))
    assert [text[one:end] for one, end in extend_over_that(text, quote).content] == [extended]


def test_extending_does_not_reach_into_the_piece_before():
    """Pieces never overlap."""
    quote = Annotation(((0, 8), (9, 11)))
    assert extend_over_that("say that it", quote).content == quote.content
