"""Paragraphs."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotex.text.paragraphs import find_paragraphs


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in find_paragraphs(text)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2029"])
def test_every_kind_of_newline_ends_a_paragraph(newline):
    """One newline is enough where lines are not wrapped, whatever the platform writes."""
    assert cut(f"One.{newline}Two.{newline}{newline} Three. {newline}") == ["One.", "Two.", "Three."]


def test_hard_wrapped_lines_are_one_paragraph():
    """A line broken only because the next word did not fit goes on."""
    wrapped = (
        "The mayor said on Tuesday that the bridge would not be opened before the\n"
        "end of the month, because the inspectors had found cracks in two of the\n"
        "pillars.\n"
        "She blamed the contractor.\n"
        "\n"
        "The contractor did not answer."
    )
    assert [paragraph.split()[0] for paragraph in cut(wrapped)] == ["The", "She", "The"]


def test_long_lines_are_never_wrapped():
    """Where lines are longer than any printer's, each is a paragraph."""
    line = "word " * 40
    assert len(cut(f"{line}\n{line}\n{line}")) == 3


@given(st.text(alphabet=' ab.\n\r\t\u2029“"'))
def test_paragraphs_are_the_text_without_white_space_between(text):
    """Paragraphs follow each other, begin and end with a character, and lose no character."""
    paragraphs = find_paragraphs(text)
    kept = "".join(text[start:end] for start, end in paragraphs)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in paragraphs)
    assert all(before[1] <= after[0] for before, after in pairwise(paragraphs))
