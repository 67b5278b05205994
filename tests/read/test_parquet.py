"""Parquet: rows to articles."""

import gzip
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from quotex.read import Failure, Meter, ReadOptions, read_articles
from quotex.types import Article


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder to stand in."""
    monkeypatch.chdir(tmp_path)


def write(columns, name="a.parquet", **options):
    """Write a table."""
    parquet.write_table(pa.table(columns), name, **options)


def read(name="a.parquet", **options):
    """Read a file."""
    return list(read_articles([name], ReadOptions(**options)))


def test_ids_and_texts_come_back_exactly():
    """Integers are ids, too; without one a row is called after its number."""
    write({"n": [7, None], "id": ["x", None], "text": ["“Yes,”\r\n\n she said. 𝒂", "b"]})
    assert read() == [Article("x", "“Yes,”\r\n\n she said. 𝒂"), Article("a.parquet:2", "b")]
    assert [article.id for article in read(id_key="n")] == ["7", "a.parquet:2"]


def test_kept_columns_are_values_that_json_has():
    """Dates and the like become strings."""
    write(
        {
            "body": ["a"],
            "when": pa.array([datetime(2024, 3, 1, 10, 30)], pa.timestamp("ns")),
            "zoned": pa.array([datetime(2024, 3, 1, 10, 30)], pa.timestamp("ns", "Europe/Dublin")),
            "day": [date(2024, 3, 1)],
            "price": [Decimal("1.50")],
            "raw": [b"caf\xe9"],
            "tags": [["x", None]],
            "place": [{"name": "Cork", "since": date(2024, 3, 1)}],
            "score": [float("nan")],
            "word": pa.array(["w"]).dictionary_encode(),
        }
    )
    keep = ("word", "when", "zoned", "day", "price", "raw", "tags", "place", "score")
    [article] = read(text_key="body", keep=keep)
    assert list(article.meta.items()) == [
        ("word", "w"),
        ("when", "2024-03-01T10:30:00"),
        ("zoned", "2024-03-01T10:30:00+00:00"),
        ("day", "2024-03-01"),
        ("price", "1.50"),
        ("raw", "caf\\xe9"),
        ("tags", ["x", None]),
        ("place", {"name": "Cork", "since": "2024-03-01"}),
        ("score", None),
    ]


def test_a_bad_row_is_named_and_the_rest_is_read():
    """Without text, with nothing in it, with bytes that are no UTF-8."""
    letters = pa.array([b"a", None, b" ", b"caf\xe9", b"e"])
    write({"text": pa.Array.from_buffers(pa.string(), 5, letters.buffers())})
    first, *failures, last = read()
    assert (first, last) == (Article("a.parquet:1", "a"), Article("a.parquet:5", "e"))
    assert failures == [
        Failure(
            "a.parquet:2",
            "[Q112] a.parquet, row 2: 'text' is null, not a string. Correct the row, or pass another --text-key.",
        ),
        Failure("a.parquet:3", "[Q105] a.parquet:3: empty, there is no text in it."),
        Failure(
            "a.parquet:4",
            "[Q108] a.parquet, row 4: cannot be read: "
            "'utf-8' codec can't decode byte 0xe9 in position 3: unexpected end of data.",
        ),
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"text_key": "text"},
            "[Q111] a.parquet: no column 'text'; its columns are 'body', 'n'. Pass --text-key with the right one.",
        ),
        (
            {"text_key": "body", "id_key": "uid"},
            "[Q111] a.parquet: no column 'uid'; its columns are 'body', 'n'. Pass --id-key with the right one.",
        ),
        (
            {"text_key": "body", "keep": ("n", "url")},
            "[Q111] a.parquet: no column 'url'; its columns are 'body', 'n'. Pass --keep with the right one.",
        ),
    ],
)
def test_a_missing_column_fails_the_file_once(options, message):
    """With the columns that there are."""
    write({"body": ["a", "b"], "n": [1, 2]})
    assert read(**options) == [Failure("a.parquet", message)]


def test_a_column_that_is_no_text():
    """Each row says what it is."""
    write({"text": [1], "id": [b"x"]})
    assert read() == [
        Failure(
            "a.parquet:1",
            "[Q112] a.parquet, row 1: 'text' is a number, not a string. "
            "Correct the row, or pass another --text-key.",
        )
    ]
    write({"text": ["a"], "id": [b"x"]})
    assert read() == [
        Failure(
            "a.parquet:1",
            "[Q113] a.parquet, row 1: 'id' is a value of type bytes, not a string or integer. "
            "Correct the row, or pass another --id-key.",
        )
    ]


def test_a_table_without_rows():
    """It is empty."""
    write({"text": pa.array([], pa.string())})
    assert read() == [Failure("a.parquet", "[Q105] a.parquet: empty, there is no text in it.")]


def test_a_file_that_breaks_off():
    """Its table of contents is at the end, so that nothing can be read."""
    write({"text": ["a"] * 100})
    Path("a.parquet").write_bytes(Path("a.parquet").read_bytes()[:-20])
    [failure] = read()
    assert failure.doc == "a.parquet"
    assert failure.message.startswith("[Q119] a.parquet: broken (Parquet magic bytes not found in footer.")
    assert failure.message.endswith("); nothing can be read from there on. Get the file again.")


def test_damage_in_the_middle():
    """Rows before it are read."""
    write({"text": [f"text {n**99}" for n in range(2000)]}, row_group_size=1000, use_dictionary=False)
    data = bytearray(Path("a.parquet").read_bytes())
    at = parquet.read_metadata("a.parquet").row_group(1).column(0).data_page_offset
    data[at : at + 100] = b"\xff" * 100
    Path("a.parquet").write_bytes(data)
    *articles, failure = read()
    assert [article.text for article in articles] == [f"text {n**99}" for n in range(1000)]
    assert failure.message.startswith("[Q119] a.parquet: broken (")


def test_packed_as_a_whole():
    """It is unpacked in memory."""
    write({"text": ["a", "b"]})
    Path("b.parquet.gz").write_bytes(gzip.compress(Path("a.parquet").read_bytes()))
    assert read("b.parquet.gz") == [Article("b.parquet.gz:1", "a"), Article("b.parquet.gz:2", "b")]


def test_batches_and_row_groups_do_not_show():
    """All rows come, numbered through; the meter goes from nothing to the size of the file."""
    write({"text": [f"text {n}" for n in range(1000)], "other": ["x"] * 1000}, row_group_size=300)
    meter, shares = Meter(), []
    for number, article in enumerate(read_articles(["a.parquet"], ReadOptions(meter=meter)), start=1):
        assert (article.id, article.text) == (f"a.parquet:{number}", f"text {number - 1}")
        shares.append(meter.n_read)
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert meter.n_read == Path("a.parquet").stat().st_size


def test_without_its_package(monkeypatch):
    """It is named, and the rest is read."""
    write({"text": ["a"]})
    Path("b.txt").write_text("b")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert list(read_articles(["a.parquet", "b.txt"], ReadOptions())) == [
        Failure(
            "a.parquet",
            "[Q117] a.parquet: reading Parquet needs a package that is not here (pyarrow). "
            "Run: pip install 'quotex[parquet]'",
        ),
        Article("b.txt", "b"),
    ]


def test_columns_in_any_case_and_objects_in_them():
    """Keys with dots lead into structs; only the columns that are needed are read."""
    columns = {"ID": ["x"], "content": [{"Body": "a", "n": 1}], "source": [{"name": "Post"}], "big": ["y"]}
    write(columns)
    keep = ("source.name", "Content.N")
    assert read(text_key="content.body", keep=keep) == [
        Article("x", "a", meta={"source.name": "Post", "Content.N": 1})
    ]
