"""The texts of articles as files, for `--save-text`: what offsets count in, whatever the input is."""

import re
from hashlib import blake2b
from pathlib import Path

from quotex.types import Article

UNSAFE = re.compile(r'[\x00-\x1f<>:"|?*\\]')  # what some system forbids in names of files
MAX_NAME = 200  # bytes; most file systems take 255
SUFFIX = ".txt"


def save_text(article: Article, folder: Path) -> Path:
    """Keep the text of an article, UTF-8 with its newlines as they are; returns where.

    The name is made of the article's id, with folders if that is a path. Another article of the same name
    goes beside the first, with a digest of its text in the name.
    """
    data = article.text.encode("utf-8")
    path = folder / name_text(article.id)
    if path.exists() and path.read_bytes() != data:
        path = path.with_name(
            f"{path.name.removesuffix(SUFFIX)}-{blake2b(data, digest_size=4).hexdigest()}{SUFFIX}"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def name_text(doc: str) -> Path:
    """Make the name of a text from the id of its article; it stays in the folder whatever the id is.

    >>> print(name_text("../news/a.html"), name_text("/tmp/rows.csv:7"), name_text("-"))
    news/a.html.txt tmp/rows.csv_7.txt -.txt
    """
    clean = UNSAFE.sub("_", doc.encode("utf-8", errors="replace").decode("utf-8"))
    parts = [part for part in clean.split("/") if part not in ("", ".", "..")] or ["_"]
    return Path(*(cut_name(part) for part in parts[:-1]), cut_name(parts[-1]) + SUFFIX)


def cut_name(name: str) -> str:
    """Cut a name that is too long for a file; its digest keeps it apart from others."""
    data = name.encode("utf-8")
    if len(data) <= MAX_NAME:
        return name
    digest = blake2b(data, digest_size=8).hexdigest()
    return f"{data[: MAX_NAME - len(digest) - 1].decode('utf-8', errors='ignore')}-{digest}"
