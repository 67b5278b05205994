"""The Python face, over the pipeline with its model."""

import pickle
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

import quotex
from quotex.errors import InputError
from quotex.types import Article, Speaker
from tests.strategies import quoted_paragraphs, render

TEXT = (
    "The ferry will sail again on Monday, said Abena Mensah, the harbour master of Keta.\r\n\r\n"
    "“We waited for the wind to turn,” she said. “It never did.”\r\n\r\n"
    "Mensah told fishermen that they would be paid for the lost week."
)


@pytest.fixture(scope="module")
def nlp():
    """The pipeline, opened once."""
    return quotex.load()


def test_an_article_is_extracted(nlp):
    """Who said what, in the order of the text."""
    article = quotex.extract(TEXT, id="ferry", nlp=nlp)
    assert article.id == "ferry"
    assert article.text == TEXT
    assert [(quote.type, quote.speaker.name, quote.paragraph) for quote in article.quotes if quote.speaker] == [
        ("indirect", "Abena Mensah", 1),
        ("direct", "Abena Mensah", 2),
        ("indirect", "Abena Mensah", 3),
    ]
    assert [span.text for span in article.quotes[1].content] == [
        "We waited for the wind to turn,",
        "It never did.",
    ]
    assert article.speakers == (
        Speaker(
            "abena-mensah",
            "Abena Mensah",
            "person",
            ("Mensah",),
            ("the harbour master of Keta",),
            quotes=(1, 2, 3),
            pronoun="she",
        ),
    )


def test_a_text_that_is_too_long(nlp, monkeypatch):
    """It is named, and refused before anything is done; spaCy's own message speaks of parsers."""
    monkeypatch.setattr(nlp, "max_length", 10)
    message = r"^\[Q142\] {}: more than 10 characters, the most that are read at once\. Cut it up\.$"
    with pytest.raises(InputError, match=message.format("the text")):
        quotex.extract("x" * 11, nlp=nlp)
    with pytest.raises(InputError, match=message.format("ferry:2")):
        quotex.extract(["x" * 10, "x" * 11], id="ferry", nlp=nlp)
    for read in (nlp, nlp.make_doc, lambda text: next(nlp.pipe([text]))):
        with pytest.raises(InputError, match=message.format("the text")):
            read("x" * 11)


def test_several_texts_give_a_list(nlp):
    """In order, each as alone, with a number for an id."""
    texts = [TEXT, "Nothing.", TEXT]
    found = quotex.extract(iter(texts), nlp=nlp)
    assert [article.id for article in found] == ["1", "2", "3"]
    assert found[0] == quotex.extract(TEXT, id="1", nlp=nlp)
    assert quotex.extract(texts[1:2], id="b", nlp=nlp) == [Article("b:1", "Nothing.")]


@pytest.mark.parametrize("given", [None, TEXT.encode(), Path("a.txt"), [1], [TEXT.encode()]])
def test_what_is_no_text(nlp, given):
    """It is said, and what to give instead."""
    with pytest.raises(TypeError, match="Q704"):
        quotex.extract(given, nlp=nlp)


def test_thoughts_only_if_they_are_asked_for(nlp):
    """As on the command line; the numbers have no holes."""
    text = "Ann Lee hoped it would rain. “It will,” said Bo Lind."
    assert [(quote.id, quote.act) for quote in quotex.extract(text, nlp=nlp).quotes] == [(1, "statement")]
    every = [(1, "thought"), (2, "statement")]
    assert [(quote.id, quote.act) for quote in quotex.extract(text, nlp=nlp, thoughts=True).quotes] == every
    assert [(quote.id, quote.act) for quote in quotex.to_article(nlp(text), thoughts=True).quotes] == every


def test_the_sentences_around_a_quote(nlp):
    """Whole, on one line."""
    text = "It was late.\n\n“We wait,”  said Ann Lee, the mayor. “Come in.” It rained."
    (quote,) = quotex.extract(text, nlp=nlp).quotes
    assert quote.sentence == "“We wait,” said Ann Lee, the mayor. “Come in.”"


def test_the_records_are_frozen(nlp):
    """Nobody changes a result by mistake."""
    article = quotex.extract(TEXT, nlp=nlp)
    with pytest.raises(AttributeError):
        article.quotes[0].type = "direct"  # type: ignore[misc]


@pytest.mark.parametrize(
    "text", ["", " \n\t", ".", "“", "No quotation here.", "\ufeff", "a" * 50_000, "\x00\u202e"]
)
def test_texts_without_quotes(nlp, text):
    """Nothing, next to nothing, a line of 50,000 characters: no quotes, no crash."""
    assert quotex.extract(text, nlp=nlp) == Article("", text)


@settings(max_examples=15)
@given(st.lists(quoted_paragraphs(), min_size=1, max_size=2))
def test_offsets_cut_each_piece_out_of_the_text(paragraphs):
    """Offsets are code points, end-exclusive, whatever the text holds."""
    text = "𝒂\r\n\r\n“We are late,” said Ann Lee.\r\n\r\n" + render(paragraphs, "curly")[0]
    article = quotex.extract(text)
    assert article.quotes
    for quote in article.quotes:
        for span in (*quote.content, *quote.cue, *quote.source):
            assert text[span.start : span.end] == span.text != ""


def test_a_long_text_in_pieces_or_alone_is_read_alike(nlp):
    """`pipe` equals call, in this process and in two others."""
    texts = [TEXT, "", TEXT.replace("\r\n", "\n"), TEXT * 20]
    alone = [quotex.extract(text, nlp=nlp) for text in texts]
    assert [quotex.to_article(doc) for doc in nlp.pipe(texts)] == alone
    assert [quotex.to_article(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=1)] == alone


def test_results_survive_a_doc_bin(nlp):
    """They are kept in span groups, which are stored with a Doc."""
    stored = DocBin(docs=[nlp(TEXT)], store_user_data=True).to_bytes()
    (doc,) = DocBin(store_user_data=True).from_bytes(stored).get_docs(nlp.vocab)
    assert quotex.to_article(doc) == quotex.extract(TEXT, nlp=nlp)


def test_the_pipeline_is_stored_and_loaded_by_spacy(nlp, tmp_path):
    """It is an ordinary Language: its factories are found by their entry points."""
    nlp.to_disk(tmp_path)
    assert quotex.extract(TEXT, nlp=spacy.load(tmp_path)) == quotex.extract(TEXT, nlp=nlp)


def test_the_pipeline_pickles_after_use(nlp):
    """An open model does not pickle; what it was opened from does."""
    again = pickle.loads(pickle.dumps(nlp.get_pipe("quotex_tagger")))
    assert again.opened.folder == nlp.get_pipe("quotex_tagger").opened.folder
