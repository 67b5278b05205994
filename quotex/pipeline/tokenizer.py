"""The tokenizer: spaCy's for English, with every quotation mark a token of its own."""

from typing import Any, cast

import numpy as np
from spacy.attrs import SENT_START
from spacy.lang.en import English, EnglishDefaults
from spacy.language import Language
from spacy.tokens import Doc, Span

# Marks that are never part of a word; apostrophes and single marks are for the marks stage to tell apart.
ALWAYS_MARKS = r'["“”„‟＂«»‹›]|``'
MAX_LENGTH = 100_000_000  # characters; spaCy's own limit is for parsers, which need memory we do not


class _Defaults(EnglishDefaults):
    """English, with the marks among what words are cut at; set later, it would take three times as long."""

    infixes = [*(EnglishDefaults.infixes or ()), ALWAYS_MARKS]  # noqa: RUF012  (spaCy declares it so)
    # "Ann Lee (mayor): “Yes”" has no sad face in it
    tokenizer_exceptions = {  # noqa: RUF012
        word: parts for word, parts in EnglishDefaults.tokenizer_exceptions.items() if not set("()") & set(word)
    }


class _MarkedEnglish(English):  # type: ignore[no-untyped-call]  # spaCy does not type its __init_subclass__
    Defaults = _Defaults


def make_language() -> Language:
    """Build a blank English Language that splits tokens at every double mark and guillemet."""
    nlp = _MarkedEnglish()
    nlp.max_length = MAX_LENGTH
    return nlp


def split_tokens(doc: Doc, offsets: set[int]) -> None:
    """Split the tokens of a Doc so that one begins at each of the offsets (code points).

    Span groups and sentence starts stay as they were. Few articles need it: "'Cause" is one token to spaCy.
    """
    starts = {token.idx for token in doc}
    cuts: dict[int, list[int]] = {}
    tokens = iter(doc)
    token = next(tokens, None)
    for offset in sorted(offset for offset in offsets if offset not in starts):
        while token is not None and token.idx + len(token) <= offset:
            token = next(tokens, None)
        if token is not None and token.idx < offset:
            cuts.setdefault(token.i, []).append(offset - token.idx)
    if not cuts:
        return
    sentences = {token.idx for token in doc if token.is_sent_start}
    groups = {
        key: [(s.start_char, s.end_char, s.label_, s.id_, s.kb_id_) for s in group]
        for key, group in doc.spans.items()
    }
    doc.spans.clear()
    with doc.retokenize() as retokenizer:
        for i, inside in cuts.items():
            text = doc[i].text
            parts = [text[a:b] for a, b in zip([0, *inside], [*inside, len(text)], strict=True)]
            retokenizer.split(doc[i], parts, heads=[(doc[i], part) for part in range(len(parts))])
    for key, spans in groups.items():
        doc.spans[key] = [make_span(doc, *span) for span in spans]
    set_sentence_starts(doc, {token.i for token in doc if token.idx in sentences})


def make_span(
    doc: Doc, start: int, end: int, label: str = "", span_id: str | int = "", kb_id: str | int = ""
) -> Span:
    """Make a span of the tokens that cover a range of characters."""
    span = doc.char_span(start, end, label, kb_id=str(kb_id), span_id=str(span_id), alignment_mode="expand")
    if span is None:
        raise ValueError(f"no tokens at {start}-{end} of {len(doc.text)} characters")
    return span


def set_sentence_starts(doc: Doc, starts: set[int]) -> None:
    """Say which tokens begin a sentence; one by one, spaCy would look through the whole Doc at each."""
    values = np.full(len(doc), -1, dtype=np.int64)
    values[[i for i in starts if i < len(doc)]] = 1
    doc.from_array([SENT_START], cast(Any, values.view(np.uint64).reshape(-1, 1)))
