"""Plain text: one file is one article."""

from collections.abc import Iterator

from quotex.errors import InputError, Msg
from quotex.read.decode import decode_file
from quotex.read.file import MAX_CHARS, Failure, File, ReadOptions
from quotex.read.limits import explain_length, read_text_bytes
from quotex.types import Article


def read_text(file: File, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read one text file."""
    with file.open(options.meter) as stream:
        data = read_text_bytes(stream, file.name, options)
    text = decode_file(data, path=file.name, encoding=options.encoding)
    yield check_article(Article(file.name, text), options.max_chars)


def check_article(article: Article, max_chars: int = MAX_CHARS) -> Article:
    """Return the article if there is something to read in it, and not too much.

    Raises:
        InputError: Q105, only white space; Q114, half of a surrogate pair, which only JSON can smuggle in; Q131,
            Q142, it is too long.
    """
    if len(article.text) > max_chars:
        raise InputError(explain_length(article.id, max_chars))
    if not article.text.strip():
        raise InputError(Msg.Q105.format(doc=article.id))
    check_characters(article)
    return article


def check_characters(article: Article) -> None:
    """Raise InputError (Q114) where a text holds half of a surrogate pair: it is no text."""
    try:
        article.text.encode("utf-8")
    except UnicodeEncodeError as err:
        raise InputError(Msg.Q114.format(doc=article.id or "the text", at=err.start)) from err
