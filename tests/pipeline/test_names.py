"""Words of names, compared; and what phrases without a name say."""

import pytest

from quotex.pipeline.speakers.names import (
    find_gender,
    find_nickname,
    find_phrase_head,
    fold_name,
    is_capital,
    is_description,
    is_same_person,
    is_short_for,
    list_misspelt,
    lower_article,
    make_initials,
    strip_determiner,
    strip_possessive,
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


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("the former mayor of Kisumu", "mayor"),
        ("a lawyer, who left", "lawyer"),
        ("her deputy mayor", "deputy mayor"),
        ("the company’s", "company"),
        ("critics who claimed it", "critics"),
        ("", ""),
    ],
)
def test_heads_of_phrases(phrase: str, head: str) -> None:
    """What somebody is, without what is said of it."""
    assert find_phrase_head(phrase) == head


def test_words_that_tell_a_gender() -> None:
    """Unless both are there."""
    assert find_gender("Mrs. Wambui") == "she"
    assert find_gender("the chairman") == "he"
    assert find_gender("the mayor") is None
    assert find_gender("Puan Wambui") == "she"
    assert find_gender("head of Bay Ferries") is None
    assert find_gender("his wife and her husband") is None


def test_parts_of_words() -> None:
    """Capitals as in names; "the" and 's left out."""
    assert [word for word in "Lee al-Masri “Gigi” o’clock lee 7".split() if is_capital(word)] == [
        "Lee",
        "al-Masri",
        "“Gigi”",
    ]
    assert strip_determiner("The mayor") == "mayor"
    assert [strip_possessive(word) for word in ("Lee’s", "James'", "rock'n'")] == ["Lee", "James", "rock'n'"]


def test_descriptions_are_whole_and_english() -> None:
    """A preposition, an age, an owner or a name in another script says nothing on its own."""
    said = ["mayor", "the mayor of Ora", "of Ora", "an aide to", "Ora’s", "who left", "34", "Ольга", ""]
    assert [text for text in said if is_description(text)] == ["mayor", "the mayor of Ora"]
    assert [lower_article(text) for text in ("The mayor", "A nurse", "Theo")] == ["the mayor", "a nurse", "Theo"]
