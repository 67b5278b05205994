"""Hypothesis strategies: articles with right quotes, and quotes that were found, more or less like them."""

from hypothesis import strategies as st

SCRAPS = ["a", "é", "7", "𝒂", " ", " ", ",", "\n", '"', "“", "”", "«", "'", "''", "``", "that ", "said that "]
NAMES = ["Ann Lee", "Sen. Ann Lee", "Lee", "Ann B. Lee’s", "Bo Lind", "the King", "!", "ACME Inc"]
KINDS = ["person", "org", "unnamed", "group"]
ROLES = st.sampled_from(["cue", "source"])


@st.composite
def ranges(draw: st.DrawFn, length: int) -> list[list[int]]:
    """A few ranges of a text that do not overlap."""
    edges = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
    return [list(pair) for pair in zip(edges[::2], edges[1::2], strict=False)]


@st.composite
def quotes(draw: st.DrawFn, length: int) -> dict:
    """Any quote; the kind may be known without a name only where it was found, not in gold."""
    quote = {role: draw(ranges(length)) for role in ("content", "cue", "source")}
    if draw(st.booleans()):
        quote |= {"speaker": draw(st.sampled_from(NAMES)), "kind": draw(st.sampled_from(KINDS))}
        if draw(st.booleans()):
            quote["also"] = draw(st.lists(st.sampled_from(NAMES), max_size=2))
    return quote


@st.composite
def runs(draw: st.DrawFn, length: int) -> list[dict]:
    """Quotes one behind the other, most of them floating, of one who goes by two names or of two."""
    names = st.sampled_from(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2)))
    kinds = st.sampled_from(KINDS)
    found = []
    for piece in draw(ranges(length)):
        quote = {"content": [piece], "speaker": draw(names), "kind": draw(kinds)}
        found.append(quote | {role: draw(ranges(length)) for role in draw(st.sets(ROLES, max_size=1))})
    return found


@st.composite
def changed(draw: st.DrawFn, quote: dict, length: int) -> dict:
    """A quote like another one."""
    other = draw(quotes(length))
    keys = draw(st.sets(st.sampled_from(["cue", "source", "content", "speaker", "kind"])))
    quote = {key: value for key, value in quote.items() if key != "also"}
    quote |= {key: other.get(key) for key in keys if key in other or key not in ("content", "cue", "source")}
    if draw(st.booleans()):
        content = [list(piece) for piece in quote["content"]]
        if content and content[0][1] - content[0][0] > 1:
            content[0][0] += 1
        quote["content"] = content
    return quote


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[dict], list[dict]]:
    """Some articles with right quotes, and for most of them what was found."""
    gold, found = [], []
    for number in range(draw(st.integers(1, 4))):
        text = "".join(draw(st.lists(st.sampled_from(SCRAPS), max_size=40)))
        right = draw(st.lists(quotes(len(text)), max_size=5)) + draw(runs(len(text)))
        gold.append({"id": f"a{number}", "text": text, "quotes": right})
        like = [draw(changed(quote, len(text))) for quote in right if draw(st.booleans())]
        if draw(st.integers(0, 4)):
            others = draw(st.lists(quotes(len(text)), max_size=3)) + draw(runs(len(text)))
            found.append({"id": f"a{number}", "quotes": draw(st.permutations(like + others))})
    return gold, found
