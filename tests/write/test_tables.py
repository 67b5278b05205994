"""Files made from a spool: SQLite and Parquet; and the spool itself."""

import json
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotex.errors import UsageError
from quotex.records import CONFIDENCE_DIGITS, make_article, make_rows, pack_article, read_article
from quotex.types import Article
from quotex.write import Output, make_file_writer
from tests.strategies import marked_articles

NEXT = Article("b.txt", "Nothing.", meta={"url": None, "n": 7})


def write(path, *written, keep=(), texts=True):
    """Write articles to a file."""
    output = Output(str(path))
    writer = make_file_writer(
        {".db": "sqlite", ".parquet": "parquet"}[path.suffix], output, keep=keep, texts=texts
    )
    for article in written:
        writer.write(article)
    writer.close()
    output.complete()
    assert [left.name for left in path.parent.iterdir()] == [path.name]


@pytest.fixture
def carrying(article):
    """The article, with a column to carry along whose name is taken, and two others."""
    return replace(article, meta={"url": "https://example.org/ü", "id": "x1", "n": 1.5, "tags": ["a", "b"]})


def query(path, sql):
    """Ask a database."""
    database = sqlite3.connect(path)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def test_sqlite(tmp_path, carrying):
    """Articles, speakers and quotes with their keys; columns carried along stand with the articles."""
    path = tmp_path / "q.db"
    write(path, carrying, NEXT, keep=("url", "id", "n", "tags"))
    assert query(path, "SELECT * FROM articles") == [
        (1, "news/a.txt", 3, carrying.text, "https://example.org/ü", "x1", 1.5, '["a", "b"]'),
        (2, "b.txt", 0, "Nothing.", None, None, 7, None),
    ]
    assert [row[1] for row in query(path, "PRAGMA table_info(articles)")] == [
        *("id", "doc", "n_quotes", "text", "url", "meta_id", "n", "tags"),
    ]
    assert query(path, "SELECT * FROM speakers") == [
        (1, 1, "ann-lee", "Ann Lee", "person", None, "the mayor", "Ora", '["she"]', '["the mayor", "a lawyer"]', 2)
    ]
    assert query(path, "SELECT * FROM quotes WHERE number <> 2") == [
        (
            *(1, 1, 1, 1, "direct", "statement", "said", "Ann Lee, the mayor", "We are ready, … Come in."),
            *(carrying.quotes[0].sentence, 1, 50, "[[1, 14], [42, 50]]", 1, 0.988, None),
            *("[[16, 20]]", "[[21, 39]]"),
        ),
        (
            *(3, 1, 3, None, "mixed", "statement", "", "", "Nobody 𝒂sked us", "", 90, 105, "[[90, 105]]", 3, 1.0),
            *(None, "[]", "[]"),
        ),
    ]
    view = "SELECT number, speaker, speaker_id, source, sentence, pieces, url, meta_id FROM who_said_what"
    assert query(path, view)[0] == (
        *(1, "Ann Lee", 1, "Ann Lee, the mayor", carrying.quotes[0].sentence, "[[1, 14], [42, 50]]"),
        *("https://example.org/ü", "x1"),
    )
    assert query(path, "PRAGMA foreign_key_check") == []
    assert query(path, "PRAGMA integrity_check") == [("ok",)]


def test_sqlite_without_texts(tmp_path, article):
    """The column stays, so that the same queries work."""
    path = tmp_path / "q.db"
    write(path, article, texts=False)
    assert query(path, "SELECT doc, text FROM articles") == [("news/a.txt", None)]
    assert article.text not in path.read_bytes().decode("utf-8", errors="replace")


def test_sqlite_finds_words(tmp_path, article):
    """With an index of all words, which leads back to the quotes and their speakers."""
    path = tmp_path / "q.db"
    write(path, article)
    found = query(
        path,
        "SELECT speaker, doc FROM who_said_what "
        "WHERE id IN (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH 'pay')",
    )
    assert found == [("Ann Lee", "news/a.txt")]


def test_parquet(tmp_path, carrying):
    """The records of JSON Lines, column by column; what is carried along are strings."""
    pq = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")
    path = tmp_path / "q.parquet"
    write(path, carrying, NEXT, keep=("url", "id", "n", "tags"))
    extra = {"url": "https://example.org/ü", "meta_id": "x1", "n": "1.5", "tags": '["a", "b"]'}
    rows = [json.loads(json.dumps(row)) | extra for row in make_rows(carrying)]
    assert pq.read_table(path).to_pylist() == rows


def test_parquet_in_row_groups(tmp_path, article, monkeypatch):
    """So that memory does not grow with the corpus; nothing is lost between them."""
    pq = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")
    monkeypatch.setattr("quotex.write.parquet.N_GROUP", 4)
    path = tmp_path / "q.parquet"
    written = [replace(article, id=str(number)) for number in range(5)]
    write(path, *written)
    file = pq.ParquetFile(path)
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [6, 6, 3]
    assert file.read().column("doc").to_pylist() == [one.id for one in written for _ in one.quotes]


@pytest.mark.parametrize("suffix", [".db", ".parquet"])
def test_nothing_found_is_a_table_too(tmp_path, suffix):
    """With its columns."""
    pytest.importorskip("pyarrow", reason="needs the extra parquet")
    path = tmp_path / f"q{suffix}"
    write(path)
    if suffix == ".db":
        assert query(path, "SELECT count(*) FROM quotes") == [(0,)]
    else:
        import pyarrow.parquet as pq

        assert pq.read_table(path).num_rows == 0


@pytest.mark.parametrize("suffix", [".db", ".parquet"])
def test_names_that_are_not_utf8(tmp_path, suffix, article):
    """Files may have such names; they come out with escapes."""
    pytest.importorskip("pyarrow", reason="needs the extra parquet")
    path = tmp_path / f"q{suffix}"
    write(path, replace(article, id="caf\udce9.txt"))
    if suffix == ".db":
        assert query(path, "SELECT doc FROM articles") == [("caf\\udce9.txt",)]
    else:
        import pyarrow.parquet as pq

        assert set(pq.read_table(path).column("doc").to_pylist()) == {"caf\\udce9.txt"}


@given(marked_articles(), st.booleans())
def test_the_spool_keeps_all(article, with_text):
    """Texts only if they are asked for; confidences as they are written."""
    record = json.loads(json.dumps(pack_article(replace(article, meta={"url": "u"}), with_text=with_text)))
    rounded = [replace(quote, confidence=round(quote.confidence, CONFIDENCE_DIGITS)) for quote in article.quotes]
    assert read_article(record) == replace(
        article, text=article.text if with_text else "", quotes=tuple(rounded), meta={"url": "u"}
    )


def test_columns_are_carried_along_in_text(carrying):
    """In JSON Lines in each row, in JSON with the article, in CSV as columns; what is not there is null."""
    import io

    from quotex.write import make_writer

    keep = ("url", "id", "none")
    meta = {"url": "https://example.org/ü", "id": "x1", "none": None}
    written = {}
    for name in ("jsonl", "json", "csv"):
        stream = io.StringIO()
        writer = make_writer(name, stream, keep=keep)
        writer.write(carrying)
        writer.close()
        written[name] = stream.getvalue()
    assert [json.loads(row)["meta"] for row in written["jsonl"].splitlines()] == [meta] * 3
    assert json.loads(written["json"])["articles"][0] == json.loads(json.dumps(make_article(carrying, keep)))
    head, first, *_ = written["csv"].splitlines()
    assert head.endswith(",confidence,within,url,meta_id,none")
    assert first.endswith(",0.988,,https://example.org/ü,x1,")


HARD = {
    "big": 2**63,
    "small": -(2**63) - 1,
    "half": "caf\udce9",
    "halves": ["\ud800", {"\udfff": "\udcff"}],
    "nul": "a\0b",
    "long": 10**300,
    "URL": "u",
    "url": "v",
    "meta_url": "w",
    "odd\udce9 \"name'": True,
    "a\0b": 1.5,
    "": "empty",
}


@pytest.mark.parametrize("suffix", [".db", ".parquet"])
def test_whatever_is_carried_along_can_be_written(tmp_path, suffix, article):
    """Numbers that no database has, halves of surrogate pairs, names that differ in case only: all is there."""
    pytest.importorskip("pyarrow", reason="needs the extra parquet")
    path = tmp_path / f"q{suffix}"
    write(path, replace(article, meta=HARD), NEXT, keep=tuple(HARD))
    if suffix == ".db":
        database = sqlite3.connect(path)
        database.row_factory = sqlite3.Row
        row = database.execute("SELECT * FROM articles WHERE id = 1").fetchone()
        names = row.keys()
        database.close()
    else:
        import pyarrow.parquet as pq

        row = pq.read_table(path).to_pylist()[0]
        names = list(row)
    assert len({name.lower() for name in names}) == len(names)
    assert (row["big"], row["half"], row["URL"]) == (str(2**63), "caf\\udce9", "u")
    assert (row["meta_url"], row["meta_meta_url"]) == ("v", "w")
    assert json.loads(row["halves"]) == HARD["halves"]


def test_a_database_that_cannot_be_made_is_an_error_before_the_work(tmp_path):
    """Not at its end; two thousand columns are more than SQLite takes."""
    output = Output(str(tmp_path / "q.db"))
    with pytest.raises(UsageError, match=r"\[Q229\] sqlite cannot be written here: too many columns"):
        make_file_writer("sqlite", output, keep=[f"c{n}" for n in range(3_000)])
    output.abandon()


@pytest.mark.parametrize("suffix", [".db", ".parquet"])
def test_a_folder_that_is_removed_meanwhile(tmp_path, suffix, article):
    """It is an error of the system like any other, which a run turns into a message."""
    pytest.importorskip("pyarrow", reason="needs the extra parquet")
    folder = tmp_path / "out"
    folder.mkdir()
    output = Output(str(folder / f"q{suffix}"))
    writer = make_file_writer({".db": "sqlite", ".parquet": "parquet"}[suffix], output)
    writer.write(article)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    with pytest.raises(OSError):
        writer.close()
    output.abandon()
