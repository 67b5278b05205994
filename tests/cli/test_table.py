"""The table that a person reads."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotex.cli.render import TableWriter
from quotex.text.printable import make_printable
from quotex.types import Article, Quote, Span

WIDE = """\
news/a.txt ─────────────────────────────────────────────────────────────────────
Ann Lee               “We are ready,” … “Come in.”
the mayor             said · ¶1, 1–50 · direct

Ann Lee               The city would pay
the mayor             hoped · ¶2, 55–73 · indirect · thought

speaker not known     Nobody 𝒂sked us
                      ¶3, 90–105 · mixed · quotation mark never closed

none.txt ───────────────────────────────────────────────────────────────────────
No quotes found.

3 quotes, 1 speaker in 2 articles
"""
NARROW = """\
news/a.txt ───────────────────
Ann Lee
the mayor
  “We are ready,” … “Come in.”
  said · ¶1, 1–50 · direct

Ann Lee
the mayor
  The city would pay
  hoped · ¶2, 55–73 · indirect
  · thought

speaker not known
  Nobody 𝒂sked us
  ¶3, 90–105 · mixed ·
  quotation mark never closed

3 quotes, 1 speaker
"""


UNSURE = """\
speaker not known     Nobody 𝒂sked us
                      ¶3, 90–105 · mixed · quotation mark never closed ·
                      uncertain, 31%
"""


@pytest.fixture
def show(monkeypatch):
    """Show articles on a screen of so many columns."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)

    def write(*articles, columns=80, stream_type=io.StringIO):
        monkeypatch.setenv("COLUMNS", str(columns))
        stream = stream_type()
        table = TableWriter(stream)
        for article in articles:
            table.write(article)
        table.close()
        return stream.getvalue()

    return write


@pytest.mark.parametrize("columns", [0, 1, 2, 19])
def test_a_screen_of_hardly_any_width(show, columns):
    """As COLUMNS may say; nothing of what was found is lost."""
    said = Span(1, 5, "Yes,")
    quote = Quote(1, "direct", "statement", (said,), (), (), None, 0.9, 1, sentence="“Yes,”")
    table = show(Article("a.txt", "“Yes,”", (quote,)), columns=columns)
    assert "“Yes,”" in table
    assert table == show(Article("a.txt", "“Yes,”", (quote,)), columns=20)


class Terminal(io.StringIO):
    """A stream that takes itself for a terminal."""

    def isatty(self):
        """Say so."""
        return True


def test_at_80_columns(show, article):
    """Speaker and quotation side by side; no colour where nobody looks."""
    assert show(article, Article("none.txt", "x")) == WIDE


def test_a_quote_that_is_likely_wrong_is_marked(show, article):
    """Quietly, behind what else is known of it."""
    *others, last = article.quotes
    assert UNSURE in show(replace(article, quotes=(*others, replace(last, confidence=0.31))))


def test_at_30_columns(show, article):
    """One above the other."""
    assert show(article, columns=30) == NARROW


@pytest.mark.parametrize("columns", [20, 59, 60, 80, 300])
def test_lines_keep_to_the_width(show, article, columns):
    """Long quotations are wrapped, in whatever script, and nothing of them is lost."""
    for letter, said in (("ö", "wörd " * 60 + "end"), ("長", "長" * 150), ("ж", "ж" * 400)):
        long = replace(article.quotes[0], content=(Span(0, len(said), said),))
        shown = show(replace(article, quotes=(long,)), columns=columns)
        assert max(len(line) + line.count("長") for line in shown.splitlines()) <= min(columns, 110)
        assert shown.count(letter) == said.count(letter)


def test_speakers_have_colours_at_a_terminal(show, article, monkeypatch):
    """Bold and coloured names, the same for the same speaker."""
    monkeypatch.setenv("TERM", "xterm-256color")
    shown = show(article, stream_type=Terminal)
    assert shown.count("\x1b[1;36mAnn Lee") == 2
    assert re.sub(r"\x1b\[[\d;]*m", "", shown).split() == show(article).split()


def test_no_color_is_obeyed(show, article, monkeypatch):
    """NO_COLOR leaves bold and dim, and nothing else."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    shown = show(article, stream_type=Terminal)
    assert set(re.findall(r"\x1b\[([\d;]*)m", shown)) == {"0", "1", "2", "3", "2;3"} - {"3"}


def test_a_dumb_terminal_gets_no_codes(show, article, monkeypatch):
    """TERM=dumb means what it says."""
    monkeypatch.setenv("TERM", "dumb")
    assert show(article, stream_type=Terminal) == show(article)


def test_markup_in_the_text_is_text(show, article):
    """Square brackets and colons are no markup of ours."""
    said = "[bold]Yes[/bold] :smile: [red]"
    quote = replace(article.quotes[0], content=(Span(0, len(said), said),))
    assert f"“{said}”" in show(replace(article, quotes=(quote,)))


def test_text_cannot_control_the_terminal(show, article):
    """Escapes and overrides are shown, in the quotation and in the name of the article."""
    said = "a\x1b[31mred\x1b[0m \u202eabc\x9b1m\x07"
    quote = replace(article.quotes[0], content=(Span(0, len(said), said),))
    shown = show(replace(article, quotes=(quote,), id="a\x1b]0;title\x07"))
    assert "“a␛[31mred␛[0m �abc�1m␇”" in shown
    assert shown.startswith("a␛]0;title␇ ──")


def test_nothing_read_shows_nothing(show):
    """Where all inputs failed there is no table."""
    assert show() == ""


@given(st.text())
def test_printable_text_has_no_controls_and_keeps_its_length(text):
    """One character for one, and those that were harmless unchanged."""
    shown = make_printable(text)
    assert len(shown) == len(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert all(old == new for old, new in zip(text, shown, strict=True) if old.isprintable())


def test_a_colon_is_no_word_that_reports(article):
    """It stands behind the name of who speaks in an interview, and says nothing behind the words."""
    quote = replace(article.quotes[2], cue=(Span(3, 4, ":"),))
    stream = io.StringIO()
    TableWriter(stream).write(replace(article, quotes=(quote,)))
    assert "  ¶3, 90–105" in stream.getvalue()
    assert ": ·" not in stream.getvalue()
