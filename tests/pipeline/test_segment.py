"""Sentences, and the span group of paragraphs."""

import pytest

from quotex.extraction import load
from quotex.types import PARAGRAPHS
from tests.serve.conftest import load_marks
from tests.strategies import MARK_STYLES


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("“Why?” he asked. She left.", ["“Why?” he asked.", "She left."]),
        ("“Yes. We will. Now,” Ann said. “Go.”", ["“Yes. We will. Now,” Ann said.", "“Go.”"]),
        ('He said "yes." She said "no."', ['He said "yes."', 'She said "no."']),
        ("He met Ann in D.C. “Too late,” she said.", ["He met Ann in D.C.", "“Too late,” she said."]),
        ("He read the U.S. “Quiet Nights Act” twice.", ["He read the U.S. “Quiet Nights Act” twice."]),
        ("The U.S. Senate met at 9 a.m. Then it rested.", ["The U.S. Senate met at 9 a.m.", "Then it rested."]),
        ("Mr. Lee said so... Then he left!", ["Mr. Lee said so...", "Then he left!"]),
        ("A headline\n\nA sentence.", ["A headline", "A sentence."]),
    ],
)
def test_sentences_do_not_break_inside_a_quotation(text, sentences):
    """Sentences end where they do in print, never inside marks, always with the paragraph."""
    doc = load()(text)
    assert [sentence.text.strip() for sentence in doc.sents] == sentences


def test_paragraphs_are_a_span_group():
    """The component writes what the function finds."""
    doc = load()("One.\n\nTwo.")
    assert [span.text for span in doc.spans[PARAGRAPHS]] == ["One.", "Two."]


@pytest.mark.parametrize("style", [style for style in MARK_STYLES if style not in ("french", "ascii")])
def test_the_style_of_the_marks_changes_neither_words_nor_sentences(style):
    """Though in some the mark that closes is the one that opens in others, or is none that spaCy knows."""
    frame = "He left. {0}Come in!{1} She came. {0}{2}No,{3} he said: {2}No.{3}{1} Then it rained. {0}Why?{1}"
    text, plain = (frame.format(*MARK_STYLES[one]) for one in (style, "curly"))
    doc, other = load_marks()(text), load_marks()(plain)
    assert [(token.idx, len(token)) for token in doc] == [(token.idx, len(token)) for token in other]
    assert [sentence.start for sentence in doc.sents] == [sentence.start for sentence in other.sents]
    assert len(list(doc.sents)) == 6
