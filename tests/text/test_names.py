"""Names, folded and compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotex.text.names import (
    find_nickname,
    fold_name,
    fold_words,
    is_capital,
    is_same_person,
    is_short_for,
    list_misspelt,
    make_ids,
    make_initials,
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Nguyễn Thị Lan", ("nguyen", "thi", "lan")),
        ("Grace M. “Gigi” Wambui, Jr.", ("grace", "m", "wambui")),
        ("the Harbour Board’s", ("harbour", "board")),
        ("Aoife Ní Bhriain", ("aoife", "ni", "bhriain")),
        ("Jan O'Dell III", ("jan", "odell")),
        ("U.N.", ("un",)),
        ("Grace ‘the Lake’ Wambui", ("grace", "wambui")),
        ("Grace «the Lake» Wambui", ("grace", "wambui")),
        ("Łukasz Ørn", ("lukasz", "orn")),
        ("“”", ()),
    ],
)
def test_names_are_folded(name: str, words: tuple[str, ...]) -> None:
    """Accents, marks, nicknames and what follows a name do not count."""
    assert fold_name(name) == words


def test_nicknames() -> None:
    """Only what stands in marks of its own."""
    assert find_nickname("Grace “Gigi” Wambui") == "gigi"
    assert find_nickname("Grace “the Lake” Wambui") == "thelake"
    assert find_nickname("Grace ‹Łódka› Wambui") == "lodka"
    assert find_nickname("Grace O’Dell") == ""


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Wambui", "Grace Wambui", True),
        ("Grace", "Grace Wambui", True),
        ("Grace Wambui", "Grace Njeri Wambui", True),
        ("G. Wambui", "Grace Wambui", True),
        ("Njeri Wambui", "Grace Njeri Wambui", True),
        ("Njeri", "Grace Njeri Wambui", False),
        ("Mwangi Wambui", "Grace Wambui", False),
        ("Grace Otieno", "Grace Wambui", False),
    ],
)
def test_names_of_one_person(name: str, other: str, same: bool) -> None:
    """The last words are the same, the first ones do not clash; a name of one word is the first or the last."""
    assert is_same_person(fold_name(name), fold_name(other)) is same


def test_a_nickname_is_as_good_as_a_given_name() -> None:
    """`Grace “Gigi” Wambui`: Gigi, and Gigi Wambui."""
    full = fold_name("Grace “Gigi” Wambui")
    assert is_same_person(("gigi",), full, ["gigi"])
    assert is_same_person(("gigi", "wambui"), full, ["gigi"])
    assert not is_same_person(("gigi", "wambui"), full)


@pytest.mark.parametrize(
    ("name", "full", "short"),
    [
        ("Kisumu Ferries", "Kisumu Ferries Holdings", True),
        ("Ferries Holdings", "Kisumu Ferries Holdings", True),
        ("Kisumu", "Kisumu Ferries Holdings", True),
        ("KFH", "Kisumu Ferries Holdings", True),
        ("Holdings", "Kisumu Ferries Holdings", False),
        ("Lima Ferries", "Kisumu Ferries Holdings", False),
        ("Kisumu Ferries Holdings", "Kisumu Ferries", False),
    ],
)
def test_short_names_of_bodies(name: str, full: str, short: bool) -> None:
    """The beginning, more than one word of the end, or the initials; what is longer is not short."""
    assert is_short_for(fold_name(name), fold_name(full)) is short


def test_initials_with_and_without_joining_words() -> None:
    """Writers do both; one letter is no acronym."""
    assert make_initials("the Board of Lake Ferries") == {"bolf", "blf"}
    assert make_initials("Oxfam") == set()


@pytest.mark.parametrize(
    ("word", "other", "alike"),
    [
        ("wambuii", "wambui", True),
        ("katalin", "katilin", True),
        ("otieno", "otianos", False),
        ("lee", "lea", False),
        ("batalin", "katalin", False),
        ("a" * 50, "a" * 49, False),
    ],
)
def test_misspelt_names(word: str, other: str, alike: bool) -> None:
    """One letter more, less or other in a long word, but not the first, and not in what is no word."""
    assert bool(list_misspelt(word) & list_misspelt(other)) is alike


def test_capitals() -> None:
    """As names have them."""
    words = "Lee al-Masri “Gigi” «Bo» o’clock lee 7".split()
    assert [word for word in words if is_capital(word)] == ["Lee", "al-Masri", "“Gigi”", "«Bo»"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Łukasz O’Brien-Šta", ["lukasz", "o", "brien", "sta"]),
        ("Søren_Æbelø ǅ", ["soren", "aebelo", "dz"]),
        ("𝕬nn İnce", ["ann", "ince"]),
        ("…", []),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    """Case, accents and strokes through letters do not count; every other sign parts words."""
    assert fold_words(text) == words


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is looked for and where it is looked for are folded alike."""
    assert fold_words(" ".join(fold_words(text))) == fold_words(text)


def test_ids_are_unique_in_an_article() -> None:
    """Two of one name have two ids, whatever the names look like."""
    assert make_ids(["Li Na", "Li Na", "Li Na 2", "Ðặng", "@li_na", "?", "!"]) == [
        "li-na",
        "li-na-2",
        "li-na-2-2",
        "dang",
        "li-na-3",
        "speaker",
        "speaker-2",
    ]
