"""Characters without width, which nobody sees where they stand."""

# Embeddings, overrides and isolates, which can make a line read in another order than it is stored.
REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# What a text says without them is the same: soft hyphen, zero-width space, marks of direction, byte-order mark.
WITHOUT_WIDTH = REORDERING | frozenset("\u00ad\u200b\u200e\u200f\u2060\ufeff")
JOINERS = frozenset("\u200c\u200d")  # these belong to the letters and pictures on both sides
