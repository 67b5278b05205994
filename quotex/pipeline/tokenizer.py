"""The tokenizer: spaCy's for English, with every quotation mark a token of its own."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from spacy import util
from spacy.lang.en import English, EnglishDefaults
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import registry

from quotex.errors import InputError, Msg
from quotex.pipeline.tokens import read_tokens
from quotex.text.marks import OUTSIDE_WORDS
from quotex.types import MAX_LENGTH

# Marks that are never part of a word; apostrophes and single marks are for the marks stage to tell apart.
ALWAYS_MARKS = rf"[{OUTSIDE_WORDS}]|``"
AT_ENDS = rf"[{OUTSIDE_WORDS}]"  # of a word; spaCy's own list lacks ‹ and ›
# spaCy cuts one end after another off what has no white space in it, and looks at all the rest each time.
MAX_RUN = 500  # characters; the longest in 20 MB of news has 165
MAX_SUFFIX = 20  # characters; the longest that is no row of full stops has 4
NOT_IN_WORDS = re.compile(r"[\W_]")


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


class MarkTokenizer(Tokenizer):  # type: ignore[misc]  # spaCy does not type it
    """Cuts a text into tokens; what goes on without white space for long, piece by piece."""

    rules: dict[str, Any]
    suffix_search: Any

    def __call__(self, text: str) -> Doc:
        """Cut a text into tokens."""
        if max(map(len, text.split()), default=0) <= MAX_RUN:
            return super().__call__(text)  # type: ignore[no-any-return]
        words: list[str] = []
        spaces: list[bool] = []
        for start, end in cut_runs(text):
            tokens = read_tokens(super().__call__(text[start:end]))
            words += tokens.texts
            spaces += tokens.blanks.tolist()
        return Doc(self.vocab, words=words, spaces=spaces)

    def from_bytes(self, bytes_data: bytes, *, exclude: Iterable[str] = ()) -> "MarkTokenizer":
        """Take the patterns and words that `to_bytes` gave; `from_disk` does so, too."""
        super().from_bytes(bytes_data, exclude=exclude)
        rules, self.rules = self.rules, {}  # spaCy tries them all anew with each pattern that is set
        self.suffix_search = _SuffixPattern(self.suffix_search.__self__.pattern).search
        self.rules = rules
        return self


@registry.tokenizers("quotex.Tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], MarkTokenizer]:
    """Make the tokenizer, as `[nlp.tokenizer]` of a configuration has it; it is the same in any pipeline."""

    def make(nlp: Language) -> MarkTokenizer:
        return MarkTokenizer(
            nlp.vocab,
            # "Ann Lee (mayor): “Yes”" has no sad face in it
            rules={
                word: parts
                for word, parts in EnglishDefaults.tokenizer_exceptions.items()
                if not set("()") & set(word)
            },
            prefix_search=util.compile_prefix_regex([*(EnglishDefaults.prefixes or ()), AT_ENDS]).search,
            suffix_search=_SuffixPattern(
                util.compile_suffix_regex([*(EnglishDefaults.suffixes or ()), AT_ENDS]).pattern
            ).search,
            infix_finditer=util.compile_infix_regex([*(EnglishDefaults.infixes or ()), ALWAYS_MARKS]).finditer,
            token_match=EnglishDefaults.token_match,
            url_match=EnglishDefaults.url_match,
        )

    return make


class _Defaults(EnglishDefaults):
    config = util.load_config_from_str('[nlp]\n[nlp.tokenizer]\n@tokenizers = "quotex.Tokenizer.v1"')


@registry.languages("quotex_en")
class MarkedEnglish(English):  # type: ignore[no-untyped-call]  # spaCy does not type its __init_subclass__
    """English for quotex, `spacy.blank("quotex_en")`: with its tokenizer, and for long texts."""

    lang = "quotex_en"
    Defaults = _Defaults

    def __init__(self, *args: Any, max_length: int = MAX_LENGTH, **kwargs: Any) -> None:
        super().__init__(*args, max_length=max_length, **kwargs)

    @property
    def max_length(self) -> int:
        """Most characters of a text; it is stored with the pipeline, in its meta.json, where spaCy forgets it."""
        return int(self._meta["max_length"])

    @max_length.setter
    def max_length(self, limit: int) -> None:
        self._meta["max_length"] = limit

    def make_doc(self, text: str) -> Doc:
        """Cut a text into tokens; raise InputError (Q142) where it is too long: spaCy speaks of its parsers."""
        if len(text) > self.max_length:
            raise InputError(Msg.Q142.format(doc="the text", limit=self.max_length))
        return super().make_doc(text)


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
