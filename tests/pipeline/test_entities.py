"""Which names of an article are one person or body."""

from collections import Counter

import pytest

from quotex.pipeline.speakers.entities import Entity
from tests.pipeline.naming import Links, read


def group(marked: str, links: Links = ()) -> list[tuple[str, str, list[str]]]:
    """Make the entities of a text: name, kind and all forms, in the order in which they are first named."""
    entities = dict.fromkeys(name.entity for name in read(marked, links).names)
    return [(one.name, one.kind, [name.text for name in one.names]) for one in entities]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[p:Wambui] came. [p:Grace Wambui] was late. [p:Grace] left.",
            [("Grace Wambui", "person", ["Wambui", "Grace Wambui", "Grace"])],
        ),
        (
            "[p:Grace Wambui] met [p:Mwangi Otieno]. [p:Otieno] left.",
            [
                ("Grace Wambui", "person", ["Grace Wambui"]),
                ("Mwangi Otieno", "person", ["Mwangi Otieno", "Otieno"]),
            ],
        ),
        (
            "[p:Jan Otieno] met [p:Rosa Otieno]. [t:Ms.] [p:Otieno] left. [t:Mr.] [p:Jan Otieno] did not.",
            [
                ("Jan Otieno", "person", ["Jan Otieno", "Jan Otieno"]),
                ("Rosa Otieno", "person", ["Rosa Otieno", "Otieno"]),
            ],
        ),
        (
            "The [o:Fund for Clean Water] ([o:FCW]) paid. [o:FCW] left.",
            [("Fund for Clean Water", "org", ["Fund for Clean Water", "FCW", "FCW"])],
        ),
        (
            "[p:Lenga Kwa Taro] ([o:LENKWATA]) paid. [p:LENKWATA] left.",
            [("Lenga Kwa Taro", "org", ["Lenga Kwa Taro", "LENKWATA", "LENKWATA"])],
        ),
        (
            "[p:Grace Wambui] ([o:NUP]) paid. [o:NUP] left.",
            [("Grace Wambui", "person", ["Grace Wambui"]), ("NUP", "org", ["NUP", "NUP"])],
        ),
        (
            "The [o:Lake Rescue Service] paid. [o:LRS] left.",
            [("Lake Rescue Service", "org", ["Lake Rescue Service", "LRS"])],
        ),
        (
            "[p:Grace Wambui-Otieno] met [p:Sok Dara]. [p:GWO]: Why? [p:SD]: No.",
            [
                ("Grace Wambui-Otieno", "person", ["Grace Wambui-Otieno", "GWO"]),
                ("Sok Dara", "person", ["Sok Dara", "SD"]),
            ],
        ),
        ("[l:Latvia] agreed. [l:Latvia] paid.", [("Latvia", "org", ["Latvia", "Latvia"])]),
        (
            "[p:Katalin Szentes] came. [p:Szenters] left. [p:Katalin Szentes] ate. [p:Szentes] slept.",
            [("Katalin Szentes", "person", ["Katalin Szentes", "Szenters", "Katalin Szentes", "Szentes"])],
        ),
        (
            "[p:Grace Wambui] sold [o:Wambui] [o:Ferries].",
            [
                ("Grace Wambui", "person", ["Grace Wambui"]),
                ("Wambui", "org", ["Wambui"]),
                ("Ferries", "org", ["Ferries"]),
            ],
        ),
        (
            "[p:Grace “Gigi” Wambui] came. [p:Gigi] left.",
            [("Grace “Gigi” Wambui", "person", ["Grace “Gigi” Wambui", "Gigi"])],
        ),
    ],
)
def test_names_of_one(marked: str, expected: list[tuple[str, str, list[str]]]) -> None:
    """Short names find the full one wherever it stands, unless honorifics are against it."""
    assert group(marked) == expected


def test_names_only_in_headlines_are_not_the_fullest() -> None:
    """What stands in capitals may hold more than the name."""
    assert group("[p:Big Grace Wambui] Warns Ferries About Storms\n\n[p:Grace Wambui] warned them.") == [
        ("Grace Wambui", "person", ["Big Grace Wambui", "Grace Wambui"])
    ]
    assert group("[p:Grace Wambui] Warns Ferries About Storms\n\n[p:Wambui] warned them.") == [
        ("Grace Wambui", "person", ["Grace Wambui", "Wambui"])
    ]


def test_what_goes_on_from_a_usual_name_is_not_the_fullest() -> None:
    """Used once, it is the name of something that belongs to the body; of a person the longest stays."""
    once, usual = "The [o:Ora Ferries Pension Fund] paid.", " [o:Ora Ferries] left."
    names = [[name for name, _, _ in group(once + n * usual)] for n in (2, 3)]
    assert names == [["Ora Ferries Pension Fund"], ["Ora Ferries"]]
    assert group("[p:Ann Lee Moe] came." + 3 * " [p:Ann Lee] left.")[0][0] == "Ann Lee Moe"


def test_a_short_name_of_a_body_is_joined_by_a_link() -> None:
    """The end of a longer name alone says too little without "the": there may be many gazettes."""
    text = "The [o:Lake Gazette] paid. [o:Gazette] left."
    alone = [("Lake Gazette", "org", ["Lake Gazette"]), ("Gazette", "org", ["Gazette"])]
    assert group(text) == group(text, (("left", "Gazette", 0.9),)) == alone
    assert group(text, (("Gazette", "Gazette", 0.9),)) == [("Lake Gazette", "org", ["Lake Gazette", "Gazette"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The [o:Lake Gazette] paid. The [o:Gazette] left.", [["Lake Gazette", "Gazette"]]),
        (
            "The [o:Observatory for Lakes] paid. The [o:Observatory] left.",
            [["Observatory for Lakes", "Observatory"]],
        ),
        (
            "The [o:Lake Gazette] paid, then the [o:Hill Gazette]. The [o:Gazette] left.",
            [["Lake Gazette"], ["Hill Gazette", "Gazette"]],
        ),
        ("The [o:Gazette] left. The [o:Lake Gazette] paid.", [["Gazette"], ["Lake Gazette"]]),
        ("The [o:Lake UNG] paid. The [o:UNG] left.", [["Lake UNG"], ["UNG"]]),
    ],
)
def test_the_noun_of_a_body_is_the_last_one_of_that_noun(text: str, expected: list[list[str]]) -> None:
    """Not what is named later, and no acronym."""
    assert [names for _, _, names in group(text)] == expected


@pytest.mark.parametrize(
    ("text", "is_joined"),
    [
        ("[t:Keeper of the Lake Ponds] [p:Ann Lee] came. The [o:KLP] left.", True),
        ("[t:former Pond Clerk and Lake Harbour Keeper] [p:Ann Lee] came. The [o:LHK] left.", False),
        ("[t:Keeper of Lake Ponds] [p:Ann Lee] met [t:Keeper of Land Paths] [p:Bo Moe]. The [o:KLP] left.", False),
        ("[t:Keeper of Lake Fish Ponds] [p:Ann Lee] came. The [o:LFP] left.", False),
        ("[t:Keeper of the Lake] [p:Ann Lee] came. The [o:KL] left.", False),
        ("[t:Keeper of the lake ponds] [p:Ann Lee] came. The [o:KLP] left.", False),
        ("[t:Lima-Knossos Pond keeper] [p:Ann Lee] came. The [o:LKP] left.", False),
        ("[t:Keeper of the Lake Ponds] [p:Ann Lee] came. The [o:Klp] left.", False),
        ("[t:Keeper of Lake Ponds] [p:Ann Lee] came. [o:Kind Lima People], the [o:KLP], left.", False),
        ("[t:Keeper of Lake Ponds] [p:Ann Lee] came. [l:KLP] left.", False),
    ],
)
def test_an_acronym_of_a_title(text: str, is_joined: bool) -> None:
    """It means the one person who has that title, in capitals, now; no place, and no body that is known."""
    people = [names for _, kind, names in group(text) if kind == "person"]
    assert (len(people[0]) == 2) is is_joined


def test_a_kind_is_voted_on() -> None:
    """One name that was read as a body's among several is a person's."""
    assert group("[p:Otieno] came. [o:Otieno] ate. [p:Otieno] left.") == [
        ("Otieno", "person", ["Otieno", "Otieno", "Otieno"])
    ]


def test_pronouns_that_go_with_somebody() -> None:
    """What the article says goes before what the given name says."""
    mentions = read("[p:Grace Wambui] met [t:Mr.] [p:Maria Otieno] and [p:Xq Zed].")
    grace, maria, other = (name.entity for name in mentions.names)
    assert (grace.fits("she"), grace.fits("he"), grace.clashes("he")) == (0.5, -0.5, False)
    assert (maria.fits("he"), maria.fits("she"), maria.clashes("she")) == (1.0, -1.0, True)
    assert other.fits("she") == 0.0
    assert Entity("Grace", "person").fits("she") == 0.0


def test_an_entity_keeps_what_is_said_of_it() -> None:
    """Descriptions in order, each once; how often each name is used."""
    mentions = read("[t:Mayor] [p:Grace Wambui] came. [p:Wambui], [d:a lawyer], ate. [t:Mayor] [p:Wambui] left.")
    (entity,) = {name.entity for name in mentions.names}
    assert entity.descriptions == ["Mayor", "a lawyer"]
    assert entity.forms == {"Grace Wambui": 1, "Wambui": 2}


def test_the_pronoun_used_most():
    """None where an article uses two as often, or none."""
    assert Entity("Lee", "person", pronouns=Counter(she=2, they=1)).pronoun == "she"
    assert Entity("Lee", "person", pronouns=Counter(she=1, he=1)).pronoun is None
    assert Entity("Lee", "person").pronoun is None
