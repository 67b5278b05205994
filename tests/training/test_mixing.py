"""Copies of marked articles with something of another one put in."""

import numpy as np
import pytest

from models.news_en.training.mixing import Mixer, cut, insert
from models.news_en.training.texts import FOLDER, MarkedText, read_text, read_texts
from quotex.text.paragraphs import find_paragraphs

HOST = read_text(
    "host",
    """# 1: person, Ann Lee, she
# 2: person, Bob Moe, he
# 1: 1
# 2: 2

The mill burns

<c:1>“It was late.</c>

<c:1>“We left,”</c> <u:1>said</u> <s:1>[[T:1|Mayor]] [[P:1|Ann Lee]]</s>.

[[P:2|Bob Moe]] came from [[L|Ora]]. <s:2>[[D:2|The miller]]</s> <u:2>said</u> <c:2>he was sad</c>.""",
)
GUEST = read_text(
    "guest",
    """# 1: person, Cy Fox, he
# 2: org, Pule, it
# 1: 1

A bridge for Pule

[[P:1|Cy Fox]] walked to [[O:2|Pule]], where [[D:1|he]] had a house.

<s:1>[[D:1|He]]</s> <u:1>said</u> <c:1>it rained</c>.""",
)


def list_marks(text: MarkedText) -> set[tuple[str, ...]]:
    """List the words of every mark, and of whose it is the name."""

    def words(start: int, end: int) -> str:
        return text.text[start:end]

    def name(number: int | None) -> str:
        return text.entities[number].name if number else "-"

    found = {("name", words(*one[:2]), one.kind, name(one.entity)) for one in text.names}
    found |= {("beside", words(*one[:2]), one.kind) for one in text.besides}
    found |= {("mention", words(*one[:2]), name(one.entity)) for one in text.mentions}
    for quote, speaker in zip(text.quotes, text.speakers, strict=True):
        for part in ("content", "cue", "source"):
            found.add((part, *(words(*piece) for piece in getattr(quote, part)), name(speaker)))
    return found


@pytest.mark.parametrize("place", [0, "“It was", "Bob Moe"])
def test_all_marks_go_with_their_words(place: int | str) -> None:
    """Numbers of two people in two articles are two people's."""
    at = HOST.text.index(place) if isinstance(place, str) else place
    mixed = insert(HOST, at, GUEST)
    assert mixed.text[at:].startswith(f"{GUEST.text}\n\n{HOST.text[at : at + 9]}")
    assert list_marks(mixed) == list_marks(HOST) | list_marks(GUEST)
    assert len(mixed.entities) == len(HOST.entities) + len(GUEST.entities)


def test_a_part_has_what_is_marked_in_it() -> None:
    """Without the quote of another paragraph."""
    start = GUEST.text.index("Cy Fox")
    part = cut(GUEST, (start, GUEST.text.index("\n\nHe said")))
    assert part.text == "Cy Fox walked to Pule, where he had a house."
    assert list_marks(part) == {
        ("name", "Cy Fox", "person", "Cy Fox"),
        ("name", "Pule", "org", "Pule"),
        ("mention", "he", "Cy Fox"),
    }


def test_each_kind_of_copy_is_made_and_no_quote_is_cut() -> None:
    """A title or an article goes in front, a paragraph never between the parts of a quotation."""
    mix = Mixer([HOST, GUEST], np.random.default_rng(5))
    copies = {mix(HOST).text for _ in range(60)}
    narration = "Cy Fox walked to Pule, where he had a house.\n\n"
    assert f"A bridge for Pule\n\n{HOST.text}" in copies
    assert f"{GUEST.text}\n\n{HOST.text}" in copies
    assert {text.replace(narration, "", 1) for text in copies if "A bridge" not in text} >= {HOST.text}
    assert not any(f"late.\n\n{narration}" in text for text in copies)


def test_our_own_articles_mix() -> None:
    """Whatever is put into whatever, each mark keeps its words."""
    texts = read_texts(FOLDER)
    mix = Mixer(texts, np.random.default_rng(7))
    assert texts
    for text in texts:
        mixed = mix(text)
        assert list_marks(mixed) >= list_marks(text)
        assert len(find_paragraphs(mixed.text)) > len(find_paragraphs(text.text))
