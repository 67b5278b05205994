"""The formats: what is written, to the letter, and that it is what the schema says."""

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from quotex.types import Article, Quote, Span, Speaker
from quotex.write import Output, find_format, load_schema, make_writer
from quotex.write.delimited import defuse, restore

DIRECT = {
    "doc": "news/a.txt",
    "id": 1,
    "type": "direct",
    "act": "statement",
    "quote": "We are ready, … Come in.",
    "content": [{"start": 1, "end": 14, "text": "We are ready,"}, {"start": 42, "end": 50, "text": "Come in."}],
    "cue": [{"start": 16, "end": 20, "text": "said"}],
    "source": [{"start": 21, "end": 39, "text": "Ann Lee, the mayor"}],
    "sentence": "“We are ready,” said Ann Lee, the mayor. “Come in.”",
    "speaker": {
        "id": "ann-lee",
        "name": "Ann Lee",
        "kind": "person",
        "description": "the mayor",
        "affiliation": "Ora",
        "pronoun": None,
    },
    "confidence": 0.988,
    "paragraph": 1,
    "within": None,
}
OPEN = {
    "doc": "news/a.txt",
    "id": 3,
    "type": "mixed",
    "act": "statement",
    "quote": "Nobody 𝒂sked us",
    "content": [{"start": 90, "end": 105, "text": "Nobody 𝒂sked us"}],
    "cue": [],
    "source": [],
    "sentence": "",
    "speaker": None,
    "confidence": 1.0,
    "paragraph": 3,
    "within": None,
}
MAYOR = {
    "id": "ann-lee",
    "name": "Ann Lee",
    "kind": "person",
    "aliases": ["she"],
    "descriptions": ["the mayor", "a lawyer"],
    "affiliation": "Ora",
    "pronoun": None,
    "quotes": [1, 2],
}
HEAD = (
    "doc,id,type,act,speaker,speaker_id,kind,pronoun,description,affiliation,cue,source,quote,sentence,start,end,pieces,"
    "paragraph,confidence,within\n"
)
TABLE = (
    HEAD + "news/a.txt,1,direct,statement,Ann Lee,ann-lee,person,,the mayor,Ora,said,"
    '"Ann Lee, the mayor","We are ready, … Come in.","“We are ready,” said Ann Lee, the mayor. “Come in.”",'
    '1,50,"[[1, 14], [42, 50]]",1,0.988,\n'
    "news/a.txt,2,indirect,thought,Ann Lee,ann-lee,person,,the mayor,Ora,hoped,she,The city would pay,,55,73,"
    '"[[55, 73]]",2,0.5,\n'
    'news/a.txt,3,mixed,statement,,,,,,,,,Nobody 𝒂sked us,,90,105,"[[90, 105]]",3,1.0,\n'
)


def write(name, *articles):
    """Write articles in a format."""
    stream = io.StringIO(newline="")
    writer = make_writer(name, stream)
    for article in articles:
        writer.write(article)
    writer.close()
    return stream.getvalue()


def test_json_lines(article):
    """One quote a row, keys in the published order, characters as they are; nothing for no quotes."""
    lines = write("jsonl", article, Article("none", "x")).splitlines()
    assert lines[0] == json.dumps(DIRECT, ensure_ascii=False)
    assert lines[2] == json.dumps(OPEN, ensure_ascii=False)
    assert len(lines) == 3


def test_json(article):
    """One document, with articles that have no quotes, too."""
    document = json.loads(write("json", article, Article("none", "x")))
    assert list(document) == ["quotex", "articles"]
    assert document["quotex"] == "1"
    first, second = document["articles"]
    assert (first["doc"], first["quotes"][0], first["quotes"][2], first["speakers"]) == (
        "news/a.txt",
        DIRECT,
        OPEN,
        [MAYOR],
    )
    assert second == {"doc": "none", "quotes": [], "speakers": []}


def test_json_of_nothing_is_a_document():
    """The document is valid without any article."""
    assert json.loads(write("json")) == {"quotex": "1", "articles": []}


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_delimited(article, name, delimiter):
    """A head line and a row for each quote; what is not known is empty."""
    rows = list(csv.reader(io.StringIO(TABLE)))
    assert list(csv.reader(io.StringIO(write(name, article)), delimiter=delimiter)) == rows
    assert write(name) == delimiter.join(rows[0]) + "\n"


def test_csv_to_the_letter(article):
    """Lines end in a newline, and quotes are where they are needed."""
    assert write("csv", article) == TABLE


def test_awkward_cells_come_back(article):
    """Delimiters, quotes and newlines in names do not break the rows."""
    doc = 'a\t"b"\n,c'
    for name, delimiter in (("csv", ","), ("tsv", "\t")):
        written = write(name, replace(article, id=doc))
        assert list(csv.reader(io.StringIO(written), delimiter=delimiter))[1][0] == doc


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.json", "json"),
        ("a.JSONL", "jsonl"),
        ("b/a.ndjson", "jsonl"),
        ("a.csv", "csv"),
        ("a.tsv", "tsv"),
        ("a.htm", "html"),
    ],
)
def test_format_by_suffix(path, name):
    """The suffix names the format."""
    assert find_format(path) == name


@pytest.mark.parametrize("path", ["a.txt", "json", "a.json.gz", ""])
def test_other_suffixes_name_no_format(path):
    """What we do not know is not guessed."""
    assert find_format(path) is None


@pytest.fixture
def schema():
    """The published schema, checked to be one."""
    schema = json.loads(load_schema())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_what_is_written_is_as_the_schema_says(schema, article):
    """Rows and documents, with quotes and without."""
    for row in write("jsonl", article).splitlines():
        schema.validate(json.loads(row))
    schema.validate(json.loads(write("json", article, Article("none", "x"))))
    schema.validate(json.loads(write("json")))


@pytest.mark.parametrize(
    "change",
    [
        {"more": 1},
        {"type": "other"},
        {"act": "said"},
        {"confidence": 1.1},
        {"id": 0},
        {"id": "1"},
        {"paragraph": 0},
        {"content": []},
        {"content": [{"start": -1, "end": 2, "text": "x"}]},
        {"content": [{"start": 1, "end": 2}]},
        {"cue": None},
        {"speaker": {"id": "a", "name": "A", "kind": "robot", "description": None, "affiliation": None}},
        {"speaker": {"id": "a", "name": "A", "kind": "person"}},
        {"doc": None},
    ],
)
def test_the_schema_is_strict(schema, change):
    """Anything else than we promise is refused."""
    schema.validate(DIRECT)
    with pytest.raises(ValidationError):
        schema.validate(DIRECT | change)


@pytest.mark.parametrize("key", [key for key in DIRECT if key != "within"])
def test_the_schema_requires_every_key(schema, key):
    """No key may be missing, but the one that was added later."""
    schema.validate({other: value for other, value in DIRECT.items() if other != "within"})
    with pytest.raises(ValidationError):
        schema.validate({other: value for other, value in DIRECT.items() if other != key})


EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''+1", " =1", "\xa0\u200b-1", "﹢1")


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize("raw", [False, True])
def test_no_cell_is_a_formula(name, delimiter, raw):
    """In every column of text, those carried along and their names too; --raw leaves them, and nothing is lost."""
    for evil in EVIL:
        speaker = Speaker("s", evil, "person", descriptions=(evil,), affiliation=evil)
        content, cue = (Span(0, len(evil), evil),), (Span(0, len(evil), evil),)
        quote = Quote(1, "direct", "statement", content, cue, (), speaker, 1.0, 1)
        article = Article(evil, evil, (quote,), (speaker,), {evil: evil})
        stream = io.StringIO()
        writer = make_writer(name, stream, keep=(evil,), raw=raw)
        writer.write(article)
        writer.close()
        head, row = csv.reader(io.StringIO(stream.getvalue(), newline=""), delimiter=delimiter)
        cells = [head[-1], row[0], row[4], row[8], row[9], row[20]]
        assert [cell[0] in "=+-@\t\r\n＝" for cell in cells] == [raw and evil[0] in "=+-@\t\r\n＝"] * 6
        assert [cell if raw else restore(cell) for cell in cells] == [evil] * 6
        folded = " ".join(evil.split())
        assert [cell if raw else restore(cell) for cell in (row[10], row[12])] == [folded] * 2


@given(st.text())
def test_what_is_defused_comes_back(text):
    """Exactly, and is no formula."""
    assert restore(defuse(text)) == text
    assert text == "-" or not defuse(text).startswith(tuple("=+-@\t\r\n"))


def test_a_dash_is_no_formula():
    """What was piped in is called so, in CSV as in JSON; what follows one may be."""
    assert [defuse(text) for text in ("-", "'-", "-\n", "--")] == ["-", "'-", "'-\n", "'--"]


@pytest.mark.parametrize("doc", ["a\rb", "a\r", "a\nb", "a\r\nb", 'a"b', "a,b\tc"])
def test_line_ends_within_a_cell_break_no_row(doc, article):
    """A lone carriage return neither."""
    stream = io.StringIO()
    writer = make_writer("csv", stream)
    writer.write(replace(article, id=doc))
    rows = list(csv.reader(io.StringIO(stream.getvalue(), newline="")))
    assert [row[0] for row in rows[1:]] == [doc] * 3


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "tsv"])
def test_a_terminal_is_shielded(name, article, tmp_path):
    """From escapes of all kinds, in every format."""
    evil = "a\x1b[2J\x9b2J\x07\x7f\x85\u202e\u2028b"
    output = Output(str(tmp_path / "q"))
    output.abandon()
    output.stream = stream = io.StringIO()
    output.shield()
    writer = make_writer(name, output.stream, keep=("k",))
    writer.write(replace(article, id=evil, meta={"k": evil}))
    writer.close()
    assert not set(stream.getvalue()) & set("\x1b\x9b\x07\x7f\x85\u202e\u2028\r")
