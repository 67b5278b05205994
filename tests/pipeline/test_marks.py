"""The pairing of quotation marks, with no learning in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotex.extraction import load
from quotex.pipeline.marks import QuotedSpan, find_outermost, find_quoted_spans
from quotex.text.marks import find_type
from quotex.text.paragraphs import find_paragraphs
from quotex.types import MARKS, QUOTED
from tests.strategies import MARK_STYLES, PLAIN_WORDS, WORDS, quoted_paragraphs, render, sentences

NLP = load()


def pair(text: str) -> list[QuotedSpan]:
    return find_quoted_spans(text, find_paragraphs(text))


def outer(text: str) -> list[str]:
    return [text[span.start : span.end] for span in pair(text) if span.depth == 0]


def inner(text: str) -> list[str]:
    return [text[span.start : span.end] for span in pair(text) if span.depth > 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Yes,” he said. “No.”", ["Yes,", "No."]),
        ('"Yes," he said, "not yet."', ["Yes,", "not yet."]),
        ("'Yes,' he said. 'No.'", ["Yes,", "No."]),
        ("‘Yes,’ he said. ‘No.’", ["Yes,", "No."]),
        ("«Yes,» he said. «No.»", ["Yes,", "No."]),
        ("« Yes », he said. «\u202fNo.\u202f»", ["Yes", "No."]),
        ("»Yes«, he said. »No.«", ["Yes", "No."]),
        ("„Yes“, he said. „No.”", ["Yes", "No."]),
        ("”Yes,” he said. »No.»", ["Yes,", "No."]),
        ("``Yes,'' he said. ``No.''", ["Yes,", "No."]),
        ("''Yes,'' he said. ''No.''", ["Yes,", "No."]),
        ("‹Yes,› he said. `No.'", ["Yes,", "No."]),
        ('“Yes," he said. "No.”', ["Yes,", "No."]),
        ("“Yes,“ he said. “No.“", ["Yes,", "No."]),
    ],
)
def test_every_style_of_marks_is_paired(text, expected):
    """Straight, curly, single, guillemets both ways, low-high, ASCII; also mixed or typed the wrong way round."""
    assert outer(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said:"Yes,"he said.', ["Yes,"]),
        ('He liked"joint operations"a lot.', ["joint operations"]),
        ('" Yes, " he said.', ["Yes,"]),
        ("(“yes”), “no”; “perhaps”—“never”", ["yes", "no", "perhaps", "never"]),
        ("the native-born.”“Your facts are wrong,” he wrote", ["Your facts are wrong,"]),
        ("\u202a“Yes,”\u202c he said.", ["Yes,"]),
        ("“... and so on ...,” he said. “—Never.”", ["... and so on ...,", "—Never."]),
        ('the “Post”’s view and the "Times"\'s', ["Post", "Times"]),
        ('It was "about 6" and then "7".', ["about 6", "7"]),
        ('"I was born in 1950" he said.', ["I was born in 1950"]),
    ],
)
def test_marks_in_odd_places_are_paired(text, expected):
    """A missing space, a space too many, brackets, dashes, invisible characters, digits."""
    assert outer(text) == expected


@pytest.mark.parametrize(
    ("text", "expected_outer", "expected_inner"),
    [
        ("“He said ‘no way’ to me,” she said.", ["He said ‘no way’ to me,"], ["no way"]),
        ("'He said \"no way\" to me,' she said.", ['He said "no way" to me,'], ["no way"]),
        ("‘He said “no way” to me,’ she said.", ["He said “no way” to me,"], ["no way"]),
        ("“‘Never,’ he told me.”", ["‘Never,’ he told me."], ["Never,"]),
        ("“She said, ‘Never.’”", ["She said, ‘Never.’"], ["Never."]),
        ("\"He said, 'Go,' \" she said.", ["He said, 'Go,'"], ["Go,"]),
        ('"He told me "no way" and left," she said.', ['He told me "no way" and left,'], ["no way"]),
        (
            "``I hate 'Manhattan,' '' she said. ''No 'no,' '' she said.",
            ["I hate 'Manhattan,'", "No 'no,'"],
            ["Manhattan,", "no,"],
        ),
        ("“He said:“No.””", ["He said:“No.”"], ["No."]),
        ("“A ‘b “c” d’ e,” he said.", ["A ‘b “c” d’ e,"], ["b “c” d", "c"]),
    ],
)
def test_quotations_nest(text, expected_outer, expected_inner):
    """A quotation inside a quotation is found one level deeper."""
    assert (outer(text), inner(text)) == (expected_outer, expected_inner)


@pytest.mark.parametrize(
    "text",
    [
        "It's the workers' rights and the boss's car; don't.",
        "He got 'em in the '90s, the summer of ’69, ’twas so, rock 'n' roll ’n’ all.",
        "He is 5'11\" tall, or 6′ 2″, or 6' 2'', with a 6\" knife and a 12” pizza, at 40°26'46\".",
        "A 4\" x 6\" print, talkin' 'bout ol' Bill, the Hawai'i of 'Abd al-Malik.",
        "‘Abd al-Malik met the O’Briens’ son.",
        "» Read more\n» And more\n»Still more",
        'one stray " mark',
        "one stray ” mark, five” and a ` and a ’ alone",
        "",
        "''",
        '""',
        "“ ”",
    ],
)
def test_what_is_no_quotation_mark(text):
    """Apostrophes, plural possessives, decades, elisions, feet, inches, bullets, stray marks: none pairs."""
    assert pair(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "'The workers' rights are fine,' he said. 'Then we left.'",
            ["The workers' rights are fine,", "Then we left."],
        ),
        ("‘The bosses’ cars aren’t here,’ he said.", ["The bosses’ cars aren’t here,"]),
        ("'I love rock 'n' roll,' he said.", ["I love rock 'n' roll,"]),
        ("'We got 'em in the '90s,' he said.", ["We got 'em in the '90s,"]),
        ("'He is 6' tall,' she said.", ["He is 6' tall,"]),
        ("'Cause I said so,' is what he said: 'Cause.'", ["Cause I said so,", "Cause."]),
        ("generals with 'big bellies' who can't lead", ["big bellies"]),
        ("the 'Putin' effect", ["Putin"]),
        ("'Yes,'he said.", ["Yes,"]),
        (
            "‘No,’ he said. They ‘ignored further significant measures’ all year.",
            ["No,", "ignored further significant measures"],
        ),
        ('"The board is 6" wide," he said.', ['The board is 6" wide,']),
        ("“The pizza is 12” wide,” he said. “Big.”", ["The pizza is 12” wide,", "Big."]),
        ('"I\'m 6\'2"," he said.', ["I'm 6'2\","]),
        ("“The ‘Abd al-Malik case,” he said.", ["The ‘Abd al-Malik case,"]),
    ],
)
def test_apostrophes_and_inches_inside_a_quotation_do_not_close_it(text, expected):
    """The closing mark is the one that stands where quotations end."""
    assert outer(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One.\n\nTwo.\n\nThree,” he said.", ["One.", "Two.", "Three,"]),
        ('"One!\n\nTwo!" he cried. "Three!"', ["One!", "Two!", "Three!"]),
        ("‘One.\n\nThe bosses’ hall,’ he said. ‘It’s late.’", ["One.", "The bosses’ hall,", "It’s late."]),
        ("“One ‘two’ three.\n\nFour ‘five’ six,” he said.", ["One ‘two’ three.", "Four ‘five’ six,"]),
        ("“One, he said.\n\nTwo.\n\n“Three,” she said.", ["One, he said.", "Three,"]),
    ],
)
def test_a_quotation_goes_on_to_its_closing_mark(text, expected):
    """Over paragraphs that have no marks, to the first mark that closes; none does after another that opens."""
    assert outer(text) == expected


def test_a_quotation_reopened_in_the_next_paragraph_goes_on():
    """No closing mark, and an opening one at the next paragraph's start: one quotation."""
    text = "“One.\n\n“Two.\n\n“Three,” he said. “Four.”"
    assert [(text[s.start : s.end], s.chain, s.closed) for s in pair(text)] == [
        ("One.", 0, True),
        ("Two.", 0, True),
        ("Three,", 0, True),
        ("Four.", 1, True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "'One.\n\n'Two,' he said.",
        "« One.\n\n» Two », he said.",
        '"One "a" b.\n\n"Two," he said.',
        "“‘One.\n\n“‘Two,’” he said.",
    ],
)
def test_every_style_goes_on_over_paragraphs(text):
    """Single marks, French repeated closing ones, and with a nested quotation in the first part."""
    assert len({span.chain for span in pair(text) if span.depth == 0}) == 1
    assert len([span for span in pair(text) if span.depth == 0]) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Yes, he said.\n\nHe left. "No," she said.', [("Yes, he said.", False), ("No,", True)]),
        ('"Yes, he said. "No," she said.', [("Yes, he said.", False), ("No,", True)]),
        ("He said: “Yes", [("Yes", False)]),
        (
            'He said: "We left. "It was late." He ate.\n\n"It was dark," he said.',
            [("We left.", False), ("It was late.", True), ("It was dark,", True)],
        ),
        ("“One.\n\n“Two.\n\nHe left.", [("One.", False), ("Two.", False)]),
        (
            "'A,' he said. 'B,' he said.\n\n'C, he said.\n\nHe left.",
            [("A,", True), ("B,", True), ("C, he said.", False)],
        ),
    ],
)
def test_a_quotation_never_closed_ends_at_its_paragraph_and_says_so(text, expected):
    """It is cut at the paragraph's end, or where the next quotation begins."""
    assert [(text[s.start : s.end], s.closed) for s in pair(text) if s.depth == 0] == expected


def test_seed_article_marks():
    """The quotation of Ro Vannak over two paragraphs is one."""
    text = "“When large states attack, we act.\n\n“Big neighbours use [the] “security” excuse,” he said."
    assert [(text[s.start : s.end], s.chain) for s in pair(text) if s.depth == 0] == [
        ("When large states attack, we act.", 0),
        ("Big neighbours use [the] “security” excuse,", 0),
    ]


@given(st.lists(quoted_paragraphs(), min_size=1, max_size=3), st.sampled_from(sorted(MARK_STYLES)))
def test_an_article_has_the_same_quotations_in_every_style(paragraphs, style):
    """Which marks a paper prints changes nothing."""
    text, expected, nested = render(paragraphs, style)
    assert outer(text) == expected
    assert inner(text) == nested


@given(quoted_paragraphs(WORDS), st.sampled_from(["curly", "straight", "guillemets", "german guillemets"]))
def test_apostrophes_never_hide_a_quotation(paragraph, style):
    """Possessives, contractions and decades stand anywhere."""
    text, expected, _ = render([paragraph], style)
    assert outer(text) == expected


@given(
    quoted_paragraphs(),
    sentences(PLAIN_WORDS, min_size=4),
    st.integers(0, 3),
    st.sampled_from("\"“”'‘’«»„`"),
    st.sampled_from(["curly", "straight"]),
)
def test_a_stray_mark_spoils_nothing_in_other_paragraphs(paragraph, sentence, at, mark, style):
    """One mark too many in one paragraph, the quotations of the others are as before."""
    text, expected, _ = render([paragraph], style)
    words = sentence.split()
    stray = " ".join([*words[:at], mark + words[at], *words[at + 1 :]])
    before, after = f"{stray}\n\nThen: {text}", f"Then: {text}\n\n{stray}"
    assert outer(before)[-len(expected) :] == expected
    assert outer(after)[: len(expected)] == expected


@given(st.text(alphabet="ab sS6 .,?\n\"“”„‘’'`«»‹›—()x"))
def test_any_text_gives_spans_that_nest_and_never_cross(text):
    """Whatever comes in, spans lie inside their marks, hold something, and never cross."""
    spans = pair(text)
    for span in spans:
        assert span.opening[1] <= span.start < span.end <= span.closing[0] <= span.closing[1] <= len(text)
    for one in spans:
        for other in spans:
            apart = other.opening[0] >= max(one.closing[1], one.end) or one.opening[0] >= max(
                other.closing[1], other.end
            )
            inside = (one.start <= other.opening[0] and other.closing[1] <= one.end) or (
                other.start <= one.opening[0] and one.closing[1] <= other.end
            )
            assert one is other or apart or inside
    assert [span.opening for span in spans] == sorted({span.opening for span in spans})


@given(st.text(alphabet="ab sS6 .,?\n\"“”„‘’'`«»—(x"))
def test_the_component_writes_what_the_function_finds(text):
    """Span groups address exactly the characters between the marks, even where tokens had to be split."""
    doc = NLP(text)
    assert doc.text == text
    found = [(span.start_char, span.end_char) for span in doc.spans[QUOTED]]
    assert found == [(span.start, span.end) for span in pair(text)]
    assert all(span.text in {*"\"“”„‘’'`«»", "``", "''"} for span in doc.spans[MARKS])


def test_a_line_of_fifty_thousand_marks_is_read_in_linear_time():
    """Marks that pair with nothing are looked at a bounded number of times."""
    assert pair("' a " * 25_000) == []
    assert len(pair("'a s' " * 10_000)) == 10_000
    assert len(pair('6" ' * 25_000 + '"a"')) == 1


def test_types_follow_from_the_marks():
    """Also where a piece has the marks in it, or only white space outside of them."""
    text = "“Yes,” she said, “it holds.” It rained."
    quoted = find_outermost(text)
    assert find_type(text, ((1, 5), (18, 27)), quoted) == "direct"
    assert find_type(text, ((0, 6), (17, 29)), quoted) == "direct"
    assert find_type(text, ((29, 38),), quoted) == "indirect"
    assert find_type(text, ((0, 15),), quoted) == "mixed"
