"""`quotex convert`: formats by suffix, texts, what is said, and what can go wrong."""

import json
import sqlite3
from contextlib import closing

import pytest

from quotex.convert import FORMATS
from tests.convert.forms import need_packages

TEXT = "“We are ready,” said Ann Lee.\n"


@pytest.fixture
def news(tmp_path, monkeypatch, quotex, stand_in):
    """An article, and what `quotex extract` wrote of it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    quotex("extract", "a.txt", "-o", "quotes.jsonl", "-q")
    quotex("extract", "a.txt", "-o", "quotes.json", "-q")
    quotex("extract", "a.txt", "-o", "quotes.db", "-q")
    return tmp_path


@pytest.mark.parametrize("source", ["quotes.jsonl", "quotes.json", "quotes.db"])
def test_there_and_back(quotex, news, source):
    """From what extract wrote, over TEI, to articles that `evaluate` reads as GOLD."""
    result = quotex("convert", source, "a.tei.xml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "a.tei.xml: 1 quote in 1 article\n"
    assert quotex("convert", "a.tei.xml", "gold.jsonl").exit_code == 0
    [row] = map(json.loads, (news / "gold.jsonl").read_text("utf-8").splitlines())
    [found] = map(json.loads, (news / "quotes.jsonl").read_text("utf-8").splitlines())
    assert (row["id"], row["text"], row["quotes"]) == ("a.txt", TEXT, [found])
    assert "100.0" in quotex("evaluate", "gold.jsonl", "quotes.jsonl").stdout


LINES = f"It rained.\n\n“We are\nready,” said Ann Lee\nof Ora. “Come\n\nin.”\n\n{TEXT}"


@pytest.mark.parametrize("options", [(), ("--no-texts",)])
def test_databases(quotex, news, options):
    """Give what JSON gives, with the texts that they have or from elsewhere."""
    rows = [{"id": 1, "text": LINES, "outlet": "Ora Post"}, {"id": 2, "text": "It rained."}]
    (news / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for name in ("found.db", "found.json"):
        given = options if name.endswith(".db") else ()
        assert quotex("extract", "rows.jsonl", "--keep", "outlet", "-o", name, "-q", *given).exit_code == 0
    texts = ("--texts", "rows.jsonl")
    refused = quotex("convert", "found.db", "bare.jsonl")
    assert (refused.exit_code, "Q805" in refused.stderr) == ((2, True) if options else (0, False))
    assert quotex("convert", "found.db", "a.jsonl", *texts).exit_code == 0
    assert quotex("convert", "found.json", "b.jsonl", *texts).exit_code == 0
    found = (news / "a.jsonl").read_text("utf-8")
    assert found == (news / "b.jsonl").read_text("utf-8")
    assert [(len(row["quotes"]) > 0, row["meta"]) for row in map(json.loads, found.splitlines())] == [
        (True, {"outlet": "Ora Post"}),
        (False, {"outlet": None}),
    ]


def test_texts_of_one_id_in_a_database(quotex, news):
    """Each gets the one in which its words stand."""
    rows = [{"id": "a", "text": text} for text in (OTHER, TEXT)]
    (news / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    quotex("extract", "rows.jsonl", "-o", "found.db", "--no-texts", "-q")
    (news / "turned.jsonl").write_text("\n".join(map(json.dumps, rows[::-1])), encoding="utf-8")
    assert quotex("convert", "found.db", "b.jsonl", "--texts", "turned.jsonl").exit_code == 0
    back = [json.loads(line)["text"] for line in (news / "b.jsonl").read_text("utf-8").splitlines()]
    assert back == [OTHER, TEXT]
    (news / "other.jsonl").write_text(json.dumps({"id": "a", "text": "It rained all day in Ora."}), "utf-8")
    refused = quotex("convert", "found.db", "c.jsonl", "--texts", "other.jsonl")
    assert (refused.exit_code, "Q410" in refused.stderr) == (2, True)


def test_databases_of_earlier_versions(quotex, news):
    """They have not all that is needed."""
    with closing(sqlite3.connect("quotes.db")) as database:
        database.execute("ALTER TABLE quotes DROP COLUMN cue_pieces")
    result = quotex("convert", "quotes.db", "b.jsonl")
    assert (result.exit_code, result.stderr.startswith("[Q812] quotes.db: ")) == (2, True)
    assert quotex("speakers", "quotes.db", "--json").exit_code == 0


def test_parquet(quotex, news):
    """Gives what JSON Lines give."""
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    quotex("extract", "a.txt", "-o", "quotes.parquet", "-q")
    assert quotex("convert", "quotes.parquet", "a.jsonl").exit_code == 0
    assert quotex("convert", "quotes.jsonl", "b.jsonl").exit_code == 0
    assert (news / "a.jsonl").read_bytes() == (news / "b.jsonl").read_bytes()
    refused = quotex("convert", "-", "c.jsonl", "--from", "parquet", stdin="PAR1")
    assert (refused.exit_code, "Q808" in refused.stderr) == (2, True)


@pytest.mark.parametrize("target", ["b.db", "b.csv", "b.html", "b.parquet"])
def test_tables_are_made_by_extract(quotex, news, target):
    """The command that is shown makes them."""
    result = quotex("convert", "quotes.json", target)
    assert (result.exit_code, result.stderr.startswith(f"[Q811] {target}: ")) == (2, True)
    assert result.stderr.endswith(f"quotex extract PATHS --corrections FILE.jsonl -o {target}\n")
    assert quotex("convert", "quotes.json", "gold.jsonl").exit_code == 0
    if not target.endswith(".parquet"):
        made = quotex("extract", "a.txt", "--corrections", "gold.jsonl", "-o", target)
        assert (made.exit_code, "Q245" in made.stderr) == (0, False)
    assert "Q811" in quotex("convert", "quotes.json", "b", "--to", "sqlite").stderr


def test_pipes(quotex, news):
    """JSON Lines in, any format of one file out."""
    rows = (news / "quotes.jsonl").read_text("utf-8")
    result = quotex("convert", "-", "-", "--to", "conll", stdin=rows)
    assert result.exit_code == 0
    assert "\tWe\t_\tB-1\tO\tO\n" in result.stdout
    document = (news / "quotes.json").read_text("utf-8")
    assert quotex("convert", "-", "-", "--from", "json", "--to", "conll", stdin=document).stdout == result.stdout
    refused = quotex("convert", "-", "b.jsonl", "--from", "tei", stdin="<TEI/>")
    assert (refused.exit_code, "Q808" in refused.stderr) == (2, True)


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"brat", "xmi"}))
@pytest.mark.parametrize("source", ["folder", "x" * 5000])
def test_what_the_system_does_not_read(quotex, news, form, source):
    """It is the source that is named, not the target, and nothing is left."""
    (news / "folder").mkdir()
    result = quotex("convert", source, "b.jsonl", "--from", form)
    assert (result.exit_code, result.stderr[:7], source in result.stderr) == (2, "[Q108] ", True)
    assert not list(news.glob("b.jsonl*"))


@pytest.mark.parametrize("name", ["x" * 300 + ".tei.xml", "d/" * 3_000 + "a.tei.xml"])
def test_names_that_the_system_does_not_take(quotex, news, name):
    """Of what is read and of what is written, with a format and without."""
    for arguments in ((name, "b.xml"), ("quotes.jsonl", name), ("quotes.jsonl", name, "--to", "brat")):
        result = quotex("convert", *arguments)
        assert (result.exit_code, result.stderr[:6]) == (2, "[Q108]" if name in arguments[:1] else "[Q204]")


def test_texts_from_elsewhere(quotex, news):
    """Of a folder of --save-text, or of what was read; else it is said what is needed."""
    quotex("extract", "a.txt", "-o", "b.jsonl", "--save-text", "texts", "-q")
    rows = [{"id": "empty", "text": ""}, {"id": "a.txt", "text": TEXT}]  # one bad row costs itself
    (news / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (news / "a.txt").unlink()
    missing = quotex("convert", "quotes.jsonl", "a.tei.xml")
    assert (missing.exit_code, "Q805" in missing.stderr, "--texts" in missing.stderr) == (2, True, True)
    for n, texts in enumerate(("texts", "rows.jsonl")):
        assert quotex("convert", "quotes.jsonl", f"{n}.tei.xml", "--texts", texts).exit_code == 0
    assert not list(news.glob("a.tei.xml*"))
    assert "[Q106] nowhere" in quotex("convert", "quotes.jsonl", "a.tei.xml", "--texts", "nowhere").stderr


def test_a_text_that_changed_is_told(quotex, news):
    """Places are of the text as it was."""
    (news / "a.txt").write_text("X" + TEXT, encoding="utf-8")
    result = quotex("convert", "quotes.jsonl", "a.tei.xml")
    assert (result.exit_code, "Q410" in result.stderr) == (2, True)


@pytest.mark.parametrize("form", ["brat", "xmi"])
def test_folders_are_known(quotex, news, form):
    """By what is in them."""
    need_packages(form)
    assert quotex("convert", "quotes.jsonl", "folder", "--to", form).exit_code == 0
    assert quotex("convert", "folder", "back.jsonl").exit_code == 0
    assert json.loads((news / "back.jsonl").read_text("utf-8"))["text"] == TEXT


def test_files_of_brat(quotex, news):
    """A pair of files an article."""
    assert quotex("convert", "quotes.jsonl", "brat", "--to", "brat").exit_code == 0
    assert {path.name for path in (news / "brat").iterdir()} == {"annotation.conf", "a.txt.ann", "a.txt.txt"}


def test_half_a_folder_is_not_left(quotex, news):
    """Once the text is back, the same command works."""
    (news / "a.txt").rename(news / "b.txt")
    assert quotex("convert", "quotes.jsonl", "brat", "--to", "brat").exit_code == 2
    (news / "b.txt").rename(news / "a.txt")
    assert quotex("convert", "quotes.jsonl", "brat", "--to", "brat").exit_code == 0


def test_what_is_lost_is_counted(quotex, news):
    """On stderr, and it is no failure."""
    (news / "a.txt").write_text("\x1b" + TEXT, encoding="utf-8")
    quotex("extract", "a.txt", "-o", "quotes.jsonl", "-q", "--force")
    result = quotex("convert", "quotes.jsonl", "a.xml")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[1:] == ["Lost: 1 × character that XML cannot hold, replaced by �."]


def test_nothing_is_replaced(quotex, news):
    """Unless it is asked for."""
    assert "Q211" in quotex("convert", "quotes.json", "quotes.jsonl").stderr
    assert quotex("convert", "quotes.json", "quotes.jsonl", "--force").exit_code == 0


def test_names_without_a_format(quotex, news):
    """The formats are named, and the option."""
    result = quotex("convert", "quotes.jsonl", "a.out")
    assert (result.exit_code, "Q804" in result.stderr, "--to" in result.stderr) == (2, True, True)
    result = quotex("convert", "a.csv", "b.xml")
    assert result.stderr.startswith("[Q804] a.csv: ")
    assert result.stderr.endswith("Of `quotex extract`, JSON Lines, JSON, databases and Parquet are read.\n")


def test_a_file_of_another_format(quotex, news):
    """Is told as what it was taken for."""
    (news / "a.xml").write_text("<a/>")
    assert "Q802" in quotex("convert", "a.xml", "b.jsonl").stderr
    (news / "a.jsonl").write_text('{"id": 1, "text": "Rain."}')
    assert "Q801" in quotex("convert", "a.jsonl", "b.jsonl").stderr


OTHER = "“We are late,” said Bo Lind.\n"
SAME_ID = "[Q809] 1 article with the id of an earlier one ('a')"


@pytest.mark.parametrize("form", ["jsonl", "json"])
@pytest.mark.parametrize("texts", ["rows.jsonl", "texts"])
def test_two_articles_of_one_id(quotex, news, form, texts):
    """Each has its text and its quotes, wherever the texts are; it is said, as other tools ask for one of each."""
    rows = [{"id": "a", "text": text} for text in (TEXT, OTHER)]
    (news / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    quotex("extract", "rows.jsonl", "-o", f"found.{form}", "--save-text", "texts", "-q")
    result = quotex("convert", f"found.{form}", "b.tei.xml", "--texts", texts)
    assert (result.exit_code, SAME_ID in result.stderr) == (0, True)
    assert quotex("convert", "b.tei.xml", "b.jsonl").exit_code == 0
    back = [json.loads(line) for line in (news / "b.jsonl").read_text("utf-8").splitlines()]
    assert [(one["text"], [quote["quote"] for quote in one["quotes"]]) for one in back] == [
        (TEXT, ["We are ready,"]),
        (OTHER, ["We are late,"]),
    ]


def test_one_of_two_articles_of_one_id_says_nothing(quotex, news):
    """The other's quotes are found in its own text."""
    rows = [{"id": "a", "text": text} for text in ("Rain.", TEXT)]
    (news / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    quotex("extract", "rows.jsonl", "-o", "found.jsonl", "-q")
    assert quotex("convert", "found.jsonl", "b.jsonl", "--texts", "rows.jsonl").exit_code == 0
    assert json.loads((news / "b.jsonl").read_text("utf-8"))["text"] == TEXT


@pytest.mark.parametrize(("form", "suffix"), [("brat", ".ann"), ("xmi", ".xmi")])
def test_a_folder_without_annotations(quotex, news, form, suffix):
    """It is another one that was meant."""
    need_packages(form)
    (news / "folder").mkdir()
    (news / "folder" / "a.txt").write_text(TEXT, encoding="utf-8")
    result = quotex("convert", "folder", "b.jsonl", "--from", form)
    assert (result.exit_code, f"[Q810] folder: no {suffix} file" in result.stderr) == (2, True)
    assert not (news / "b.jsonl").exists()


def test_brat_texts_without_annotations_are_counted(quotex, news):
    """Beside others that have some."""
    assert quotex("convert", "quotes.jsonl", "brat", "--to", "brat").exit_code == 0
    (news / "brat" / "b.txt").write_text(TEXT, encoding="utf-8")
    result = quotex("convert", "brat", "b.jsonl")
    assert (result.exit_code, "Lost: 1 × text without a .ann" in result.stderr) == (0, True)


@pytest.mark.parametrize("form", ["brat", "xmi"])
def test_formats_of_folders_have_no_place_in_one_file(quotex, news, form):
    """Neither in stdout nor in what is called as one of two files."""
    need_packages(form)
    result = quotex("convert", "quotes.jsonl", "-", "--to", form)
    assert (result.exit_code, result.stdout, "[Q803] stdout" in result.stderr) == (2, "", True)
    assert "[Q803] b.ann" in quotex("convert", "quotes.jsonl", "b.ann").stderr
    assert not (news / "b.ann").exists()


def test_stdout_has_json_lines(quotex, news):
    """If nothing else is said."""
    result = quotex("convert", "quotes.json", "-")
    assert (result.exit_code, json.loads(result.stdout)["text"]) == (0, TEXT)


def test_texts_are_read_as_extract_did(quotex, news):
    """With the same keys and encoding."""
    (news / "rows.csv").write_bytes(f'nr;body\n7;"{TEXT}"\n'.encode("cp1252"))
    keys = ("--text-key", "body", "--id-key", "nr", "--encoding", "cp1252")
    assert quotex("extract", "rows.csv", *keys, "-o", "found.jsonl", "-q").exit_code == 0
    refused = quotex("convert", "found.jsonl", "b.jsonl", "--texts", "rows.csv")
    assert (refused.exit_code, refused.stderr.startswith("[Q1")) == (2, True)
    assert quotex("convert", "found.jsonl", "b.jsonl", "--texts", "rows.csv", *keys).exit_code == 0
    row = json.loads((news / "b.jsonl").read_text("utf-8"))
    assert (row["id"], row["text"], row["quotes"][0]["quote"]) == ("7", TEXT, "We are ready,")
    assert "Q201" in quotex("convert", "found.jsonl", "c.jsonl", "--encoding", "no").stderr


def test_the_text_of_what_was_piped_in(quotex, news):
    """It had no name then."""
    found = quotex("extract", stdin=TEXT).stdout
    (news / "found.jsonl").write_text(found, encoding="utf-8")
    assert "Q805" in quotex("convert", "found.jsonl", "b.jsonl").stderr
    assert quotex("convert", "found.jsonl", "b.jsonl", "--texts", "a.txt").exit_code == 0
    assert json.loads((news / "b.jsonl").read_text("utf-8"))["text"] == TEXT


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("quotes.jsonl", "quotes.jsonl"),
        ("quotes.jsonl", "link.jsonl"),
        ("quotes.jsonl", "rows.jsonl"),
        ("new.jsonl.part", "new.jsonl"),
    ],
)
def test_what_is_read_is_not_replaced(quotex, news, source, target):
    """Neither the results nor the texts, nor a part file that is read while it would be written."""
    rows = json.dumps({"id": "a.txt", "text": TEXT})
    (news / "rows.jsonl").write_text(rows, encoding="utf-8")
    (news / "new.jsonl.part").write_bytes((news / "quotes.jsonl").read_bytes())
    (news / "link.jsonl").symlink_to("quotes.jsonl")
    names = ("quotes.jsonl", "rows.jsonl", "new.jsonl.part")
    before = [(news / name).read_bytes() for name in names]
    result = quotex("convert", source, target, "--from", "jsonl", "--texts", "rows.jsonl", "--force")
    message = f"[Q205] {target}: is one of the inputs. Choose another file for OUT.\n"
    assert (result.exit_code, result.stderr) == (2, message)
    assert [(news / name).read_bytes() for name in names] == before


@pytest.mark.parametrize("form", ["brat", "xmi"])
def test_no_folder_is_written_around_what_is_read(quotex, news, form):
    """Its files would be named as those that are there."""
    assert quotex("convert", "quotes.jsonl", "one/two", "--to", form).exit_code == 0
    before = {path: path.read_bytes() for path in (news / "one").rglob("*.*")}
    [one] = [path for path in before if path.suffix in (".ann", ".xmi")]
    for target in ("one/two", "one/two/", "one", "."):
        result = quotex("convert", str(one), target, "--from", form, "--to", form, "--force")
        assert (result.exit_code, result.stderr[:6]) == (2, "[Q205]"), target
    assert {path: path.read_bytes() for path in (news / "one").rglob("*.*")} == before
