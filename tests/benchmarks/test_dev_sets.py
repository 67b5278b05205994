"""The table of all development sets, without a model."""

import json

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from quotex.evaluate import AnnotatedText, Annotation
from quotex.types import CONTENT, CUE, NAMES, PARAGRAPHS, SOURCE, SPEAKERS
from tests.benchmarks import dev_sets
from tests.benchmarks.dev_sets import HEADER, NOTHING, Item, make_row, measure, read_set

TEXT = "Ann Lee said it rained."


@Language.component("find_ann_lee")
def find_ann_lee(doc: Doc) -> Doc:
    """Find one quote, of `Ann Lee`, and her name."""
    doc.spans[PARAGRAPHS] = [doc[:]]
    for key, part in ((CONTENT, "it rained"), (CUE, "said"), (SOURCE, "Ann Lee")):
        start = doc.text.index(part)
        doc.spans[key] = [doc.char_span(start, start + len(part), label="indirect", span_id="1")]
    doc.spans[CONTENT].attrs["1"] = {"act": "statement", "confidence": 1.0, "closed": True, "within": None}
    doc.spans[NAMES] = [doc.char_span(0, 7, label="person")]
    doc.spans[SPEAKERS] = []
    doc.spans[SPEAKERS].attrs["ann-lee"] = {
        **{"name": "Ann Lee", "kind": "person", "aliases": [], "descriptions": [], "affiliation": None},
        **{"quotes": [1], "sure": [1.0]},
    }
    return doc


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("find_ann_lee")
    return nlp


def test_quotes_and_names(nlp):
    """One run for both; quotes in marks and bodies there are none."""
    quote = Annotation(((13, 22),), ((8, 12),), ((0, 7),), "Ann Lee", "person")
    item = Item(TEXT, AnnotatedText("a", TEXT, (quote,)), {"person": [(0, 7)], "place": [(0, 3)]})
    row = make_row("texts", 1, measure([item], nlp, thoughts=False))
    assert row == ["texts", 1, 1, 0.0, 100.0, 0.0, 100.0, 0.0, 100.0, 100.0, 100.0, 0.0]
    assert len(row) == len(HEADER)


def test_what_is_not_marked(nlp):
    """Has no figures."""
    names = make_row("names_dev", 1, measure([Item(TEXT, names={})], nlp, thoughts=False))
    assert names == ["names_dev", 1, *[NOTHING] * 8, 0.0, 0.0]
    quotes = make_row("news_dev", 1, measure([Item(TEXT, AnnotatedText("a", TEXT, ()))], nlp, thoughts=False))
    assert quotes == ["news_dev", 1, 0, *[0.0] * 7, NOTHING, NOTHING]


def test_the_command(nlp, monkeypatch, tmp_path, capsys):
    """A line a set, those asked for."""
    monkeypatch.setattr("quotex.extraction.load", lambda model: nlp)
    rows = {
        "news_dev": {"quotes": [{"content": [[13, 22]], "source": [[0, 7]]}]},
        "names_dev": {"mentions": [{"start": 0, "end": 7, "type": "person"}]},
    }
    for name, row in rows.items():
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": "a", "text": TEXT, **row}), "utf-8")
    dev_sets.main([str(tmp_path), *rows])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines[2:]] == list(rows)


def test_an_unknown_set(capsys):
    """Is named."""
    with pytest.raises(SystemExit):
        dev_sets.main([".", "news"])
    assert "no set news" in capsys.readouterr().err


def test_our_own_texts_have_both(tmp_path):
    """They need no folder."""
    items = read_set("texts", tmp_path)
    assert len(items) == 30
    assert all(item.quotes and item.names for item in items)
