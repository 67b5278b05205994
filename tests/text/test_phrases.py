"""What phrases without a name say."""

import pytest

from quotex.text.phrases import (
    find_gender,
    find_phrase_head,
    is_description,
    lower_article,
    strip_article,
    strip_possessive,
)


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


def test_both_ends_of_phrases() -> None:
    """An article and 's are left out."""
    assert strip_article("The mayor") == "mayor"
    assert [strip_possessive(word) for word in ("Lee’s", "James'", "rock'n'")] == ["Lee", "James", "rock'n'"]


def test_descriptions_are_whole_and_english() -> None:
    """A preposition, an age, an owner or a name in another script says nothing on its own."""
    said = ["mayor", "the mayor of Ora", "of Ora", "an aide to", "Ora’s", "who left", "34", "Ольга", ""]
    assert [text for text in said if is_description(text)] == ["mayor", "the mayor of Ora"]
    assert [lower_article(text) for text in ("The mayor", "A nurse", "Theo")] == ["the mayor", "a nurse", "Theo"]
