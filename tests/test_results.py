"""What `quotex extract` wrote, read back to be counted."""

from dataclasses import replace

import pytest

from quotex.read import Failure, ReadOptions
from quotex.results import Results, find_results
from quotex.tally import Tally
from quotex.types import Article
from quotex.write import Output, make_file_writer

META = {"outlet": "Ora Post", "Date": "2026-03-31"}


def write(folder, name, *articles: Article):
    """Write articles as `extract` does."""
    path = folder / name
    output = Output(str(path))
    suffix = path.suffix.removeprefix(".")
    writer = make_file_writer({"db": "sqlite", "txt": "jsonl"}.get(suffix, suffix), output, keep=tuple(META))
    for article in articles:
        writer.write(article)
    writer.close()
    output.complete()
    return path


def summarise(article: Article) -> tuple[object, ...]:
    """List what is counted of an article."""
    said = [(q.id, q.type, q.act, q.n_words, q.speaker and q.speaker.id, q.confidence) for q in article.quotes]
    who = [(s.id, s.name, s.kind, s.description, s.affiliation, s.pronoun, s.quotes) for s in article.speakers]
    return article.id, said, who, {key: str(value) for key, value in article.meta.items()}


@pytest.mark.parametrize("name", ["q.jsonl", "q.json", "q.db", "q.parquet", "q.txt"])
def test_what_is_counted_comes_back(tmp_path, article, name):
    """Whatever the format; what was carried along, too."""
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow", reason="needs the extra parquet")
    mayor = replace(article.speakers[0], pronoun="she")
    quotes = tuple(
        replace(q, confidence=round(q.confidence, 3), speaker=mayor if q.speaker else None) for q in article.quotes
    )
    article = replace(article, quotes=quotes, speakers=(mayor,), meta=META)
    again = replace(article, id="b.txt")
    path = write(tmp_path, name, article, again)
    results = find_results([str(path)], ReadOptions())
    assert results is not None
    assert [summarise(one) for one in results] == [summarise(article), summarise(again)]


@pytest.mark.parametrize(("name", "listed"), [("q.json", True), ("q.db", True), ("q.jsonl", False)])
def test_articles_without_quotes(tmp_path, article, name, listed):
    """They are there, or it is known that they are not."""
    path = write(tmp_path, name, article, Article("b.txt", "It rained."))
    results = Results([str(path)], ReadOptions())
    tally = Tally()
    for one in results:
        tally.add(one)
    assert (tally.n_silent, results.lists_silent) == (int(listed), listed)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "“No,” said Ann Lee."),
        ("a.jsonl", '{"id": "a", "text": "It rained."}'),
        ("a.json", '[{"text": "It rained."}]'),
        ("a.db", "SQLite format 3\0 and so on"),
        ("a.parquet", "PAR1 and so on"),
    ],
)
def test_articles_are_no_results(tmp_path, name, text):
    """What is in a file tells, and not its name."""
    (tmp_path / name).write_text(text, "utf-8")
    assert find_results([str(tmp_path / name)], ReadOptions()) is None


def test_articles_among_results_are_named(tmp_path, article):
    """They would have to be read by the model, which is another run."""
    path = write(tmp_path, "q.jsonl", article)
    (tmp_path / "z.txt").write_text("It rained.", "utf-8")
    found = list(Results([str(path), str(tmp_path / "z.txt")], ReadOptions()))
    assert isinstance(found[1], Failure)
    assert "[Q151]" in found[1].message


@pytest.mark.parametrize("step", ["read_schema", "ParquetFile.iter_batches"])
def test_parquet_that_arrow_does_not_read(tmp_path, article, monkeypatch, step):
    """Some of what Arrow raises is no ValueError, as for integers of more than 64 bits."""
    arrow = pytest.importorskip("pyarrow")

    def refuse(*arguments, **options):
        raise arrow.lib.ArrowNotImplementedError("Integers with more than 64 bits not implemented")

    path = write(tmp_path, "q.parquet", article)
    monkeypatch.setattr(f"pyarrow.parquet.{step}", refuse)
    found = find_results([str(path)], ReadOptions())
    if step == "read_schema":
        assert found is None
    else:
        [failure] = found
        assert failure.message.startswith(f"[Q152] {path}: damaged")


def test_damaged_results_are_named(tmp_path, article):
    """What could be read before stays."""
    path = write(tmp_path, "q.jsonl", article)
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"doc": "b.txt", "id": 1}\n')
    found = list(Results([str(path)], ReadOptions()))
    assert [type(one) for one in found] == [Article, Failure]
    assert "[Q152]" in found[1].message


@pytest.mark.parametrize(
    ("ours", "other"),
    [
        ('"kind": "person"', '"kind": "dragon"'),
        ('"name": "Ann Lee"', '"name": 7'),
        ('"type": "direct"', '"type": "loud"'),
        ('"act": "statement"', '"act": []'),
        ('"id": 1', '"id": "1"'),
        ('"confidence": 0.988', '"confidence": "high"'),
    ],
)
def test_what_cannot_be_counted_is_named(tmp_path, article, ours, other):
    """And not met only when it is written."""
    path = write(tmp_path, "q.json", article)
    data = path.read_text("utf-8")
    assert ours in data
    path.write_text(data.replace(ours, other), "utf-8")
    [failure] = Results([str(path)], ReadOptions())
    assert isinstance(failure, Failure)
    assert failure.message.startswith(f"[Q152] {path}: damaged")
