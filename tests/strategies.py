"""Hypothesis strategies: articles built of paragraphs whose quotations are known."""

from dataclasses import dataclass

from hypothesis import strategies as st

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
