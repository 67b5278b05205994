"""Values that are not what they must be, wherever a format has our record: told, and never passed on."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from html import escape
from math import inf
from pathlib import Path

import pytest
from spacy.tokens import DocBin

from quotex.convert import FORMATS, STORED
from quotex.convert.docbin import make_doc
from quotex.convert.parts import Losses
from quotex.convert.texts import Texts
from quotex.errors import InputError
from quotex.read import ReadOptions
from quotex.records import make_rows
from quotex.results import Results
from quotex.types import CONTENT, SPEAKERS, Article, Quote, Span, Speaker
from quotex.write.sqlite import SqliteWriter
from tests.convert.forms import need_packages

ANN = Speaker("ann", "Ann Lee", "org", ("Lee",), ("the mayor",), (5,), "Ora Club", "they")
QUOTE = Quote(
    5, "indirect", "thought", (Span(0, 5, "It is"),), (), (), ANN, 0.625, 2, closed=False, within=7, sentence="It."
)
ARTICLE = Article("a", "It is so.", (QUOTE,), (ANN,), {"url": "x"})
GOOD = {
    "paragraph": 2,
    "within": 7,
    "confidence": 0.625,
    "closed": False,
    "sentence": "It.",
    "type": "indirect",
    "act": "thought",
    "name": "Ann Lee",
    "kind": "org",
    "aliases": ["Lee"],
    "descriptions": ["the mayor"],
    "quotes": [5],
    "affiliation": "Ora Club",
    "pronoun": "they",
    "meta": {"url": "x"},
}
NUMBERS = (10**30, 10**12, 0, -1, 1.5, True, "7", '"/><evil/>', [1], {"a": 1}, [[1]])
HALF = "\ud800"  # of a character
TEXTS = (7, True, ["x"], {"a": "b"}, [])
LISTS = ("x", 7, True, {"a": 1}, [1], [["a"]], [None], {}, "", [HALF])
WRONG = {
    **dict.fromkeys(("id", "paragraph", "within"), NUMBERS),
    "confidence": (10**30, -1, True, "0.5", [0.5], float("nan"), float("inf"), ""),
    "closed": (1, 0, "no", [True], {}),
    **dict.fromkeys(("type", "act", "kind", "pronoun"), TEXTS),
    **dict.fromkeys(("sentence", "name", "affiliation"), (*TEXTS, HALF)),
    "aliases": LISTS,
    "descriptions": LISTS,
    "quotes": ("x", 7, {"a": 1}, ["x"], [10**30], [[1]], ""),
    "meta": (7, "x", [1], [["a", 1]], True, "", []),
}
# What can be corrected in the tool stands beside our record, and counts.
SHOWN = {"brat": ("type", "act"), "label-studio": ("type", "act"), "xmi": ("type", "act", "kind")}
FORMS = ("jsonl", "json", "prodigy", "label-studio", "brat", "conll", "xmi")
KEYS = [(name, key) for name in FORMS for key in GOOD if key not in SHOWN.get(name, ())]
OF_SPEAKERS = ("name", "kind", "aliases", "descriptions", "quotes", "affiliation", "pronoun")
UNPACKABLE = (10**30, [10**30], HALF, [HALF])  # by msgpack, which a DocBin is made of


def store(name: str, path: Path) -> Path:
    """Write the article; returns the file that has its record."""
    need_packages(name)
    FORMATS[name].write(path, [ARTICLE], Losses())
    return next(path.rglob(f"*{FORMATS[name].suffixes[0]}")) if path.is_dir() else path


def spoil(file: Path, key: str, value: object) -> None:
    """Put a value in the place of the good one, in JSON, in JSON within JSON, or in XML."""
    good, bad = (f'"{key}": {json.dumps(one)}' for one in (GOOD[key], value))
    data = file.read_text("utf-8")
    changed = data
    for wrap in (str, lambda text: json.dumps(text)[1:-1], escape):
        changed = changed.replace(wrap(good), wrap(bad))
    assert changed != data
    file.write_text(changed, "utf-8")


@pytest.mark.parametrize(
    ("name", "key", "value"), [(name, key, value) for name, key in KEYS for value in WRONG[key]]
)
def test_wrong_values_are_told(name, key, value, tmp_path):
    """With the name of the file and the number of the message."""
    spoil(store(name, tmp_path / "out"), key, value)
    with pytest.raises(InputError) as told:
        list(FORMATS[name].read(tmp_path / "out", Losses(), Texts()))
    assert str(told.value).startswith(("[Q802]", "[Q402]"))
    assert str(tmp_path / "out") in str(told.value)


@pytest.mark.parametrize(("name", "key"), [(name, key) for name, key in KEYS if key != "name"])
def test_null_is_worked_out(name, key, tmp_path):
    """As where it is missing."""
    spoil(store(name, tmp_path / "out"), key, None)
    [article] = FORMATS[name].read(tmp_path / "out", Losses(), Texts())
    assert (article.id, article.quotes[0].content) == (ARTICLE.id, QUOTE.content)


@pytest.mark.parametrize("value", [7, True, ["x"], {"a": "b"}, HALF])
@pytest.mark.parametrize("name", ["jsonl", "json"])
def test_a_text_that_is_none_is_told(name, value, tmp_path):
    """Before, it was looked for elsewhere."""
    file = store(name, tmp_path / "out")
    data = file.read_text("utf-8")
    file.write_text(data.replace('"text": "It is so."', f'"text": {json.dumps(value)}'), "utf-8")
    with pytest.raises(InputError, match=r"\[Q802\] .*out"):
        list(FORMATS[name].read(tmp_path / "out", Losses(), Texts()))


@pytest.mark.parametrize("value", NUMBERS)
@pytest.mark.parametrize("name", ["jsonl", "prodigy", "brat", "conll"])
def test_wrong_numbers_of_quotes_are_told(name, value, tmp_path):
    """Here and not later, where somebody writes the number in another format."""
    file = store(name, tmp_path / "out")
    data = file.read_text("utf-8")
    changed = data.replace('"id": 5', f'"id": {json.dumps(value)}')
    assert changed != data
    file.write_text(changed, "utf-8")
    with pytest.raises(InputError, match=r"\[Q802\] .*out"):
        list(FORMATS[name].read(tmp_path / "out", Losses(), Texts()))


@pytest.mark.parametrize(
    ("key", "value"),
    [(key, value) for key in GOOD if key != "meta" for value in WRONG[key] if value not in UNPACKABLE],
)
def test_wrong_values_in_a_doc_are_told(key, value, tmp_path):
    """Of spaCy's own format, which stores our records as they are."""
    doc = make_doc(ARTICLE)
    group = SPEAKERS if key in OF_SPEAKERS else CONTENT
    doc.spans[group].attrs["records"][0][key] = value
    path = tmp_path / "a.spacy"
    path.write_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes())
    with pytest.raises(InputError, match=r"\[Q802\] .*a\.spacy"):
        list(FORMATS["spacy"].read(path, Losses(), Texts()))


def test_a_place_behind_the_text_of_a_doc_is_told(tmp_path):
    """The words there would be cut short."""
    doc = make_doc(ARTICLE)
    doc.spans[CONTENT].attrs["records"][0]["content"] = [[0, 100]]
    path = tmp_path / "a.spacy"
    path.write_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes())
    with pytest.raises(InputError, match=r"\[Q802\] .*a\.spacy"):
        list(FORMATS["spacy"].read(path, Losses(), Texts()))


@pytest.mark.parametrize("key", ["paragraph", "within", "confidence"])
@pytest.mark.parametrize("value", [str(10**30), "-1", "1e400", "x", "", "nan", "&quot;/>"])
def test_wrong_numbers_in_tei_are_told(key, value, tmp_path):
    """They are text there."""
    file = store("tei", tmp_path / "out.tei")
    good, bad = (f'<f name="{key}"><numeric value="{one}"/>' for one in (GOOD[key], value))
    data = file.read_text("utf-8")
    assert good in data
    file.write_text(data.replace(good, bad), "utf-8")
    with pytest.raises(InputError, match=r"\[Q802\] .*out\.tei"):
        list(FORMATS["tei"].read(file, Losses(), Texts()))


PLACES = ("x", "7", "{}", "[7]", "[[0,100]]", "[[3,1]]", "[[-2,1]]", "[[0.5,1]]", "[null]", b"\xff")
OF_TEXTS = ("x", "7", "{}", "[1]", "[null]", '["\\ud800"]', b"\xff")
CELLS = {
    ("articles", "doc"): (b"\xff",),
    ("articles", "text"): ("It", b"\xff"),
    **{("speakers", key): (b"\xff",) for key in ("key", "name", "kind", "affiliation", "pronoun")},
    **{("speakers", key): OF_TEXTS for key in ("aliases", "descriptions")},
    **{("quotes", key): (10**12, 0, -1, 1.5, "x", "", b"\xff") for key in ("number", "paragraph", "within")},
    **{("quotes", key): PLACES for key in ("pieces", "cue_pieces", "source_pieces")},
    **{("quotes", key): (b"\xff",) for key in ("type", "act", "sentence")},
    ("quotes", "quote"): ("It was", b"\xff"),
    ("quotes", "confidence"): (7, -1, "x", float("inf"), b"\xff"),
}


def store_database(path: Path) -> Path:
    """Write the article, as `quotex extract` does."""
    writer = SqliteWriter(path, keep=("url",))
    writer.write(ARTICLE)
    writer.close()
    return path


@pytest.mark.parametrize(
    ("table", "column", "value"), [(*cell, value) for cell, values in CELLS.items() for value in values]
)
def test_wrong_values_in_a_database_are_told(table, column, value, tmp_path):
    """Where they are converted; where they are only counted, what counting needs is told."""
    path = store_database(tmp_path / "a.db")
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"UPDATE {table} SET {column} = ?", (value,))
        database.commit()
    with pytest.raises(InputError, match=r"\[Q(802|403|404|405|410)\] .*a\.db"):
        list(STORED["sqlite"].read(path, Losses(), Texts()))
    [found] = Results([str(path)], ReadOptions())
    assert isinstance(found, Article) or found.message.startswith("[Q152] ")


OTHERS = {
    **dict.fromkeys(("id", "paragraph", "within"), (10**12, 0, -1, 1.5, True, "7", b"\xff", [1])),
    **dict.fromkeys(("content", "cue", "source"), (7, "x", b"\xff", [1], [["x"]], [{"start": 0, "end": 100}])),
    "doc": (True, b"\xff", ["x"], datetime(2026, 1, 1)),
    **dict.fromkeys(("type", "act", "sentence"), (7, True, b"\xff", ["x"], datetime(2026, 1, 1))),
    "confidence": (7, -1, "0.5", b"\xff", float("nan"), [0.5], datetime(2026, 1, 1)),
    "speaker": (7, b"\xff", [1], {"id": "ann", "name": 7, "kind": "person"}, datetime(2026, 1, 1)),
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in OTHERS.items() for value in values])
def test_wrong_values_in_parquet_are_told(key, value, tmp_path):
    """Columns may be of any type there."""
    path = store_parquet(tmp_path, {key: value})
    with pytest.raises(InputError, match=r"\[Q(802|403|404)\] .*a\.parquet"):
        list(STORED["parquet"].read(path, Losses(), Texts([str(tmp_path / "a.txt")])))
    [found] = Results([str(path)], ReadOptions())
    assert isinstance(found, Article) or found.message.startswith("[Q152] ")


def store_parquet(folder: Path, changed: dict[str, object]) -> Path:
    """Write the article, with other values in some columns, and its text beside it."""
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    article = replace(ARTICLE, id=str(folder / "a.txt"))
    (folder / "a.txt").write_text(article.text, "utf-8")
    [row] = make_rows(article)
    parquet.write_table(pa.Table.from_pylist([row | changed]), folder / "a.parquet")
    return folder / "a.parquet"


@pytest.mark.parametrize(
    ("value", "kept"),
    [(b"\xff", "\\xff"), (datetime(2026, 1, 1), "2026-01-01T00:00:00"), (Decimal("1.5"), "1.5"), (inf, None)],
)
def test_what_json_has_not_is_carried_along_as_text(value, kept, tmp_path):
    """In columns that others have added, it ended in an error where JSON was written."""
    path = store_parquet(tmp_path, {"other": value})
    [article] = STORED["parquet"].read(path, Losses(), Texts([str(tmp_path / "a.txt")]))
    FORMATS["jsonl"].write(tmp_path / "out", [article], Losses())
    assert json.loads((tmp_path / "out").read_text("utf-8"))["meta"] == {"other": kept}


def test_bytes_in_a_database_are_carried_along_as_text(tmp_path):
    """A cell may have any type there."""
    path = store_database(tmp_path / "a.db")
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE articles SET url = ?", (b"\xff",))
        database.commit()
    [article] = STORED["sqlite"].read(path, Losses(), Texts())
    assert article.meta == {"url": "\\xff"}


@pytest.mark.parametrize("name", FORMATS)
def test_half_a_character_in_a_name_is_kept(name, tmp_path):
    """Where `extract` has read a file whose name has a byte that is no text."""
    need_packages(name)
    article = replace(ARTICLE, id="n\udce9.txt", meta={"file\udce9": "n\udce9.txt"})
    FORMATS[name].write(tmp_path / "out", [article], losses := Losses())
    [found] = FORMATS[name].read(tmp_path / "out", Losses(), Texts())
    assert found.text == article.text
    assert (found.id, found.meta) == (article.id, article.meta) or +losses
