"""spaCy's DocBin: the span groups of the pipeline, as `quotex.load()` makes them, and the user's data.

Docs that were made with the pipeline and stored in a DocBin are read, too.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from quotex.convert.parts import Losses, describe_article, list_pieces
from quotex.errors import InputError, Msg
from quotex.types import CONTENT, CUE, SOURCE, SPEAKERS, Article

KEY = "quotex"  # in `doc.user_data`
GROUPS = {"content": CONTENT, "cue": CUE, "source": SOURCE}


def write(path: Path, articles: Iterable[Article], losses: Losses) -> None:
    """Write all articles as one DocBin; nothing is lost."""
    from spacy.tokens import DocBin

    path.write_bytes(DocBin(docs=map(make_doc, articles), store_user_data=True).to_bytes())


def make_doc(article: Article) -> Any:
    """Make the Doc of an article; its tokens are cut where pieces begin and end."""
    from quotex.convert.cut import cut_tokens
    from quotex.pipeline.tokens import make_span

    doc, _ = cut_tokens(article)
    for role, key in GROUPS.items():
        doc.spans[key] = [
            make_span(doc, span.start, span.end, quote.type if role == "content" else "", span_id=quote.id)
            for quote in article.quotes
            for span in list_pieces(quote)[role]
        ]
    doc.spans[CONTENT].attrs.update(
        {
            str(one.id): {"act": one.act, "confidence": one.confidence, "closed": one.closed, "within": one.within}
            for one in article.quotes
        }
    )
    doc.spans[SPEAKERS] = [
        make_span(doc, span.start, span.end, span_id=quote.speaker.id)
        for quote in article.quotes
        if quote.speaker
        for span in quote.source
    ]
    about: Any = describe_article(article)
    doc.spans[SPEAKERS].attrs.update(
        {one["id"]: one | {"sure": [1.0] * len(one["quotes"])} for one in about.pop("speakers")}
    )
    exact = [[quote.id, quote.confidence, quote.paragraph] for quote in article.quotes]
    doc.user_data[KEY] = json.dumps(about | {"quotes": exact})  # lists would come back as tuples
    return doc


def read(path: Path, losses: Losses) -> Iterator[Article]:
    """Read a DocBin.

    Raises:
        InputError: Q702, it is none, or its Docs have not gone through the pipeline.
    """
    from spacy.tokens import DocBin

    from quotex.pipeline.tokenizer import make_language

    try:
        docs = DocBin().from_bytes(path.read_bytes())
    except Exception as err:  # whatever zlib and msgpack say of what is none
        raise InputError(Msg.Q702.format(path=path, form="DocBin", reason=err)) from err
    for number, doc in enumerate(docs.get_docs(make_language().vocab), start=1):
        if SPEAKERS not in doc.spans or CONTENT not in doc.spans:
            reason = f"Doc {number} has no span group {SPEAKERS!r}"
            raise InputError(Msg.Q702.format(path=path, form="DocBin", reason=reason))
        yield read_doc(doc, f"{path}:{number}")


def read_doc(doc: Any, name: str) -> Article:
    """Read one Doc; what it went through the pipeline with, and was stored without, is worked out."""
    from quotex.extraction import to_article

    known = json.loads(doc.user_data.get(KEY, "{}"))
    article = to_article(doc, id=known.get("id", name))
    exact = {id: (confidence, paragraph) for id, confidence, paragraph in known.get("quotes", ())}
    quotes = tuple(
        replace(one, confidence=exact[one.id][0], paragraph=exact[one.id][1]) if one.id in exact else one
        for one in article.quotes
    )
    return replace(article, quotes=quotes, meta=known.get("meta", {}))
