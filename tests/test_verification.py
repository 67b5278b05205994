"""Verify: what became of each quotation, by words and by speaker."""

import pytest

from quotex.types import Article
from quotex.verification import is_same_speaker, list_quotations, verify
from tests.conftest import extract_marked

ARTICLE = (
    "“We are ready for the rain,” said Ann Lee.\n\n“No,” said Bo Lind. “It never rains here,” said Bo Lind.\n"
)


def find(text):
    """Read a text without a model: “…” said First Last."""
    return extract_marked(Article("", text))


def compare(one, other):
    """Verify, and give back the changes and the words of each."""
    found = verify(find(one), find(other))
    return [(one.changes, (one.first or one.second[0]).text) for one in found]


def test_all_holds():
    """The same words, whatever stands between them, in another order."""
    rest = ARTICLE.split("\n\n")
    other = f"“It never rains here,” said Bo Lind, and “No” said Bo Lind. {rest[0]}"
    assert [changes for changes, _ in compare(ARTICLE, other)] == [(), (), ()]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“It’s ‘fine’ now”", "“It's 'fine'\t\u00a0 now”"),  # marks, white space, apostrophes
        ("“We are ready,”", "“We are ready.”"),  # what stands before the closing mark
        ("“We are ready”", "“We are ready,”"),
        ("“Cafe\u0301 life”", "“Caf\u00e9 life”"),  # two ways to write one letter
    ],
)
def test_what_does_not_count(one, other):
    """The style of marks, and no more."""
    assert [changes for changes, _ in compare(f"{one} said Ann Lee", f"{other} said Ann Lee")] == [()]


@pytest.mark.parametrize(
    ("other", "changes"),
    [
        ("“We are ready for the snow”", ("changed",)),
        ("“We were ready for the rain”", ("changed",)),
        ("“we are ready for the rain”", ("changed",)),
        ("“We are ready, for the rain”", ("changed",)),
        ("“We are ready for the rain and the snow”", ("changed",)),
        ("“We are for the rain”", ("changed",)),  # words out of the middle, with nothing to show it
        ("“ready for the rain”", ("shortened",)),
        ("“We are ready”", ("shortened",)),
    ],
)
def test_words_that_changed(other, changes):
    """Any word, letter or mark counts; a part is verbatim only where nothing is missing inside."""
    assert [one for one, _ in compare("“We are ready for the rain” said Ann Lee", f"{other} said Ann Lee")] == [
        changes
    ]


def test_words_of_both_are_shown():
    """In order, with what was taken out and put in."""
    [found] = verify(find("“We are ready now” said Ann Lee"), find("“We were ready now” said Ann Lee"))
    assert found.words == (
        ("same", "We"),
        ("removed", "are"),
        ("added", "were"),
        ("same", "ready"),
        ("same", "now"),
    )


def test_other_speaker():
    """The same words of somebody else; or of nobody."""
    assert compare("“We are ready” said Ann Lee", "“We are ready” said Bo Lind") == [
        (("other speaker",), "We are ready")
    ]
    assert compare("“We are ready” said Ann Lee", "“We are ready” it said") == [
        (("other speaker",), "We are ready")
    ]


def test_both_changed():
    """Told together."""
    assert compare("“We are ready now” said Ann Lee", "“We were ready now” said Bo Lind") == [
        (("changed", "other speaker"), "We are ready now")
    ]


def test_missing_and_new():
    """What has nothing in common."""
    assert compare("“We are ready” said Ann Lee", "“Nobody asked them” said Ann Lee") == [
        (("missing",), "We are ready"),
        (("new",), "Nobody asked them"),
    ]


def test_one_in_two_pieces_holds():
    """Cut in two by the words that report, no word lost; and the other way round."""
    whole = "“We are ready, and we will come” said Ann Lee"
    pieces = "“We are ready,” said Ann Lee. “and we will come” said Ann Lee"
    assert [changes for changes, _ in compare(whole, pieces)] == [()]
    assert [changes for changes, _ in compare(pieces, whole)] == [(), ()]


def test_short_ones_that_were_joined_hold():
    """“No.” and what came after it, in one pair of marks."""
    other = "“We are ready for the rain,” said Ann Lee. “No. It never rains here,” said Bo Lind."
    assert [changes for changes, _ in compare(ARTICLE, other)] == [(), (), ()]


def test_one_in_two_pieces_of_which_one_changed():
    """Both pieces are of the one quotation, and none is new."""
    whole = "“We are ready, and we will come at once” said Ann Lee"
    pieces = "“We are ready,” said Ann Lee. “and we will leave at once” said Ann Lee"
    assert compare(whole, pieces) == [(("changed",), "We are ready, and we will come at once")]


def test_a_short_one_does_not_hide_in_a_long_one():
    """“No” does not stand in “No one asked us no more”."""
    assert compare("“No” said Ann Lee", "“No one asked us no more” said Ann Lee")[0][0] == ("missing",)


def test_each_word_serves_once():
    """Said twice, and once in the second text."""
    assert [one for one, _ in compare("“No,” said Ann Lee. “No,” said Ann Lee.", "“No,” said Ann Lee.")] == [
        (),
        ("missing",),
    ]


def test_two_speakers_said_the_same():
    """Each finds his own."""
    one = "“We agree,” said Ann Lee. “We agree,” said Bo Lind."
    other = "“We agree,” said Bo Lind. “We agree,” said Ann Lee."
    assert [changes for changes, _ in compare(one, other)] == [(), ()]


def test_a_text_is_its_own():
    """Nothing changes in what is not changed, whatever stands in it."""
    text = "“”, “,” said Ann Lee. “…” said Bo Lind. “‘’” “a” “a a” “a”"
    assert {changes for changes, _ in compare(text, text)} <= {()}


def test_names_of_one_speaker():
    """A surname will do, another one will not."""
    ann = find("“Yes” said Ann Lee").speakers[0]
    bo = find("“Yes” said Bo Lee").speakers[0]
    assert is_same_speaker(ann, ann)
    assert not is_same_speaker(ann, bo)


def test_only_words_in_marks(article):
    """Of a mixed quote its words in marks; a quotation that is never closed goes to its end."""
    assert [one.text for one in list_quotations(article)] == ["We are ready,", "Come in.", "Nobody 𝒂sked us"]
