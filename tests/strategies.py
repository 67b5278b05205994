"""Hypothesis strategies: articles built of paragraphs whose quotations are known."""

from dataclasses import dataclass

from hypothesis import strategies as st

from quotex.types import ACTS, KINDS, QUOTE_TYPES, Article, Quote, Span, Speaker

WORDS = (
    "the river rose again and nobody in Kampot was told before Tuesday's flood the workers' boats weren't ready "
    "O'Neill said 40 houses are gone we don't know it's over rock climbers of the ’90s"
).split()
PLAIN_WORDS = [word for word in WORDS if "’" not in word and "'" not in word]

# name -> (opening, closing) of the outer marks, (opening, closing) of the inner ones
MARK_STYLES = {
    "curly": ("“", "”", "‘", "’"),
    "straight": ('"', '"', "'", "'"),
    "british curly": ("‘", "’", "“", "”"),
    "british straight": ("'", "'", '"', '"'),
    "guillemets": ("«", "»", "‹", "›"),
    "french": ("« ", " »", "“", "”"),
    "german guillemets": ("»", "«", "›", "‹"),
    "german": ("„", "“", "‚", "‘"),
    "ascii": ("``", "''", "'", "'"),
}


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph: narration, or a quotation that may hold another one."""

    text: str
    quoted: bool
    inner: str = ""


def sentences(words: list[str] = PLAIN_WORDS, min_size: int = 2) -> st.SearchStrategy[str]:
    """A few words without an end, the first with a capital."""
    phrase = st.lists(st.sampled_from(words), min_size=min_size, max_size=8).map(" ".join)
    return phrase.map(lambda text: text[:1].upper() + text[1:])


@st.composite
def quoted_paragraphs(draw: st.DrawFn, words: list[str] = PLAIN_WORDS) -> list[Piece]:
    """A paragraph: narration and quotations in turn, each quotation with its comma or full stop inside."""
    pieces = []
    for _ in range(draw(st.integers(1, 3))):
        inner = draw(st.sampled_from(["", "Never again"]))
        pieces.append(Piece(draw(sentences(words)), quoted=True, inner=inner))
        pieces.append(Piece(draw(sentences(PLAIN_WORDS)) + ".", quoted=False))
    return pieces


def render(paragraphs: list[list[Piece]], style: str) -> tuple[str, list[str], list[str]]:
    """Write paragraphs in one style of marks.

    Returns:
        The text, its outer quotations, its inner ones.
    """
    left, right, inner_left, inner_right = MARK_STYLES[style]
    outer, nested, written = [], [], []
    for pieces in paragraphs:
        parts = []
        for piece in pieces:
            if not piece.quoted:
                parts.append(piece.text)
                continue
            content = piece.text
            if piece.inner:
                content += f", {inner_left}{piece.inner},{inner_right} they said"
                nested.append(piece.inner + ",")
            content += ","
            outer.append(content)
            parts.append(left + content + right)
        written.append(" ".join(parts))
    return "\n\n".join(written), outer, nested


# What a page or a terminal could take for something else than text.
HOSTILE = [
    "<script>alert(1)</script>",
    "</style></main>",
    '" onmouseover="alert(1)',
    "<!--",
    "&lt;&#0;",
    "\x1b[31m",
    "\x00\x0c\x85",
    "\u202egnp.exe\u202c",
    "\u2067\u2028",
    "العربية",
    "\r\n\r\n",
    "\n",
    " ",
    "𝒂 “it’s” ",
]


def hostile_texts(max_size: int = 8) -> st.SearchStrategy[str]:
    """Text from people who mean no good, and from others."""
    part = st.sampled_from([*HOSTILE, *WORDS]) | st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
    return st.lists(part, min_size=1, max_size=max_size).map("".join)


@st.composite
def spans_in(draw: st.DrawFn, text: str) -> Span:
    """Any stretch of a text."""
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Span(start, end, text[start:end])


@st.composite
def marked_articles(draw: st.DrawFn) -> Article:
    """An article with quotes anywhere in it: over one another, across paragraphs, in any number of pieces."""
    text = draw(hostile_texts(30).filter(bool))
    spans = st.lists(spans_in(text), max_size=2).map(tuple)
    names = draw(st.lists(hostile_texts(3), max_size=3))
    speakers = [
        Speaker(f"s{n}", name, draw(st.sampled_from(KINDS)), (name,), (name,)) for n, name in enumerate(names)
    ]
    quotes = [
        Quote(
            id=number,
            type=draw(st.sampled_from(QUOTE_TYPES)),
            act=draw(st.sampled_from(ACTS)),
            content=(draw(spans_in(text)), *draw(spans)),
            cue=draw(spans),
            source=draw(spans),
            speaker=draw(st.sampled_from([*speakers, None])),
            confidence=draw(st.floats(0, 1)),
            paragraph=1,
            closed=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(0, 5)) + 1)
    ]
    return Article(draw(hostile_texts(3)), text, tuple(quotes), tuple(speakers))
