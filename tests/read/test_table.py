"""CSV and TSV: rows to articles."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotex.read import Failure, File, ReadOptions, read_articles
from quotex.read.table import Lines, find_rows, read_header, read_lines, read_table
from quotex.types import Article

letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
bodies = st.text(letters | st.sampled_from('",;\t\n\r')).filter(str.strip)
names = st.text(letters | st.sampled_from('",;\t\n\r'), min_size=1)


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Read a file of these bytes."""
    monkeypatch.chdir(tmp_path)

    def read(data, name="a.csv", **options):
        Path(name).write_bytes(data if isinstance(data, bytes) else data.encode())
        return list(read_articles([name], ReadOptions(**options)))

    return read


def parse(data, delimiter=""):
    """Parse the rows of a file."""
    lines = Lines(read_lines(io.BytesIO(data), "a.csv", "utf-8"))
    header, delimiter = read_header(lines, "a.csv", delimiter)
    return list(find_rows(lines, header, delimiter, "a.csv"))


@given(
    rows=st.lists(st.tuples(names, bodies)),
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_ids_and_texts_come_back_exactly(rows, delimiter, end, quoting):
    """Whatever CSV can hold comes back, newlines in fields too, with the line where each row begins."""
    file = io.StringIO(newline="")
    # csv does not quote a carriage return if lines end in newlines alone
    quoting = csv.QUOTE_ALL if end != "\r\n" else quoting
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting)
    starts = []
    for row in [("id", "text"), *rows]:
        starts.append(len(file.getvalue().encode().splitlines()) + 1)
        writer.writerow(row)
    found = parse(file.getvalue().encode())
    assert [(row["id"], row["text"]) for _, row in found] == rows
    assert [place.number for place, _ in found] == starts[1:]


@given(
    rows=st.lists(st.lists(bodies, min_size=2, max_size=2)), at=st.integers(0), bad=st.sampled_from(["x", "x,y,z"])
)
def test_a_row_that_is_not_as_wide_costs_no_other(rows, at, bad):
    """All others come."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    at %= len(rows) + 1
    writer.writerows([["id", "text"], *rows[:at]])
    file.write(bad + "\r\n")
    writer.writerows(rows[at:])
    found = [row for _, row in parse(file.getvalue().encode())]
    assert isinstance(found.pop(at), Exception)
    assert [list(row.values()) for row in found] == rows


def test_rows_without_an_id_are_called_after_their_first_line(read):
    """Blank lines count, and so do those in fields; blank rows, as spreadsheets leave them, are no rows."""
    data = 'id,text,url\r\n\r\nx,"one\r\n\r\ntwo",u\r\n,"three ""3""",v\r\n,,\r\n,four,w\r\n'
    assert read(data, keep=("url",)) == [
        Article("x", "one\r\n\r\ntwo", meta={"url": "u"}),
        Article("a.csv:6", 'three "3"', meta={"url": "v"}),
        Article("a.csv:8", "four", meta={"url": "w"}),
    ]
    assert [article.id for article in read(data, id_key="url")] == ["u", "v", "w"]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a.csv", "id,text;x"),
        ("a.csv", "id;text;x"),
        ("a.csv", "id\ttext\tx"),
        ("a.tsv", "id\ttext\tx,y;z"),
        ("a.csv", "\n\nid;text;x"),
        ("a.csv", "id|text|x"),
        ("a.csv", "id|text|a, b"),
        ("a.csv", "sep=;\r\nid;text;a, b, c, d"),
        ("a.csv", '"sep=|"\nid|text|x'),
        ("a.csv", "\ufeffid;text ;x"),
    ],
)
def test_separators(read, name, header):
    """What is most often in the header, of several the first; always tabs in .tsv; what a line for Excel says."""
    names = header.rpartition("\n")[2]
    signs = "\t" if name == "a.tsv" else "|" if "|" in names else ";" if header.startswith("sep=;") else ",;\t"
    sign = next(sign for sign in signs if sign in names)
    n_more = names.count(sign) - 1
    [article] = read(f"{header}\n7{sign}a b{sign * n_more}\n", name, text_key="text;x" if sign == "," else "text")
    assert (article.id, article.text) == ("7", "a b")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_recognised(read, encoding):
    """Spreadsheets save it with and without a byte-order mark."""
    assert read('id,text\n1,"“é”\n\nb"\n'.encode(encoding)) == [Article("1", "“é”\n\nb")]


def test_big_fields(read):
    """Longer than csv allows by itself."""
    text = "word " * 100_000
    assert read(f'text\n"{text}"\n') == [Article("a.csv:2", text)]


LONG = "a field of more than 1,000 characters. Cut it up, take its column out, or pass a larger --max-chars."


@pytest.fixture
def short(monkeypatch):
    """Fields of a thousand characters are the longest."""
    monkeypatch.setattr("quotex.read.table.MAX_FIELD", 1_000)
    before = csv.field_size_limit(1_000)
    yield {"max_chars": 500}
    csv.field_size_limit(before)


@pytest.mark.parametrize("long", ["word " * 300, "one, two\nthree\n\n" * 300, 'the ""Post"" said\n' * 300])
@pytest.mark.parametrize("row", ['7,"{}",u', '"{}",b,u', '7,"b\nb","{}"'])
def test_a_field_that_is_too_long_costs_its_row(read, short, long, row):
    """One failure, with the lines that it is on, and not one a line; what is opened in it is closed in it."""
    long_row = row.format(long)
    items = read(f'id,text,url\n1,one,u\n{long_row}\n8,"eight\nor ""9""",u\n', **short)
    last = 3 + long_row.count("\n")
    place = f"lines 3 to {last}" if last > 3 else "line 3"
    assert items == [
        Article("1", "one"),
        Failure("a.csv:3", f"[Q143] a.csv, {place}: {LONG}"),
        Article("8", 'eight\nor "9"'),
    ]


def test_a_field_that_is_too_long_may_have_no_marks(read, short):
    """Its row is one line."""
    assert read(f"text\n{'word ' * 300}\ntwo\n", **short) == [
        Failure("a.csv:2", f"[Q143] a.csv, line 2: {LONG}"),
        Article("a.csv:3", "two"),
    ]


def test_a_field_that_is_too_long_and_never_closed(read, short):
    """There is nothing behind it."""
    assert read('id,text\n1,"' + "word\n" * 3_000, **short) == [
        Failure("a.csv:2", f"[Q143] a.csv, lines 2 to 3001: {LONG}")
    ]


def test_a_mark_that_is_not_closed_before_many_rows(read, short):
    """They look like rows, and are read, however long all of them are."""
    failure, *rows = read('id,text\n1,"a\n' + "7,word\n" * 3_000, **short)
    assert failure.message.startswith("[Q121] a.csv, line 2: a quotation mark is opened and not closed.")
    assert rows == [Article("7", "word")] * 3_000


@pytest.mark.parametrize(
    ("rows", "failures"),
    [
        (
            b"2,b,c",
            [
                (
                    "a.csv:3",
                    "[Q120] a.csv, line 3: 3 fields, but the header has 2. "
                    "Put those with a comma in quotation marks.",
                )
            ],
        ),
        (
            b"2",
            [
                (
                    "a.csv:3",
                    "[Q120] a.csv, line 3: 1 field, but the header has 2. "
                    "Put those with a comma in quotation marks.",
                )
            ],
        ),
        (
            b'2,"b" c',
            [
                (
                    "a.csv:3",
                    "[Q121] a.csv, line 3: there is text after a closing quotation mark. "
                    "Close each quotation mark, and double those inside a field.",
                )
            ],
        ),
        (
            b"2,caf\xe9",
            [
                (
                    "a.csv:3",
                    "[Q101] a.csv, line 3: not UTF-8 at byte 17. Convert it, or pass --encoding (such as cp1252).",
                )
            ],
        ),
        (
            b'2,"b\n\ncaf\xe9\n"',
            [
                (
                    "a.csv:3",
                    "[Q101] a.csv, line 5: not UTF-8 at byte 21. Convert it, or pass --encoding (such as cp1252).",
                )
            ],
        ),
        (
            b'2,"b',
            [
                (
                    "a.csv:3",
                    "[Q121] a.csv, line 3: a quotation mark is opened and not closed. "
                    "Close each quotation mark, and double those inside a field.",
                )
            ],
        ),
        (
            b'2,"b\n\nshe said "no" and left."',
            [
                (
                    "a.csv:3",
                    "[Q121] a.csv, lines 3 to 5: a quotation mark is opened and not closed. "
                    "Close each quotation mark, and double those inside a field.",
                )
            ],
        ),
        (
            b'2,"b\nb"\n3,c,d\n4',
            [
                (
                    "a.csv:5",
                    "[Q120] a.csv, line 5: 3 fields, but the header has 2. "
                    "Put those with a comma in quotation marks.",
                ),
                (
                    "a.csv:6",
                    "[Q120] a.csv, line 6: 1 field, but the header has 2. "
                    "Put those with a comma in quotation marks.",
                ),
            ],
        ),
    ],
)
@pytest.mark.parametrize("after", ['8,y\n9,"z"\n', "8,y\n9,z"])
def test_a_bad_row_is_named_and_the_rest_is_read(read, rows, failures, after):
    """One failure takes the place of a row, whether or not a mark comes after it."""
    items = read(b"id,text\n1,x\n" + rows + b"\n" + after.encode())
    assert [item for item in items if isinstance(item, Failure)] == [Failure(*failure) for failure in failures]
    read_ids = [item.id for item in items if isinstance(item, Article)]
    assert [name for name in read_ids if name != "2"] == ["1", "8", "9"]
    assert ("2" in read_ids) == (len(failures) == 2)


def test_each_row_with_an_open_mark_is_named(read):
    """One after the other, too; the rows between them are read."""
    items = read('id,text\n1,"a\n2,"b\n3,c\n4,"d\n5,e\n')
    assert [item.id if isinstance(item, Article) else item.doc for item in items] == [
        "a.csv:2",
        "a.csv:3",
        "3",
        "a.csv:5",
        "5",
    ]


def test_the_line_that_opens_a_mark_is_named(read):
    """It need not be the first of its row, which goes on in good order until then."""
    items = read('id,text,more\n1,"a\n\nb","c\n2,d,e\n3,f,g\n')
    assert items == [
        Failure(
            "a.csv:4",
            "[Q121] a.csv, line 4: a quotation mark is opened and not closed. "
            "Close each quotation mark, and double those inside a field.",
        ),
        Article("2", "d"),
        Article("3", "f"),
    ]


@pytest.mark.parametrize(
    ("data", "options", "message"),
    [
        (b"", {}, "[Q105] a.csv: empty, there is no text in it."),
        (b"\n \n", {}, "[Q105] a.csv: empty, there is no text in it."),
        (b"id,text\n", {}, "[Q105] a.csv: empty, there is no text in it."),
        (
            b"id,body\n1,a\n2,b\n",
            {},
            "[Q111] a.csv: no column 'text'; its columns are 'id', 'body'. Pass --text-key with the right one.",
        ),
        (
            b"id,text\n1,a\n",
            {"id_key": "uid"},
            "[Q111] a.csv: no column 'uid'; its columns are 'id', 'text'. Pass --id-key with the right one.",
        ),
        (
            b"id,text\n1,a\n",
            {"keep": ("id", "url")},
            "[Q111] a.csv: no column 'url'; its columns are 'id', 'text'. Pass --keep with the right one.",
        ),
        (
            b"text,id,text\na,1,b\n",
            {},
            "[Q123] a.csv: there are two columns 'text'. Rename one of them.",
        ),
        (
            b'id,"text\n1,a\n',
            {},
            "[Q121] a.csv, line 1: a quotation mark is opened and not closed. "
            "Close each quotation mark, and double those inside a field.",
        ),
        (
            b"id,caf\xe9,text\n1,a,b\n",
            {},
            "[Q101] a.csv, line 1: not UTF-8 at byte 6. Convert it, or pass --encoding (such as cp1252).",
        ),
        (
            b"PAR1\n\n",
            {},
            "[Q103] a.csv: binary, not text (a Parquet file). Give the text itself, as .txt or .jsonl.",
        ),
    ],
)
def test_a_file_that_is_no_table_of_articles_fails_once(read, data, options, message):
    """Not every one of its rows is named."""
    assert read(data, **options) == [Failure("a.csv", message)]


def test_rows_are_read_as_they_come(tmp_path):
    """The rest of the file is not touched before the first row has been given out."""
    path = tmp_path / "a.csv"
    path.write_text("text\n" + "row\n" * 1_000_000)
    with path.open("rb") as stream:
        rows = find_rows(Lines(read_lines(stream, "a.csv", "utf-8")), ["text"], ",", "a.csv")
        next(rows)
        assert stream.tell() < 1_000_000
    source = File(str(path), lambda *_: iter(()))
    assert next(read_table(source, ReadOptions(), delimiter=",")) == Article(f"{path}:2", "row")


def test_columns_in_any_case(read):
    """The very name comes first."""
    data = "ID,Text,URL,url\n7,a b,U,u\n"
    assert read(data, keep=("url", "Url")) == [Article("7", "a b", meta={"url": "u", "Url": "U"})]


@pytest.mark.parametrize("keys", [{"keep": ("text.length",)}, {"text_key": "Body"}])
def test_columns_that_are_not_there(read, keys):
    """Dots lead nowhere in a table of text."""
    [failure] = read("id,text\n7,a b\n", **keys)
    assert failure.message.startswith("[Q111] a.csv: no column ")


def test_rows_that_share_an_id_are_told(read):
    """Once a file, with the first of them; rows without an id have one of their own."""
    warned = []
    data = "id,text\na,one\na,two\nb,three\nb,four\n,five\n,six\n"
    assert len(read(data, warn=warned.append)) == 6
    assert warned == [
        "[Q136] a.csv: 2 rows with the id of an earlier one ('a' of a.csv, line 3). "
        "Pass --id-key with one that differs."
    ]


def test_rows_of_two_files_that_share_an_id_are_told(tmp_path):
    """The second file is told, and each reading begins anew."""
    paths = [str(tmp_path / name) for name in ("a.csv", "b.csv")]
    for path in paths:
        Path(path).write_text("id,text\n1,one\n", "utf-8")
    warned = []
    options = ReadOptions(warn=warned.append)
    for _ in range(2):
        assert len(list(read_articles(paths, options))) == 2
    assert [message.split(":")[0] for message in warned] == [f"[Q136] {paths[1]}"] * 2
