"""Who gets to speak over several articles: who is the same, and how much each said."""

from pathlib import Path

import pytest

from quotex.aliases import read_aliases
from quotex.errors import UsageError
from quotex.grouping import Grouping
from quotex.tally import Amount, Sum, Tally, add_up, part_voices
from quotex.types import Article, Kind, Pronoun, Quote, QuoteType, Span, Speaker


def make_article(name: str, *said: tuple[str, Kind, tuple[str, ...], str, QuoteType]) -> Article:
    """Make an article of (name, kind, descriptions, words, type); a name may speak once."""
    speakers, quotes = [], []
    for number, (who, kind, descriptions, words, type_) in enumerate(said, start=1):
        speaker = Speaker(f"s{number}", who, kind, descriptions=descriptions, quotes=(number,))
        span = (Span(0, len(words), words),)
        speakers.append(speaker)
        quotes.append(Quote(number, type_, "statement", span, (), (), speaker, 1.0, 1))
    return Article(name, "", tuple(quotes), tuple(speakers))


def count(*articles: Article, aliases: Path | None = None) -> list[tuple[str, int, int]]:
    tally = Tally(read_aliases(aliases) if aliases else None)
    for article in articles:
        tally.add(article)
    return [(voice.name, voice.n_quotes, voice.n_words) for voice in tally.list_voices()]


def test_a_full_name_is_one_person_in_all_articles():
    """Accents and titles do not part people; words and types add up."""
    tally = Tally()
    tally.add(make_article("a", ("José Quispe", "person", ("the mayor",), "it rained all day", "direct")))
    tally.add(make_article("b", ("Jose Quispe", "person", ("a lawyer",), "no", "indirect")))
    (voice,) = tally.list_voices()
    assert (voice.n_quotes, voice.n_words, voice.articles) == (2, 5, ["a", "b"])
    assert (voice.quotes["direct"], voice.quotes["indirect"], voice.words["indirect"]) == (1, 1, 1)
    assert voice.descriptions == ["the mayor", "a lawyer"]
    assert voice.aliases == ["Jose Quispe"]


def test_descriptions_that_clash_part_two_of_one_name():
    """The mayors of two towns are two people, and so are a spokesman and a spokeswoman."""
    one = make_article("a", ("Kim Lee", "person", ("mayor of Kampot",), "one two", "direct"))
    two = make_article("b", ("Kim Lee", "person", ("mayor of Lima",), "three", "direct"))
    three = make_article("c", ("Kim Lee", "person", ("the mayor",), "four", "direct"))
    assert count(one, two, three) == [("Kim Lee", 2, 3), ("Kim Lee", 1, 1)]


def test_surnames_groups_and_the_unnamed_stay_apart():
    """The Lee of one article need not be that of the next, nor the critics."""
    said = (("Lee", "person", (), "yes", "direct"), ("critics", "group", (), "no", "indirect"))
    one, two = make_article("a", *said), make_article("b", *said)
    assert sorted(count(one, two)) == [("Lee", 1, 1), ("Lee", 1, 1), ("critics", 1, 1), ("critics", 1, 1)]


def test_bodies_are_one_by_their_name():
    """The Harbour Board is the same everywhere."""
    said = ("the Harbour Board", "org", (), "yes", "indirect")
    assert count(make_article("a", said), make_article("b", said)) == [("the Harbour Board", 2, 2)]


def test_aliases_put_names_together(tmp_path):
    """A user says who is who; comments and empty lines are passed over."""
    path = tmp_path / "names.txt"
    path.write_text("# who is who\n\nAnn Lee = Annie Lee; Lee  # the mayor\n", encoding="utf-8")
    one = make_article("a", ("Lee", "person", (), "one", "direct"), ("Annie Lee", "person", (), "two", "direct"))
    two = make_article("b", ("Ann Lee", "person", (), "three", "direct"))
    assert count(one, two, aliases=path) == [("Ann Lee", 3, 3)]


def test_aliases_need_no_accents(tmp_path):
    """Who has no ł on the keyboard writes l, as for `--speaker`."""
    path = tmp_path / "names.txt"
    path.write_text("Lukasz Orn = Luki", encoding="utf-8")
    one = make_article("a", ("Łukasz Ørn", "person", (), "one", "direct"), ("Luki", "person", (), "two", "direct"))
    assert count(one, aliases=path) == [("Lukasz Orn", 2, 2)]


@pytest.mark.parametrize(
    ("content", "code", "part"),
    [
        ("Ann Lee, Annie Lee\n", "Q214", "line 1"),
        ("\n= Lee\n", "Q214", "line 2"),
        ("Ann Lee = Lee\nBo Lee = Lee\n", "Q215", "'lee' is already 'Ann Lee'"),
        ("Ann Lee = \xff".encode("latin-1"), "Q213", "UTF-8"),
        (None, "Q213", "No such file"),
    ],
)
def test_bad_aliases_are_named(tmp_path, content, code, part):
    """The file, the line, and what to write instead."""
    path = tmp_path / "names.txt"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError, match=rf"\[{code}\] .*names.txt") as failure:
        read_aliases(path)
    assert part in str(failure.value)


def test_quotes_of_nobody_are_counted():
    """They are words too, which the shares are of."""
    span = (Span(0, 3, "a b"),)
    article = Article("a", "", (Quote(1, "direct", "statement", span, (), (), None, 1.0, 1),))
    tally = Tally()
    tally.add(article)
    assert (tally.said.quotes, tally.said.words, tally.unknown.quotes, tally.list_voices()) == (1, 2, 1, [])


def say(article: str, name: str, *, pronoun: Pronoun | None = None, kind: Kind = "person", meta=None) -> Article:
    """Make an article in which one speaker says two words."""
    speaker = Speaker("s1", name, kind, quotes=(1,), pronoun=pronoun)
    quote = Quote(1, "direct", "statement", (Span(0, 5, "no no"),), (), (), speaker, 1.0, 1)
    return Article(article, "", (quote,), (speaker,), meta or {})


def name_voices(*articles: Article) -> list[tuple[str, int]]:
    return sorted((name, n) for name, n, _ in count(*articles))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Jane Smith-Ora", "Jane Smith Ora", "Jané Smith‑Ora"], [("Jane Smith-Ora", 3)]),
        (["J. Smith-Ora", "J Smith Ora", "Jane Smith-Ora"], [("Jane Smith-Ora", 3)]),
        (["Jane Moe", "Jane K. Moe"], [("Jane K. Moe", 2)]),
        (["J.-P. Moe", "Jean-Pierre Moe", "J. P. Moe"], [("Jean-Pierre Moe", 3)]),
        (["J. K. Moe", "JK Moe", "Jane K. Moe"], [("Jane K. Moe", 3)]),
        (["Jane Moe", "John Moe"], [("Jane Moe", 1), ("John Moe", 1)]),
        (["Jane Moe", "J. Moe", "John Moe"], [("Jane Moe", 2), ("John Moe", 1)]),
        (["Jane Moe", "John Moe", "J. Moe"], [("J. Moe", 1), ("Jane Moe", 1), ("John Moe", 1)]),
        (["Jan Moe", "Jane Moe"], [("Jan Moe", 1), ("Jane Moe", 1)]),
        (["Ann Moe", "Ann Kim Moe"], [("Ann Kim Moe", 1), ("Ann Moe", 1)]),
    ],
)
def test_hyphens_and_initials_do_not_make_two(names, expected):
    """But two given names do; what an initial stands for must be clear."""
    assert name_voices(*(say(str(n), name) for n, name in enumerate(names))) == expected


def test_an_initial_is_nobody_s_of_whom_the_article_says_another_pronoun():
    """J. Moe, who is "she", is not John Moe, who is "he"."""
    assert len(name_voices(say("a", "John Moe", pronoun="he"), say("b", "J. Moe", pronoun="she"))) == 2


@pytest.mark.parametrize("other", ["Mayor", "the mayor", "Mayor of Ora", "Ora mayor"])
def test_a_title_with_a_place_and_without_are_of_one(other):
    """The mayor of Ora is the mayor, however this is written."""
    one = make_article("a", ("Kim Lee", "person", ("the mayor of Ora",), "one", "direct"))
    two = make_article("b", ("Kim Lee", "person", (other,), "two", "direct"))
    assert count(one, two) == [("Kim Lee", 2, 2)]


def test_groups_pronouns_and_silent_articles_are_counted():
    """By outlet: what each speaker said there, and what all did."""
    tally = Tally(find_group=Grouping("outlet").find)
    for article in (
        say("a", "Ann Lee", pronoun="she", meta={"outlet": "Post"}),
        say("b", "Ann Lee", meta={"Outlet": "Sun"}),
        say("c", "critics", kind="group", meta={"outlet": "Sun"}),
        Article("d", "", meta={"outlet": "Sun"}),
        Article("e", ""),
    ):
        tally.add(article)
    groups = {name: (group.n_articles, group.said.words) for name, group in tally.groups.items()}
    assert groups == {"Post": (1, 2), "Sun": (3, 4), None: (1, 0)}
    assert (tally.n_articles, tally.n_silent) == (5, 2)
    ann, critics = tally.list_voices()
    assert (ann.pronoun, ann.groups["Sun"], ann.said) == ("she", Amount(1, 1, 2), {"a": [1], "b": [1]})
    parts = part_voices([ann, critics])
    assert parts["pronouns"] == {"she": [ann], "he": [], "they": [], "it": [], "none": [critics]}
    assert parts["names"] == {"named": [ann], "unnamed": [critics]}
    assert add_up(parts["kinds"]["person"], ["Sun"]) == Sum(1, 1, 2)


def test_ids_are_those_of_names():
    """Two of one name have two."""
    tally = Tally()
    for article in ("a", "b"):
        tally.add(say(article, "Lee"))
    assert tally.make_ids() == {1: "lee", 2: "lee-2"}


def test_what_is_said_inside_what_is_said():
    """Its words count for both, unless both are one; shares add up; numbers that lead in a circle do no harm."""
    ann, bob = (Speaker(name, name, "person") for name in ("Ann Lee", "Bob Moe"))

    def quote(number, speaker, words, within):
        span = (Span(0, len(words), words),)
        return Quote(number, "direct", "statement", span, (), (), speaker, 1.0, 1, within=within)

    quotes = (
        quote(1, ann, "Bob told me that I said no", None),
        quote(2, bob, "Ann said no", 1),
        quote(3, ann, "no", 2),
        quote(4, None, "it rained", 5),
        quote(5, None, "it rained", 4),
    )
    tally = Tally()
    tally.add(Article("a", "", quotes, (ann, bob)))
    assert [(voice.name, voice.n_quotes, voice.n_words) for voice in tally.list_voices()] == [
        ("Ann Lee", 2, 7),
        ("Bob Moe", 1, 3),
    ]
    assert (tally.said.quotes, tally.said.words, tally.unknown.words) == (5, 14, 4)
    assert sum(tally.find_share(n_words) for n_words in (7, 3, 4)) == 1
