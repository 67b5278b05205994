"""The texts of articles as files, for `--save-text`: what offsets count in, whatever the input is."""

import re
from collections import Counter
from collections.abc import Collection
from hashlib import blake2b
from pathlib import Path

from quotex.read import fold_path
from quotex.read.ours import TEXTS_MARK
from quotex.types import Article

UNSAFE = re.compile(r'[\x00-\x1f<>:"|?*\\]')  # what some system forbids in names of files
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # names of devices on Windows
MAX_NAME = 200  # bytes; most file systems take 255
MAX_PATH = 1_000  # bytes, folders and all; Linux takes 4,096, and the user's own folder is part of it
SUFFIX, PART = ".txt", ".part"
OF_FILES = (SUFFIX, PART, ".ann", ".xmi")  # in which no folder's name ends that we make


def save_text(article: Article, folder: Path, taken: Collection[Path] = ()) -> Path:
    """Keep the text of an article, UTF-8 with its newlines as they are; returns where.

    The name is made of the article's id, with folders if that is a path. Another article of the same name
    goes beside the first, with a digest of its text in the name. A text has its name only when it is complete.

    Args:
        article: Whose text it is.
        folder: Where to.
        taken: What else the run writes, as `fold_path` gives it: no folder is made in its place.
    """
    data = article.text.encode("utf-8")
    digest = blake2b(data, digest_size=4).hexdigest()
    name = name_text(article.id)
    try:
        path = folder / name
        if any(parent in taken for parent in fold_path(path).parents):
            raise FileExistsError
        path.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):  # a file of the user's own stands where a folder should
        path = folder / f"{name_without_folders(name)}-{digest}{SUFFIX}"
        folder.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name.removesuffix(SUFFIX)}-{digest}{SUFFIX}")
    part = beside.with_name(beside.name + PART)  # with the digest, as nothing else is called so
    if path.exists() and not (path.is_file() and path.read_bytes() == data):
        path = beside
    try:
        part.write_bytes(data)
    except OSError as err:
        part.unlink(missing_ok=True)
        err.filename = str(path)  # or the records would be blamed for a disk that is full
        raise
    part.replace(path)
    return path


def begin_texts(folder: Path) -> None:
    """Make the folder, with a mark by which it is passed over where it lies in one that is read.

    One in which something stands already is the user's own, and gets none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        (folder / TEXTS_MARK).touch()


def name_text(doc: str) -> Path:
    """Make the name of a text from the id of its article; it stays in the folder whatever the id is.

    >>> print(name_text("../news/a.html"), name_text("/tmp/rows.csv:7"), name_text("-"))
    news/a.html.txt tmp/rows.csv_7.txt -.txt

    No folder is called as a file may be; where there are too many folders, there is none:

    >>> print(name_text("a"), name_text("a.txt/b"), str(name_text("x/" * 1000))[:12])
    a.txt a.txt_/b.txt x_x_x_x_x_x_
    """
    clean = UNSAFE.sub("_", doc.encode("utf-8", errors="replace").decode("utf-8"))
    parts = [part for part in clean.split("/") if part not in ("", ".", "..")] or ["_"]
    if len("/".join(parts).encode()) > MAX_PATH:
        parts = ["_".join(parts)]
    return Path(*map(name_folder, parts[:-1]), cut_name(make_safe(parts[-1])) + SUFFIX)


def name_without_folders(name: Path) -> str:
    """Begin the name of a text whose folders cannot be made; its digest is yet to follow."""
    return cut_name("_".join(name.parts).removesuffix(SUFFIX))


def is_called_as_text(path: Path) -> bool:
    """Say whether a text of some article may have the name of a file, also while it is written."""
    return path.name.lower().endswith((SUFFIX, SUFFIX + PART))


def choose_name(doc: str, taken: Counter[str]) -> Path:
    """Make a name as `name_text` does, with a number where another article has it, in capitals or not.

    Args:
        doc: The article's id.
        taken: How often each name was asked for; the one chosen is added.

    >>> taken = Counter()
    >>> [str(choose_name(doc, taken)) for doc in ("a", "A", "a-2", "a")]
    ['a.txt', 'A-2.txt', 'a-2-2.txt', 'a-3.txt']
    """
    name = chosen = name_text(doc)
    first = str(name).casefold()
    while taken[str(chosen).casefold()]:
        taken[first] += 1
        chosen = name.with_name(f"{name.stem}-{taken[first]}{SUFFIX}")
    taken[str(chosen).casefold()] += 1
    return chosen


def name_folder(name: str) -> str:
    """Make the name of a folder, which is never that of a text."""
    safe = cut_name(make_safe(name))
    return safe + "_" if safe.lower().endswith((*OF_FILES, ".", " ")) else safe


def make_safe(name: str) -> str:
    """Change a name that is one of a device.

    >>> make_safe("con"), make_safe("nul.2024"), make_safe("content")
    ('_con', '_nul.2024', 'content')
    """
    return f"_{name}" if RESERVED.match(name) else name


def cut_name(name: str) -> str:
    """Cut a name that is too long for a file; its digest keeps it apart from others."""
    data = name.encode("utf-8")
    if len(data) <= MAX_NAME:
        return name
    digest = blake2b(data, digest_size=8).hexdigest()
    return f"{data[: MAX_NAME - len(digest) - 1].decode('utf-8', errors='ignore')}-{digest}"
