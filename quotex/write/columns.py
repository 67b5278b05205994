"""Columns that are carried along from the input, by `--keep`."""

import json
from collections.abc import Sequence

from quotex.types import Article

PREFIX = "meta_"


def make_meta(article: Article, keep: Sequence[str]) -> dict[str, object]:
    """Make the record of what is carried along; what the article does not have is null."""
    return {key: article.meta.get(key) for key in keep}


def name_columns(keep: Sequence[str], taken: Sequence[str]) -> list[str]:
    """Name the columns of a table; those whose name is taken get another.

    Databases take no two names that differ in case only, nor any text as a name:

    >>> name_columns(["url", "Type", "URL"], ["id", "type"])
    ['url', 'meta_Type', 'meta_URL']
    """
    names: list[str] = []
    used = {name.lower() for name in taken}
    for key in keep:
        name = clean(key).replace("\0", "\ufffd")
        while name.lower() in used:
            name = PREFIX + name
        used.add(name.lower())
        names.append(name)
    return names


def make_cells(article: Article, keep: Sequence[str]) -> list[str]:
    """Make the cells of a table: text as it is, nothing for null, all else as JSON."""
    return [
        clean(value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False))
        for value in make_meta(article, keep).values()
    ]


def clean(text: str) -> str:
    """Make text that can be encoded; half surrogate pairs, as in names of files, come out as escapes."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")
