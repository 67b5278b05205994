"""From a text to its quotes: the Python face of quotex, over the spaCy pipeline."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, cast, overload

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from quotex.model.decode import calibrate
from quotex.model.labels import NAME_KINDS, NameKind
from quotex.pipeline.tokenizer import make_language
from quotex.pipeline.tokens import find_sentence_starts, read_text, read_tokens
from quotex.read.text import check_characters
from quotex.select import make_selection, put_into
from quotex.text.markup import read_plain
from quotex.types import (
    CONTENT,
    CUE,
    GAP,
    NAMES,
    PARAGRAPHS,
    ROLES,
    SOURCE,
    SPEAKERS,
    Article,
    Findings,
    Quote,
    QuoteType,
    Span,
    Speaker,
    fold_space,
)

STAGES = ("quotex_segment", "quotex_marks", "quotex_tagger", "quotex_attribute", "quotex_speakers")
Cut = Callable[[int, int], Span]


def load(model: Path | str | None = None) -> Language:
    """Build the pipeline, an ordinary spaCy Language of the quotex stages.

    Args:
        model: Folder of a model; None means the one that comes with quotex.

    Raises:
        ModelError: The model is missing or for another version.

    >>> load().pipe_names[:2]
    ['quotex_segment', 'quotex_marks']
    """
    nlp = make_language()
    for stage in STAGES:
        nlp.add_pipe(stage, config={"model": str(model)} if stage == "quotex_tagger" and model else {})
    return nlp


@cache
def _load_once() -> Language:
    return load()


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
        InputError: Q114, half of a surrogate pair, which is no text.

    >>> article = extract("“We are ready,” Ann Lee said.")
    >>> [(quote.text, quote.speaker.name) for quote in article.quotes if quote.speaker]
    [('We are ready,', 'Ann Lee')]
    """
    pipeline, selection = nlp or _load_once(), make_selection(thoughts=thoughts)
    if isinstance(text, str):
        article = Article(id, text)
        return put_into(article, find_all(article, pipeline), selection)
    articles = (Article(f"{id}:{n}" if id else str(n), one) for n, one in enumerate(text, start=1))
    return [put_into(article, find_all(article, pipeline), selection) for article in articles]


def find_all(article: Article, nlp: Language) -> Findings:
    """Find the quotes of an article, statements and thoughts alike, and their speakers.

    Markdown and HTML in its text are read as what they stand for, which `nlp` alone does not do.

    Raises:
        InputError: Q114, half of a surrogate pair.
    """
    check_characters(article)
    plain = read_plain(article.text)

    def cut(start: int, end: int) -> Span:
        start, end = plain.find_source(start, end)
        return Span(start, end, article.text[start:end])

    return read_findings(nlp(plain.text), cut)


def extract_names(text: str, nlp: Language) -> dict[NameKind, list[tuple[int, int]]]:
    """Find the names in a text, by kind, as half-open ranges; the stages behind the tagger are left out.

    Args:
        text: The article; the ranges are code points into it.
        nlp: A pipeline of `load()`.
    """
    plain = read_plain(text)
    names = read_names(nlp(plain.text, disable=STAGES[STAGES.index("quotex_tagger") + 1 :]))
    return {kind: [plain.find_source(*name) for name in found] for kind, found in names.items()}


def read_names(doc: Doc) -> dict[NameKind, list[tuple[int, int]]]:
    """Read the names that the tagger found off a Doc, by kind, as half-open ranges."""
    return {
        kind: [(span.start_char, span.end_char) for span in doc.spans[NAMES] if span.label_ == kind]
        for kind in NAME_KINDS
    }


def to_article(doc: Doc, *, id: str = "", thoughts: bool = False) -> Article:
    """Read what the pipeline found off a Doc, which may come from `nlp.pipe` or a `DocBin`.

    Args:
        doc: After all stages.
        id: What to call the article.
        thoughts: Whether to give what was believed, hoped and planned, too.
    """
    text = read_text(doc)
    found = read_findings(doc, lambda start, end: Span(start, end, text[start:end]))
    return put_into(Article(id, text), found, make_selection(thoughts=thoughts))


def read_findings(doc: Doc, cut: Cut) -> Findings:
    """Read what the pipeline found off a Doc."""
    speakers = read_speakers(doc)
    return Findings(read_quotes(doc, cut, speakers), speakers)


def read_speakers(doc: Doc) -> tuple[Speaker, ...]:
    """Read the speakers that the pipeline found off a Doc."""
    return tuple(
        Speaker(
            id=speaker,
            name=found["name"],
            kind=found["kind"],
            aliases=tuple(found["aliases"]),
            descriptions=tuple(found["descriptions"]),
            affiliation=found["affiliation"],
            pronoun=found["pronoun"],
            quotes=tuple(found["quotes"]),
        )
        for speaker, found in cast("dict[str, dict[str, Any]]", doc.spans[SPEAKERS].attrs).items()
    )


def read_quotes(doc: Doc, cut: Cut, speakers: Sequence[Speaker]) -> tuple[Quote, ...]:
    """Read the quotes that the pipeline found off a Doc.

    Args:
        doc: After all stages.
        cut: Gives the span of the article that a half-open range of the Doc's text, in code points, comes from.
        speakers: What `read_speakers` gives.
    """
    said_by = {number: speaker for speaker in speakers for number in speaker.quotes}
    records = cast("dict[str, dict[str, Any]]", doc.spans[SPEAKERS].attrs if SPEAKERS in doc.spans else {})
    sure = {n: share for one in records.values() for n, share in zip(one["quotes"], one["sure"], strict=True)}
    sentences = Sentences(doc)
    paragraph_starts = [span.start_char for span in doc.spans[PARAGRAPHS]]
    pieces: dict[int, dict[str, list[DocSpan]]] = {}
    for key in (CONTENT, CUE, SOURCE):
        for span in doc.spans[key]:
            pieces.setdefault(int(span.id_), {}).setdefault(key, []).append(span)
    details = cast("dict[str, dict[str, Any]]", doc.spans[CONTENT].attrs)
    calibration = doc.spans[ROLES].attrs["calibration"] if ROLES in doc.spans else (1.0, 0.0)
    return tuple(
        Quote(
            id=number,
            type=cast(QuoteType, found[CONTENT][0].label_),
            act=details[str(number)]["act"],
            content=_cut_all(cut, found[CONTENT]),
            cue=_cut_all(cut, found.get(CUE, [])),
            source=_cut_all(cut, found.get(SOURCE, [])),
            speaker=said_by.get(number),
            confidence=calibrate(details[str(number)]["confidence"] * sure.get(number, 1.0), *calibration),
            paragraph=bisect_right(paragraph_starts, found[CONTENT][0].start_char),
            closed=details[str(number)]["closed"],
            within=details[str(number)]["within"],
            sentence=sentences.join([span for spans in found.values() for span in spans], cut),
        )
        for number, found in sorted(pieces.items())
    )


class Sentences:
    """The sentences of a Doc, as half-open ranges of characters."""

    def __init__(self, doc: Doc) -> None:
        tokens = read_tokens(doc)
        text = tokens.join()
        self._starts = sorted({0, *tokens.starts[find_sentence_starts(doc)].tolist()})
        edges = pairwise([*self._starts, len(text)])
        self._ends = [start + len(text[start:end].rstrip()) for start, end in edges]

    def join(self, spans: Iterable[DocSpan], cut: Cut) -> str:
        """Put the sentences in which spans stand on one line; a gap is where some between them are left out."""
        numbers = {number for span in spans for number in self._find(span)}
        firsts = sorted(number for number in numbers if number - 1 not in numbers)
        lasts = sorted(number for number in numbers if number + 1 not in numbers)
        runs = (cut(self._starts[first], self._ends[last]) for first, last in zip(firsts, lasts, strict=True))
        return GAP.join(fold_space(run.text) for run in runs)

    def _find(self, span: DocSpan) -> range:
        return range(bisect_right(self._starts, span.start_char) - 1, bisect_left(self._starts, span.end_char))


def _cut_all(cut: Cut, spans: list[DocSpan]) -> tuple[Span, ...]:
    return tuple(cut(span.start_char, span.end_char) for span in spans)
