"""Downloads: an article with its quotes as the page has them, in one of the formats of `quotex extract`."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from quotex.corrected import find_around
from quotex.pipeline.notes import take_index
from quotex.pipeline.results import surround
from quotex.serve.marked import mark_text, read_shown
from quotex.text.names import make_ids
from quotex.text.paragraphs import find_paragraphs
from quotex.types import Article
from quotex.write import SPOOLED, import_writer, make_writer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Download:
    """A format that the page offers.

    Attributes:
        title: What people call it.
        media: Its media type.
    """

    title: str
    media: str


OFFICE = "application/vnd.openxmlformats-officedocument."
DOWNLOADS = {
    "csv": Download("Table (.csv)", "text/csv"),
    "xlsx": Download("Excel (.xlsx)", f"{OFFICE}spreadsheetml.sheet"),
    "docx": Download("Word (.docx)", f"{OFFICE}wordprocessingml.document"),
    "md": Download("Markdown (.md)", "text/markdown"),
    "html": Download("Report (.html)", "application/octet-stream"),  # to be kept, not to be shown from here
    "json": Download("Data (.json)", "application/json"),
}


def list_downloads() -> dict[str, str]:
    """List the formats whose packages are there, with their titles."""
    return {
        form: download.title
        for form, download in DOWNLOADS.items()
        if (package := SPOOLED.get(form)) is None or find_spec(package.module)
    }


def export(body: Mapping[str, Any], nlp: "Language", form: str) -> bytes:
    """Write an article with the quotes that the page has sent.

    Args:
        body: What was sent.
        nlp: Our pipeline.
        form: One of DOWNLOADS.

    Raises:
        RequestError: Q105, Q114, Q131, Q402 to Q406, Q618.
    """
    shown = read_shown(body, nlp, "pasted")
    article = complete(shown, mark_text(shown.text, nlp))
    if form in SPOOLED:
        with TemporaryDirectory() as folder:
            path = Path(folder, f"quotes.{form}")
            writer = import_writer(form)(path)
            writer.write(article)
            writer.close()
            return path.read_bytes()
    stream = StringIO(newline="")
    writer = make_writer(form, stream)
    writer.write(article)
    writer.close()
    return stream.getvalue().encode("utf-8", errors="backslashreplace")


def complete(article: Article, doc: "Doc") -> Article:
    """Add what the page does not know: ids and numbers of speakers; paragraph, sentence, and the quote around."""
    ids = make_ids([speaker.name for speaker in article.speakers])
    speakers = {
        speaker.id: replace(
            speaker,
            id=name,
            quotes=tuple(quote.id for quote in article.quotes if quote.speaker and quote.speaker.id == speaker.id),
        )
        for name, speaker in zip(ids, article.speakers, strict=True)
    }
    starts = [start for start, _ in find_paragraphs(article.text)]
    index = take_index(doc)
    quotes = tuple(
        replace(
            quote,
            speaker=speakers[quote.speaker.id] if quote.speaker else None,
            paragraph=max(1, bisect_right(starts, quote.content[0].start)),
            within=find_around(quote, article.quotes),
            sentence=surround(doc, index, quote),
        )
        for quote in article.quotes
    )
    return replace(article, quotes=quotes, speakers=tuple(speakers.values()))
