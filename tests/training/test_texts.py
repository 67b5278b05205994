"""Articles of our own, with their marks: what is read of them, and that all of them can be read."""

import doctest
import re

import pytest

from models.news_en.training import texts
from models.news_en.training.texts import Entity, MarkedText, read_text, read_texts
from quotex.evaluation import AnnotatedText
from tests.paths import TEXTS

HEAD = """\
# 1: person, Ann Lee, she
# 2: org, Port, Sons and Co, it
# 3: document, the report, -
# 4: unnamed, a neighbour, he
# 1: 1
# 2: 3
# 3: 4
# 4: 1

"""
BODY = (
    "<s:1,4>[[T:1|Mayor]] [[P:1|Lee]], [[T:1|head of [[O:2|Port & Sons]]]],</s> <u:1>said</u> <c:1>𝒂ll is well in "
    "[[L|Oslo]]</c> and <u:4>hoped</u> <c:4>it stays</c>. “<c:2>[[D:1|She]] is wrong,</c>” "
    "<s:2>[[D:3|the report]]</s> <u:2>said</u>, “<c:2>and [[O|Aid]] <c:3>too</c>.</c>” "
    "[[X|Sunday]] [[T:1|Mayor]], [[P:1|Ann]]\n"
)


@pytest.fixture
def article() -> MarkedText:
    return read_text("a", HEAD + BODY)


def cut(article: MarkedText, ranges) -> list[str]:
    return [article.text[start:end] for start, end, *_ in ranges]


def test_the_text_has_no_marks(article):
    """Nothing else is changed."""
    assert article.text == (
        "Mayor Lee, head of Port & Sons, said 𝒂ll is well in Oslo and hoped it stays. “She is wrong,” the report "
        "said, “and Aid too.” Sunday Mayor, Ann\n"
    )


def test_quotes(article):
    """In the order of the text, each with its pieces; a source may have two, a content may hold another."""
    shown = [
        (cut(article, quote.content), cut(article, quote.cue), cut(article, quote.source))
        for quote in article.quotes
    ]
    source = "Mayor Lee, head of Port & Sons,"
    assert shown == [
        (["𝒂ll is well in Oslo"], ["said"], [source]),
        (["it stays"], ["hoped"], [source]),
        (["She is wrong,", "and Aid too."], ["said"], ["the report"]),
        (["too"], [], []),
    ]
    assert [(quote.speaker, quote.kind) for quote in article.quotes] == [
        ("Ann Lee", "person"),
        ("Ann Lee", "person"),
        ("the report", "other"),
        ("a neighbour", "unnamed"),
    ]
    assert article.speakers == (1, 1, 3, 4)
    assert article.gold == AnnotatedText("a", article.text, article.quotes)


def test_entities(article):
    """A name may have commas."""
    assert article.entities[2] == Entity("org", "Port, Sons and Co", "it")
    assert article.entities[3] == Entity("document", "the report", "-")


def test_names(article):
    """Nested ones too; the entity where it is declared."""
    assert [
        (text, name.kind, name.entity)
        for text, name in zip(cut(article, article.names), article.names, strict=True)
    ] == [
        ("Lee", "person", 1),
        ("Port & Sons", "org", 2),
        ("Oslo", "place", None),
        ("Aid", "org", None),
        ("Sunday", "other", None),
        ("Ann", "person", 1),
    ]
    assert {kind: cut(article, sorted(names)) for kind, names in article.names_by_kind.items()} == {
        "person": ["Lee", "Ann"],
        "org": ["Port & Sons", "Aid"],
        "place": ["Oslo"],
        "other": ["Sunday"],
    }


def test_besides(article):
    """What the name follows at once is a title; what stands behind it or has a comma describes."""
    assert list(zip(cut(article, article.besides), (one.kind for one in article.besides), strict=True)) == [
        ("Mayor", "title"),
        ("head of Port & Sons", "description"),
        ("Mayor", "description"),
    ]


def test_mentions(article):
    """Whoever they mean."""
    assert list(zip(cut(article, article.mentions), (one.entity for one in article.mentions), strict=True)) == [
        ("She", 1),
        ("the report", 3),
    ]


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("# 1: person, Ann\n\nAnn", "a: not a line of a head: '# 1: person, Ann'"),
        (HEAD + BODY + "<u:1>", "a: Mark(tag='u', numbers=(1,), "),
        (HEAD + BODY + "]]", "a: ]] closes nothing, near "),
        (HEAD + BODY + "<u:1>[[L|x</u>]]", "a: </u> closes nothing, near "),
        (HEAD + BODY + "[[L|x</u>", "a: </u> closes nothing, near "),
        (HEAD + BODY + "[[P:5|x]]", "is of 5, which is not declared"),
        (HEAD + BODY + "<u:5>x</u>", "is of 5, which is not declared"),
        (HEAD + BODY + "[[P|x]]", "is of nobody"),
        (HEAD + "x", "a: quote 1 has no content"),
        ("# 1: 2\n\n<c:1>x</c>", "a: quote 1 has no content, or is of entity 2, which is not declared"),
    ],
)
def test_what_is_not_in_the_form(marked, message):
    """The article and what is wrong."""
    with pytest.raises(ValueError, match=re.escape(message)):
        read_text("a", marked)


def test_examples():
    """Those of the docstrings."""
    assert doctest.testmod(texts).failed == 0


@pytest.mark.parametrize(("folder", "n", "first"), [(texts.FOLDER, 140, "01"), (TEXTS, 46, "121")])
def test_all_of_ours(folder, n, first):
    """Those to learn from and those to test with; no mark is left in any."""
    articles = read_texts(folder)
    assert (len(articles), articles[0].id) == (n, first)
    assert all(article.quotes and (article.names or article.mentions) for article in articles)
    assert not [article.id for article in articles if re.search(r"\[\[|\]\]|</?[cus][:>]", article.text)]


def test_who_speaks_each_quote_under_which_forms(article):
    """As the ranking is taught: documents are of the kind that the pipeline gives them."""
    ann = {"name": "Ann Lee", "kind": "person", "forms": ["Lee", "Ann"]}
    assert article.list_speakers() == [
        ann,
        ann,
        {"name": "the report", "kind": "other", "forms": []},
        {"name": "a neighbour", "kind": "unnamed", "forms": []},
    ]
