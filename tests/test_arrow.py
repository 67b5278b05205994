"""Arrow: record batches of articles to record batches of quotes."""

import json

import pytest

import quotex
from quotex.errors import InputError
from quotex.read import Failure
from quotex.records import make_rows
from quotex.select import make_selection

pa = pytest.importorskip("pyarrow", reason="needs the extra parquet")

TEXTS = ["“We are ready,” said Ann Lee, the mayor.", "Nothing.", "It would rain, Bo Lind said. “No,” he said."]


def make_batches(*columns):
    """One batch for each dictionary of columns."""
    return [pa.RecordBatch.from_pydict(one) for one in columns]


def extract_batches(batches, **options):
    """Extract, and read the rows of each batch."""
    from quotex.arrow import extract_batches

    return [batch.to_pylist() for batch in extract_batches(batches, **options)]


def test_the_rows_are_the_records_of_json_lines():
    """A batch for each batch, with all fields; ids come from their column."""
    batches = make_batches({"id": ["a", "b"], "text": TEXTS[:2]}, {"id": ["c"], "text": TEXTS[2:]})
    found = extract_batches(batches)
    for rows, articles in zip(found, [[("a", TEXTS[0]), ("b", TEXTS[1])], [("c", TEXTS[2])]], strict=True):
        expected = []
        for doc, text in articles:
            expected += make_rows(quotex.extract(text, id=doc))
        assert rows == json.loads(json.dumps(expected))


def test_columns_are_carried_along():
    """As strings, under their names unless these are taken; the schema says so even where there are no quotes."""
    from quotex.arrow import QUOTES, extract_batches, make_schema

    batches = make_batches({"text": TEXTS[:2], "n": [1, None], "type": ["x", "y"]})
    (batch,) = extract_batches(batches, keep=["n", "type"])
    assert batch.schema == make_schema(["n", "type"])
    assert batch.schema.names == [*QUOTES.names, "n", "meta_type"]
    assert [(row["doc"], row["n"], row["meta_type"]) for row in batch.to_pylist()] == [("batch:1", "1", "x")]
    (batch,) = extract_batches(make_batches({"text": ["Nothing."]}))
    assert (batch.num_rows, batch.schema) == (0, QUOTES)


def test_bad_rows_are_told_and_the_rest_is_done():
    """Rows are counted over all batches."""
    failures: list[Failure] = []
    batches = make_batches({"text": [TEXTS[0], None]}, {"text": [" ", TEXTS[0]]})
    found = extract_batches(batches, on_failure=failures.append, name="news")
    assert [[row["doc"] for row in rows] for rows in found] == [["news:1"], ["news:4"]]
    assert [failure.message for failure in failures] == [
        "[Q112] news, row 2: 'text' is null, not a string. Correct the row, or pass another --text-key.",
        "[Q105] news:3: empty, there is no text in it.",
    ]


def test_a_missing_column_is_an_error():
    """It would fail in every row."""
    with pytest.raises(InputError, match=r"\[Q111\] batch: no column 'body'; its columns are 'text'\."):
        extract_batches(make_batches({"text": TEXTS}), text_key="body")


def test_only_what_is_wanted():
    """By a selection."""
    (rows,) = extract_batches(make_batches({"text": TEXTS}), selection=make_selection(types=["direct"]))
    assert {row["type"] for row in rows} == {"direct"}
