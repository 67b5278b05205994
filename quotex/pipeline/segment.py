"""Segment: find the paragraphs of an article, and its sentences.

Sentences never run across a paragraph's end; the marks stage joins those that break inside a quotation.
"""

import re
from collections.abc import Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from quotex.pipeline.notes import take_index
from quotex.pipeline.tokens import Tokens, make_span, set_sentence_starts
from quotex.text.marks import MAY_CLOSE, MAY_OPEN, OPENING, SENTENCE_ENDS
from quotex.text.paragraphs import find_paragraphs
from quotex.types import PARAGRAPHS

CLOSERS = MAY_CLOSE | frozenset(")]}")
# Abbreviations that often are the last word of a sentence, as spaCy keeps their full stop in the token.
MAY_END = frozenset(["a.m.", "p.m.", "inc.", "corp.", "co.", "ltd.", "jr.", "sr.", "etc."])
INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}")
SPEECH_ENDS = SENTENCE_ENDS | {","}
MAX_TITLE = 12  # tokens in marks; what is longer is speech
NO_START = frozenset(",;:-–—)]}")


@Language.factory("quotex_segment", assigns=["doc.spans", "token.is_sent_start"])
def make_segmenter(nlp: Language, name: str) -> "Segmenter":
    """Build the component that finds paragraphs and sentences."""
    return Segmenter()


class Segmenter:
    """Writes span group PARAGRAPHS and the sentence starts."""

    def __call__(self, doc: Doc) -> Doc:
        """Segment one Doc."""
        index = take_index(doc)
        doc.spans[PARAGRAPHS] = [make_span(doc, start, end) for start, end in find_paragraphs(index.text)]
        starts = {0} if len(doc) else set()
        for span in doc.spans[PARAGRAPHS]:
            starts.add(span.start)
            starts.update(find_sentence_starts(index.tokens, span.start, span.end))
        set_sentence_starts(doc, np.array(sorted(starts), dtype=np.int64))
        return doc


def find_sentence_starts(tokens: Tokens, start: int, end: int) -> Iterator[int]:
    """Yield each token of a paragraph, `start` to `end`, but its first, that begins a sentence."""
    texts, blanks = tokens.texts, tokens.blanks
    ended = False
    for i in range(start + 1, end):
        before, text = texts[i - 1], texts[i]
        ended = ended or _ends_sentence(before) or _ends_before_speech(texts, i)
        if not ended or text.isspace() or _ends_sentence(text):
            continue
        if not blanks[i - 1] and not before.isspace() and _closes(tokens, i, end):
            continue  # the mark or bracket in `yes." He` belongs to what it closes
        # `"Why?" he asked`: no new sentence
        if not text[0].islower() and text not in NO_START:
            yield i
        ended = False


def _closes(tokens: Tokens, i: int, end: int) -> bool:
    """Say whether a token right after a word closes, whatever its shape: German has `„yes.“ He`, and `»yes.«`."""
    if tokens.texts[i] in OPENING:
        return bool(tokens.blanks[i]) or i + 1 == end or not tokens.texts[i + 1][0].isalnum()
    return tokens.texts[i] in CLOSERS


def _ends_before_speech(texts: list[str], i: int) -> bool:
    """Say whether initials end a sentence before token `i`, a mark: `D.C. “No,”`, not `the U.S. “Quiet Act”`."""
    if texts[i] not in MAY_OPEN or not INITIALS.fullmatch(texts[i - 1]):
        return False
    inside = texts[i + 1 : i + 2 + MAX_TITLE]
    closing = next((at for at, text in enumerate(inside) if text in CLOSERS and at), None)
    return closing is None or inside[closing - 1] in SPEECH_ENDS


def _ends_sentence(text: str) -> bool:
    return text[-1] in SENTENCE_ENDS and (text.lower() in MAY_END or set(text) <= SENTENCE_ENDS)
