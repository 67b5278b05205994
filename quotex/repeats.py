"""Repeats: articles with the id of an earlier one, counted as they come."""

MAX_IDS = 1_000_000  # that are remembered; they take some 100 MB


class Repeats:
    """Counts the ids that have come before.

    Attributes:
        n_again: How many have.
        example: The first of them.
    """

    def __init__(self, seen: set[int] | None = None) -> None:
        """Begin with none, or with what others have seen, which is added to."""
        self.n_again = 0
        self.example = ""
        self._seen = set() if seen is None else seen  # hashes, as ids may be long

    def add(self, name: str) -> bool:
        """Note the id of the next article; says whether it has come before.

        >>> repeats = Repeats()
        >>> [repeats.add(name) for name in ("a", "b", "a")], repeats.n_again, repeats.example
        ([False, False, True], 1, 'a')
        """
        key = hash(name)
        if key in self._seen:
            self.n_again += 1
            self.example = self.example or name
            return True
        if len(self._seen) < MAX_IDS:
            self._seen.add(key)
        return False
