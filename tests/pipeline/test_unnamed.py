"""Those without a name: of what kind, and under which description."""

import pytest

from quotex.pipeline.speakers.mentions import Mentions
from quotex.pipeline.speakers.sources import read_source
from quotex.pipeline.speakers.unnamed import Unnamed
from quotex.types import ROLE_SPANS, Kind
from tests.pipeline.naming import Links, make_named


def describe(marked: str, links: Links = ()) -> list[tuple[str, Kind]]:
    """Give name and kind of the entity of each source."""
    doc = make_named(marked, links)
    mentions = Mentions(doc)
    unnamed = Unnamed(mentions)
    sources = [
        read_source(mentions, span.start, span.end) for span in doc.spans[ROLE_SPANS] if span.label_ == "source"
    ]
    entities = [unnamed.get(source) for source in sources]
    return [(entity.name, entity.kind) for entity in entities if entity]


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("{s1:[m:officials in Lima]} left.", "group"),
        ("{s1:police} left.", "group"),
        ("{s1:officials} left.", "group"),
        ("{s1:self-made critics} left.", "group"),
        ("{s1:about 4 in 9} left.", "group"),
        ("{s1:40 percent} left.", "group"),
        ("{s1:[m:the boss]} left.", "unnamed"),
        ("{s1:[m:one of the nurses]} left.", "unnamed"),
        ("{s1:[m:a spokesman for the Ministry]} left.", "unnamed"),
        ("{s1:[b:the lake board]} left.", "org"),
        ("{s1:a [o:Lake Board] nurse} left.", "unnamed"),
        ("{s1:a study by the [o:Lake Board]} came.", "other"),
        ("{s1:a poll printed Friday} came.", "other"),
        ("{s1:[m:the judge]’s ruling} came.", "other"),
        ("{s1:[m:reports]} came.", "other"),
        ("{s1:studies of lakes} came.", "other"),
        ("{s1:the lake gazetteer} came.", "other"),
        ("{s1:The [x:Lake Act]} came.", "other"),
    ],
)
def test_kinds(marked: str, kind: Kind) -> None:
    """Several, one, or what is written: what the network takes for nobody."""
    assert [one for _, one in describe(marked)] == [kind]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("A report by the [o:Lake Board] came. {s1:The report} was long.", ["A report by the Lake Board"]),
        ("A [o:Lake Board] report came. {s1:The report} was long.", ["A Lake Board report"]),
        ("A report on fish came. {s1:The report} was long.", ["The report"]),
        ("{s1:A report on fish} came. {s2:The report} was long.", ["A report on fish"] * 2),
        ("{s1:[m:A nurse] at the clinic} came. {s2:[m:The nurse]} left.", ["A nurse at the clinic"] * 2),
        ("{s1:[m:A nurse]} came. {s2:[m:The old nurse]} left.", ["The old nurse"] * 2),
        ("{s1:[m:A nurse]} came. {s2:[m:A nurse] from Lima} left.", ["A nurse", "A nurse from Lima"]),
        ("{s1:[m:The nurse]} came. {s2:[m:The judge]} left.", ["The nurse", "The judge"]),
        ("{s1:[m:The prime minister’s]} words ended.", ["The prime minister"]),
        (
            "{s1:[b:The lake board]} paid. {s2:[b:The [p:Lind] campaign]} left.",
            ["the lake board", "Lind campaign"],
        ),
    ],
)
def test_descriptions(marked: str, names: list[str]) -> None:
    """The fullest one before, if nothing is against it."""
    assert [name for name, _ in describe(marked)] == names


def test_a_pronoun_is_no_description() -> None:
    """Whoever is linked to words that describe somebody has these for a name, and to another pronoun none."""
    link = (("They", "they", 0.9),)
    assert describe("What [m:they] saw was bad. {s1:They} left.", link) == []
    link = (("They", "nurses", 0.9),)
    assert describe("What [m:nurses] saw was bad. {s1:They} left.", link) == [("nurses", "group")]
    assert describe("What the nurses saw was bad. {s1:They} left.", link) == [("the nurses", "group")]
    chain = (("They", "their", 0.9), ("their", "nurses", 0.9))
    assert describe("The [m:nurses] took [m:their] coats. {s1:They} left.", chain) == [("The nurses", "group")]


def test_what_a_pronoun_does_not_mean() -> None:
    """A woman is not he, and "and" is nobody; who is linked to a name has been ranked."""
    assert describe("An [m:actress] fell. {s1:He} left.", (("He", "actress", 0.9),)) == []
    assert describe("An [m:actress] fell. {s1:She} left.", (("She", "actress", 0.9),)) == [
        ("An actress", "unnamed")
    ]
    assert describe("Nurses and clerks met. {s1:They} left.", (("They", "and", 0.9),)) == []
    assert describe("[p:Grace Wambui] fell. {s1:They} left.", (("They", "Wambui", 0.05),)) == []


def test_whom_a_pronoun_means_is_who_spoke_before() -> None:
    """The place of the description tells, though a source has more words."""
    link = (("She", "nurse", 0.9),)
    assert (
        describe("{s1:A [m:nurse] at the gate} left. {s2:She} wept.", link)
        == [("A nurse at the gate", "unnamed")] * 2
    )


def test_somebody_or_a_share_is_a_group() -> None:
    """Words for some of many are who speaks, if nobody else is told."""
    assert describe("{s1:Others} left.") == [("Others", "group")]
    assert describe("{s1:38%} left.") == [("38%", "group")]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[m:Members of the] [o:Lake Board] left. {s1:They} wept.", "Members of the Lake Board"),
        ("They met [m:members of] us. {s1:They} wept.", "members"),
        ("There came the old [m:members]. {s1:They} wept.", "the old members"),
        ("There came [o:Lake Board] [m:members]. {s1:They} wept.", "Lake Board members"),
        ("There came old [m:members]. {s1:They} wept.", "members"),
    ],
)
def test_a_mention_that_was_cut_short_is_completed(marked: str, name: str) -> None:
    """To the name that follows a preposition, and back to its determiner."""
    head = "Members" if "Members" in name else "members"
    assert describe(marked, (("They", head, 0.9),)) == [(name, "group")]
