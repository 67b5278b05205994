"""Speakers behind sources, over quotes marked by hand (see test_attribute)."""

import re

import pytest

from quotex.extraction import read_speakers
from quotex.pipeline.attribute import Attributor
from quotex.pipeline.speakers import SpeakerResolver, make_ids
from quotex.types import MENTIONS, Speaker
from tests.pipeline.test_attribute import make_doc


def resolve(marked: str, people: tuple[str, ...] = ()) -> tuple[Speaker, ...]:
    doc = make_doc(marked)
    starts = [
        (match.start(), mention) for mention in people for match in re.finditer(re.escape(mention), doc.text)
    ]
    doc.spans[MENTIONS] = [
        doc.char_span(at, at + len(mention), "person", alignment_mode="expand") for at, mention in starts
    ]
    return read_speakers(SpeakerResolver()(Attributor()(doc)))


def names(marked: str) -> list[tuple[str, tuple[int, ...]]]:
    people = ("Grace Wambui",) if "Grace Wambui" in marked else ()
    return [(speaker.name, speaker.quotes) for speaker in resolve(marked, people)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "{s1:Mayor Grace Wambui} {c1:said} {k1:it rained}. {s2:She} {c2:added} that {k2:it poured}.",
            [("Grace Wambui", (1, 2))],
        ),
        (
            "Grace Wambui came late. {s1:Wambui} {c1:said} {k1:no}. {s2:Ms. Wambui} {c2:said} {k2:yes}.",
            [("Grace Wambui", (1, 2))],
        ),
        (
            "{s1:Grace Wambui} {c1:said} {k1:it rained}, {c2:adding} that {k2:it poured}.",
            [("Grace Wambui", (1, 2))],
        ),
        ("It was about critics {s1:who} {c1:claimed} {k1:it rained}.", [("critics", (1,))]),
        (
            "{s1:Grace Wambui} {c1:said} {k1:it rained}. {s2:The Harbour Board} {c2:said} {k2:it did not}. "
            "{s3:It} {c3:said} {k3:it was dry}. {s4:She} {c4:said} {k4:no}.",
            [("Grace Wambui", (1, 4)), ("Harbour Board", (2, 3))],
        ),
        ("{s1:He} {c1:said} {k1:it rained}.", []),
        (
            "{k1:“We left,”} {s1:Grace Wambui} {c1:said}.\n\n“They never looked for us.”",
            [("Grace Wambui", (1, 2))],
        ),
    ],
)
def test_sources_become_speakers(marked, expected):
    """Surnames, pronouns, relative pronouns, shared subjects and the floor."""
    assert names(marked) == expected


def test_a_description_means_who_was_so_described():
    """The mayor is the one who was called a mayor before, also by a title; an engineer nobody was."""
    people = ("Grace Wambui, the mayor of Kisumu", "Sen. Jan Otieno")
    (mayor, senator, unnamed) = resolve(
        "Grace Wambui, the mayor of Kisumu, met Sen. Jan Otieno. {s1:The mayor} {c1:said} {k1:it rained}. "
        "{s2:The senator} {c2:said} {k2:yes}. {s3:The engineer} {c3:said} {k3:no}.",
        people,
    )
    assert (mayor.name, senator.name, unnamed.name) == ("Grace Wambui", "Jan Otieno", "The engineer")
    assert (mayor.kind, unnamed.kind) == ("person", "unnamed")


def test_a_speaker_has_aliases_and_descriptions():
    """Every other name the text gives, and what it says of the speaker."""
    (speaker,) = resolve(
        "{s1:Prime Minister Sok Dara} {c1:said} {k1:it rained}. {s2:Dara, the party leader,} {c2:said} {k2:yes}."
    )
    assert speaker == Speaker(
        "sok-dara", "Sok Dara", "person", ("Dara",), ("Prime Minister", "the party leader"), (1, 2)
    )


def test_ids_are_unique_in_an_article():
    """Two of one name have two ids, whatever the names look like."""
    assert make_ids(["Li Na", "Li Na", "Li Na 2", "Ðặng", "?", "!"]) == [
        "li-na",
        "li-na-2",
        "li-na-2-2",
        "ðang",
        "speaker",
        "speaker-2",
    ]
