"""Each format gives back what it was given; what it cannot hold is counted."""

import warnings
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from quotex.convert import FORMATS
from quotex.convert.parts import Losses
from quotex.convert.texts import Texts
from quotex.errors import InputError
from tests.convert.forms import need_packages
from tests.strategies import marked_articles

FILES = [name for name, form in FORMATS.items() if not form.in_folder]


@pytest.mark.parametrize("name", FORMATS)
def test_round_trip(name, hard, plain, tmp_path):
    """Read back equal, nothing lost."""
    need_packages(name)
    path, losses = tmp_path / "out", Losses()
    FORMATS[name].write(path, [hard, plain], losses)
    assert list(FORMATS[name].read(path, losses, Texts())) == [hard, plain]
    assert +losses == Losses()


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(one=marked_articles(), other=marked_articles())
def test_any_text(name, one, other):
    """Whatever it is and whatever it is called, places are right, and where nothing is lost no text is changed."""
    need_packages(name)
    articles = [
        replace(one, quotes=tuple(replace(q, content=q.content[:1], cue=(), source=()) for q in one.quotes))
        for one in (one, other)
    ]
    losses = Losses()
    with TemporaryDirectory() as folder:
        path = Path(folder, "out")
        FORMATS[name].write(path, articles, losses)
        found = list(FORMATS[name].read(path, losses, Texts()))
    assert +losses or sorted(one.text for one in found) == sorted(one.text for one in articles)
    for article in found:
        for quote in article.quotes:
            assert all(article.text[span.start : span.end] == span.text for span in quote.content)


@pytest.mark.parametrize("text", ["", " \r\n\r\n"])
@pytest.mark.parametrize("name", FORMATS)
def test_articles_without_a_word(name, text, plain, tmp_path):
    """Among others; where the text is not kept, that is counted."""
    need_packages(name)
    losses = Losses()
    FORMATS[name].write(tmp_path / "out", [replace(plain, id="a", text=text), plain], losses)
    first, second = FORMATS[name].read(tmp_path / "out", losses, Texts())
    assert (first.id, second) == ("a", plain)
    assert first.text == text or +losses


@pytest.mark.parametrize("name", ["brat", "xmi"])
def test_every_article_has_its_files(name, hard, tmp_path):
    """Ids that are the same, or differ in capitals only, or would be files where others need folders."""
    need_packages(name)
    ids = ["a", "a", "A", "a-2", "../a", "a.ann/b", "a.xmi/b", "a.txt/b", "con", "x" * 300, "x" * 300 + "y"]
    FORMATS[name].write(tmp_path, [replace(hard, id=id) for id in ids], losses := Losses())
    assert sorted(one.id for one in FORMATS[name].read(tmp_path, losses, Texts())) == sorted(ids)
    assert +losses == Losses()


@pytest.mark.parametrize(
    ("name", "ours", "other"),
    [
        ("brat", '"name"', '"nam"'),
        ("tei", "<symbol ", "<!-- "),
        ("tei", 'n="1"', 'n="one"'),
        ("conll", '"name"', '"nam"'),
        ("prodigy", '"start"', '"begin"'),
        ("label-studio", '"text"', '"words"'),
        ("jsonl", '"aliases": ["Lee"', '"aliases": [1'),
    ],
)
def test_what_is_wrong_in_a_file_is_told(name, ours, other, hard, tmp_path):
    """By name, whatever it is."""
    path = tmp_path / "out"
    FORMATS[name].write(path, [hard], Losses())
    file = next(path.rglob("*.ann")) if path.is_dir() else path
    data = file.read_text("utf-8")
    changed = data.replace(ours, other)
    assert changed != data
    file.write_text(changed, "utf-8")
    with pytest.raises(InputError, match=r"\[Q"):
        list(FORMATS[name].read(path, Losses(), Texts()))


def test_what_cassis_does_not_know_is_no_warning_with_raw_text(hard, tmp_path):
    """Names of types come from the file, and a terminal obeys what is in them."""
    need_packages("xmi")
    path = tmp_path / "out"
    FORMATS["xmi"].write(path, [hard], Losses())
    file = next(one for one in path.rglob("*.xmi"))
    data = file.read_text("utf-8")
    file.write_text(data.replace("webanno/custom.ecore", "webanno/cus\x9b31mtom.ecore"), "utf-8")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with suppress(InputError):
            list(FORMATS["xmi"].read(path, Losses(), Texts()))
    assert [str(one.message) for one in told] == []
