"""The table of all development sets, without a model."""

import json

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from quotex.evaluation import AnnotatedText, Annotation
from quotex.pipeline.results import set_results
from quotex.types import NAMES, Quote, Speaker
from tests.benchmarks import dev_sets
from tests.benchmarks.dev_sets import HEADER, NOTHING, Item, make_row, measure, read_set
from tests.conftest import cut

TEXT = "Ann Lee said it rained."


@Language.component("find_ann_lee")
def find_ann_lee(doc: Doc) -> Doc:
    """Find one quote, of `Ann Lee`, and her name."""
    said, cue, source = ((cut(part, doc.text),) for part in ("it rained", "said", "Ann Lee"))
    ann = Speaker("ann-lee", "Ann Lee", "person", quotes=(1,))
    set_results(doc, [Quote(1, "indirect", "statement", said, cue, source, ann, 1.0, 1)], [ann])
    doc.spans[NAMES] = [doc.char_span(0, 7, label="person")]
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
    assert row == ["texts", 1, 1, *[NOTHING, 100.0] * 3, 100.0, 100.0, NOTHING]
    assert len(row) == len(HEADER)


def test_what_is_not_marked(nlp):
    """Has no figures."""
    names = make_row("names_dev", 1, measure([Item(TEXT, names={})], nlp, thoughts=False))
    assert names == ["names_dev", 1, *[NOTHING] * 8, 0.0, NOTHING]
    quotes = make_row("news_dev", 1, measure([Item(TEXT, AnnotatedText("a", TEXT, ()))], nlp, thoughts=False))
    assert quotes == ["news_dev", 1, 0, *[NOTHING, 0.0] * 3, *[NOTHING] * 3]


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
    assert len(items) == 46
    assert all(item.quotes and item.names for item in items)
