"""Segment: find the paragraphs of an article, and its sentences.

Sentences never run across a paragraph's end; the marks stage joins those that break inside a quotation.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from quotex.pipeline.tokens import Tokens, make_span, read_tokens, set_sentence_starts
from quotex.types import PARAGRAPHS

WRAPPED_WIDTHS = range(40, 121)  # characters; how wide text is that was wrapped by hand or by a mail program
NEWLINE = re.compile(r"\r\n|[\n\r\u2028\u2029\x85]")
SENTENCE_ENDS = frozenset(".!?…")
CLOSERS = frozenset("\"'”’»)]}") | {"''"}
# Abbreviations that often are the last word of a sentence, as spaCy keeps their full stop in the token.
MAY_END = frozenset(["a.m.", "p.m.", "inc.", "corp.", "co.", "ltd.", "jr.", "sr.", "etc."])
INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}")
SPEECH_ENDS = frozenset(",.?!…")
OPENERS = frozenset("\"'“‘«")
MAX_TITLE = 12  # tokens in marks; what is longer is speech
NO_START = frozenset(",;:-–—)]}")


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Find the paragraphs, as half-open ranges without the white space around them.

    A blank line always ends a paragraph, a single line break does unless the text is hard-wrapped there.

    >>> find_paragraphs("One.\nTwo.\r\n\r\n Three.")
    [(0, 4), (5, 9), (14, 20)]
    """
    lines = list(_find_lines(text))
    width = _find_wrapped_width(text, lines)
    paragraphs: list[tuple[int, int]] = []
    previous: tuple[int, int] | None = None
    for line in lines:
        blank = line[0] == line[1]
        if not blank and previous is not None and _is_wrapped(text, previous, line, width):
            paragraphs[-1] = (paragraphs[-1][0], line[1])
        elif not blank:
            paragraphs.append(line)
        previous = None if blank else line
    return paragraphs


def _find_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield each line's range without the white space around it."""
    start = 0
    for match in [*NEWLINE.finditer(text), None]:
        end = match.start() if match else len(text)
        line = text[start:end]
        left = start + len(line) - len(line.lstrip())
        yield left, max(left, start + len(line.rstrip()))
        start = match.end() if match else end


def _find_wrapped_width(text: str, lines: list[tuple[int, int]]) -> int:
    """Find the width that a text is wrapped to; 0 when it is not: no line goes on in small letters in the next."""
    width = max((end - start for start, end in lines), default=0)
    goes_on = any(one[0] < one[1] and text[two[0] : two[0] + 1].islower() for one, two in pairwise(lines))
    return width if goes_on and width in WRAPPED_WIDTHS else 0


def _is_wrapped(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Say whether `line` was broken only because the first word of the next one did not fit in it."""
    if not width:
        return False
    first_word = text[following[0] : following[1]].split(maxsplit=1)[0]
    return line[1] - line[0] + 1 + len(first_word) > width


@Language.factory("quotex_segment", assigns=["doc.spans", "token.is_sent_start"])
def make_segmenter(nlp: Language, name: str) -> "Segmenter":
    """Build the component that finds paragraphs and sentences."""
    return Segmenter()


class Segmenter:
    """Writes span group PARAGRAPHS and the sentence starts."""

    def __call__(self, doc: Doc) -> Doc:
        """Segment one Doc."""
        tokens = read_tokens(doc)
        doc.spans[PARAGRAPHS] = [make_span(doc, start, end) for start, end in find_paragraphs(tokens.join())]
        starts = {0} if len(doc) else set()
        for span in doc.spans[PARAGRAPHS]:
            starts.add(span.start)
            starts.update(find_sentence_starts(tokens, span.start, span.end))
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
        if text in CLOSERS and not blanks[i - 1] and not before.isspace():
            continue  # the mark or bracket in `yes." He` belongs to what it closes
        # `"Why?" he asked`: no new sentence
        if not text[0].islower() and text not in NO_START:
            yield i
        ended = False


def _ends_before_speech(texts: list[str], i: int) -> bool:
    """Say whether initials end a sentence before token `i`, a mark: `D.C. “No,”`, not `the U.S. “Quiet Act”`."""
    if texts[i] not in OPENERS or not INITIALS.fullmatch(texts[i - 1]):
        return False
    inside = texts[i + 1 : i + 2 + MAX_TITLE]
    closing = next((at for at, text in enumerate(inside) if text in CLOSERS and at), None)
    return closing is None or inside[closing - 1] in SPEECH_ENDS


def _ends_sentence(text: str) -> bool:
    return text[-1] in SENTENCE_ENDS and (text.lower() in MAY_END or set(text) <= SENTENCE_ENDS)
