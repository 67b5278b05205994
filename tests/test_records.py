"""Records: what JSON has of a quote, and that it is the same quote when it is read again."""

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from quotex.errors import InputError
from quotex.records import (
    Annotation,
    Origin,
    annotate,
    cut_spans,
    make_annotation,
    make_record,
    pack_quote,
    parse_annotation,
    read_article,
    unpack_quote,
)
from quotex.types import Article, Span
from quotex.write import load_schema
from tests.conftest import extract_marked
from tests.strategies import marked_articles
from tests.write.html_reader import PageReader

SCHEMA = json.loads(load_schema())


def check(record, name):
    """Hold a record against its part of the schema."""
    Draft202012Validator({**SCHEMA, "oneOf": [{"$ref": f"#/$defs/{name}"}]}).validate(record)


def test_words_of_pieces_are_not_run_together(article):
    """A gap stands between them, which is no word."""
    first, second, _ = article.quotes
    assert (first.text, first.n_words) == ("We are ready, … Come in.", 5)
    assert (second.text, second.n_words) == ("The city would pay", 4)
    assert replace(first, content=(Span(0, 8, "It\r\n  is"),)).text == "It is"


def test_records_have_their_json(article):
    """As the schema says it; in an article each quote has its `doc`."""
    carrying = replace(article, meta={"url": "u"})
    check(carrying.to_dict(), "article")
    assert carrying.to_dict()["meta"] == {"url": "u"}
    check(article.speakers[0].to_dict(), "speaker")
    assert json.loads(article.quotes[0].to_json()) | {"doc": article.id} == carrying.to_dict()["quotes"][0]
    assert article.quotes[0].content[0].to_dict() == {"start": 1, "end": 14, "text": "We are ready,"}
    assert "𝒂" in article.quotes[2].to_json()
    with pytest.raises(TypeError, match="int has no record"):
        make_record(1)


def test_notebooks_show_the_report(article):
    """In a frame of its own; a quote with who said it; nothing of the text is markup."""
    evil = replace(article, text=article.text.replace("hoped", '<b>"p'), id="<script>")
    (frame,) = PageReader(evil._repr_html_()).elements
    assert frame[0] == "iframe"
    assert "<script>" not in evil._repr_html_()
    page = PageReader(frame[1]["srcdoc"])
    assert page.texts == [evil.text]
    quote = replace(article.quotes[0], content=(Span(0, 3, "<i>"),))
    assert quote._repr_html_().startswith("<blockquote><p>&lt;i&gt;</p><footer>— ")
    assert "Ann Lee" in quote._repr_html_() and "the mayor" in article.speakers[0]._repr_html_()
    assert "Speaker not known" in article.quotes[2]._repr_html_()


@given(marked_articles())
def test_an_annotation_is_the_same_when_it_is_read_again(article):
    """All that it has; and what is cut out of the text by it is what the pipeline found."""
    article = extract_marked(Article("a", "“Rain,” said Bo Lind. " + article.text), thoughts=True)
    for quote in article.quotes:
        found = replace(annotate(quote), checked=True, also=("Lee",), confidence=0.25)
        record = json.loads(json.dumps(make_annotation(found)))
        read = parse_annotation(record, article.text, Origin("a", 1))
        assert asdict(read) == asdict(found)
        for role in ("content", "cue", "source"):
            assert cut_spans(article.text, getattr(read, role)) == getattr(quote, role)


def test_what_a_person_wrote_is_checked_where_it_is_compared(article):
    """What else we would know of a quote is passed over where it is not ours."""
    row = {"content": [[1, 14]], "type": "loud", "act": 7, "confidence": "high", "closed": 0}
    read = parse_annotation(row, article.text, Origin("a", 1))
    assert asdict(read) == asdict(Annotation(((1, 14),)))
    with pytest.raises(InputError, match=r"\[Q404\] a, line 1"):
        parse_annotation({"content": [[1, 999]]}, article.text, Origin("a", 1))


def test_records_are_read_again_without_what_only_the_spool_adds(article):
    """What `--json` wrote is an article again, without its text."""
    read = read_article(json.loads(article.to_json()))
    assert isinstance(read, Article)
    assert [quote.text for quote in read.quotes] == [quote.text for quote in article.quotes]
    assert (read.text, read.speakers) == ("", article.speakers)


def test_what_is_packed_is_the_same_when_it_is_unpacked(article):
    """A quote as a Doc keeps it: JSON, without any words of the text but those around it."""
    for quote in article.quotes:
        packed = json.loads(json.dumps(pack_quote(quote)))
        assert unpack_quote(packed, article.text, quote.speaker) == quote
