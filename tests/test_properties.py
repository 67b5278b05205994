"""The whole pipeline over texts that nobody would write: no crash, every text at its place, twice the same."""

import gc
import os
import subprocess
import sys
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import quotex
from quotex.errors import InputError
from quotex.types import PARAGRAPHS, QUOTED, Article
from tests.benchmarks.common import ONE_THREAD
from tests.benchmarks.hostile import ALL, find_exponent, grow
from tests.hostile import LAYOUTS, MARKS, NEWS, RUNS, SHAPES, person
from tests.invariants import check_found
from tests.paths import ROOT
from tests.serve.conftest import load_marks
from tests.strategies import MARK_STYLES, hostile_texts

NLP = quotex.load()
FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
SLOW = 20.0  # seconds of CPU; what is linear takes one on a slow machine, what is quadratic took a minute

# One of each kind: what joins, hides, turns or ends what is beside it.
ODD = [
    *("\u0301", "\u200b", "\u200d", "\ufe0f", "\u00ad", "\ufeff", "\u2060"),
    *("\u202e", "\u202c", "\u2067", "\u2069", "\u200f"),
    *("\x00", "\x1b[2J", "\x7f", "\x85", "\ufffd", "\uffff", "\U0010ffff"),
    *("\n", "\r", "\r\n", "\u2028", "\u2029", "\v", "\f", "\t", "\xa0", "\u3000", "\x1c"),
    *("\U0001f469\u200d\U0001f692", "\U0001f1f3\U0001f1f4", "\U0001d482", "ﬁ", "İ", "ß", "ǆ", "ﷺ", "ก", "नि", "א"),
    *('"', "“", "”", "‘", "’", "'", "«", "»", "``", "''", "„", "(", ")", "[", "]", "—", "…", ":", ".", ","),
]
FRAMES = [
    "{open}{said}{close} said {name}, the mayor.",
    "{name} said that {said}",
    "{said}, according to {name}.",
    "{name}: {open}{said}{close}",
    "{open}{said},{close} she said. {open}{said}",
    "Q: {said}?",
    "By {name}",
    "{name} ({said}) told {name} she was {open}{said}{close}.",
]


@st.composite
def news(draw: st.DrawFn) -> str:
    """Paragraphs as news has them, with something odd put in anywhere, or something taken out."""
    paragraphs = []
    for _ in range(draw(st.integers(1, 4))):
        left, right, *_ = draw(st.sampled_from(sorted(MARK_STYLES.values())))
        frame = draw(st.sampled_from(FRAMES))
        said = draw(st.sampled_from(["it was late", "We are ready", "nobody knew of ‘this’", "I", ""]))
        paragraphs.append(frame.format(open=left, close=right, said=said, name=person(draw(st.integers(0, 99)))))
    text = draw(st.sampled_from(["\n", "\n\n", "\r\n\r\n", " ", "\u2029"])).join(paragraphs)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(ODD)) + text[at + draw(st.integers(0, 3)) :]
    return text


def read(text: str) -> Article:
    """Read a text, twice; see that all is well with what comes out."""
    article = quotex.extract(text, nlp=NLP)
    assert article.text == text
    check_found(article)
    assert quotex.extract(text, nlp=NLP) == article
    return article


@FEW
@given(news())
def test_news_with_something_odd_in_it(text):
    """Marks that are lost, characters that nobody sees, line ends of all kinds."""
    read(text)


@FEW
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | hostile_texts())
def test_any_text(text):
    """Whatever Unicode has."""
    read(text)


@FEW
@given(st.lists(st.sampled_from([*ODD, "a", "Ann Lee", "said", " ", "I", "7", "'s"]), max_size=40).map("".join))
def test_a_heap_of_odd_things(text):
    """More of them than of words."""
    read(text)


@pytest.mark.parametrize("text", ["\ud800", "“Yes,” said Ann \udfff Lee.", "\udc80\ud83d"])
def test_half_of_a_surrogate_pair(text):
    """It is no text, and the message says so."""
    with pytest.raises(InputError, match="Q114"):
        quotex.extract(text, nlp=NLP)


@pytest.mark.parametrize(
    "text",
    [
        "I said that it is late and we told them so.\n\n“Yes.” “No.”",
        '"It is late," - said.',
        "“It is late,” said the.",
        "— said the —.",
    ],
)
def test_texts_that_fell(text):
    """They ended in an error, or in a speaker whose name has no letters."""
    assert all(any(map(str.isalnum, speaker.name)) for speaker in read(text).speakers)


@pytest.mark.parametrize("name", SHAPES)
def test_a_bit_of_each_shape(name):
    """What grows in some odd way, still short."""
    write = SHAPES[name]
    read(write(max(1, 40_000 // len(write(100)))))


@pytest.mark.slow
@pytest.mark.parametrize("name", [*RUNS, *MARKS, *LAYOUTS])
def test_stages_without_a_model_are_linear(name):
    """Twenty seconds are far more than 20,000 characters take, and less than if time grew as their square."""
    write, nlp = SHAPES[name], load_marks()
    text = write(2_000_000 // len(write(100)))
    start = process_time()
    assert nlp(text).text == text
    assert process_time() - start < SLOW


@pytest.mark.slow
@pytest.mark.parametrize("name", NEWS)
def test_all_stages_are_linear(name):
    """Up to noise; tests/benchmarks/hostile.py measures longer texts."""
    gc.collect()
    gc.freeze()
    try:
        lengths, seconds = grow(NLP, name, NLP.pipe_names, 1_000, 3)
    finally:
        gc.unfreeze()
    assert find_exponent(lengths, seconds[ALL]) < 1.5


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["a", "\u200b", "a\u0301", "😀"])
def test_a_million_characters_without_a_space(unit):
    """They are read to the end."""
    read(unit * (1_000_000 // len(unit)))


@pytest.mark.slow
@pytest.mark.parametrize("unit", ['"', "“", "’", "“‘", "“«„\"'›"])
def test_ten_thousand_marks(unit):
    """Of one kind, and of all."""
    read(unit * (10_000 // len(unit)))


@pytest.mark.slow
def test_two_hundred_thousand_paragraphs():
    """Each is one; the first and the last have what is said in them, and all stages come to the end."""
    said = "“Yes,” said Ann Lee."
    text = f"{said}\n\n" + "a\n\n" * 199_998 + said
    doc = NLP(text)
    assert len(doc.spans[PARAGRAPHS]) == 200_000
    found = [quote.content[0] for quote in quotex.to_article(doc).quotes]
    assert {(piece.start, piece.text) for piece in found} >= {(1, "Yes,"), (len(text) - len(said) + 1, "Yes,")}


READ_AND_MEASURE = """
import sys
import quotex
from tests.benchmarks.common import find_peak_mb
from tests.hostile import SHAPES
nlp, write = quotex.load(), SHAPES[sys.argv[1]]
quotex.extract("“Yes,” said Ann Lee. " * 200, nlp=nlp)
before = find_peak_mb()
for n_chars in map(int, sys.argv[2:]):
    text = write(100 * n_chars // len(write(100)))
    quotex.extract(text, nlp=nlp)
    print((find_peak_mb() - before) * 1e6 / len(text))
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["two kinds of openings", "questions and answers", "people"])
def test_memory_grows_as_the_text_does(name):
    """By a kilobyte a character, up to twice that, and in a longer text as well."""
    command = [sys.executable, "-c", READ_AND_MEASURE, name, "20000", "80000"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | ONE_THREAD, capture_output=True, text=True, check=True
    )
    bytes_a_character = [float(line) for line in done.stdout.split()]
    assert len(bytes_a_character) == 2
    assert max(bytes_a_character) < 2_000


def test_nested_a_thousand_deep():
    """Marks of two kinds in turn; each pair is found."""
    doc = load_marks()("“«" * 500 + "yes" + "»”" * 500)
    assert sorted(int(span.kb_id_) for span in doc.spans[QUOTED]) == list(range(1_000))


def test_a_text_without_a_full_stop():
    """What is found grows as the text does: its one sentence is not said again with each of its quotes."""
    article = read("“It is late,” she said and " * 250)
    assert len(article.quotes) > 100
    assert len(article.to_json()) < 50 * len(article.text)


def test_many_people_at_once():
    """Each has a record of their own, and each quote its speaker's."""
    article = read(NEWS["people"](40))
    named = [speaker.name for speaker in article.speakers]
    assert len(set(named)) == len(named) > 35  # in a list of nothing but these the network may miss one
    assert set(named) <= {person(number) for number in range(40)}
