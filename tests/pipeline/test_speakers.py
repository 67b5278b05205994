"""Speakers behind sources, over quotes and names marked by hand (see naming.py)."""

import pytest
from spacy.tokens import Doc

from quotex.pipeline.attribute import Attributor
from quotex.pipeline.results import read_speakers
from quotex.pipeline.speakers import Resolver, SpeakerResolver, list_titles
from quotex.pipeline.speakers.sources import read_source
from quotex.types import CONTENT, ROLE_SPANS, Speaker
from tests.pipeline.naming import Links, make_named, make_resolver

WEIGHTS = {  # such as data give, but round
    "named": {"inside": 2.0, "in_head": 2.0, "in_owner": -4.0, "in_of": -4.0, "body_before": -4.0},
    "personal": {"person": 2.0, "org": -4.0, "fits": 2.0, "clashes": -8.0, "nearest": 1.0, "nobody": 1.0},
    "it": {"org": 2.0, "person": -4.0, "nearest": 1.0},
    "relative": {"inside": 6.0},
    "definite": {"called": 4.0, "nobody": 2.0},
    "bare": {"nobody": 2.0},
}


def resolve(marked: str, links: Links = ()) -> tuple[Speaker, ...]:
    return read_speakers(SpeakerResolver(WEIGHTS)(attribute(marked, links)))


def attribute(marked: str, links: Links = ()) -> Doc:
    return Attributor()(make_named(marked, links))


def names(marked: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(speaker.name, speaker.quotes) for speaker in resolve(marked)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "{s1:[t:Mayor] [p:Grace Wambui]} {c1:said} {k1:it rained}. {s2:She} {c2:added} that {k2:it poured}.",
            [("Grace Wambui", (1, 2))],
        ),
        (
            "[p:Grace Wambui] came. {s1:[p:Wambui]} {c1:said} {k1:no}. {s2:[t:Ms.] [p:Wambui]} {c2:said} {k2:go}.",
            [("Grace Wambui", (1, 2))],
        ),
        (
            "{s1:[p:Grace Wambui]} {c1:said} {k1:it rained}, {c2:adding} that {k2:it poured}.",
            [("Grace Wambui", (1, 2))],
        ),
        ("It was about critics {s1:who} {c1:claimed} {k1:it rained}.", [("critics", (1,))]),
        ("It was about [p:Grace Wambui], {s1:who} {c1:claimed} {k1:it rained}.", [("Grace Wambui", (1,))]),
        (
            "{s1:[p:Grace Wambui]} {c1:said} {k1:it rained}. {s2:The [o:Harbour Board]} {c2:said} {k2:it did}. "
            "{s3:It} {c3:said} {k3:it was dry}. {s4:She} {c4:said} {k4:no}.",
            [("Grace Wambui", (1, 4)), ("Harbour Board", (2, 3))],
        ),
        ("{s1:He} {c1:said} {k1:it rained}.", []),
        ("[p:Grace Wambui] came. {s1:He} {c1:said} {k1:it rained}.", []),
        ("{s1:Many} {c1:said} {k1:it rained}. {s2:This} {c2:said} {k2:no}.", [("Many", (1,))]),
        ("{s1:[p:Wambui]’s lawyer} {c1:said} {k1:it rained}.", [("Wambui’s lawyer", (1,))]),
        ("{s1:An aide to [p:Wambui]} {c1:said} {k1:it rained}.", [("An aide to Wambui", (1,))]),
        ("{s1:[o:Harbour Board] officials} {c1:said} {k1:it rained}.", [("Harbour Board officials", (1,))]),
        (
            "{k1:“We left,”} {s1:[p:Grace Wambui]} {c1:said}.\n\n“They never looked for us.”",
            [("Grace Wambui", (1, 2))],
        ),
        (
            "{s1:[p:Ann Lee] and [p:Bob Moe]} {c1:said} {k1:no}. {s2:[p:Lee] and [p:Moe]} {c2:said} {k2:yes}.",
            [("Ann Lee and Bob Moe", (1, 2))],
        ),
        (
            "[p:Grace Wambui] came. {s1:She and [t:Mayor] [p:Sok Dara]} {c1:said} {k1:it rained}.",
            [("Grace Wambui and Sok Dara", (1,))],
        ),
    ],
)
def test_sources_become_speakers(marked: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    """Surnames, pronouns, relative pronouns, shared subjects, the floor, and those without a name."""
    assert names(marked) == expected


def test_a_description_means_who_was_so_described() -> None:
    """The mayor is the one who was called a mayor before, also by a title; an engineer nobody was."""
    (mayor, senator, unnamed) = resolve(
        "[p:Grace Wambui], [d:the mayor of Kisumu], met [t:Senator] [p:Jan Otieno]. "
        "{s1:The mayor} {c1:said} {k1:it rained}. {s2:The senator} {c2:said} {k2:yes}. "
        "{s3:[m:The engineer]} {c3:said} {k3:no}. {s4:[m:Engineer]} {c4:said} {k4:no}."
    )
    assert (mayor.name, senator.name, unnamed.name) == ("Grace Wambui", "Jan Otieno", "The engineer")
    assert (mayor.kind, unnamed.kind, unnamed.quotes) == ("person", "unnamed", (3, 4))


def test_a_pronoun_that_nobody_named_fits_means_the_description_it_is_linked_to() -> None:
    """`An old nurse … she`: linked by their heads, without a name."""
    marked = (
        "{s1:[m:An old nurse]} {c1:said} {k1:it rained}, and [m:a ferry] sank. {s2:She} {c2:said} {k2:it poured}."
    )
    (nurse,) = resolve(marked, (("She", "nurse", 0.9),))
    assert (nurse.name, nurse.quotes) == ("An old nurse", (1, 2))


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("{s2:It} {c2:added} {k2:it poured}.", [("The report", (1, 2))]),
        ("Rain fell.\n\nSnow fell.\n\n{s2:It} {c2:added} {k2:it poured}.", [("The report", (1,))]),
        ("{s2:He} {c2:added} {k2:it poured}.", [("The report", (1,))]),
    ],
)
def test_a_pronoun_that_is_linked_to_nothing_means_who_spoke_last_without_a_name(
    second: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    """If it goes with that, in the paragraph or the one before."""
    assert names("{s1:The report} {c1:said} {k1:it rained}. " + second) == expected


def test_a_pronoun_teaches_a_gender() -> None:
    """Where a "he" is sure, the next "she" is somebody else."""
    said = "{s2:He} {c2:said} {k2:it poured}. {s3:She} {c3:said} {k3:no}."
    marked = "{s1:[p:Xq Zed]} {c1:said} {k1:it rained}. " + said
    assert names(marked) == [("Xq Zed", (1, 2))]


def test_a_speaker_has_aliases_and_descriptions() -> None:
    """Every other name the text gives, and what it says of the speaker."""
    (speaker,) = resolve(
        "{s1:[t:Prime Minister] [p:Sok Dara]} {c1:said} {k1:it rained}. "
        "{s2:[p:Dara], [d:the party leader],} {c2:said} {k2:yes}."
    )
    assert speaker == Speaker(
        "sok-dara", "Sok Dara", "person", ("Dara",), ("Prime Minister", "the party leader"), (1, 2)
    )


def test_without_weights_everybody_is_alike() -> None:
    """A pipeline without our tagger has none; it still runs."""
    (speaker,) = read_speakers(SpeakerResolver({})(attribute("{s1:[p:Ann Lee]} {c1:said} {k1:no}.")))
    assert speaker.name == "Ann Lee"


def test_the_present_goes_before_the_past() -> None:
    """Titles with their bodies; of two that say the same the fuller one."""
    (speaker,) = resolve(
        "[t:Ex-mayor] [p:Grace Wambui], [d:a lawyer], came. [t:Lawyer] [p:Wambui] ate. "
        "{s1:[p:Wambui], [d:former head of the [o:Lake Board]],} {c1:said} {k1:it rained}."
    )
    assert speaker.descriptions == ("a lawyer", "Ex-mayor", "former head of the Lake Board")


def test_somebody_is_called_what_describes_them_elsewhere() -> None:
    """Where nothing stands beside the name."""
    marked = "[p:Grace Wambui] came. {s1:The mayor of Kisumu} {c1:said} {k1:it rained}."
    (speaker,) = read_speakers(SpeakerResolver({"definite": {"person": 4.0}})(attribute(marked)))
    assert (speaker.name, speaker.descriptions) == ("Grace Wambui", ("the mayor of Kisumu",))


def test_a_pronoun_means_the_body_that_it_is_linked_to() -> None:
    """`The Board … it`, though the ranking is for nobody."""
    marked = "[b:The [o:Harbour Board]] met [o:Oxfam]. {s1:It} {c1:said} {k1:it rained}."
    doc = attribute(marked, (("It", "Board", 0.9),))
    (speaker,) = read_speakers(SpeakerResolver({"it": {"nobody": 4.0}})(doc))
    assert (speaker.name, speaker.kind) == ("Harbour Board", "org")


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("{s1:[p:Wambui] and [p:Otieno]} left.", "Wambui and Otieno"),
        ("{s1:[t:Mr.] [p:Wambui] and [t:Ms.] [p:Otieno]’s} hut burnt.", "Wambui and Otieno"),
        (
            "{s1:[t:Sens.] [p:Grace Wambui], [p:Rosa Quispe] and [p:Sok Dara]} left.",
            "Grace Wambui, Rosa Quispe and Sok Dara",
        ),
        ("{s1:both [t:President] [p:Wambui] and [t:former mayor] [p:Sok Dara]} left.", "Wambui and Sok Dara"),
        ("[p:Ann Lee] and [p:Bob Moe] came. {s1:[p:Lee] and [p:Moe]} left.", "Ann Lee and Bob Moe"),
        ("{s1:[l:Latvia] and [l:Estonia]} agreed.", "Latvia and Estonia"),
        ("{s1:The [o:Harbour Board] and [o:Oxfam]} agreed.", "Harbour Board and Oxfam"),
        ("{s1:[p:Grace Wambui]} left.", None),
        ("{s1:[p:Wambui] and her lawyer} left.", "Wambui and her lawyer"),
        ("{s1:[p:Wambui], [p:Otieno] and several others} left.", "Wambui, Otieno and several others"),
        ("{s1:[p:Wambui] and aides} left.", None),
        ("{s1:[p:Dara]'s rivals, including [p:Wambui] and [p:Otieno],} left.", None),
        ("{s1:Ministers of three states, [l:Ora], [l:Ona] and [l:Ola],} left.", None),
        ("{s1:Two judges, [p:Wambui] of [l:Kisumu] and [p:Otieno] of [l:Lima],} left.", "Wambui and Otieno"),
        ("{s1:[p:Wambui] and [p:Otieno], two of the judges,} left.", "Wambui and Otieno"),
        ("{s1:[p:Wambui] and [p:Otieno], who saw [p:Dara] and [p:Lind],} left.", "Wambui and Otieno"),
        ("{s1:[p:Wambui], a niece of [p:Dara] and [p:Lind],} left.", None),
        ("{s1:[p:Wambui], [p:Otieno]} left.", None),
        ("{s1:[p:Wambui] of [o:Oxfam] and [o:Aid]} left.", None),
        ("{s1:[p:Wambui] and [o:Oxfam]} left.", "Wambui and Oxfam"),
        ("{s1:Aides to [p:Wambui] and [p:Otieno]} left.", None),
        ("{s1:[p:Wambui] and [p:Otieno] aides} left.", None),
        ("{s1:[p:Grace Wambui] and [p:Wambui]} left.", None),
        ("{s1:[x:Song] and [x:Dance]} ended.", None),
        ("{s1:[p:Wambui] ([l:Kisumu]), [p:Quispe] and [p:Dara] ([l:Lima])} left.", "Wambui, Quispe and Dara"),
        ("{s1:[p:Otieno] & [p:Lind]} left.", None),
    ],
)
def test_those_who_speak_as_one(marked: str, name: str | None) -> None:
    """Several side by side, whatever is said of each, under their full names."""
    resolver = make_resolver(marked)
    span = resolver.doc.spans[ROLE_SPANS][0]
    joint = resolver.groups.find_joint(read_source(resolver.mentions, span.start, span.end))
    assert (joint.name if joint else None) == name
    assert joint is None or joint.kind == "group"


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[p:Ann Lee] met her aide, [p:Bob Moe]. {s1:The pair} left.", "Ann Lee and Bob Moe"),
        ("[p:Ann Lee] met [p:Bob Moe]. It rained. {s1:The two} left.", "Ann Lee and Bob Moe"),
        ("[p:Ann Lee], [p:Bob Moe] and [p:Sok Dara] met. {s1:The three} left.", "Ann Lee, Bob Moe and Sok Dara"),
        ("[p:Ann Lee] and [p:Bob Moe] met. {s1:The two men} left.", "Ann Lee and Bob Moe"),
        ("[p:Ann Lee] and [p:Bob Moe] met. {s1:They} left.", "Ann Lee and Bob Moe"),
        ("[p:Ann Lee] and [p:Bob Moe] met. {s1:The three} left.", None),
        ("[p:Ann Lee] met a boat. {s1:They} left.", None),
        ("[p:Ann Lee] and [p:Bob Moe] met. {s1:The mayor} left.", None),
        ("{s1:The pair} left.", None),
    ],
)
def test_several_who_were_named_before(marked: str, name: str | None) -> None:
    """As many as the word says, in the sentences before."""
    resolver = make_resolver(marked)
    span = resolver.doc.spans[ROLE_SPANS][0]
    found = resolver.groups.find_several(read_source(resolver.mentions, span.start, span.end))
    assert (found.name if found else None) == name


def test_they_are_those_who_were_named_together_one_by_a_pronoun() -> None:
    """`He and Ann Lee left. They …`."""
    doc = make_named("[p:Grace Wambui] came. She and [p:Sok Dara] left. {s1:They} wept.")
    doc.spans[CONTENT] = []
    resolver = Resolver(doc, WEIGHTS)
    span = doc.spans[ROLE_SPANS][0]
    found = resolver.groups.find_several(read_source(resolver.mentions, span.start, span.end))
    assert found
    assert found.name == "Grace Wambui and Sok Dara"


@pytest.mark.parametrize(
    ("marked", "author"),
    [
        ("By [p:Ann Lee]\n\n{s1:I} said so to [p:Bob Moe].", "Ann Lee"),
        ("{s1:I} said so to [p:Bob Moe].\n\n[p:Ann Lee]", "Ann Lee"),
        ("{s1:I} said so.\n\n— [p:Ann Lee], Ora", None),
        ("{s1:I} said so.\n\n[p:Ann Lee] is a teacher in a town.", "Ann Lee"),
        ("[p:Ann Lee]\n\n{s1:I} said so to everybody here.", None),
        ("{s1:I} said so.\n\n[p:Ann Lee] is a teacher in a town.\n\nIt rained.", None),
        ("By [p:Ann Lee] and [p:Bob Moe]\n\n{s1:I} said so.", None),
        ("{s1:I} said so to [p:Bob Moe] and others there.", None),
    ],
)
def test_authors(marked: str, author: str | None) -> None:
    """A byline, a signature, or what is said at the end of who wrote it."""
    resolver = make_resolver(marked)
    found = resolver.resolve(resolver.doc.spans[ROLE_SPANS][0])
    assert (found[0].name if found else None) == author


def test_i_is_whoever_is_speaking() -> None:
    """Inside what somebody says, before the author is thought of."""
    marked = "By [p:Bob Moe]\n\n{s1:[p:Ann Lee]} {c1:told us}: {k1:“}{s2:I} {c2:said} {k2:no}{k1:, and left.”}"
    doc = attribute(marked)
    found = Resolver(doc, WEIGHTS).resolve_all()
    assert {number: entity.name for number, (entity, _) in found.items()} == {1: "Ann Lee", 2: "Ann Lee"}


def test_who_answers() -> None:
    """`A:` is the person named most before."""
    resolver = make_resolver("[p:Ann Lee] met [p:Bob Moe]. [p:Lee] spoke.\n\nQ: Why?\n\n{s1:A}: We act.")
    found = resolver.resolve(resolver.doc.spans[ROLE_SPANS][0])
    assert found
    assert found[0].name == "Ann Lee"
    resolver = make_resolver("[p:Ann Lee] came.\n\n{s1:Q}: Why?")
    assert resolver.resolve(resolver.doc.spans[ROLE_SPANS][0]) is None


@pytest.mark.parametrize(
    ("marked", "pronoun"),
    [
        ("{s1:[p:Grace Wambui]} {c1:said} {k1:it rained}. {s2:She} {c2:added} that {k2:it poured}.", "she"),
        ("{s1:[t:Mr.] [p:Wambui]} {c1:said} {k1:it rained}.", "he"),
        ("{s1:The [o:Harbour Board]} {c1:said} {k1:it did}. {s2:It} {c2:said} {k2:it was dry}.", "it"),
        ("{s1:[p:Grace Wambui]} {c1:said} {k1:it rained}.", None),
        ("{s1:[p:Grace Wambui], [d:a spokesman],} {c1:said} {k1:it rained}.", None),
    ],
)
def test_the_pronoun_is_the_article_s_own(marked, pronoun):
    """By pronouns and honorifics; a given name or a trade tells nothing."""
    assert resolve(marked)[0].pronoun == pronoun


def test_a_double_name_that_was_read_as_two():
    """Nothing stands behind the first where the text ends with it, nor between the two."""
    resolver = make_resolver("It rained, said {s1:[p:Grace Wambui]-[p:Otieno]}")
    span = resolver.doc.spans[ROLE_SPANS][0]
    source = read_source(resolver.mentions, span.start, span.end)
    assert [list_titles(resolver.mentions, source, name) for name in source.names] == [[], []]
