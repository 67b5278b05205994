"""Reading GOLD and PRED: all forms that are right, and what is said of those that are not."""

import json
from pathlib import Path

import pytest

from quotex import evaluate
from quotex.errors import QuotexError
from quotex.evaluation import AnnotatedText, Annotation, read_gold, read_predictions
from quotex.types import Article

TEXT = "Ann Lee said it rained."
QUOTE = {"content": [[13, 22]], "cue": [[8, 12]], "source": [[0, 7]]}
ARTICLE = {"id": "a", "text": TEXT, "quotes": [QUOTE]}
RIGHT = Annotation(((13, 22),), ((8, 12),), ((0, 7),))
GOLD = [AnnotatedText("a", TEXT, (RIGHT,)), AnnotatedText("7", TEXT, ())]
ROW = {
    "doc": "a",
    "content": [{"start": 13, "end": 22, "text": "it rained"}],
    "cue": [{"start": 8, "end": 12, "text": "said"}],
    "source": [{"start": 0, "end": 7, "text": "Ann Lee"}],
    "speaker": {"id": "ann-lee", "name": "Ann Lee", "kind": "person", "description": None},
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder to write in."""
    monkeypatch.chdir(tmp_path)


def write(name: str, *rows: object) -> str:
    """Write JSON Lines, what is a string as it is."""
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    Path(name).write_text("\n".join(lines), encoding="utf-8")
    return name


def test_gold():
    """Cue and source may be missing or null, pieces come in any order, ids are strings, blank lines are none."""
    named = {"content": [[13, 15], [0, 7]], "cue": None, "speaker": "Ann Lee", "kind": "person", "also": ["Lee"]}
    name = write("gold.jsonl", ARTICLE, "", {"id": 7, "text": "é" * 13 + TEXT, "quotes": [named]}, "")
    second = Annotation(((0, 7), (13, 15)), (), (), "Ann Lee", "person", ("Lee",))
    assert read_gold(name) == [GOLD[0], AnnotatedText("7", "é" * 13 + TEXT, (second,))]


def test_predictions_as_articles():
    """The text may be left out."""
    name = write("pred.jsonl", {"id": 7, "quotes": []}, {"id": "a", "quotes": [QUOTE]})
    assert read_predictions(name, GOLD, "gold.jsonl") == {"7": [], "a": [RIGHT]}


def test_predictions_as_rows_of_extract():
    """Grouped by article; who is not known has no name."""
    name = write("pred.jsonl", ROW, ROW | {"doc": "7", "speaker": None, "cue": []}, ROW)
    ann = Annotation(((13, 22),), ((8, 12),), ((0, 7),), "Ann Lee", "person")
    assert read_predictions(name, GOLD, "gold.jsonl") == {
        "a": [ann, ann],
        "7": [Annotation(((13, 22),), (), ((0, 7),))],
    }


def test_predictions_may_be_none():
    """`quotex extract` writes an empty file where nothing was found."""
    assert read_predictions(write("pred.jsonl"), GOLD, "gold.jsonl") == {}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "[Q109] g.jsonl, line 2: not JSON (Expecting property name enclosed in double quotes at column 2)."),
        ("[1]", "[Q110] g.jsonl, line 2: a JSON array, not an object. Each line must be one JSON object."),
        ({"id": 1, "quotes": []}, "[Q401] g.jsonl, line 2: no key 'text'; its keys are 'id', 'quotes'."),
        ({"text": TEXT, "quotes": []}, "[Q401] g.jsonl, line 2: no key 'id'; its keys are 'text', 'quotes'."),
        (ROW, "[Q418] g.jsonl: a quote a line, without texts. Make it articles: quotex convert g.jsonl"),
        ({"id": "b", "text": TEXT}, "[Q401] g.jsonl, line 2: no key 'quotes'; its keys are 'id', 'text'."),
        (ARTICLE | {"id": None}, "[Q402] g.jsonl, line 2: 'id' is a JSON null, not a string or integer."),
        (ARTICLE | {"id": "b", "text": 1}, "[Q402] g.jsonl, line 2: 'text' is a JSON number, not a string."),
        (ARTICLE | {"id": "b", "quotes": {}}, "[Q402] g.jsonl, line 2: 'quotes' is a JSON object, not an array."),
        (ARTICLE, "[Q407] g.jsonl, line 2: id 'a' again, as in line 1. Each article must have its own."),
    ],
)
def test_malformed_articles(row, message):
    """File, line, what is wrong."""
    with pytest.raises(QuotexError) as err:
        read_gold(write("g.jsonl", ARTICLE, row))
    assert str(err.value).startswith(message)


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        ([], "[Q402] {at}: 'quotes' is a JSON array, not an array of objects."),
        ({"cue": []}, "[Q403] {at}: content must be a list of [start, end], two integers each, not nothing."),
        ({"content": 5}, "[Q403] {at}: content must be a list of [start, end], two integers each, not 5."),
        ({"content": [1, 2]}, "[Q403] {at}: content must be a list of [start, end], two integers each, not 1."),
        ({"content": [[1]]}, "[Q403] {at}: content must be a list of [start, end], two integers each, not [1]."),
        (
            {"content": [[1, "é"]]},
            '[Q403] {at}: content must be a list of [start, end], two integers each, not [1, "é"',
        ),
        (
            {"content": [[1, 2.0]]},
            "[Q403] {at}: content must be a list of [start, end], two integers each, not [1, 2.0",
        ),
        (
            {"content": [[0, True]]},
            "[Q403] {at}: content must be a list of [start, end], two integers each, not [0, tr",
        ),
        ({"content": [[1, 24]]}, "[Q404] {at}: content [1, 24] is not within the text, which has 23 characters."),
        ({"content": [[-1, 2]]}, "[Q404] {at}: content [-1, 2] is not within the text, which has 23 characters."),
        ({"content": [[5, 2]]}, "[Q405] {at}: content [5, 2] ends before it has begun."),
        (QUOTE | {"cue": [[2, 2]]}, "[Q405] {at}: cue [2, 2] ends before it has begun."),
        (QUOTE | {"source": [[4, 7], [0, 5]]}, "[Q406] {at}: source [0, 5] and [4, 7] overlap."),
        (QUOTE | {"speaker": 1}, "[Q402] {at}: 'speaker' is a JSON number, not a string."),
        (QUOTE | {"kind": ["person"]}, "[Q402] {at}: 'kind' is a JSON array, not a string."),
        (QUOTE | {"also": "Lee"}, "[Q402] {at}: 'also' is a JSON string, not an array of strings."),
    ],
)
def test_malformed_quotes(quote, message):
    """File, line, number of the quote, what is wrong; in GOLD and PRED alike."""
    bad = {"id": "a", "text": TEXT, "quotes": [QUOTE, quote]}
    name = write("g.jsonl", bad)
    for read in (lambda: read_gold(name), lambda: read_predictions(name, GOLD, "gold.jsonl")):
        with pytest.raises(QuotexError) as err:
            read()
        assert str(err.value).startswith(message.format(at="g.jsonl, line 1, quote 2"))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"id": "b", "quotes": []}, "[Q409] p.jsonl, line 2: there is no article 'b' in gold.jsonl."),
        (ROW | {"doc": "b"}, "[Q409] p.jsonl, line 2: there is no article 'b' in gold.jsonl."),
        ({"id": "a"}, "[Q408] p.jsonl, line 2: its keys are 'id'."),
        ({"doc": "a", "text": ""}, "[Q408] p.jsonl, line 2: its keys are 'doc', 'text'."),
        ({}, "[Q408] p.jsonl, line 2: its keys are none."),
        (
            ROW | {"cue": [{"start": 1}]},
            "[Q403] p.jsonl, line 2: cue must be a list of [start, end], two integers",
        ),
        (
            ROW | {"cue": [{"start": 7, "end": 11, "text": "said"}]},
            '[Q410] p.jsonl, line 2: cue [7, 11] is "said", but " sai" in the text. Extract again.',
        ),
    ],
)
def test_malformed_predictions(row, message):
    """File, line, what is wrong."""
    with pytest.raises(QuotexError) as err:
        read_predictions(write("p.jsonl", {"id": 7, "quotes": []}, row), GOLD, "gold.jsonl")
    assert str(err.value).startswith(message)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "[Q106] g.jsonl: no such file or folder."),
        (b"", "[Q105] g.jsonl: empty, there is no text in it."),
        (b"\n \n", "[Q105] g.jsonl: empty, there is no text in it."),
        (b'\n{"id": "caf\xe9"}', "[Q101] g.jsonl, line 2: not UTF-8 at byte 12."),
        (b"PK\x03\x04", "[Q103] g.jsonl: binary, not text (a zip file"),
    ],
)
def test_unreadable_files(content, message):
    """As `quotex extract` says it."""
    if content is not None:
        Path("g.jsonl").write_bytes(content)
    with pytest.raises(QuotexError) as err:
        read_gold("g.jsonl")
    assert str(err.value).startswith(message)


@pytest.mark.parametrize(("name", "suffix"), [("g.csv", ".csv"), ("g.json.gz", ".json"), ("g.zip", ".zip")])
def test_other_formats_are_no_gold(name, suffix):
    """Though `quotex extract` reads them."""
    Path(name).touch()
    with pytest.raises(QuotexError) as err:
        read_gold(name)
    message = f"[Q413] {name}: {suffix} files are not read here. Make it JSON Lines (.jsonl), one article a row."
    assert str(err.value) == message


def test_a_name_that_is_too_long():
    """The system says so, not Python."""
    with pytest.raises(QuotexError, match="Q108"):
        read_gold("x" * 5000)


def test_a_folder_is_no_gold():
    """Nor is anything else that the system does not let us read."""
    with pytest.raises(QuotexError, match=r"^\[Q108\] \.: cannot be read: Is a directory\.$"):
        read_gold(".")


def test_a_byte_order_mark_is_not_part_of_the_rows():
    """As some editors write it."""
    Path("g.jsonl").write_bytes(b"\xef\xbb\xbf" + json.dumps(ARTICLE).encode())
    assert read_gold("g.jsonl") == GOLD[:1]


@pytest.mark.parametrize("paths", [(Article("a", "Rain."),), ("gold.jsonl", [])])
def test_what_is_no_path(paths):
    """`evaluate` compares files; an article is told by its type, not shown whole."""
    with pytest.raises(
        TypeError, match=r"Q417\] (gold|pred) is the path of a file of JSON Lines, not (Article|list)\."
    ):
        evaluate(*paths)
