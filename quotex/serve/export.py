"""Downloads: an article with its quotes as the page has them, in one of the formats of `quotex extract`."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from quotex.serve.marked import read_shown
from quotex.write import SPOOLED, import_writer, make_writer

if TYPE_CHECKING:
    from spacy.language import Language


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
    article = read_shown(body, nlp, "pasted")
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
