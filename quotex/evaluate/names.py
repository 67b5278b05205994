"""Names: whether two of them are one person or body."""

# A name of nothing else keeps them: "the Speaker" is not empty, "the King" is "the king".
TITLES = frozenset(
    (
        "mr mrs ms miss dr sir dame lord lady president prime minister sen senator rep gov governor secretary "
        "judge justice gen general prof professor king queen pope the mayor officer sgt capt rev former vice "
        "chairman ceo jr ii iii"
    ).split()
)


def is_same_name(found: str | None, right: str | None) -> bool:
    """Tell whether a name that was found says whom the right one says.

    It does where the words are the same, or the first and the last ones are; a right name of one word may be the
    last word of the name found.

    >>> is_same_name("Sen. Ann Mary Lee", "Ann Lee"), is_same_name("Ann Lee", "Lee")
    (True, True)
    >>> is_same_name("Lee", "Ann Lee")
    False
    """
    words, right_words = split_name(found or ""), split_name(right or "")
    if not words or not right_words:
        return False
    if len(right_words) == 1:
        return words[-1] == right_words[0]
    return words == right_words or (len(words) > 1 and (words[0], words[-1]) == (right_words[0], right_words[-1]))


def split_name(name: str) -> list[str]:
    """Split a name into words of letters and digits; titles are left out unless nothing else is there."""
    bare = name.replace("’s", "").replace("'s", "")
    words = ["".join(filter(str.isalnum, word)) for word in bare.lower().split()]
    words = [word for word in words if word]
    return [word for word in words if word not in TITLES] or words
