"""The texts of articles, kept beside the records."""

from quotex.batch.texts import MAX_NAME, name_text, save_text
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
