"""spaCy's DocBin: the span groups of the pipeline, as `quotex.load()` makes them, and the user's data.

Docs that were made with the pipeline and stored in a DocBin are read, too.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from quotex.convert.parts import Losses, check_range, list_pieces, read_meta
from quotex.errors import InputError, Msg
from quotex.types import CONTENT, SPEAKERS, Article

KEY = "quotex"  # in `doc.user_data`


def write(path: Path, articles: Iterable[Article], losses: Losses) -> None:
    """Write all articles as one DocBin; nothing is lost."""
    from spacy.tokens import DocBin

    path.write_bytes(DocBin(docs=map(make_doc, articles), store_user_data=True).to_bytes())


def make_doc(article: Article) -> Any:
    """Make the Doc of an article; its tokens are cut where pieces begin and end."""
    from quotex.convert.cut import cut_tokens
    from quotex.pipeline.results import set_results

    doc, _ = cut_tokens(article)
    set_results(doc, article.quotes, article.speakers)
    doc.user_data[KEY] = json.dumps(
        {"id": article.id, "meta": dict(article.meta)}
    )  # lists would come back as tuples
    return doc


def read(path: Path, losses: Losses) -> Iterator[Article]:
    """Read a DocBin.

    Raises:
        InputError: Q802, it is none, or its Docs have not gone through the pipeline.
    """
    from spacy.tokens import DocBin

    from quotex.pipeline.tokenizer import MarkedEnglish

    data = path.read_bytes()
    try:
        docs = DocBin().from_bytes(data)
    except Exception as err:  # whatever zlib and msgpack say of what is none
        raise InputError(Msg.Q802.format(path=path, form="DocBin", reason=str(err).rstrip("."))) from err
    for number, doc in enumerate(docs.get_docs(MarkedEnglish().vocab), start=1):
        if SPEAKERS not in doc.spans or CONTENT not in doc.spans:
            reason = f"Doc {number} has no span group {SPEAKERS!r}"
            raise InputError(Msg.Q802.format(path=path, form="DocBin", reason=reason))
        yield read_doc(doc, f"{path}:{number}")


def read_doc(doc: Any, name: str) -> Article:
    """Read one Doc."""
    from quotex.pipeline.results import read_quotes, read_speakers
    from quotex.pipeline.tokens import read_text

    known = json.loads(doc.user_data.get(KEY, "{}"))
    id, meta = known.get("id", name), read_meta(known.get("meta"))
    text, quotes = read_text(doc), read_quotes(doc)
    for span in (span for quote in quotes for pieces in list_pieces(quote).values() for span in pieces):
        check_range(span.start, span.end, text)
    return Article(id, text, quotes, read_speakers(doc), meta)
