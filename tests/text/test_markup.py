"""Markup is read as what it stands for, and places lead back to the text as it was given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotex.text.markup import read_plain

SIGNS = st.sampled_from(
    [
        "**",
        "*",
        "_",
        "[",
        "](https://a.example)",
        "<b>",
        "</p>",
        "<br/>",
        "&amp;",
        "&#8220;",
        "> ",
        "# ",
        "- ",
        "\n",
        "\n\n",
    ]
)
TEXTS = st.lists(st.one_of(SIGNS, st.text("ab .“”", max_size=4)), max_size=20).map("".join)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Mei** said it was *“late”*.", "Mei said it was “late”."),
        ("***Both*** and **bold with *more* in it**", "Both and bold with more in it"),
        ("[Mei Tan](https://a.example/tan_(baker)) left.", "Mei Tan left."),
        ("[Mei Tan][1] left.\n\n[1]: https://a.example", "Mei Tan left.\n\n"),
        ("![a photo](a.png)Mei left.", "Mei left."),
        ("> “It is late,” said Mei.\n>\n> She left.", "“It is late,” said Mei.\n\nShe left."),
        ("# Late\n\n***\n\nText", "Late\n\n\n\nText"),
        ("---\ntitle: Late\ntags: [a]\n---\nText", "\nText"),
        ("• “No.” – Mei\n• “Yes.” – Bo", "“No.” – Mei\n“Yes.” – Bo"),
        ("- Mei: “No.”\n- Bo: “Yes.”", "Mei: “No.”\nBo: “Yes.”"),
        ("<p>“No,” said <b>Mei</b>.</p><p>She left.</p>", "\n\n“No,” said Mei.\n\n\n\nShe left.\n\n"),
        ("<script>if (a < b) <p>x</p></script><q>No,</q> said Mei<!-- not <i>Bo</i> -->.", "“No,” said Mei."),
        ("&#8220;No,&#x201D; said Mei &amp; Bo &amp;quot;Li&amp;quot;.", '“No,” said Mei & Bo "Li".'),
        ("“No\u200b,” said M\u00adei.", "“No,” said Mei."),
        ("“No,” said \u2068Mei\u2069.", "“No,” said Mei."),
    ],
)
def test_markup_is_left_out(text, plain):
    """Markdown, HTML, entities, bullets, and characters without width."""
    assert read_plain(text).text == plain


@pytest.mark.parametrize(
    "text",
    [
        "“It’s late,” said Mei.",
        "2 * 3 * 4 and a_b_c, f**k and s**t",
        "if a < b and b > c, or <nobody> & co",
        "She [laughed](sic) and left*.\n\n*A note.",
        "“No.”\n\n– Mei\n\n“Yes.”\n\n– Bo",
        "R&D; 5 - 3; C#",
    ],
)
def test_what_is_no_markup_stays(text):
    """Stars, dashes, angles and lines that stand for themselves."""
    plain = read_plain(text)
    assert (plain.text, plain.find_source(0, len(text))) == (text, (0, len(text)))


@given(TEXTS)
def test_places_lead_back(text):
    """Each character comes from itself, or from the markup it is read as; their order is that of the text."""
    plain = read_plain(text)
    places = [plain.find_source(at, at + 1) for at in range(len(plain.text))]
    assert places == sorted(places)
    for char, (start, end) in zip(plain.text, places, strict=True):
        assert text[start:end] == char or text[start] in "<&"
