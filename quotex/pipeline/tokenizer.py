"""The tokenizer: spaCy's for English, with every quotation mark a token of its own."""

from spacy.lang.en import English, EnglishDefaults
from spacy.language import Language

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
