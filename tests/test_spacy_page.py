"""docs/spacy.md is true: what it shows of Python is run, its stages and settings are those of the code."""

import doctest
import re

import spacy

from quotex.extraction import STAGES
from quotex.pipeline.notes import take_notes
from tests.paths import ROOT
from tests.tools.readme import PYTHON

PAGE = (ROOT / "docs" / "spacy.md").read_text("utf-8")


def test_python():
    """As a doctest, from top to bottom."""
    blocks = PYTHON.findall(PAGE)
    assert len(blocks) == PAGE.count("```python\n") > 5
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "spacy.md", "spacy.md", 0)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
    assert "".join(report) == ""


def test_stages_and_settings():
    """Each stage, what it writes and what can be set in it."""
    nlp = spacy.blank("quotex_en")
    doc = nlp.make_doc("“We saw ‘it’,” said Ann Lee.")
    for stage in STAGES:
        written = set(doc.spans)
        component = nlp.add_pipe(stage)
        doc = component(doc)
        row = re.search(rf"^\| `{stage}` \|(.*)\|(.*)\|$", PAGE, re.MULTILINE)
        assert row, stage
        assert set(re.findall(r"`(\w+)`", row[1])) == set(doc.spans) - written
        assert set(re.findall(r"`(\w+)`", row[2])) - {"None"} == set(nlp.get_pipe_config(stage)) - {"factory"}
    assert take_notes(doc).statements is None


def test_settings_of_the_component():
    """All of them."""
    nlp = spacy.blank("en")
    nlp.add_pipe("quotex")
    config = nlp.get_pipe_config("quotex")
    table = PAGE[PAGE.index("| setting of") :].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(config) - {"factory"}
