"""The conversion that goes before scoring."""

import json

import pytest

from tests.tools.to_score_form import group_rows, main


def make_span(start, end):
    return {"start": start, "end": end, "text": "x" * (end - start)}


ROW = {
    "doc": "b",
    "id": 1,
    "type": "direct",
    "content": [make_span(1, 5), make_span(20, 30)],
    "cue": [make_span(8, 12)],
    "source": [],
    "speaker": {"id": "ann-lee", "name": "Ann Lee", "kind": "person", "description": None},
}
QUOTE = {
    "content": [[1, 5], [20, 30]],
    "cue": [[8, 12]],
    "source": [],
    "speaker": "Ann Lee",
    "kind": "person",
    "type": "direct",
}


def test_rows_are_grouped_in_the_order_of_the_gold():
    """An article without rows has an empty list."""
    assert list(group_rows([ROW, ROW], ["a", "b"])) == [
        {"id": "a", "quotes": []},
        {"id": "b", "quotes": [QUOTE, QUOTE]},
    ]


def test_speaker_not_known():
    """No name and no kind, as in the gold."""
    (article,) = group_rows([ROW | {"speaker": None}], ["b"])
    assert article["quotes"] == [{key: QUOTE[key] for key in ("content", "cue", "source", "type")}]


def test_rows_of_another_corpus():
    """A mistaken --gold must not score as no quotes found."""
    with pytest.raises(ValueError, match="no article 'b' in the gold file"):
        list(group_rows([ROW], ["a"]))


def test_command(tmp_path, capsys):
    """It writes JSON Lines to stdout; ids that are numbers become text, as quotex makes them."""
    rows, gold = tmp_path / "rows.jsonl", tmp_path / "gold.jsonl"
    rows.write_text(json.dumps(ROW | {"doc": "7"}) + "\n\n", "utf-8")
    gold.write_text(json.dumps({"id": 7, "text": "Zoë", "quotes": []}) + "\n", "utf-8")
    main([str(rows), "--gold", str(gold)])
    assert capsys.readouterr().out == json.dumps({"id": "7", "quotes": [QUOTE]}) + "\n"
