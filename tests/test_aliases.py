"""Which names may be one speaker's, for a user to decide."""

import io

import pytest

from quotex.aliases import read_aliases, write_suggestions
from quotex.tally import Tally
from quotex.types import Article, Kind, Quote, Span, Speaker


def say(article: str, name: str, *, kind: Kind = "person", said: tuple[str, ...] = ()) -> Article:
    """Make an article in which one speaker says two words."""
    speaker = Speaker("s1", name, kind, descriptions=said, quotes=(1,))
    quote = Quote(1, "direct", "statement", (Span(0, 5, "no no"),), (), (), speaker, 1.0, 1)
    return Article(article, "", (quote,), (speaker,))


def suggest(*articles: Article) -> str:
    tally = Tally()
    for article in articles:
        tally.add(article)
    stream = io.StringIO()
    write_suggestions(tally.list_voices(), stream)
    return stream.getvalue()


def list_pairs(*names: str, kind: Kind = "person") -> list[str]:
    """List the lines without their counts."""
    written = suggest(*(say(str(n), name, kind=kind) for n, name in enumerate(names)))
    return [line.rpartition("  # ")[0] for line in written.splitlines() if " = " in line]


@pytest.mark.parametrize(
    ("names", "kind", "expected"),
    [
        (["Ann Lee", "Lee", "Lee"], "person", ["# Ann Lee = Lee"]),
        (["Thom Moe", "Thomas Moe"], "person", ["# Thomas Moe = Thom Moe"]),
        (["Ann Lee", "Ann Kim Lee"], "person", ["# Ann Kim Lee = Ann Lee"]),
        (["Ann McLenney", "Ann McClenney"], "person", ["# Ann McClenney = Ann McLenney"]),
        (["Ora Institute of Work", "OIW"], "org", ["# Ora Institute of Work = OIW"]),
        (["Ann Lee", "Bo Lee", "Ann Moe"], "person", []),
        (["Ann Lee", "Lee; #1", "Lee=Moe"], "person", []),
    ],
)
def test_names_that_may_be_one(names, kind, expected):
    """Short ones, misspelt ones, acronyms; what a file cannot hold is left out."""
    assert list_pairs(*names, kind=kind) == expected


def test_two_of_one_name_whose_descriptions_clash():
    """They may be one after all: the name stands on both sides."""
    one, two = say("a", "Kim Lee", said=("mayor of Kampot",)), say("b", "Kim Lee", said=("mayor of Lima",))
    assert "# Kim Lee = Kim Lee  # 2 quotes in 2 articles, clashing descriptions" in suggest(one, two)


def test_nothing_is_merged_before_somebody_edits_it(tmp_path):
    """The file as it is says nothing; without its first mark, a line does what it says."""
    articles = [say("a", "Ann Lee"), say("b", "Lee")]
    path = tmp_path / "names.txt"
    path.write_text(suggest(*articles), "utf-8")
    assert read_aliases(path) == {}
    path.write_text(path.read_text("utf-8").replace("# Ann", "Ann"), "utf-8")
    tally = Tally(read_aliases(path))
    for article in articles:
        tally.add(article)
    assert [(voice.name, voice.n_quotes) for voice in tally.list_voices()] == [("Ann Lee", 2)]
