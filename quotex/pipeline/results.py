"""Results: what was found in a Doc, as span groups and as records that are stored with it.

The span groups CONTENT, CUE, SOURCE and SPEAKERS are for programs that work with spans; where the tokens are not
ours, a span is of all tokens that it touches. The records, in the `attrs` of CONTENT and SPEAKERS, have the exact
places; `doc._.quotes` and `doc._.speakers` read them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from quotex.errors import Msg, UsageError
from quotex.model.decode import calibrate
from quotex.pipeline.index import TextIndex
from quotex.pipeline.notes import take_index, take_notes
from quotex.pipeline.ranges import find_within
from quotex.pipeline.tokens import make_span, read_text
from quotex.records import Record, cut_spans, find_ranges, make_speaker, pack_quote, read_speaker, unpack_quote
from quotex.types import CONTENT, CUE, GAP, SOURCE, SPEAKERS, Article, Quote, QuoteType, Span, Speaker

RECORDS = "records"  # the key in `attrs`
MAX_SENTENCES = 5_000  # characters; without a full stop, each of thousands of quotes would have all of a text


def find_confidence(probability: float, speaker: float, calibration: tuple[float, float]) -> float:
    """Say how likely a quote is right, with its speaker: its `confidence`.

    Args:
        probability: That content and source are right, as far as the rules know.
        speaker: That the speaker is the right one, 1 where none was found.
        calibration: Slope and intercept in log odds, from the product to what it is worth.
    """
    return calibrate(probability * speaker, *calibration)


def make_quotes(
    doc: Doc, speakers: Iterable[Speaker] = (), sure: Mapping[int, float] | None = None
) -> tuple[Quote, ...]:
    """Make the records of what the attribute stage has found.

    Args:
        doc: With its span groups and the notes on it.
        speakers: Those of its quotes, as far as they are known.
        sure: For each quote that has a speaker, the probability that it is the right one.
    """
    notes, index, sure = take_notes(doc), take_index(doc), sure or {}
    said_by = {number: speaker for speaker in speakers for number in speaker.quotes}
    content, cue, source = (_by_quote(doc, key) for key in (CONTENT, CUE, SOURCE))
    return tuple(
        Quote(
            id=number,
            type=cast(QuoteType, content[number][0].label_),
            act=said.act,
            content=_cut(index, content[number]),
            cue=_cut(index, cue.get(number, [])),
            source=_cut(index, source.get(number, [])),
            speaker=said_by.get(number),
            confidence=find_confidence(said.probability, sure.get(number, 1.0), notes.calibration),
            paragraph=index.find_paragraph(content[number][0].start) + 1,
            closed=said.closed,
            within=said.within,
            sentence=join_sentences(index, [*content[number], *cue.get(number, []), *source.get(number, [])]),
        )
        for number, said in sorted((notes.statements or {}).items())
    )


def join_sentences(index: TextIndex, spans: Iterable[DocSpan]) -> str:
    """Put the sentences in which spans stand on one line; a gap is where some between them are left out.

    It is empty where they have more than MAX_SENTENCES characters.
    """
    numbers = {number for span in spans for number in index.find_sentences(span.start, span.end)}
    firsts = sorted(number for number in numbers if number - 1 not in numbers)
    lasts = sorted(number for number in numbers if number + 1 not in numbers)
    joined = GAP.join(map(index.join_sentences, firsts, lasts))
    return joined if len(joined) <= MAX_SENTENCES else ""


def complete(article: Article, doc: Doc) -> Article:
    """Add what no person marks: sentences, which quote stands in which; leave out who has said nothing.

    Args:
        article: With quotes whose places may be anybody's.
        doc: Of its text, after the stages that need no model.
    """
    index = take_index(doc)
    around = find_within([(find_ranges(one.content), find_ranges(one.cue)) for one in article.quotes])
    quotes = []
    for number, quote in enumerate(article.quotes, start=1):
        spans = [make_span(doc, one.start, one.end) for one in (*quote.content, *quote.cue, *quote.source)]
        outer = article.quotes[around[number] - 1].id if number in around else None
        quotes.append(replace(quote, sentence=join_sentences(index, spans), within=outer))
    speakers = sorted((one for one in article.speakers if one.quotes), key=lambda one: one.quotes)
    return replace(article, quotes=tuple(quotes), speakers=tuple(speakers))


def _by_quote(doc: Doc, key: str) -> dict[int, list[DocSpan]]:
    """Sort the spans of a group by the numbers of their quotes."""
    spans: dict[int, list[DocSpan]] = {}
    for span in doc.spans[key]:
        spans.setdefault(int(span.id_), []).append(span)
    return spans


def _cut(index: TextIndex, spans: Iterable[DocSpan]) -> tuple[Span, ...]:
    return cut_spans(index.text, [(span.start_char, span.end_char) for span in spans])


def set_results(doc: Doc, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> None:
    """Write the quotes of a text on a Doc of it, whatever its tokens, and nothing else.

    Raises:
        ValueError: They are of another text: a place lies behind its end.
    """
    groups: dict[str, list[DocSpan]] = {CONTENT: [], CUE: [], SOURCE: [], SPEAKERS: []}
    for quote in quotes:
        name = str(quote.id)
        groups[CONTENT] += [make_span(doc, span.start, span.end, quote.type, name) for span in quote.content]
        groups[CUE] += [make_span(doc, span.start, span.end, "", name) for span in quote.cue]
        groups[SOURCE] += [make_span(doc, span.start, span.end, "", name) for span in quote.source]
        if quote.speaker:
            who = quote.speaker.id
            groups[SPEAKERS] += [make_span(doc, span.start, span.end, "", who) for span in quote.source]
    for key, spans in groups.items():
        doc.spans[key] = spans
    store_quotes(doc, quotes)
    store_speakers(doc, speakers)


def store_quotes(doc: Doc, quotes: Iterable[Quote]) -> None:
    """Store the records of the quotes with a Doc."""
    doc.spans[CONTENT].attrs[RECORDS] = [pack_quote(quote) for quote in quotes]


def store_speakers(doc: Doc, speakers: Iterable[Speaker]) -> None:
    """Store the records of the speakers with a Doc."""
    doc.spans[SPEAKERS].attrs[RECORDS] = [make_speaker(speaker) for speaker in speakers]


def read_quotes(doc: Doc) -> tuple[Quote, ...]:
    """Read the quotes that were found off a Doc, in the order of the text; this is `doc._.quotes`.

    Raises:
        UsageError: Q702, nobody has looked for any.
    """
    text = read_text(doc)
    by_id = {speaker.id: speaker for speaker in read_speakers(doc)} if SPEAKERS in doc.spans else {}
    packed = _read_records(doc, CONTENT, "quotex_attribute")
    return tuple(unpack_quote(one, text, by_id.get(one["speaker"])) for one in packed)


def read_speakers(doc: Doc) -> tuple[Speaker, ...]:
    """Read the speakers that were found off a Doc, in the order of their first quote; this is `doc._.speakers`.

    Raises:
        UsageError: Q702, nobody has looked for any.
    """
    return tuple(read_speaker(one) for one in _read_records(doc, SPEAKERS, "quotex_speakers"))


def _read_records(doc: Doc, key: str, stage: str) -> list[Record]:
    found = doc.spans[key].attrs.get(RECORDS) if key in doc.spans else None
    if found is None:
        raise UsageError(Msg.Q702.format(missing=stage))
    return cast("list[Record]", found)


def _refuse(doc: Doc, value: object) -> None:
    """Refuse to set an extension; without this, spaCy would take the value and never show it again."""
    raise AttributeError(Msg.Q703)


for _name, _read in (("quotes", read_quotes), ("speakers", read_speakers)):
    if not Doc.has_extension(_name):  # somebody else's stays theirs; `quotex.to_article` reads ours
        Doc.set_extension(_name, getter=_read, setter=_refuse)
