"""Pages: what a reader of a document is shown of each article and each quote, in .docx and Markdown."""

from collections.abc import Sequence

from quotex.types import Article, Quote, join_spans
from quotex.write.columns import COLUMNS, make_kept, make_row

HEADINGS = ("No.", "Who", "What was said", "Cue", "Paragraph", "Type", "Confidence")
UNKNOWN = "speaker not known"
NOTHING = "No quotes."


def make_page_row(article: Article, quote: Quote) -> tuple[str, ...]:
    """Make the row of a quote, in the order of HEADINGS."""
    row = dict(zip(COLUMNS, make_row(article, quote), strict=True))
    who = ", ".join(str(row[key]) for key in ("speaker", "description") if row[key]) or UNKNOWN
    rest = (row[key] for key in ("paragraph", "type", "confidence"))
    return (str(row["id"]), who, quote.text, name_cue(quote), *map(str, rest))


def name_cue(quote: Quote) -> str:
    """Name the words that report a quote; the colon behind the name of who speaks, as in interviews, is none."""
    cue = join_spans(quote.cue)
    return cue if any(map(str.isalpha, cue)) else ""


def list_kept(article: Article, keep: Sequence[str]) -> list[tuple[str, str]]:
    """List what is carried along of an article, and is not empty."""
    return [(key, cell) for key, cell in zip(keep, make_kept(article, keep), strict=True) if cell]
