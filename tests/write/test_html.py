"""The HTML report: the text is whole, what covers it is marked, and nothing from others is more than text."""

import base64
import hashlib
import io
import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotex.tally import Tally
from quotex.text.printable import REORDERING, show
from quotex.types import Article, Quote, Span, Speaker
from quotex.write import Output, make_file_writer, make_writer
from quotex.write.html import render_article, write_voices
from quotex.write.html.badges import N_COLOURS, N_LOOKS, UNKNOWN, Badges
from quotex.write.html.markup import Html, make_element, make_text
from quotex.write.html.page import read_asset
from quotex.write.html.segments import cut_segments, find_covers
from tests.strategies import hostile_texts, marked_articles
from tests.write.html_reader import PageReader


def write(*articles: Article) -> str:
    stream = io.StringIO(newline="")
    writer = make_writer("html", stream)
    for article in articles:
        writer.write(article)
    writer.close()
    return stream.getvalue()


def read(*articles: Article) -> PageReader:
    return PageReader(write(*articles))


def make_visible(text: str) -> str:
    """Say what a page shows of a text: each character, or what stands for it."""
    return "".join("\n" if c in "\x85\u2028\u2029" else c if c in "\t\n\r" else show(c) for c in text)


def say(number: int, speaker: Speaker | None, content: str, text: str, source: str = "") -> Quote:
    """Make a quote of the first places where the words stand."""
    cut = [Span(text.index(part), text.index(part) + len(part), part) for part in (content, source) if part]
    return Quote(number, "direct", "statement", (cut[0],), (), tuple(cut[1:]), speaker, 0.5, 1)


def test_the_article_is_whole_and_marked(article):
    """Contents in two pieces, cue, source and a speaker that is not known, each where it stands."""
    page = read(article)
    assert page.texts == [article.text]
    assert [(text, sorted(classes), quotes) for text, classes, quotes in page.segments[0]] == [
        ("We are ready,", ["content", "l0", "t0"], [1]),
        ("said", ["cue", "r-t0"], [1]),
        ("Ann Lee, the mayor", ["r-t0", "source"], [1]),
        ("Come in.", ["content", "l0", "t0"], [1]),
        ("The city would pay", ["content", "l0", "t0"], [2]),
        ("she", ["r-t0", "source"], [2]),
        ("hoped", ["cue", "r-t0"], [2]),
        ("Nobody 𝒂sked us", ["content", "unknown"], [3]),
    ]


def test_what_is_known_of_a_quote(article):
    """Speaker, description, type, act and confidence; whether its mark was closed."""
    page = read(article)
    assert "Ann Lee, the mayor, Ora. direct statement, confidence 99%" in page.words
    assert "Ann Lee, the mayor, Ora. indirect thought, confidence 50%" in page.words
    assert "Speaker not known. mixed statement, confidence 100%, quotation mark never closed" in page.words
    labels = [attributes for name, attributes in page.elements if attributes.get("class", "").startswith("label")]
    assert [label["aria-describedby"] for label in labels] == ["a1-q1-note", "a1-q2-note", "a1-q3-note"]
    assert [label["data-voice"] for label in labels] == ["1", "1", "0"]


def test_a_quote_that_is_likely_wrong_is_marked(article):
    """Quietly, at its number, and in words."""
    first, second, last = article.quotes
    page = read(replace(article, quotes=(replace(first, confidence=0.31), second, last)))
    assert "direct statement, confidence 31%, uncertain" in page.words
    labels = [attributes for name, attributes in page.elements if attributes.get("class", "").startswith("label")]
    assert ["unsure" in label["class"] for label in labels] == [True, False, False]


def test_every_quote_has_a_link(article):
    """`#a2-q3` is the third quote of the second article, and every link leads somewhere."""
    page = read(article, replace(article, id="b.txt"))
    ids = page.list_values("id")
    assert len(ids) == len(set(ids))
    assert {f"a{number}-q{quote.id}" for number in (1, 2) for quote in article.quotes} <= set(ids)
    links = page.list_values("href")
    assert "#a2-q3" in links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert {name for value in page.list_values("aria-describedby") for name in value.split()} <= set(ids)
    assert {name for value in page.list_values("aria-labelledby") for name in value.split()} <= set(ids)


def test_quotes_within_quotes():
    """Each segment carries all quotes that cover it, the innermost first."""
    text = "Ann: Bo said it holds, she thinks."
    ann, bo = Speaker("ann", "Ann", "person"), Speaker("bo", "Bo", "person")
    quotes = (say(1, ann, "Bo said it holds", text, "she"), say(2, bo, "it holds", text, "Bo"))
    page = read(Article("a", text, quotes, (ann, bo)))
    assert page.texts == [text]
    assert [(part, sorted(classes), numbers) for part, classes, numbers in page.segments[0]] == [
        ("Bo", ["content", "l0", "r-t1", "source", "t0"], [2, 1]),
        (" said ", ["content", "l0", "t0"], [1]),
        ("it holds", ["content", "l0", "o-t0", "t1", "within"], [2, 1]),
        ("she", ["r-t0", "source"], [1]),
    ]


def test_labels_stand_before_the_marks():
    """`1 Lee “Yes”`, not `“1 Lee Yes”`; what goes on is numbered, too."""
    text = "“Yes,” she said. ``No.''"
    spans = (Span(1, 5, "Yes,"), Span(19, 22, "No."))
    quote = replace(say(1, None, "Yes,", text), content=spans)
    page = render_article(Article("a", text, (quote,)))
    assert re.findall(
        r"(label|more)[^>]*>.*?</(?:a|span)>(?:<span[^>]*note.*?</span></span>)?([^<]*)<mark", page
    ) == [
        ("label", "“"),
        ("more", "``"),
    ]


@given(article=marked_articles())
def test_any_article_is_whole(article):
    """Whatever lies over whatever: text preserved, tags closed in order, ids once."""
    page = read(article, article)
    assert page.texts == [make_visible(article.text)] * 2
    ids = page.list_values("id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in page.list_values("href")} <= set(ids)
    assert not REORDERING & set(page.words)
    names = {name for name, _ in page.elements}
    assert names <= set(
        "html head meta title style body header nav a h1 p mark span main article h2 h3 bdi div b ul ol li aside "
        "section details summary label input button svg rect footer script time select option".split()
    )
    assert [name for name, _ in page.elements].count("script") == 1
    assert not [
        key for _, attributes in page.elements for key in attributes if key.startswith("on") or key == "style"
    ]


@given(article=marked_articles())
def test_segments_are_cut_at_all_edges(article):
    """Side by side they are the text, and each is covered by all that it touches."""
    covers = find_covers(article.text, article.quotes)
    segments = list(cut_segments(0, len(article.text), covers))
    assert [segment.start for segment in segments[1:]] == [segment.end for segment in segments[:-1]]
    assert (segments[0].start, segments[-1].end) == (0, len(article.text))
    for segment in segments:
        touching = [cover for cover in covers if cover.start < segment.end and cover.end > segment.start]
        assert set(segment.covers) == set(touching)


@given(text=hostile_texts())
def test_text_is_text(text):
    """In an element and in an attribute; character by character."""
    page = PageReader(make_element("p", text, title=text))
    assert (page.words, page.list_values("title")) == (make_visible(text), [make_visible(text)])
    assert len(make_visible(text)) == len(text)


def test_markup_is_not_escaped_twice():
    assert make_element("p", make_element("b", "<"), Html("<br>")) == "<p><b>&lt;</b><br></p>"
    assert make_text("caf\udce9") == "caf\ufffd"


def test_a_page_of_nothing(article):
    """No articles, and an article without quotes, are said to be that."""
    assert "No quotes found in 0 articles." in read().words
    page = read(Article("none", "Rain."))
    assert (page.texts, page.segments) == (["Rain."], [[]])
    assert "No quotes found." in page.words
    assert read(Article("empty", "")).texts == [""]


def test_speakers_are_counted_over_all_articles(article):
    """As in the tally: the same full name is one, with one colour; their words by type."""
    lind = Speaker("lind", "Bo Lind", "person")
    other = Article("b.txt", "Rain, says Lind.", (say(1, lind, "Rain", "Rain, says Lind.", "Lind"),), (lind,))
    page = read(other, article, article)
    assert "7 quotes by 2 speakers in 3 articles, 25 words" in page.words
    assert "Ann Leethe mayor72%: 18 words (8 indirect), 4 quotes" in page.words
    assert "Speaker not known2 quotes" in page.words
    assert page.list_values("data-voices") == ["1", "2 0", "2 0"]
    assert page.segments[1][0][1] == page.segments[2][0][1] == {"content", "t1", "l0"}


def test_bars_are_drawn_to_scale(article):
    """The longest is 100 wide; in marks and indirect side by side."""
    rects = [attributes for name, attributes in read(article).elements if name == "rect"]
    assert [(rect.get("x"), rect["width"], rect["class"]) for rect in rects] == [
        (None, "55.6", "in-marks"),
        ("55.6", "44.4", "indirect"),
    ]


def test_headlines_name_articles():
    """A short first paragraph without a full stop is one; the list of articles has it."""
    page = read(Article("a.txt", "Dam holds\n\nIt rained.\n"), Article("b.txt", "It rained.\n\nDam holds\n"))
    contents = page.words[page.words.index("Articles", page.words.index("Who gets")) :]
    assert contents.startswith("ArticlesDam holdsa.txt0 quotesb.txt0 quotes")


def test_looks_differ_within_an_article():
    """Thirty-six speakers can be told apart, the first twelve by their colours; who has a look keeps it."""
    badges = Badges()
    badges.assign(range(1, N_LOOKS + 1))
    looks = [badges.get(number).look for number in range(1, N_LOOKS + 1)]
    assert len(set(looks)) == N_LOOKS
    assert len({badges.get(number).colour for number in range(1, 13)}) == N_COLOURS == 12
    assert len({(badges.get(number).colour, badges.get(number).line) for number in range(1, 37)}) == N_LOOKS == 36
    assert [badges.get(number).line for number in (1, 4, 5, 8, 9, 12)] == ["l0", "l0", "l1", "l1", "l2", "l2"]
    badges.assign([1, 99])
    assert badges.get(1).look == looks[0]
    assert badges.get(99).colour != badges.get(1).colour
    assert badges.get(1000) == UNKNOWN


def test_nothing_else_is_loaded_or_run(article):
    """The policy names our style and our script by their hashes, and they fetch nothing."""
    page = read(article)
    policy = next(value for value in page.list_values("content") if "default-src" in value)
    for name, rule in (("report.css", "style-src"), ("report.js", "script-src")):
        asset = read_asset(name)
        digest = base64.b64encode(hashlib.sha256(asset.encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}'" in policy
        assert not re.search(r"url\(|https?:|@import|</|fetch\(|innerHTML|eval\(", asset)
    assert policy.startswith("default-src 'none';")
    assert not {"src", "srcset", "action"} & {key for _, attributes in page.elements for key in attributes}


def read_colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def find_luminance(colour: str) -> float:
    """Find the relative luminance of a colour, after WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def find_contrast(one: str, other: str) -> float:
    low, high = sorted((find_luminance(one), find_luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(one: str, other: str, share: float) -> str:
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(share * left + (1 - share) * right):02x}" for left, right in pairs)


def test_the_report_says_when_it_was_made_and_what_failed(article, tmp_path):
    """Also where it is made of a spool, and whatever the title and the messages are."""
    output = Output(str(tmp_path / "r.html"))
    writer = make_file_writer("html", output, title="<b>Ora\u202e")
    writer.write(article)
    writer.fail("<i>.pdf", "[Q103] <i>.pdf: binary, not text (a PDF).")
    writer.close()
    output.complete()
    page = PageReader((tmp_path / "r.html").read_text("utf-8"))
    assert "Contents<b>Ora\ufffd" in page.words
    assert page.list_values("datetime") == [date.today().isoformat()]
    assert "Not read: 1<i>.pdf<i>.pdf: binary, not text (a PDF)." in page.words
    assert "i" not in {name for name, _ in page.elements}
    assert "Not read" not in write(article)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast(theme):
    """Text is AA (4.5) wherever it may stand, lines are 3 against the page, in both themes."""
    css = read_asset("report.css")
    light, dark = css.split("@media screen and (prefers-color-scheme: dark)")
    colours = (
        read_colours(light) if theme == "light" else read_colours(light) | read_colours(dark[: dark.index("}")])
    )
    paper, ink, washes, lines = (
        colours["paper"],
        colours["ink"],
        [colours[f"wash-{name}"] for name in [*range(N_COLOURS), "x"]],
        [colours[f"line-{name}"] for name in [*range(N_COLOURS), "x"]],
    )
    pairs = [(colours[name], ground) for name in ("ink", "soft", "link") for ground in (paper, colours["panel"])]
    pairs += [(ink, wash) for wash in washes]
    pairs += [(line, wash) for line in [*lines] for wash in [*washes, paper]]  # a cue in another's content
    pairs += [(ink, mix(line, wash, 0.18)) for line, wash in zip(lines, washes, strict=True)]  # lit
    assert min(find_contrast(*pair) for pair in pairs) >= 4.5
    assert len(set(washes)) == len(set(lines)) == N_COLOURS + 1


def test_who_gets_to_speak_alone(article):
    """`quotex speakers -o page.html`: the bars without articles, and nothing to click."""
    stream = io.StringIO(newline="")
    tally = Tally()
    tally.add(article)
    write_voices(stream, tally)
    page = PageReader(stream.getvalue())
    assert "3 quotes by 1 speaker, 12 words" in page.words
    assert (
        "SpeakerShareWordsIn marksQuotesArticlesAnn Leethe mayor75.0%956%21Speaker not known: 1 quote"
        in page.words
    )
    cells = [attributes["data-value"] for name, attributes in page.elements if name == "td"]
    assert cells == ["0.75", "9", "0.555556", "2", "1"]
    assert not {"button", "article", "aside"} & {name for name, _ in page.elements}


def simulate(colour: str, matrix: list[list[float]]) -> tuple[float, ...]:
    """Find what a colour looks like to an eye, in OKLab."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    seen = [min(1, max(0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in matrix]
    to_cones = [[0.41222, 0.53633, 0.05145], [0.2119, 0.6807, 0.1074], [0.0883, 0.28172, 0.62998]]
    to_lab = [[0.21045, 0.79362, -0.00407], [1.978, -2.42859, 0.45059], [0.0259, 0.78277, -0.80868]]
    cones = [sum(a * b for a, b in zip(row, seen, strict=True)) ** (1 / 3) for row in to_cones]
    return tuple(sum(a * b for a, b in zip(row, cones, strict=True)) for row in to_lab)


# Machado et al. 2009, of full severity.
EYES = {
    "all": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_are_told_apart(theme, eye):
    """Twelve by those who see all colours; by others, those four that share a line (0.02 is just noticeable)."""
    css = read_asset("report.css").split("@media screen and (prefers-color-scheme: dark)")[theme == "dark"]
    lines = [
        simulate(read_colours(css[: css.index("}")])[f"line-{number}"], EYES[eye]) for number in range(N_COLOURS)
    ]
    groups = [lines] if eye == "all" else [lines[at : at + 4] for at in (0, 4, 8)]
    distances = [dist(*pair) for group in groups for pair in combinations(group, 2)]
    assert min(distances) > 0.05


@given(names=st.lists(st.integers(1, 60), max_size=40))
def test_badges_never_run_out(names):
    badges = Badges()
    badges.assign(names)
    assert all(badges.get(name).number == name for name in names)
