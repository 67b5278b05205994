"""From a text to its quotes: the Python face of quotex, over the spaCy pipeline."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast, overload

from spacy.language import Language
from spacy.tokens import Doc

from quotex.errors import InputError, Msg
from quotex.model.labels import NAME_KINDS, NameKind
from quotex.pipeline.results import read_quotes, read_speakers
from quotex.pipeline.tagger import RoleTagger
from quotex.pipeline.tokenizer import MarkedEnglish
from quotex.pipeline.tokens import read_text
from quotex.read.text import check_characters
from quotex.records import cut_spans
from quotex.select import make_selection, put_into
from quotex.text.markup import Plain, read_plain
from quotex.types import NAMES, Article, Findings, Quote, Span

STAGES = ("quotex_segment", "quotex_marks", "quotex_tagger", "quotex_attribute", "quotex_speakers")


def load(model: Path | str | None = None) -> Language:
    """Build the pipeline, an ordinary spaCy Language of the quotex stages.

    Args:
        model: Folder of a model; None means the one that comes with quotex.

    Raises:
        ModelError: The model is missing or for another version.

    >>> load().pipe_names[:2]
    ['quotex_segment', 'quotex_marks']
    """
    nlp = make_pipeline(str(model) if model else None)
    cast(RoleTagger, nlp.get_pipe("quotex_tagger")).opened  # noqa: B018  (whether there is one is told here)
    return nlp


def make_pipeline(model: str | None = None, *, n_threads: int = 1) -> Language:
    """Put the stages together; the model is opened when it is needed.

    Args:
        model: Folder of a model; None means the one that comes with quotex.
        n_threads: Threads the model may use.
    """
    nlp = MarkedEnglish()
    for stage in STAGES:
        nlp.add_pipe(stage, config={"model": model, "n_threads": n_threads} if stage == "quotex_tagger" else {})
    return nlp


@cache
def _load_once() -> Language:
    return load()


@cache
def _load_rules() -> Language:
    return make_pipeline()


def run_stages(text: str, last: str = "quotex_marks", nlp: Language | None = None) -> Doc:
    """Read a text with the first stages only; those before the tagger need no model.

    Args:
        text: The article.
        last: The last stage to run.
        nlp: A pipeline of `load()`; None means one whose model is not opened, built at the first call and kept.
    """
    return (nlp or _load_rules())(text, disable=STAGES[STAGES.index(last) + 1 :])


@overload
def extract(  # type: ignore[overload-overlap]  # a str is an Iterable[str], too
    text: str, *, id: str = "", nlp: Language | None = None, thoughts: bool = False
) -> Article: ...


@overload
def extract(
    text: Iterable[str], *, id: str = "", nlp: Language | None = None, thoughts: bool = False
) -> list[Article]: ...


def extract(
    text: str | Iterable[str], *, id: str = "", nlp: Language | None = None, thoughts: bool = False
) -> Article | list[Article]:
    """Find the quotes of a text, or of each of several, and who said them, as `quotex extract` does.

    Args:
        text: The article; offsets of the result are code points into it. Several give a list, in order.
        id: What to call the article; several are called ID:1, ID:2, ..., without an id 1, 2, ...
        nlp: A pipeline of `load()`; None means one that is built at the first call and kept.
        thoughts: Whether to give what was believed, hoped and planned, too.

    Raises:
        InputError: Q114, half of a surrogate pair, which is no text; Q142, it is too long.
        TypeError: Q704, it is no text.

    >>> article = extract("“We are ready,” Ann Lee said.")
    >>> [(quote.text, quote.speaker.name) for quote in article.quotes if quote.speaker]
    [('We are ready,', 'Ann Lee')]
    """
    pipeline, selection = nlp or _load_once(), make_selection(thoughts=thoughts)
    if isinstance(text, str):
        article = Article(id, text)
        return put_into(article, find_all(article, pipeline), selection)
    if isinstance(text, bytes) or not isinstance(text, Iterable):
        raise TypeError(Msg.Q704.format(found=type(text).__name__))
    articles = (Article(f"{id}:{n}" if id else str(n), one) for n, one in enumerate(text, start=1))
    return [put_into(article, find_all(article, pipeline), selection) for article in articles]


def find_all(article: Article, nlp: Language) -> Findings:
    """Find the quotes of an article, statements and thoughts alike, and their speakers.

    Markdown and HTML in its text are read as what they stand for, which `nlp` alone does not do.

    Raises:
        InputError: Q114, half of a surrogate pair; Q142, it is too long.
    """
    if not isinstance(article.text, str):
        raise TypeError(Msg.Q704.format(found=type(article.text).__name__))
    if len(article.text) > nlp.max_length:
        raise InputError(Msg.Q142.format(doc=article.id or "the text", limit=nlp.max_length))
    check_characters(article)
    plain = read_plain(article.text)
    doc = nlp(plain.text)
    quotes = tuple(lead_back(quote, plain, article.text) for quote in read_quotes(doc))
    return Findings(quotes, read_speakers(doc))


def lead_back(quote: Quote, plain: Plain, text: str) -> Quote:
    """Give a quote of a plain text the places of the text that this was read from."""

    def find(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return cut_spans(text, (plain.find_source(span.start, span.end) for span in spans))

    if not plain.starts:
        return quote
    return replace(quote, content=find(quote.content), cue=find(quote.cue), source=find(quote.source))


def extract_names(text: str, nlp: Language) -> dict[NameKind, list[tuple[int, int]]]:
    """Find the names in a text, by kind, as half-open ranges; the stages behind the tagger are left out.

    Args:
        text: The article; the ranges are code points into it.
        nlp: A pipeline of `load()`.
    """
    plain = read_plain(text)
    names = read_names(run_stages(plain.text, "quotex_tagger", nlp))
    return {kind: [plain.find_source(*name) for name in found] for kind, found in names.items()}


def read_names(doc: Doc) -> dict[NameKind, list[tuple[int, int]]]:
    """Read the names that the tagger found off a Doc, by kind, as half-open ranges."""
    return {
        kind: [(span.start_char, span.end_char) for span in doc.spans[NAMES] if span.label_ == kind]
        for kind in NAME_KINDS
    }


def to_article(doc: Doc, *, id: str = "", thoughts: bool = False) -> Article:
    """Read what was found off a Doc, which may come from `nlp.pipe` or a `DocBin`.

    Args:
        doc: After all stages.
        id: What to call the article.
        thoughts: Whether to give what was believed, hoped and planned, too.

    Raises:
        UsageError: Q702, a stage has not read it.
    """
    found = Findings(read_quotes(doc), read_speakers(doc))
    return put_into(Article(id, read_text(doc)), found, make_selection(thoughts=thoughts))
