"""The tokenizer: spaCy's for English, with every quotation mark a token of its own."""

import re
from collections.abc import Iterator
from typing import Any, cast

from spacy.lang.en import English, EnglishDefaults
from spacy.language import Language
from spacy.tokens import Doc

from quotex.pipeline.tokens import read_tokens
from quotex.text.marks import OUTSIDE_WORDS

# Marks that are never part of a word; apostrophes and single marks are for the marks stage to tell apart.
ALWAYS_MARKS = rf"[{OUTSIDE_WORDS}]|``"
MAX_LENGTH = 100_000_000  # characters; spaCy's own limit is for parsers, which need memory we do not
# spaCy cuts one end after another off what has no white space in it, and looks at all the rest each time.
MAX_RUN = 500  # characters; the longest in 20 MB of news has 165
MAX_SUFFIX = 20  # characters; the longest that is no row of full stops has 4
NOT_IN_WORDS = re.compile(r"[\W_]")


class _Defaults(EnglishDefaults):
    """English, with the marks among what words are cut at; set later, it would take three times as long."""

    infixes = [*(EnglishDefaults.infixes or ()), ALWAYS_MARKS]  # noqa: RUF012  (spaCy declares it so)
    # "Ann Lee (mayor): “Yes”" has no sad face in it
    tokenizer_exceptions = {  # noqa: RUF012
        word: parts for word, parts in EnglishDefaults.tokenizer_exceptions.items() if not set("()") & set(word)
    }


class _MarkedEnglish(English):  # type: ignore[no-untyped-call]  # spaCy does not type its __init_subclass__
    Defaults = _Defaults

    def make_doc(self, text: str) -> Doc:
        """Cut a text into tokens; in what goes on without white space for long, piece by piece."""
        if max(map(len, text.split()), default=0) <= MAX_RUN:
            return super().make_doc(text)
        words: list[str] = []
        spaces: list[bool] = []
        for start, end in cut_runs(text):
            tokens = read_tokens(super().make_doc(text[start:end]))
            words += tokens.texts
            spaces += tokens.blanks.tolist()
        return Doc(self.vocab, words=words, spaces=spaces)


class _SuffixPattern:
    """The pattern of what is cut off at the end of a word, which looks for it there alone.

    spaCy takes `pattern.search`, and stores the pipeline by `pattern.pattern`.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._compiled = re.compile(pattern)

    def __reduce__(self) -> tuple[type["_SuffixPattern"], tuple[str]]:
        return type(self), (self.pattern,)

    def search(self, text: str) -> re.Match[str] | None:
        """Find what is to be cut off."""
        first = max(0, len(text) - MAX_SUFFIX)
        found = self._compiled.search(text, first)
        return self._compiled.search(text) if found and first and found.start() == first else found


def make_language() -> Language:
    """Build a blank English Language that splits tokens at every double mark and guillemet."""
    nlp = _MarkedEnglish()
    tokenizer = cast(Any, nlp.tokenizer)  # spaCy's own; declared as any function
    tokenizer.suffix_search = _SuffixPattern(tokenizer.suffix_search.__self__.pattern).search
    nlp.max_length = MAX_LENGTH
    return nlp


def cut_runs(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text where it goes on without white space for more than MAX_RUN characters, if need be in a word.

    >>> list(cut_runs("Yes. " + "a" * 700))
    [(0, 505), (505, 705)]
    """
    start = 0
    for run in re.finditer(r"\S+", text):
        at = run.start()
        while run.end() - at > MAX_RUN:
            at = _find_cut(text, at)
            yield start, at
            start = at
    yield start, len(text)


def _find_cut(text: str, start: int) -> int:
    """Find where to end a piece that begins at `start`: after its last character that is of no word."""
    places = NOT_IN_WORDS.finditer(text, start + MAX_RUN // 2, start + MAX_RUN)
    return max((place.end() for place in places), default=start + MAX_RUN)
