"""Runs: words with capitals one after another, which is where names are."""

from collections.abc import Sequence

from spacy.lang.en.stop_words import STOP_WORDS

from quotex.pipeline.speakers.names import PARTICLES

OPENING = frozenset(['"', "“", "‘", "'", "("])
CLOSING = frozenset(['"', "”", "’", "'", ")"])
MAX_PARTICLES = 2
Run = tuple[int, int]  # half-open, in tokens


def find_runs(texts: Sequence[str], blanks: Sequence[bool]) -> list[Run]:
    """Find the runs of capitals in a text: `Ban Ki-moon`, `Bill de Blasio`, `Robert C. “Bobby” Scott`.

    Args:
        texts: Texts of the tokens.
        blanks: Whether a blank follows each.

    Returns:
        Half-open ranges of tokens. A common word at a run's beginning, as "The", is left out.
    """
    runs = []
    end = 0
    for start in [i for i, text in enumerate(texts) if text[0].isupper()]:
        if start >= end and texts[start].lower() not in STOP_WORDS:
            end = start + 1
            while following := _go_on(texts, blanks, end):
                end = following
            runs.append((start, end))
    return runs


def join_runs(texts: Sequence[str], runs: Sequence[Run], joining: frozenset[str]) -> list[Run]:
    """Join the runs that are one name: `Department [of] Justice`, with "of" among the joining words."""
    joined: list[Run] = []
    for start, end in runs:
        between = texts[joined[-1][1] : start] if joined else ()
        if between and between[0] in joining and {"the"}.issuperset(between[1:]):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _go_on(texts: Sequence[str], blanks: Sequence[bool], end: int) -> int:
    """Find where a run that has come to token `end` goes on to; 0 where it does not."""
    n_tokens = len(texts)
    if end >= n_tokens:
        return 0
    text = texts[end]
    if text[:1].isupper():
        return end + 1
    if text == "-" and end + 1 < n_tokens and not blanks[end - 1] and not blanks[end]:
        return end + 2  # Ki-moon
    if text in OPENING and end + 3 < n_tokens and texts[end + 1][:1].isupper() and texts[end + 2] in CLOSING:
        return end + 4 if texts[end + 3][:1].isupper() else 0  # Robert "Bobby" Scott
    after = end
    while after < min(n_tokens, end + MAX_PARTICLES) and texts[after].lower() in PARTICLES:
        after += 1
    return after + 1 if end < after < n_tokens and texts[after][:1].isupper() else 0
