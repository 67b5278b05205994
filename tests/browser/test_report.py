"""The HTML report as a reader meets it: with a pointer, with a keyboard, without scripts, in both themes."""

import io
from dataclasses import replace
from itertools import pairwise

import pytest

from quotex.tally import Tally
from quotex.types import Article, Quote, Span, Speaker
from quotex.write.html import HtmlWriter, write_voices

EVIL = (
    "<script>top.ran=1</script><img src=x onerror=\"top.ran=1\">' onmouseover='top.ran=1 \x1b[31m\x00\u202egnp.exe"
)
LIND = Speaker("lind", "Bo Lind", "person", (), ("an engineer",), (1, 2))


def write(*articles: Article) -> str:
    stream = io.StringIO(newline="")
    writer = HtmlWriter(stream)
    for article in articles:
        writer.write(article)
    writer.close()
    return stream.getvalue()


def cut(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part), part)


@pytest.fixture
def nested() -> Article:
    """A quote of someone not known within one of Bo Lind's, and another one of his."""
    text = "Lind told us critics say it will fall. “It holds,” he said.\n\n" + "It rained. " * 300
    quotes = (
        Quote(
            1,
            "indirect",
            "statement",
            (cut(text, "critics say it will fall"),),
            (cut(text, "told"),),
            (cut(text, "Lind"),),
            LIND,
            0.9,
            1,
        ),
        Quote(
            2,
            "indirect",
            "statement",
            (cut(text, "it will fall"),),
            (cut(text, "say"),),
            (cut(text, "critics"),),
            None,
            0.5,
            1,
        ),
        Quote(
            3,
            "direct",
            "statement",
            (cut(text, "It holds,"),),
            (cut(text, "said"),),
            (cut(text, "he"),),
            LIND,
            1.0,
            1,
        ),
    )
    return Article("dam.txt", text, quotes, (LIND,))


@pytest.fixture
def page(article, nested) -> str:
    """Two articles: Ann Lee's quotes in the first, Bo Lind's in the second."""
    return write(article, nested)


def find(driver, selector):
    return driver.find_elements("css selector", selector)


def read_lit(driver, name="on"):
    """Read the words that are lit, without the numbers."""
    return [read_words(part) for part in find(driver, f".{name}:is(mark, .cue, .source)")]


def read_words(element):
    """Read what stands in an element, with what only a screen reader says."""
    return element.get_attribute("textContent")


def press(driver, *keys):
    """Press keys one after the other."""
    from selenium.webdriver import ActionChains

    ActionChains(driver).send_keys(*keys).perform()


def point_at(driver, element):
    """Move the pointer."""
    from selenium.webdriver import ActionChains

    ActionChains(driver).move_to_element(element).perform()


def read_boxes(driver, selector):
    """Read where elements are, each of their lines: left, right, top, bottom."""
    return driver.execute_script(
        "return [...document.querySelectorAll(arguments[0])].flatMap((part) => [...part.getClientRects()])"
        ".map((box) => [box.left, box.right, box.top, box.bottom])",
        selector,
    )


def test_pointing_lights_the_whole_quote(show, page):
    """Both pieces, cue and source; and the card says who."""
    driver = show(page)
    point_at(driver, find(driver, "#a1 mark")[0])
    assert read_lit(driver) == ["We are ready,", "said", "Ann Lee, the mayor", "Come in."]
    (card,) = find(driver, ".card")
    assert read_words(card) == "Ann Lee, the mayor, Ora. direct statement, confidence 99%"
    point_at(driver, find(driver, "h1")[0])
    driver.execute_async_script("setTimeout(arguments[0], 400)")
    assert (read_lit(driver), card.is_displayed()) == ([], False)


def test_a_quote_within_a_quote(show, page):
    """The inner one lights up, the card tells of both."""
    driver = show(page)
    point_at(driver, find(driver, "#a2 mark.within")[0])
    assert read_lit(driver) == ["critics", "say", "it will fall"]
    assert [read_words(note) for note in find(driver, ".card .note")] == [
        "Speaker not known. indirect statement, confidence 50%",
        "Bo Lind, an engineer. indirect statement, confidence 90%",
    ]


def test_by_keyboard(show, page):
    """Tab goes from quote to quote in the order of the text; each shows what is known; Escape puts it away."""
    from selenium.webdriver import Keys

    driver = show(page)
    driver.execute_script("document.querySelector('#a1 h2 a').focus()")
    seen = []
    for _ in range(3):
        press(driver, Keys.TAB)
        seen.append(driver.switch_to.active_element.get_attribute("id"))
        assert find(driver, ".card")[0].is_displayed()
        assert read_lit(driver)
        outline = driver.switch_to.active_element.value_of_css_property("outline-style")
        assert outline == "solid"
    assert seen == ["a1-q1", "a1-q2", "a1-q3"]
    press(driver, Keys.ESCAPE)
    assert not find(driver, ".card")[0].is_displayed()


def test_one_speaker_by_keyboard(show, page):
    """Enter on a speaker leaves their articles and their quotes; "Everyone" brings all back."""
    from selenium.webdriver import Keys

    driver = show(page)
    (button,) = find(driver, "button[data-voice='2']")
    driver.execute_script("arguments[0].focus()", button)
    press(driver, Keys.ENTER)
    assert button.get_attribute("aria-pressed") == "true"
    assert [item.get_attribute("id") for item in find(driver, ".article:not([hidden])")] == ["a2"]
    assert [item.text.split("\n")[0] for item in find(driver, ".contents li:not([hidden])")] == ["dam.txt"]
    labels = [read_words(label) for label in find(driver, "#a2 .label") if label.is_displayed()]
    assert labels == ["Quote 1 Bo Lind", "Quote 3 Bo Lind"]
    assert (
        find(driver, "#status")[0].get_attribute("textContent") == "Shown: 2 of the quotes, in 1 of the articles."
    )
    driver.execute_script("arguments[0].focus()", find(driver, "#everyone")[0])
    press(driver, Keys.SPACE)
    assert button.get_attribute("aria-pressed") == "false"
    assert len(find(driver, ".article:not([hidden])")) == 2
    assert not find(driver, ".off, .other")


def test_speakers_can_be_found(show, article):
    """Only those whose name or description has the words; those folded away, too."""
    quotes = tuple(
        replace(article.quotes[0], id=n, speaker=Speaker(f"s{n}", f"Ann Number{n}", "person"))
        for n in range(1, 30)
    )
    driver = show(write(replace(article, quotes=quotes, speakers=tuple(quote.speaker for quote in quotes))))
    (search,) = find(driver, "#search")
    search.send_keys("number28")
    assert [item.text.splitlines()[0] for item in find(driver, ".voices li") if item.is_displayed()] == [
        "Ann Number28"
    ]


def test_names_stand_in_the_margin(show, article):
    """Beside the first line of their quotes, in order and not over each other; the text is not interrupted."""
    text = (
        "“One,” said Ann Lee. “Two,” she said. “Three,” she said.\n\n" + "It rained. " * 40 + "“Four,” she said."
    )
    lee = Speaker("lee", "Ann Lee", "person", (), (), (1, 2, 3, 4))
    words = ("One,", "Two,", "Three,", "Four,")
    quotes = tuple(
        replace(article.quotes[0], id=n, content=(cut(text, word),), cue=(), source=(), speaker=lee)
        for n, word in enumerate(words, 1)
    )
    driver = show(write(Article("a", text, quotes, (lee,))), width=1400)
    labels, marks = (read_boxes(driver, f"#a1 {name}") for name in (".label", "mark"))
    assert all(label[0] > max(mark[1] for mark in marks) for label in labels)
    assert all(one[3] <= other[2] for one, other in pairwise(labels))
    assert abs(labels[0][2] - marks[0][2]) < 12
    assert abs(labels[3][2] - marks[3][2]) < 12
    assert find(driver, "#a1 .label")[0].text.endswith("1 Ann Lee")
    driver = show(write(Article("a", text, quotes, (lee,))), width=375)
    tops = driver.execute_script(
        "return [...document.querySelectorAll('#a1 .label .who')].map((one) => one.offsetWidth)"
    )
    assert max(tops) <= 1


@pytest.mark.parametrize("width", [375, 900, 1400])
def test_a_link_does_not_cover_what_it_points_to(show, page, width):
    """Neither the card of a quote that is pointed at, nor that of one that is gone to by keyboard or address."""
    from selenium.webdriver import Keys

    def is_covered():
        left, right, top, bottom = read_boxes(driver, ".card")[0]
        lit = read_boxes(driver, ".on:is(mark, .cue, .source)")
        return any(one[0] < right and one[1] > left and one[2] < bottom and one[3] > top for one in lit)

    driver = show(page, width=width)
    for mark in find(driver, "#a1 mark"):
        point_at(driver, mark)
        assert find(driver, ".card")[0].is_displayed()
        assert not is_covered()
    driver.execute_script("document.querySelector('#a1 h2 a').focus()")
    press(driver, Keys.TAB)
    assert find(driver, ".card")[0].is_displayed()
    assert not is_covered()


def test_speakers_in_another_order(show, article):
    """By quotes or names, over the list and what is folded of it; those without a name stay apart."""
    quotes = tuple(
        replace(
            article.quotes[0],
            id=n,
            speaker=Speaker(f"s{n}", f"Ann Number{n:02}", "person" if n < 20 else "unnamed"),
        )
        for n in range(30, 0, -1)
    )
    driver = show(write(replace(article, quotes=quotes, speakers=tuple(quote.speaker for quote in quotes))))
    driver.execute_script("for (const panel of document.querySelectorAll('details')) panel.open = true")
    (order,) = find(driver, "#order")
    order.send_keys("By name")
    names = [read_words(item) for item in find(driver, ".voices li .name")]
    assert names == [f"Ann Number{n:02}" for n in range(1, 31)]
    assert len(find(driver, ".voices > .named > li")) == 15


def test_tables_can_be_sorted(show, article, nested):
    """By any column, either way, also by keyboard; the page says which."""
    from selenium.webdriver import Keys

    stream, tally = io.StringIO(newline=""), Tally(find_group=lambda article: article.id)
    for one in (article, nested):
        tally.add(one)
    write_voices(stream, tally, by="id")
    driver = show(stream.getvalue())

    def read_names():
        return [read_words(name) for name in find(driver, ".figured tbody .name")]

    heads = find(driver, ".figured thead th")
    by_words = read_names()
    heads[2].find_element("css selector", "button").click()
    assert (heads[2].get_attribute("aria-sort"), read_names()) == ("descending", by_words)
    heads[2].find_element("css selector", "button").send_keys(Keys.ENTER)
    assert (heads[2].get_attribute("aria-sort"), read_names()) == ("ascending", by_words[::-1])
    heads[0].find_element("css selector", "button").click()
    assert (heads[2].get_attribute("aria-sort"), read_names()) == (None, sorted(by_words))
    assert len(find(driver, ".comparison th button")) == 3


@pytest.mark.parametrize("width", [375, 1400])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_in_tables(show, article, nested, run_axe, width, theme):
    stream, tally = io.StringIO(newline=""), Tally(find_group=lambda article: article.id)
    for one in (article, nested):
        tally.add(one)
    write_voices(stream, tally, by="id")
    driver = show(stream.getvalue(), width=width, theme=theme)
    assert run_axe(driver) == []
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width


def test_a_link_to_one_quote(show, page):
    """It is in sight and marked, with all its pieces; so is the next, by a click on its number."""
    driver = show(page, at="#a2-q3")
    assert read_lit(driver, "target") == ["It holds,", "he", "said"]
    assert 0 <= driver.execute_script("return document.getElementById('a2-q3').getBoundingClientRect().top") < 800
    find(driver, "#a2-q1")[0].click()
    assert driver.current_url.endswith("#a2-q1")
    assert read_lit(driver, "target") == ["Lind", "told", "critics", " ", "say", " ", "it will fall"]


def test_without_scripts(show, page):
    """All can be read, nothing pretends to work, and a quote's number shows what is known."""
    driver = show(page, script=False)
    assert [mark.text for mark in find(driver, "#a1 mark")][:2] == ["We are ready,", "Come in."]
    assert all(not button.is_displayed() or not button.is_enabled() for button in find(driver, "button"))
    (note,) = find(driver, "#a1-q1-note")
    assert not note.is_displayed()
    point_at(driver, find(driver, "#a1-q1")[0])
    assert note.is_displayed()
    assert read_words(note) == "Ann Lee, the mayor, Ora. direct statement, confidence 99%"


def test_nothing_from_others_runs(show):
    """In text, name, description, alias and id; what would reorder or hide is shown."""
    text = f"“{EVIL}” said {EVIL}."
    first = text.index(EVIL)
    spans = [Span(at, at + len(EVIL), EVIL) for at in (first, text.index(EVIL, first + 1))]
    speaker = Speaker(EVIL, EVIL, "person", (EVIL,), (EVIL,), (1,))
    quote = Quote(1, "direct", "statement", (spans[0],), (), (spans[1],), speaker, 0.5, 1)
    driver = show(write(Article(EVIL, text, (quote,), (speaker,))))
    for element in find(driver, "mark, .source, .label, button, .article h2"):
        point_at(driver, element)
    assert driver.execute_script("return [window.ran, document.scripts.length, document.images.length]") == [
        None,
        1,
        0,
    ]
    shown = driver.execute_script("return document.querySelector('#a1 mark').textContent")
    assert shown == EVIL.replace("\x1b", "␛").replace("\x00", "␀").replace("\u202e", "\ufffd")
    assert driver.get_log("browser") == []


@pytest.mark.parametrize("width", [375, 900, 1400])
def test_no_page_is_wider_than_the_window(show, page, nested, width):
    """Long names break, in the lists at the side, too."""
    long = [replace(nested, id=id) for id in ("long/" * 60, "long" * 60)]
    silent = Article("silent" * 40, "It rained.")
    driver = show(write(nested, *long, silent), width=width)
    driver.execute_script("for (const panel of document.querySelectorAll('details')) panel.open = true")
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    for panel in find(driver, "#overview > *"):
        assert driver.execute_script("return arguments[0].scrollWidth - arguments[0].clientWidth", panel) <= 0


@pytest.mark.parametrize("width", [375, 1400])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault(show, page, run_axe, width, theme):
    """Neither as it opens, nor with a quote lit and a speaker picked out."""
    from selenium.webdriver import Keys

    driver = show(page, width=width, theme=theme, at="#a1-q1")
    driver.execute_script("for (const panel of document.querySelectorAll('details')) panel.open = true")
    assert run_axe(driver) == []
    press(driver, Keys.ESCAPE)  # the card of the quote that the address names
    find(driver, "button[data-voice='2']")[0].click()
    point_at(driver, find(driver, "#a2 mark")[0])
    assert run_axe(driver) == []
