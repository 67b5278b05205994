"""The texts of articles, kept beside the records."""

from pathlib import Path

import pytest

from quotex.batch.texts import MAX_NAME, name_text, save_text
from quotex.convert.texts import Texts
from quotex.read import fold_path
from quotex.types import Article


def test_the_text_is_kept_as_it_is(tmp_path):
    """Newlines and all; the name is that of the article."""
    path = save_text(Article("news/a.html", "One.\r\nTwö."), tmp_path / "texts")
    assert path == tmp_path / "texts" / "news" / "a.html.txt"
    assert path.read_bytes() == "One.\r\nTwö.".encode()


def test_two_articles_of_one_name(tmp_path):
    """Neither is lost, and to keep them again changes nothing."""
    one, two = Article("7", "One."), Article("7", "Two.")
    for _ in range(2):
        paths = [save_text(article, tmp_path) for article in (one, two)]
        assert [path.read_text() for path in paths] == ["One.", "Two."]
    assert len(list(tmp_path.iterdir())) == 2


def test_names_stay_in_the_folder(tmp_path):
    """Whatever an id is, it names a file under the folder, and one that every system allows."""
    for doc in (
        "../../etc/x",
        "/etc/x",
        "..",
        "",
        "a/../../b",
        "C:\\x",
        "a\0b",
        "caf\udce9",
        "x" * 5_000,
        "é" * 300,
    ):
        path = save_text(Article(doc, "Text."), tmp_path)
        assert path.resolve().is_relative_to(tmp_path.resolve())
        assert len(path.name.encode()) <= MAX_NAME + 4


def test_long_names_are_kept_apart():
    """By a digest."""
    assert name_text("x" * 300 + "1") != name_text("x" * 300 + "2")


@pytest.mark.parametrize("docs", [("a", "a.txt/b"), ("a.txt/b", "a"), ("a", "A.TXT/b"), ("a", "a.txt.part/b")])
def test_no_folder_takes_the_place_of_a_text(tmp_path, docs):
    """Nor the other way round, whichever comes first; and to keep them again changes nothing."""
    for _ in range(2):
        paths = [save_text(Article(doc, doc), tmp_path) for doc in docs]
        assert [path.read_text() for path in paths] == list(docs)
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 2


def test_what_stands_there_already(tmp_path):
    """Files and folders of others stay, and the text goes beside them."""
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "b").write_text("precious")
    for doc in ("a", "b/c"):
        for _ in range(2):
            path = save_text(Article(doc, "Text."), tmp_path)
            assert path.read_text() == "Text."
    assert (tmp_path / "b").read_text() == "precious"
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 3


def test_no_folder_takes_the_place_of_what_the_run_writes(tmp_path):
    """Which is not there yet, and on some systems would be in capitals, too; the text can be found again."""
    taken = {fold_path(tmp_path / "texts" / "Q.jsonl")}
    for doc in ("q.jsonl/b", "q.jsonl/c/d", "Q.JSONL/b"):
        for _ in range(2):
            assert save_text(Article(doc, doc), tmp_path / "texts", taken).read_text() == doc
        assert Texts([str(tmp_path / "texts")]).find(doc) == [doc]
    assert [path.is_file() for path in (tmp_path / "texts").rglob("*")] == [True] * 3


def test_no_part_file_of_others_is_replaced(tmp_path):
    """As one of a run that was broken off."""
    (tmp_path / "a.txt.part").write_text("precious")
    save_text(Article("a", "Text."), tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a.txt": "Text.",
        "a.txt.part": "precious",
    }


def test_deep_paths(tmp_path):
    """Thousands of slashes end no run, and two such ids are kept apart."""
    for doc in ("a/" * 3_000, "/" * 5_000 + "b", "c" * 150 + ("/" + "d" * 150) * 40, "e/" * 3_000 + "f"):
        assert save_text(Article(doc, doc), tmp_path).read_text() == doc
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 4


@pytest.mark.parametrize("doc", ["con", "NUL", "aux.txt", "com1/x", "a./b", "a /b"])
def test_names_that_windows_keeps_for_itself(doc):
    """As no part of a name."""
    for part in name_text(doc).parts:
        assert part.split(".")[0].lower() not in {"con", "nul", "aux", "com1"}
        assert part[-1] not in ". "


def test_a_kill_leaves_no_half_of_a_text(tmp_path, monkeypatch):
    """Under the article's name there is all of it or nothing; the next run writes it as if nothing had been."""
    article = Article("a", "All of it.")

    def die(path, target):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", die)
        with pytest.raises(KeyboardInterrupt):
            save_text(article, tmp_path)
    assert not (tmp_path / "a.txt").exists()
    assert save_text(article, tmp_path).read_text() == "All of it."
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
