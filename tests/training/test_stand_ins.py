"""Names replaced by pronouns and descriptions, to learn whom these mean."""

import numpy as np
import pytest

from models.news_en.training.stand_ins import Replacer, find_bodies, find_people
from quotex.model.encode import Encoder
from quotex.training.examples import Example, ExampleReader
from tests.model.toy import make_tokenizer

GENDERS = {"ruth": "she", "karl": "he"}
TEXT = (
    "Senator Ruth Adeyemi came to Ilorin. The River Safety Board was there before her.\n\n"
    "“We begin,” Adeyemi said. The dam is Adeyemi’s idea, and reporters asked Adeyemi why.\n\n"
    "“It leaks,” the River Safety Board said."
)


@pytest.fixture
def encoder() -> Encoder:
    return Encoder(make_tokenizer())


def make_all(text: str, encoder: Encoder) -> set[str]:
    """Make the texts that many draws give."""
    texts = set()
    for seed in range(60):
        example = ExampleReader(encoder)("a", text)
        Replacer(GENDERS, {}, encoder, np.random.default_rng(seed))(example)
        texts.add(" ".join(example.words.words))
    return texts


def test_who_can_be_replaced(encoder: Encoder) -> None:
    """A surname by itself, after the full name; a body's name that comes again."""
    words = ExampleReader(encoder)("a", TEXT).words.words
    (person,), (body,) = find_people(words, GENDERS), find_bodies(words)
    assert (person.full, person.gender, person.callings) == (("ruth", "adeyemi"), "she", {("senator",)})
    assert [words[start:end] for start, end in person.free] == [["Adeyemi"]] * 3
    assert (body.full, body.callings) == (("river", "safety", "board"), {("board",)})
    assert [words[start:end] for start, end in body.free] == [["River", "Safety", "Board"]]


def test_two_of_one_surname_are_left_alone(encoder: Encoder) -> None:
    """Nobody could say which of them "she" would be."""
    words = ExampleReader(encoder)("a", TEXT + " Her son Karl Adeyemi agreed. Adeyemi left.").words.words
    assert find_people(words, GENDERS) == []


def test_words_fit_their_places(encoder: Encoder) -> None:
    """Subject, object and possessive; "the" only once."""
    together = " # ".join(make_all(TEXT, encoder))
    for part in (
        *("” she said", "” the senator said", "is her idea", "is the senator ’s idea", "asked her why"),
        *("asked the senator why", "” the board said", "” it said", "” Adeyemi said", "” the River Safety Board"),
    ):
        assert part in together
    for part in ("her said", "her ’s", "the the", "the it", "asked she", "Senator she"):
        assert part not in together


def test_stand_ins_mean_who_is_named(encoder: Encoder) -> None:
    """Each is linked to the names that stay, and to the other stand-ins for the same one."""
    n_mates = 0
    for seed in range(20):
        example: Example = ExampleReader(encoder)("a", TEXT)
        Replacer(GENDERS, {}, encoder, np.random.default_rng(seed))(example)
        words = example.words.words
        for word, same, also, among in example.mates:
            assert among is None
            is_person = words[word].lower() in {"she", "her", "senator"}
            assert {words[i] for i in same} == ({"Adeyemi"} if is_person else {"Board"})
            assert {words[i] for i in also} <= ({"she", "her", "senator"} if is_person else {"it", "board"})
            n_mates += 1
    assert n_mates


def test_who_is_named_once_may_lose_the_name(encoder: Encoder) -> None:
    """Then the description means nobody named."""
    text = "It rained. Village elder Karl Busch lit a fire, and Captain Karl Busch did not."
    assert all("elder" in one for one in make_all(text, encoder))
    texts = make_all("It rained on mayor Karl Busch all day.", encoder)
    assert texts == {"It rained on mayor Karl Busch all day .", "It rained on the mayor all day ."}


def test_what_others_call_somebody(encoder: Encoder) -> None:
    """What a person is called elsewhere may be used here, unless somebody else here is called so."""
    callings = {("ruth", "adeyemi"): [("engineer",), ("captain",)]}
    texts = set()
    for seed in range(60):
        example = ExampleReader(encoder)("a", TEXT + " A voice was that of captain Karl Busch.")
        Replacer(GENDERS, callings, encoder, np.random.default_rng(seed))(example)
        texts.add(" ".join(example.words.words))
    assert any("the engineer said" in text for text in texts)
    assert not any("the captain said" in text for text in texts)
