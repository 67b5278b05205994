"""Index: one reading of a text for all stages, as plain data over its tokens."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from spacy.attrs import ORTH, SENT_START, SPACY
from spacy.tokens import Doc

from quotex.pipeline.tokens import Tokens, read_sentence_starts, read_tokens
from quotex.types import MARKS, PARAGRAPHS, QUOTED, fold_space

Basis = tuple[bytes, bytes, dict[str, list[tuple[int, int, str, str, str]]]]


class Paragraph(NamedTuple):
    """The tokens of one, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A span of QUOTED: what a pair of marks encloses in one paragraph, in tokens.

    Attributes:
        start: The first token inside.
        end: The token after the last inside.
        depth: How many quotations stand around it.
        chain: The number of the quotation, which its parts in several paragraphs share.
        closed: False where the quotation has no closing mark.
    """

    start: int
    end: int
    depth: int
    chain: int
    closed: bool

    def __len__(self) -> int:
        return self.end - self.start


class TextIndex:
    """What is known of a text before the model reads it; numbers are those of tokens.

    Attributes:
        tokens: All tokens.
        sentences: The first of each sentence, in order.
        paragraphs: Each paragraph, in order.
        quoted: Each part of a quotation, in order.
        marks: Each mark: its range, whether it opens, and its depth.
        state: What it was made from.
    """

    def __init__(self, doc: Doc, state: Basis, tokens: Tokens | None = None) -> None:
        """Make one.

        Args:
            doc: What is read.
            state: What `read_state` gives of it.
            tokens: Its tokens, where they are known.
        """
        self.state = state
        self.tokens = tokens or read_tokens(doc)
        self.sentences: list[int] = read_sentence_starts(doc).tolist()
        groups = state[-1]
        self.paragraphs = [Paragraph(start, end) for start, end, *_ in groups[PARAGRAPHS]]
        self.quoted = [
            Quoted(start, end, int(depth), int(chain), label == "closed")
            for start, end, label, chain, depth in groups[QUOTED]
        ]
        self.marks = [((start, end), label == "open", int(depth)) for start, end, label, _, depth in groups[MARKS]]
        self._paragraph_starts = [start for start, _ in self.paragraphs]
        self._joined: dict[tuple[int, int], str] = {}

    @cached_property
    def text(self) -> str:
        """The text of the Doc."""
        return self.tokens.join()

    def find_paragraph(self, token: int) -> int:
        """Find the number of the paragraph that a token stands in; -1 before the first."""
        return bisect_right(self._paragraph_starts, token) - 1

    def find_sentences(self, start: int, end: int) -> range:
        """Find the numbers of the sentences that share a token with a range."""
        return range(bisect_right(self.sentences, start) - 1, bisect_left(self.sentences, end))

    def join_sentences(self, first: int, last: int) -> str:
        """Put two sentences, by number, and those between them on one line; kept, as many quotes may ask."""
        if (first, last) not in self._joined:
            end = self.sentences[last + 1] if last + 1 < len(self.sentences) else None
            self._joined[first, last] = fold_space(self.tokens.join(self.sentences[first], end))
        return self._joined[first, last]

    def find_place(self, start: int, end: int) -> tuple[int, int]:
        """Find where tokens stand in the text, in characters."""
        return int(self.tokens.starts[start]), int(self.tokens.starts[end - 1]) + len(self.tokens.texts[end - 1])


def read_state(doc: Doc) -> Basis:
    """Read what an index is made from: tokens, sentences, spans, whose `to_bytes` takes seven times as long."""
    groups = {
        key: [(span.start, span.end, span.label_, span.id_, span.kb_id_) for span in doc.spans.get(key, ())]
        for key in (PARAGRAPHS, QUOTED, MARKS)
    }
    return doc.to_array([ORTH, SPACY]).tobytes(), doc.to_array([SENT_START]).tobytes(), groups
