"""Tokens: read and change those of a Doc all at once.

spaCy makes an object of each token that one looks at, which takes longer than all our rules; arrays do not.
"""

from typing import Any, NamedTuple, cast

import numpy as np
from spacy.attrs import IDX, IS_SPACE, ORTH, SENT_START, SPACY
from spacy.tokens import Doc, Span

from quotex.model.arrays import Ints1d

MAX_SPLITS = 50  # tokens of one text; hardly any news has one


class Tokens(NamedTuple):
    """The tokens of a Doc.

    Attributes:
        texts: Their texts.
        starts: int64, shape (n_tokens,), first character (code point) of each.
        blanks: bool, shape (n_tokens,), true for those followed by a blank.
        words: int64, shape (n_words,), numbers of those that are not white space.
    """

    texts: list[str]
    starts: Ints1d
    blanks: np.ndarray[tuple[int], np.dtype[np.bool_]]
    words: Ints1d

    def join(self, start: int = 0, end: int | None = None) -> str:
        """Put the text of a range of tokens together, with the blank after the last, faster than spaCy."""
        pairs = zip(self.texts[start:end], self.blanks[start:end].tolist(), strict=True)
        return "".join([text + " " if blank else text for text, blank in pairs])


def read_tokens(doc: Doc) -> Tokens:
    """Read the tokens of a Doc."""
    columns = np.asarray(doc.to_array([ORTH, SPACY, IDX, IS_SPACE]))
    strings = doc.vocab.strings
    texts = [strings[orth] for orth in columns[:, 0].tolist()]
    starts = columns[:, 2].astype(np.int64)
    return Tokens(texts, starts, columns[:, 1] != 0, np.flatnonzero(columns[:, 3] == 0))


def read_text(doc: Doc) -> str:
    """Read the text of a Doc, as `doc.text` does."""
    return read_tokens(doc).join()


def read_sentence_starts(doc: Doc) -> Ints1d:
    """Read off a Doc the tokens that were said to begin a sentence."""
    return np.flatnonzero(np.asarray(doc.to_array([SENT_START])) == 1)


def split_tokens(doc: Doc, tokens: Tokens, offsets: set[int]) -> Doc:
    """Split the tokens of a Doc, which `tokens` are, so that one begins at each of the offsets (code points).

    Span groups and sentence starts stay as they were. Few articles need it: "'Cause" is one token to spaCy.

    Returns:
        The Doc; another one where so many tokens are split that spaCy, which reads them all for each, takes too
        long: that has the text, the groups and the user's data of the first, and nothing else.
    """
    starts = tokens.starts
    cuts: dict[int, list[int]] = {}
    for offset in sorted(offsets.difference(starts.tolist())):
        i = int(np.searchsorted(starts, offset)) - 1
        if i >= 0 and offset < starts[i] + len(doc[i]):
            cuts.setdefault(i, []).append(offset - int(starts[i]))
    if not cuts:
        return doc
    sentences = starts[read_sentence_starts(doc)]
    groups = {
        key: [(s.start_char, s.end_char, s.label_, s.id_, s.kb_id_) for s in group]
        for key, group in doc.spans.items()
    }
    doc.spans.clear()
    if len(cuts) <= MAX_SPLITS:
        _split_in_place(doc, cuts)
    else:
        doc = _make_split(doc, tokens, cuts)
    for key, spans in groups.items():
        doc.spans[key] = [make_span(doc, *span) for span in spans]
    set_sentence_starts(doc, np.searchsorted(read_tokens(doc).starts, sentences))
    return doc


def _split_in_place(doc: Doc, cuts: dict[int, list[int]]) -> None:
    with doc.retokenize() as retokenizer:
        for i, inside in cuts.items():
            parts = _cut(doc[i].text, inside)
            retokenizer.split(doc[i], parts, heads=[(doc[i], part) for part in range(len(parts))])


def _make_split(doc: Doc, tokens: Tokens, cuts: dict[int, list[int]]) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    for i, (text, blank) in enumerate(zip(tokens.texts, tokens.blanks.tolist(), strict=True)):
        parts = _cut(text, cuts.get(i, []))
        words += parts
        spaces += [False] * (len(parts) - 1) + [blank]
    made = Doc(doc.vocab, words=words, spaces=spaces, user_data=doc.user_data)
    made._context = doc._context
    return made


def _cut(text: str, inside: list[int]) -> list[str]:
    return [text[a:b] for a, b in zip([0, *inside], [*inside, len(text)], strict=True)]


def make_span(
    doc: Doc, start: int, end: int, label: str = "", span_id: str | int = "", kb_id: str | int = ""
) -> Span:
    """Make a span of the tokens that cover a range of characters.

    Raises:
        ValueError: There are no tokens.
    """
    span = doc.char_span(start, end, label, kb_id=str(kb_id), span_id=str(span_id), alignment_mode="expand")
    if span is None:
        raise ValueError(f"no tokens at {start}-{end} of {len(doc.text)} characters")
    return span


def set_sentence_starts(doc: Doc, starts: Ints1d) -> None:
    """Say which tokens begin a sentence; one by one, spaCy would look through the whole Doc at each."""
    values = np.full(len(doc), -1, dtype=np.int64)
    values[starts] = 1
    doc.from_array([SENT_START], cast(Any, values.view(np.uint64).reshape(-1, 1)))
