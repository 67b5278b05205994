"""Chains: what a mention may stand for by learned links, directly or over mentions before it (antecedents).

Source: antecedents by head word, Dobrovolskii 2021 (EMNLP), "Word-level coreference resolution"; that links are
multiplied along a chain is ours.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

MAX_CHAIN = 3  # mentions that a link may lead over
Links = Mapping[int, Sequence[tuple[int, float]]]  # by token: others that may mean the same, and how likely
T = TypeVar("T")


class Chains(Generic[T]):
    """Shares mentions out over what they are linked to.

    Args:
        links: From each token.
        find_end: What a token stands for to one that is linked to it, given that one first; None for nothing.
        leads_on: Says of one that stands for nothing whether what it is linked to itself counts.
    """

    def __init__(
        self, links: Links, find_end: Callable[[int, int], T | None], leads_on: Callable[[int, int], bool]
    ) -> None:
        self._links = links
        self._find_end = find_end
        self._leads_on = leads_on
        self._shares: dict[tuple[int, int], Mapping[T, float]] = {}  # by token and length of the chain

    def share(self, head: int, most: int = MAX_CHAIN) -> Mapping[T, float]:
        """Share a mention out; its links may lead over so many others at most."""
        if (head, most) not in self._shares:
            shares: defaultdict[T, float] = defaultdict(float)
            for at, probability in self._links.get(head, ()):
                if (end := self._find_end(head, at)) is not None:
                    shares[end] += probability
                elif most and at < head and self._leads_on(head, at):
                    for one, share in self.share(at, most - 1).items():
                        shares[one] += probability * share
            self._shares[head, most] = shares
        return self._shares[head, most]
