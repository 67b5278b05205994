"""Beside: what stands before a name and behind it and says who that is, as whole titles with their bodies."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from quotex.text.phrases import CORE_MARKS, POSSESSIVES, RELATIVES
from quotex.types import Range

GAPS = frozenset(", ( [ — – -- - : the a an".split())  # but not "and": `Ann Lee and the mayor of Ora`
CLAUSE_ENDS = CORE_MARKS | {")", "]", "."}
TO_BODIES = frozenset(["of", "for", "at", "with", "from"])
MAX_CLAUSE = 15  # tokens that the end of a relative clause may lack
MAX_GAP, MAX_NAME = 2, 12  # tokens: before what stands beside a name; of a body


class Surroundings:
    """What the tagger found beside the names of an article.

    Args:
        texts: Texts of the tokens.
        spans: First token, the one after the last, and label of each piece, in order.
        names: The same of each name.
    """

    def __init__(
        self, texts: Sequence[str], spans: Sequence[tuple[int, int, str]], names: Sequence[tuple[int, int, str]]
    ) -> None:
        self.texts = texts
        self.spans = spans
        self.ends = {start: end for start, end, _ in names}
        self.starts = {end: start for start, end, _ in names}
        self.bodies = {start: end for start, end, kind in names if kind in {"org", "place"}}

    def list_ranges(self, start: int, end: int) -> list[Range]:
        """List the tokens of what is said of a name, piece by piece, the name between two that belong together."""
        first = max(0, bisect_left(self.spans, (start,)) - 1)
        near = self.spans[first : first + 4]
        whole = [(*self._widen(a, b), label) for a, b, label in near]
        before = [(a, b) for a, b, _ in whole if self._adjoins(b, start, MAX_GAP - 1)]
        behind: list[Range] = []
        for a, b, label in whole:
            last = behind[-1][1] if behind else end
            if label != "title" and self._adjoins(last, a, MAX_GAP):
                behind.append((a, self.ends.get(b, b) if self.texts[last] == "," else b))
        tail = self._end_phrase(end)
        if tail > end and not any(first < tail for first, _ in behind):
            behind.insert(0, (end, tail))
        if before and behind and self.texts[end] == "of" and before[-1][1] == start:
            return [*before[:-1], (before[-1][0], behind[0][1]), *behind[1:]]  # `Mayor [Ann Lee] of Ora`
        return before + behind

    def _widen(self, first: int, last: int) -> Range:
        """Make a piece whole: with the body whose name goes before it, or that it goes on with."""
        mark = next((at for at in (first, first - 1) if at >= 0 and self.texts[at] in POSSESSIVES), None)
        start = self.starts.get(first if mark is None else mark, first)
        first = start if mark is not None or start in self.bodies else first
        while last + 1 < len(self.texts) and self.texts[last] == "-":
            last += 2
        last = max([last, *(self.bodies.get(at, 0) for at in range(max(first, last - MAX_NAME), last))])
        last = self._end_clause(first, last)
        return first, max(last, self._end_phrase(last))

    def _end_clause(self, first: int, last: int) -> int:
        """Find where a relative clause in a piece ends, `who runs the [mill],`: at the next mark."""
        if RELATIVES.isdisjoint(self.texts[first:last]) or self.texts[last - 1] in CLAUSE_ENDS:
            return last
        rest = self.texts[last : last + MAX_CLAUSE]
        return last + next((n for n, word in enumerate(rest) if word in CLAUSE_ENDS), 0)

    def _end_phrase(self, start: int) -> int:
        """Find where `of the Ora Institute` ends; itself where nothing like it begins."""
        leads = bool(TO_BODIES.intersection(self.texts[start : start + 1]))
        return next((self.bodies[at] for at in (start + 1, start + 2) if leads and at in self.bodies), start)

    def _adjoins(self, end: int, start: int, most: int) -> bool:
        """Say whether hardly anything stands between two tokens, and a number at most: `Ann Lee, 42, a lawyer`."""
        words = (self.texts[at].lower() for at in range(end, start))  # which may be far
        gap = [*takewhile(lambda word: word in GAPS or word.isdigit(), words)]
        n_numbers = sum(map(str.isdigit, gap))
        return len(gap) == start - end and len(gap) - n_numbers <= most + (n_numbers == 1)
