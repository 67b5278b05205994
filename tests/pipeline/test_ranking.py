"""What speaks for a candidate, each feature with a text that it is for and one that it is not for."""

from itertools import pairwise

import pytest

from quotex.model.session import find_installed_model, open_model
from quotex.pipeline.speakers.entities import Entity
from quotex.pipeline.speakers.ranking import Candidate, Features, Ranker
from quotex.pipeline.speakers.sources import read_source
from quotex.types import ROLE_SPANS
from tests.pipeline.naming import Links, make_resolver

SHE, IT, NOBODY = "Grace Wambui", "Harbour Board", None
CAME = "[p:Grace Wambui] came. "
BOTH = "[p:Grace Wambui] met [p:Mwangi Otieno]. "


def list_candidates(marked: str, links: Links = ()) -> tuple[Ranker, list[Candidate]]:
    """List the candidates of the last source; those before it spoke, in order."""
    resolver = make_resolver(marked, links)
    *before, last = [span for span in resolver.doc.spans[ROLE_SPANS] if span.label_ == "source"]
    for span in before:
        names = resolver.mentions.list_names(span.start, span.end)
        entity = names[0].entity if names else Entity(span.text, "unnamed")
        resolver.ranker.floor.take(entity, span.start)
    source = read_source(resolver.mentions, last.start, last.end)
    return resolver.ranker, resolver.ranker.list_candidates(source)


def describe(who: str | None, marked: str, links: Links = ()) -> Features:
    """Give the features of one candidate."""
    _, candidates = list_candidates(marked, links)
    return next(one.features for one in candidates if (one.entity.name if one.entity else None) == who)


NAMED = [  # feature, candidate, a text where it is there, and one where it is not
    ("entity", SHE, CAME + "{s1:She} left.", None),
    ("person", SHE, CAME + "{s1:She} left.", "[o:Grace Wambui] came. {s1:She} left."),
    ("org", IT, "The [o:Harbour Board] met. {s1:It} left.", "[p:Harbour Board] met. {s1:It} left."),
    ("place", "Latvia", "[l:Latvia] agreed. {s1:It} paid.", "[o:Latvia] agreed. {s1:It} paid."),
    ("one_word", "Latvia", "[l:Latvia] agreed. {s1:It} paid.", None),
    ("one_word", "Wambui", "[p:Wambui] came. {s1:She} left.", None),
    ("inside", SHE, "{s1:[p:Grace Wambui]} left.", CAME + "{s1:The mayor} left."),
    ("in_first", SHE, "{s1:[p:Grace Wambui]} left.", "{s1:Mayor [p:Grace Wambui]} left."),
    ("in_ends", SHE, "{s1:Mayor [p:Grace Wambui]} left.", "{s1:[p:Grace Wambui] of Ora} left."),
    ("in_core_ends", SHE, "{s1:[p:Grace Wambui] of Ora} left.", "{s1:[p:Grace Wambui]’s aide} left."),
    ("in_apposed", SHE, "{s1:The mayor, [p:Grace Wambui],} left.", "{s1:[p:Grace Wambui], the mayor,} left."),
    ("in_after_core", SHE, "{s1:The mayor (as [p:Grace Wambui])} left.", "{s1:Mayor [p:Grace Wambui]} left."),
    ("in_preposed", SHE, "{s1:An aide to mayor [p:Grace Wambui]} left.", "{s1:[p:Grace Wambui] of Ora} left."),
    ("in_of", SHE, "{s1:An aide to [p:Grace Wambui]} left.", "{s1:An aide to mayor [p:Grace Wambui]} left."),
    ("in_owner", SHE, "{s1:[p:Grace Wambui]’s aide} left.", "{s1:[p:Grace Wambui]} left."),
    ("in_before", SHE, "{s1:[p:Grace Wambui] fans} left.", "{s1:[p:Grace Wambui]’s fans} left."),
    ("in_head", SHE, "{s1:Mayor [p:Grace Wambui]} left.", "{s1:An aide to [p:Grace Wambui]} left."),
    ("in_heads", SHE, "{s1:Mayor [p:Grace Wambui] of Ora} left.", "{s1:An aide to [p:Grace Wambui]} left."),
    ("in_beside", SHE, "{s1:[t:Mayor] [p:Grace Wambui]} left.", "{s1:[p:Grace Wambui]} left."),
    ("in_honoured", SHE, "{s1:[t:Ms.] [p:Grace Wambui]} left.", "{s1:[t:Mayor] [p:Grace Wambui]} left."),
    ("in_only", SHE, "{s1:[p:Grace Wambui]} left.", "{s1:[p:Grace Wambui] and [p:Sok Dara]} left."),
    ("in_person", SHE, "{s1:[p:Grace Wambui]} left.", "{s1:[o:Grace Wambui]} left."),
    ("in_org", IT, "{s1:The [o:Harbour Board]} left.", "{s1:The [p:Harbour Board]} left."),
    ("body_of", IT, "{s1:A boss at the [o:Harbour Board]} left.", "{s1:A boss at the [p:Harbour Board]} left."),
    ("body_owner", IT, "{s1:The [o:Harbour Board]’s boss} left.", "{s1:The [o:Harbour Board]} left."),
    ("body_before", IT, "{s1:[o:Harbour Board] bosses} left.", "{s1:[o:Harbour Board]’s bosses} left."),
    ("body_apposed", IT, "{s1:The owner, [o:Harbour Board],} left.", "{s1:[o:Harbour Board], an owner,} left."),
    ("body_head", IT, "{s1:The [o:Harbour Board]} left.", "{s1:A boss at the [o:Harbour Board]} left."),
    ("nearest", SHE, CAME + "{s1:She} left.", CAME + "[p:Otieno] did too. {s1:She} left."),
    ("later", SHE, "It rained on {s1:her}, said [p:Grace Wambui].", CAME + "{s1:She} left."),
    ("in_sentence", SHE, "[p:Grace Wambui] came, and {s1:she} left.", CAME + "{s1:She} left."),
    ("in_paragraph", SHE, CAME + "{s1:She} left.", CAME + "\n\n{s1:She} left."),
    ("adjoining", SHE, "There was [p:Grace Wambui], {s1:who} left.", CAME + "It was a boss {s1:who} left."),
    ("spoke_last", SHE, "{s1:[p:Grace Wambui]} spoke. {s2:She} left.", CAME + "{s1:She} left."),
    (
        "spoke_here",
        SHE,
        "{s1:[p:Grace Wambui]} spoke. {s2:She} left.",
        "{s1:[p:Grace Wambui]} spoke.\n\n{s2:She} left.",
    ),
    (
        "spoke_of_kind",
        SHE,
        "{s1:[p:Grace Wambui]} spoke. {s2:The [o:Harbour Board]} did. {s3:She} left.",
        "{s1:[p:Grace Wambui]} spoke. {s2:[p:Otieno]} did. {s3:She} left.",
    ),
    ("subject", SHE, CAME + "{s1:She} left.", CAME + "[p:Otieno] did too. {s1:She} left."),
    (
        "first_subject",
        SHE,
        CAME + "[p:Otieno] did too. {s1:She} left.",
        "[p:Otieno] met [p:Grace Wambui]. {s1:She} left.",
    ),
    ("only_quoted", SHE, "“There is [p:Grace Wambui],” it said. {s1:She} left.", CAME + "{s1:She} left."),
    ("fits", SHE, CAME + "{s1:She} left.", CAME + "{s1:He} left."),
    ("clashes", SHE, CAME + "{s1:He} left.", CAME + "{s1:She} left."),
    (
        "called",
        SHE,
        "[t:Mayor] [p:Grace Wambui] came. {s1:The mayor} left.",
        "[t:Deputy Mayor] [p:Grace Wambui] came. {s1:The mayor} left.",
    ),
    (
        "called_like",
        SHE,
        "[t:Deputy Mayor] [p:Grace Wambui] came. {s1:The mayor} left.",
        "[t:Judge] [p:Grace Wambui] came. {s1:The mayor} left.",
    ),
    (
        "called_like",
        SHE,
        "[t:Prime Minister] [p:Grace Wambui] came. {s1:The PM} left.",
        "[t:Minister] [p:Grace Wambui] came. {s1:The PM} left.",
    ),
    (
        "in_name",
        "Ferry Fund of Kisumu",
        "The [o:Ferry Fund of Kisumu] met. {s1:The fund} left.",
        "The [o:Ferry Fund of Kisumu] met. {s1:The firm} left.",
    ),
    (
        "ends_name",
        IT,
        "The [o:Harbour Board] met. {s1:The board} left.",
        "The [o:Harbour Board] met. {s1:The firm} left.",
    ),
    ("ends_name", "Ferry Fund of Kisumu", "[o:Ferry Fund of Kisumu] met. {s1:The ferry} left.", None),
    ("agrees", SHE, CAME + "[m:{s1:The mayor}] left.", CAME + "[m:{s1:She}] left."),
    (
        "disagrees",
        IT,
        "[o:Harbour Board] met. [m:{s1:The boss}] left.",
        "[p:Harbour Board] met. [m:{s1:The boss}] left.",
    ),
    (
        "agrees_near",
        SHE,
        CAME + "[m:{s1:The mayor}] left.",
        "[o:Grace Wambui] came. [m:{s1:The mayor}] left.",
    ),
    (
        "shared_words",
        SHE,
        "[t:Mayor of Kisumu] [p:Grace Wambui] came. {s1:The Kisumu politician} left.",
        "[t:Mayor of Kisumu] [p:Grace Wambui] came. {s1:The politician} left.",
    ),
    ("a_person", NOBODY, "[m:{s1:The boss}] left.", "{s1:The boss} left."),
    ("a_body", NOBODY, "[b:{s1:The firm}] left.", "{s1:The firm} left."),
    ("nobody", NOBODY, "{s1:A mayor} left.", None),
    ("plural", NOBODY, "{s1:The mayors} left.", "{s1:The boss} left."),
    ("indefinite", NOBODY, "{s1:A mayor} left.", "{s1:The mayor} left."),
    ("the", NOBODY, "{s1:The mayor} left.", "{s1:Her mayor} left."),
    ("owned", NOBODY, "{s1:Her mayor} left.", "{s1:The mayor} left."),
    ("no_floor", NOBODY, "{s1:She} left.", "{s1:[p:Grace Wambui]} spoke. {s2:She} left."),
    ("plural_pronoun", NOBODY, CAME + "{s1:They} left.", CAME + "{s1:She} left."),
    ("several_names", NOBODY, "{s1:[p:Wambui] and [p:Otieno]} left.", "{s1:[p:Wambui]} left."),
    ("spoke_unnamed", NOBODY, "{s1:A judge} spoke. {s2:She} left.", "{s1:[p:Otieno]} spoke. {s2:She} left."),
]
LINKED = [  # the same, with links
    ("link", SHE, CAME + "{s1:She} left.", (("She", "Wambui", 0.2),), (("She", "came", 0.9),)),
    ("outside", SHE, BOTH + "{s1:[p:Otieno]} left.", (("Otieno", "Wambui", 0.2),), None),
    ("linked", SHE, CAME + "{s1:She} left.", (("She", "Wambui", 0.4),), (("She", "Wambui", 0.2),)),
    ("most_linked", SHE, BOTH + "{s1:She} left.", (("She", "Wambui", 0.4),), (("She", "Otieno", 0.4),)),
    ("free", NOBODY, CAME + "{s1:She} left.", (("She", "came", 0.9),), (("She", "Wambui", 1.0),)),
]
GRADED = [  # feature, candidate, a text where there is more of it, and one where there is less
    ("count", SHE, CAME + "[p:Wambui] ate. {s1:She} left.", CAME + "{s1:She} left."),
    ("near", SHE, CAME + "{s1:She} left.", CAME + "[p:Otieno] did too. {s1:She} left."),
    ("far", SHE, CAME + "It rained and it rained. {s1:She} left.", CAME + "{s1:She} left."),
    ("far", SHE, "It rained on {s1:her}, said [p:Grace Wambui].", CAME + "{s1:She} left."),
]


@pytest.mark.parametrize(("feature", "who", "yes", "no"), NAMED)
def test_features_that_are_there_or_not(feature: str, who: str | None, yes: str, no: str | None) -> None:
    """One text has it, the other has not."""
    assert describe(who, yes)[feature] > 0
    assert no is None or describe(who, no).get(feature, 0.0) == 0


@pytest.mark.parametrize(("feature", "who", "marked", "yes", "no"), LINKED)
def test_features_of_links(feature: str, who: str | None, marked: str, yes: Links, no: Links | None) -> None:
    """What the network said of two mentions."""
    assert describe(who, marked, yes)[feature] > 0
    assert no is None or describe(who, marked, no)[feature] == pytest.approx(0, abs=1e-6)


def test_names_that_are_not_linked_are_no_candidates() -> None:
    """Somebody who is not in the words of a source with a name has to be linked to it."""
    _, candidates = list_candidates(BOTH + "{s1:[p:Otieno]} left.")
    assert [one.entity.name for one in candidates if one.entity] == ["Mwangi Otieno"]


def test_who_is_known_as_one_is_a_candidate_beside_a_body() -> None:
    """`The Ora chair` may be who was called a chair; not beside a person, and not who was called else."""

    def list_names(marked: str) -> list[str]:
        return [one.entity.name for one in list_candidates(marked)[1] if one.entity]

    chair = "[p:Grace Wambui], [d:the mayor/chair], met [p:Sok Dara], [d:a nurse]. "
    assert list_names(chair + "{s1:The [o:Harbour Board] chair} left.") == ["Grace Wambui", "Harbour Board"]
    assert list_names(chair + "{s1:[p:Mwangi Otieno]’s chair} left.") == ["Mwangi Otieno"]


def test_who_is_spoken_to_does_not_speak() -> None:
    """What links a subject to its object counts for nothing, whether that is a name or a pronoun."""

    def link(marked: str, *more: tuple[str, str, float]) -> float:
        return describe(SHE, marked, (("nurse", "Wambui", 0.8), *more))["link"]

    assert link(CAME + "{s1:The nurse} left.") == pytest.approx(0.8)
    assert link(CAME + "{s1:The nurse} left. [p:Wambui] ate.") == pytest.approx(0.8)
    assert link(CAME + "{s1:The nurse} told [p:Wambui].") == 0
    assert link(CAME + "{s1:The nurse} told her.", ("her", "Wambui", 0.9)) == pytest.approx(0.08)
    assert link(CAME + "{s1:The nurse} told her.", ("her", "came", 0.9)) == pytest.approx(0.8)
    assert link(CAME + "{s1:The nurse} told her fans.", ("her", "Wambui", 0.9)) == pytest.approx(0.8)
    assert link(CAME + "{s1:The nurse} told [p:Wambui]’s aide.") == pytest.approx(0.8)


@pytest.mark.parametrize(("feature", "who", "more", "less"), GRADED)
def test_features_that_are_more_or_less(feature: str, who: str | None, more: str, less: str) -> None:
    """One text has more of it."""
    assert describe(who, more)[feature] > describe(who, less).get(feature, 0.0)


def test_all_features_have_their_texts() -> None:
    """No feature is made that no text here is for."""
    tested = {feature for table in (NAMED, LINKED, GRADED) for feature, *_ in table}
    candidates = [one for _, _, text, *_ in NAMED for one in list_candidates(text)[1]]
    made = {key for one in candidates for key in one.features}
    assert made | {"outside"} == tested


def test_weights_are_of_features() -> None:
    """The installed model weighs no feature that is not made."""
    tested = {feature for table in (NAMED, LINKED, GRADED) for feature, *_ in table}
    weights = open_model(find_installed_model()).meta.ranking
    assert {feature for of_form in weights.values() for feature in of_form} <= tested


def test_links_lead_over_other_mentions() -> None:
    """`Wambui … she … her`: where only the one before is linked to the name, it is handed on, weakened."""
    links = (("her", "she", 0.9), ("she", "Wambui", 0.8))
    features = describe(SHE, CAME + "Later she ate. It rained on {s1:her}.", links)
    assert features["link"] == pytest.approx(0.72)


def test_links_do_not_lead_over_another_gender() -> None:
    """A "her" is nobody that "he" is."""
    links = (("her", "he", 0.9), ("he", "Wambui", 0.8))
    assert describe(SHE, CAME + "Later he ate. It rained on {s1:her}.", links)["link"] == 0


def test_links_lead_over_three_others_whoever_is_asked_for_before() -> None:
    """What is known of one on the way to it makes nobody's way longer."""
    words = ("Wambui", "one", "two", "three", "four", "She")
    links = tuple((word, before, 0.9) for before, word in pairwise(words))
    resolver = make_resolver(CAME + "It rained on one, two, three and four. {s1:She} left.", links)
    texts, rank = resolver.mentions.texts, resolver.ranker.list_candidates
    at = [texts.index(word) for word in ("four", "She")]
    linked = [rank(read_source(resolver.mentions, one, one + 1))[0].features["link"] for one in at]
    assert linked == [pytest.approx(0.9**4), 0]


def test_links_in_a_circle() -> None:
    """Two pronouns that only mean each other mean nobody."""
    links = (("her", "she", 0.9), ("she", "her", 0.9))
    assert describe(SHE, CAME + "Later she ate. It rained on {s1:her}.", links)["link"] == 0


def test_probabilities_are_a_softmax() -> None:
    """The likeliest first; they sum to one, and without weights all are alike."""
    marked = BOTH + "{s1:She} left."
    resolver = make_resolver(marked)
    span = resolver.doc.spans[ROLE_SPANS][0]
    source = read_source(resolver.mentions, span.start, span.end)
    plain = resolver.ranker.rank(source)
    assert [probability for _, probability in plain] == [pytest.approx(1 / 3)] * 3
    ranker = Ranker(resolver.mentions, {"personal": {"fits": 4.0, "nobody": -1.0}})
    ranked = ranker.rank(source)
    assert [one.entity.name if one.entity else None for one, _ in ranked] == [SHE, "Mwangi Otieno", NOBODY]
    assert sum(probability for _, probability in ranked) == pytest.approx(1)
    other_form = Ranker(resolver.mentions, {"it": {"fits": 4.0}})
    assert [probability for _, probability in other_form.rank(source)] == [pytest.approx(1 / 3)] * 3


@pytest.mark.parametrize(
    "marked", ["[x:Harbour Song] was over. {s1:It} left.", "{s1:The [x:Harbour Song] crowd} left."]
)
def test_things_are_no_candidates(marked: str) -> None:
    """A song may be named, and is nobody who speaks."""
    _, candidates = list_candidates(marked)
    assert [one.entity for one in candidates] == [None]
