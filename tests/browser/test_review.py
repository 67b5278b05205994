"""The page of `quotex serve` as its user meets it: with a pointer, by keyboard alone, in two windows, offline."""

import csv
import hashlib
import json
from pathlib import Path

import pytest

import quotex
from quotex.evaluation import Annotation, read_gold
from quotex.write.html import render_article
from tests.paths import SHARED, needs_shared
from tests.write.html_reader import PageReader

TEXT = "“We are ready,” said Ann Lee, the mayor. Bo Lind said that it rained.\n\nNobody 𝒂sked us 🙂, he added."
EVIL = (
    '“<script>top.ran=1</script><img src=x onerror="top.ran=1"> "onmouseover=\'top.ran=1\' \x1b[31m \u202egnp,”'
    " said Ann <b>Lee</b>, the mayor."
)


def find(driver, selector):
    return driver.find_elements("css selector", selector)


def press(driver, *keys):
    """Press keys one after the other."""
    from selenium.webdriver import ActionChains

    ActionChains(driver).send_keys(*keys).perform()


def hold(driver, held, *keys):
    """Press keys while others are held down."""
    from selenium.webdriver import ActionChains

    chain = ActionChains(driver)
    for key in held:
        chain.key_down(key)
    chain.send_keys(*keys)
    for key in held:
        chain.key_up(key)
    chain.perform()


def wait(driver, condition):
    """Wait until a condition of JavaScript holds."""
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(driver, 20, 0.05).until(
        lambda _: driver.execute_script(f"return Boolean({condition})"), condition
    )


def wait_for(driver, condition):
    """Wait until a condition of Python holds."""
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(driver, 20, 0.05).until(lambda _: condition())


def has_quotes(driver, number):
    """Wait until so many quotes are shown."""
    wait(driver, f"document.querySelectorAll('#view .label').length === {number}")


def paste(driver, text=TEXT):
    """Put a text into the box as a clipboard does, which looks for quotes at once."""
    driver.execute_script(
        "const box = document.getElementById('text'); box.focus();"
        "box.dispatchEvent(new ClipboardEvent('paste', {bubbles: true}));"
        "box.setRangeText(arguments[0])",
        text,
    )
    wait(driver, "document.querySelector('#view .text')")


def select(driver, part, text=TEXT):
    """Select words with the mouse: from the first letter to behind the last."""
    start = text.index(part)
    run_with_places(
        driver,
        "const range = places.makeRange(document.querySelector('#view .text'), given[0], given[1]);"
        "const selection = getSelection(); selection.removeAllRanges(); selection.addRange(range)",
        start,
        start + len(part),
    )
    wait(driver, "!document.getElementById('new-quote').disabled")
    return [[start, start + len(part)]]


def run_with_places(driver, script, *given):
    """Run a script that uses the module `places` of the page."""
    return driver.execute_async_script(
        "const given = [...arguments]; const done = given.pop();"
        f"import('/static/places.js').then((places) => done((() => {{ {script} }})()))",
        *given,
    )


def read_view(driver):
    """Read the markup of the article, but for where the names stand in the margin."""
    return driver.execute_script(
        "const copy = document.getElementById('view').cloneNode(true);"
        "for (const part of copy.querySelectorAll('[style]')) part.removeAttribute('style'); return copy.innerHTML"
    )


def count_requests(driver):
    """Count from now on what the page sends, as window.sent has it."""
    driver.execute_script(
        "if (!window.sent) { const real = window.fetch;"
        "  window.fetch = (...given) => { window.sent.push(given[0]); return real(...given) } }"
        "window.sent = []"
    )


def read_sent(driver):
    """Read what has been sent."""
    return driver.execute_script("return window.sent")


def click(driver, name):
    """Click on a button, by its id."""
    button = find(driver, f"#{name}")[0]
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()


def set_value(driver, name, value):
    """Type over what stands in a field."""
    from selenium.webdriver import Keys

    field = find(driver, f"#{name}")[0]
    field.clear()
    field.send_keys(value, Keys.TAB)


def save(driver):
    """Save, and wait until the page says so."""
    click(driver, "save")
    wait(driver, "document.getElementById('progress').textContent.includes('Saved.')")


def read_rows(server):
    """Read the lines of the file of corrections."""
    return [json.loads(line) for line in server[1].read_text("utf-8").splitlines()]


def read_text(driver):
    """Read the article off the page, without what stands in it besides."""
    return driver.execute_script(
        "const copy = document.querySelector('#view .text').cloneNode(true);"
        "for (const part of copy.querySelectorAll('.label, .more, .note')) part.remove(); return copy.textContent"
    )


def place(part, text=TEXT):
    """Find a part of the text, as GOLD has it."""
    return ((text.index(part), text.index(part) + len(part)),)


def test_the_view_is_that_of_the_report(page):
    """What is pasted is looked at at once; the same segments, classes and numbers, and nothing lost."""
    driver = page()
    paste(driver)
    has_quotes(driver, 3)
    shown = PageReader(find(driver, "#view")[0].get_attribute("innerHTML"))
    article = quotex.extract(TEXT)
    report = PageReader(render_article(article))
    assert shown.texts == report.texts == [TEXT]

    def drop_target(segments):
        return [(text, classes - {"target"}, quotes) for text, classes, quotes in segments]

    assert [drop_target(part) for part in shown.segments] == report.segments
    assert driver.get_log("browser") == []


def test_correct_and_save(page, server):
    """Content, cue, source and speaker of one, a second piece, a new one, one rejected; then the file has it."""
    driver = page()
    paste(driver)
    has_quotes(driver, 3)
    find(driver, "#a1-q2")[0].click()
    assert find(driver, "#quote-title")[0].text == "Quote 2 of 3"
    select(driver, "rained")
    click(driver, "set-content")
    select(driver, "𝒂sked us 🙂")
    click(driver, "add-content")
    select(driver, "added")
    click(driver, "set-cue")
    select(driver, "he ")
    click(driver, "set-source")
    set_value(driver, "speaker", "Bo Q. Lind")
    wait(driver, "document.querySelector('#view .cast')?.textContent.includes('Bo Q. Lind')")
    find(driver, "#a1-q1")[0].click()
    click(driver, "reject")
    has_quotes(driver, 2)
    select(driver, "“We are ready,”")
    click(driver, "new-quote")
    assert driver.switch_to.active_element.get_attribute("id") == "speaker"
    set_value(driver, "speaker", "Ann Lee")
    has_quotes(driver, 3)
    save(driver)
    found = read_gold(str(server[1]))[0]
    assert (found.id, found.text) == (f"pasted {hashlib.sha256(TEXT.encode()).hexdigest()[:8]}", TEXT)
    assert found.quotes[0] == Annotation(place("We are ready,"), (), (), "Ann Lee", "person")
    assert found.quotes[1] == Annotation(
        (*place("rained"), *place("𝒂sked us 🙂")), place("added"), place("he", TEXT), "Bo Q. Lind", "person"
    )
    (row,) = read_rows(server)
    assert row["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [quote["type"] for quote in row["quotes"]][:2] == ["direct", "indirect"]
    assert [quote["speaker"] for quote in row["rejected"]] == ["Ann Lee"]
    driver.refresh()
    has_quotes(driver, 3)
    assert "Bo Q. Lind" in find(driver, "#view .cast")[0].text
    assert find(driver, "#rejects summary")[0].text == "Rejected: 1"
    click(driver, "leave")
    paste(driver)  # what was saved is found again, not what the model says
    has_quotes(driver, 3)
    assert "Bo Q. Lind" in find(driver, "#view .cast")[0].text


def test_undo_and_redo(page):
    """Each change; the same bytes as before, and not unsaved any more."""
    driver = page()
    paste(driver)
    has_quotes(driver, 3)
    before = read_view(driver)
    click(driver, "reject")
    has_quotes(driver, 2)
    click(driver, "accept")
    assert "Not saved yet." in find(driver, "#progress")[0].text
    from selenium.webdriver import Keys

    hold(driver, [Keys.CONTROL], "z")
    click(driver, "undo")
    has_quotes(driver, 3)
    assert read_view(driver) == before
    assert "Not saved yet." not in find(driver, "#progress")[0].text
    assert not find(driver, "#undo")[0].is_enabled()
    hold(driver, [Keys.CONTROL], "y")
    has_quotes(driver, 2)


def test_only_what_changes_the_look_is_sent(page):
    """Accepting, going on, undoing and copying send nothing; a new speaker sends one request."""
    from selenium.webdriver import Keys

    driver = page()
    paste(driver)
    has_quotes(driver, 3)
    count_requests(driver)
    for name in ("accept", "previous", "next", "accept-all", "undo", "redo", "copy"):
        click(driver, name)
    wait(driver, "document.getElementById('progress').textContent.includes('3 of 3')")
    assert read_sent(driver) == []
    press(driver, "s", "Ann B. Lee", Keys.TAB)
    wait(driver, "document.querySelector('#view .cast')?.textContent.includes('Ann B. Lee')")
    click(driver, "undo")
    click(driver, "redo")
    wait(driver, "document.querySelector('#view .cast')?.textContent.includes('Ann B. Lee')")
    assert read_sent(driver) == ["/review/view"]


def test_back_goes_back_and_an_article_has_an_address(page, server):
    """From article to article and to the start, with what was done; and by the address alone."""
    driver = page()
    wait(driver, "document.querySelectorAll('#queue button').length === 3")
    find(driver, "#queue button")[0].click()
    has_quotes(driver, 1)
    click(driver, "accept")
    click(driver, "onward")
    wait(driver, "document.querySelector('#view h2')?.textContent === '2.txt'")
    address = driver.current_url
    driver.back()
    wait(driver, "document.querySelector('#view h2')?.textContent === '1.txt'")
    assert find(driver, "#progress")[0].text.startswith("1 of 1 checked. Not saved yet.")
    driver.back()
    wait(driver, "!document.getElementById('start').hidden")
    driver.forward()
    wait(driver, "document.querySelector('#view h2')?.textContent === '1.txt'")
    driver.execute_script("localStorage.clear(); sessionStorage.clear()")
    driver.get(address)
    wait(driver, "document.querySelector('#view h2')?.textContent === '2.txt'")
    click(driver, "onward")
    wait(driver, "document.querySelector('#view h2')?.textContent === '3.txt'")
    paste_at_start(driver)
    has_quotes(driver, 3)
    address = driver.current_url.partition("#")[0]
    driver.get("about:blank")
    driver.get(f"{address}#a1-q3")
    has_quotes(driver, 3)
    assert find(driver, "#quote-title")[0].text == "Quote 3 of 3"
    driver.execute_script("localStorage.clear(); sessionStorage.clear()")
    driver.refresh()
    wait(driver, "!document.getElementById('alert').hidden")
    assert "is not here any more" in find(driver, "#alert")[0].text
    assert find(driver, "#start")[0].is_displayed()


def paste_at_start(driver):
    """Close the article, and paste a text."""
    click(driver, "leave")
    paste(driver)


def test_the_same_text_again_is_the_work_on_it(page):
    """What was not saved is not lost by pasting the text once more."""
    driver = page()
    paste(driver)
    has_quotes(driver, 3)
    click(driver, "reject")
    has_quotes(driver, 2)
    paste_at_start(driver)
    has_quotes(driver, 2)


def test_an_example_to_try(page):
    driver = page()
    click(driver, "example")
    wait(driver, "document.querySelectorAll('#view .label').length >= 6")
    assert find(driver, "#view h2")[0].text == "An example"
    assert "Ann Lee" in find(driver, "#view .cast")[0].text


def test_results_are_copied_and_downloaded(page, server, tmp_path):
    """As the page has them, saved or not."""
    driver = page()
    driver.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["clipboardReadWrite"]})
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    paste(driver)
    has_quotes(driver, 3)
    set_value(driver, "speaker", "Ann B. Lee")
    wait(driver, "document.querySelector('#view .cast')?.textContent.includes('Ann B. Lee')")
    click(driver, "copy")
    wait(driver, "document.getElementById('status').textContent.includes('on the clipboard')")
    copied = driver.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    assert copied.splitlines()[:2] == ["Ann B. Lee: “We are ready,”", "Bo Lind: it rained"]
    click(driver, "download")
    wait_for(driver, lambda: list(tmp_path.glob("*.csv")))
    (path,) = tmp_path.glob("*.csv")
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert [row["speaker"] for row in rows][:2] == ["Ann B. Lee", "Bo Lind"]


def test_on_a_phone_the_panel_folds_away(page):
    """Folded, one goes through the quotes; a new quote and the speaker unfold it; the text has the rest."""
    driver = page(width=390)
    paste(driver)
    has_quotes(driver, 3)

    def read_share():
        return driver.execute_script("return document.getElementById('desk').offsetHeight / innerHeight")

    assert read_share() < 0.2
    assert not find(driver, "#speaker")[0].is_displayed()
    assert find(driver, "#quote-who")[0].text == "Ann Lee"
    click(driver, "accept")
    assert find(driver, "#quote-title")[0].text == "Quote 2 of 3"
    select(driver, "rained")
    click(driver, "new-quote")
    assert driver.switch_to.active_element.get_attribute("id") == "speaker"
    assert find(driver, "#fold")[0].get_attribute("aria-expanded") == "true"
    assert read_share() > 0.3
    click(driver, "fold")
    assert read_share() < 0.2
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 390


def test_edges_move_by_words(page):
    """One word more or less at either end of a piece; the button keeps the focus."""
    driver = page()
    paste(driver)
    has_quotes(driver, 3)
    find(driver, "#a1-q2")[0].click()

    def read_piece():
        return find(driver, "#content-pieces .words")[0].text

    assert read_piece() == "it rained"
    click(driver, "content-0-start-on")
    assert read_piece() == "rained"
    click(driver, "content-0-end-on")
    assert read_piece() == "rained."
    click(driver, "content-0-start-back")
    wait(driver, "document.activeElement.id !== 'content-0-end-on'")
    click(driver, "content-0-end-back")
    assert read_piece() == "it rained"


def test_keyboard_only(page, server):
    """Type a text, find, go through the quotes, select words with the arrows, name a speaker, save."""
    from selenium.webdriver import Keys

    driver = page()
    press(driver, Keys.TAB, Keys.TAB)
    assert driver.switch_to.active_element.get_attribute("id") == "text"
    press(driver, "He said that it rained. Ann Lee came.", Keys.TAB, Keys.ENTER)
    has_quotes(driver, 1)
    press(driver, "e")
    assert driver.switch_to.active_element.get_attribute("role") == "textbox"
    hold(driver, [Keys.SHIFT, Keys.CONTROL], Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    wait(driver, "document.getElementById('selected').textContent.includes('it rained')")
    press(driver, "Zy!", Keys.DELETE, Keys.BACKSPACE, Keys.ENTER)
    assert read_text(driver) == "He said that it rained. Ann Lee came."
    press(driver, Keys.HOME)
    hold(driver, [Keys.SHIFT, Keys.CONTROL], Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    press(driver, "o")
    wait(driver, "document.getElementById('progress').textContent.includes('Not saved yet.')")
    press(driver, Keys.END)
    hold(driver, [Keys.SHIFT], *[Keys.ARROW_LEFT] * len("Ann Lee came."))
    press(driver, "q")
    wait(driver, "document.activeElement.id === 'speaker'")
    press(driver, "Ann Lee", Keys.TAB, Keys.ESCAPE)
    has_quotes(driver, 2)
    driver.execute_script("document.activeElement.blur()")
    press(driver, "k", "x")
    has_quotes(driver, 1)
    hold(driver, [Keys.CONTROL], "s")
    wait(driver, "document.getElementById('progress').textContent.includes('Saved.')")
    (row,) = read_rows(server)
    assert [(quote["content"], quote["speaker"]) for quote in row["quotes"]] == [([[24, 37]], "Ann Lee")]
    assert row["rejected"][0]["source"] == [[0, 7]]


def test_single_letters_can_be_turned_off(page):
    """As those who dictate need it (WCAG 2.1.4)."""
    driver = page()
    paste(driver)
    has_quotes(driver, 3)
    driver.execute_script("document.querySelector('.keys').open = true")
    click(driver, "single-keys")
    driver.execute_script("document.activeElement.blur()")
    press(driver, "x", "q", "j")
    assert find(driver, "#quote-title")[0].text == "Quote 1 of 3"


def test_unsaved_work_outlives_a_reload(page):
    """And the way out and in again, from the list of what is not saved."""
    driver = page()
    paste(driver)
    has_quotes(driver, 3)
    click(driver, "reject")
    has_quotes(driver, 2)
    driver.refresh()
    has_quotes(driver, 2)
    assert "Not saved yet." in find(driver, "#progress")[0].text
    click(driver, "leave")
    find(driver, "#drafts button")[0].click()
    has_quotes(driver, 2)


def open_bytes(driver, tmp_path, name, data):
    """Open a file by the button."""
    path = Path(tmp_path, name)
    path.write_bytes(data)
    find(driver, "#file")[0].send_keys(str(path))


SLOW_LIST = (
    "const real = window.fetch; window.fetch = async (...given) => {"
    "  if (given[0] === '/review/articles') await new Promise(done => setTimeout(done, 1000));"
    "  return real(...given) }"
)


def test_a_file_that_is_opened_at_once(page, server, tmp_path):
    """Before the page knows what there is to review: the file is shown, and the others are there behind it."""
    driver = page()
    added = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": SLOW_LIST})
    try:
        driver.get(server[0])
        open_bytes(driver, tmp_path, "a.txt", TEXT.encode())
        wait(driver, "document.querySelector('#view .text')")
        assert read_text(driver) == TEXT
        assert [button.get_attribute("textContent") for button in find(driver, "#queue button")] == [
            *("1.txt", "2.txt", "3.txt", "a.txt")
        ]
    finally:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_files_keep_their_line_ends(page, server, tmp_path):
    """Offsets count in the file as it is: CR LF, a byte-order mark left out, letters beyond 16 bits."""
    text = "🙂 Title\r\n\r\n“We are ready,”\r\nsaid Ann 𝑳ee.\r\n\r\nIt rained."
    driver = page()
    open_bytes(driver, tmp_path, "a.txt", b"\xef\xbb\xbf" + text.encode())
    wait(driver, "document.querySelector('#view .text')")
    assert read_text(driver) == text
    before = len(find(driver, "#view .label"))
    select(driver, "It rained", text)
    click(driver, "new-quote")
    has_quotes(driver, before + 1)
    save(driver)
    (row,) = read_rows(server)
    assert (row["id"], row["text"]) == ("a.txt", text)
    assert row["quotes"][-1]["content"] == [list(place("It rained", text)[0])]
    found = read_gold(str(server[1]))[0]
    assert text[slice(*found.quotes[-1].content[0])] == "It rained"


def test_files_are_read_as_extract_reads_them(page, tmp_path):
    """UTF-16, JSON Lines with several articles; and what is wrong with one is said."""
    driver = page()
    open_bytes(driver, tmp_path, "wide.txt", "“Ja,” said Bo Lind. ěščř".encode("utf-16"))
    wait(driver, "document.querySelector('#view .text')")
    assert read_text(driver).endswith("ěščř")
    rows = b'{"id": "one", "text": "It rained."}\n{"id": "two", "text": "It rained again."}\n'
    open_bytes(driver, tmp_path, "rows.jsonl", rows)
    wait(driver, "document.querySelectorAll('#queue li').length === 6")
    open_bytes(driver, tmp_path, "a.epub", b"PK")
    wait(driver, "!document.getElementById('alert').hidden")
    assert "a.epub: .epub files are not read yet." in find(driver, "#alert")[0].text


def test_a_file_is_dropped(page):
    """Anywhere on the page, also beside an article."""
    driver = page()
    driver.execute_script(
        "const dataTransfer = new DataTransfer();"
        "dataTransfer.items.add(new File(['“Yes,” said\\r\\nBo Lind.'], 'b.txt'));"
        "document.body.dispatchEvent(new DragEvent('dragover', {bubbles: true, dataTransfer}));"
        "document.body.dispatchEvent(new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer}))"
    )
    wait(driver, "document.querySelector('#view .text')")
    assert read_text(driver) == "“Yes,” said\r\nBo Lind."
    assert find(driver, "#view h2")[0].text == "b.txt"


def test_articles_to_review(page, server):
    """Those of the command line, one after the other; what is saved is marked."""
    driver = page()
    wait(driver, "document.querySelectorAll('#queue button').length === 3")
    find(driver, "#queue button")[0].click()
    has_quotes(driver, 1)
    save(driver)
    click(driver, "onward")
    wait(driver, "document.querySelector('#view h2')?.textContent === '2.txt'")
    click(driver, "leave")
    assert find(driver, "#queue")[0].text.split() == ["1.txt", "saved", "2.txt", "3.txt"]
    driver.refresh()
    wait(driver, "document.querySelectorAll('#queue button').length === 3")
    assert find(driver, "#queue")[0].text.split() == ["1.txt", "saved", "2.txt", "3.txt"]
    assert read_rows(server)[0]["id"] == "1.txt"


def test_two_windows(page, server):
    """Who saves second is told, and may look at the other's or replace it; both lines are in the file."""
    driver = page()
    paste(driver)
    has_quotes(driver, 3)
    first = driver.current_window_handle
    driver.switch_to.new_window("tab")
    try:
        driver.get(server[0])
        paste(driver)
        has_quotes(driver, 3)
        click(driver, "reject")
        save(driver)
    finally:
        driver.close()
        driver.switch_to.window(first)
    click(driver, "accept")
    click(driver, "save")
    wait(driver, "!document.getElementById('alert').hidden")
    assert "was saved meanwhile" in find(driver, "#alert")[0].text
    assert len(read_rows(server)) == 1
    find(driver, "#alert button")[0].click()
    wait(driver, "document.getElementById('progress').textContent.includes('Saved.')")
    assert [len(row["quotes"]) for row in read_rows(server)] == [2, 3]
    assert len(read_gold(str(server[1]))) == 1


def test_nothing_from_others_runs(page):
    """Text, id and name of a speaker are shown as what they are."""
    driver = page()
    paste(driver, EVIL)
    select(driver, "gnp", EVIL)
    click(driver, "new-quote")
    set_value(driver, "speaker", "<img src=x onerror=top.ran=1>")
    wait(driver, "document.querySelector('#view .cast')?.textContent.includes('<img')")
    assert driver.execute_script("return [window.ran, document.images.length]") == [None, 0]
    shown = read_text(driver)
    assert shown == EVIL.replace("\x1b", "␛").replace("\u202e", "\ufffd")
    assert driver.get_log("browser") == []


@pytest.mark.parametrize(
    "text", [TEXT, EVIL, "🙂\r\n\r\n“A\u2028𝑩,”\t said Ann\x0c Lee.\r\r 👩‍👩‍👧 “C,” he said.\n"]
)
def test_every_place_is_found_again(page, server, tmp_path, text):
    """From code points to the browser's nodes and back, for each letter of the text."""
    driver = page()
    open_bytes(driver, tmp_path, "a.txt", text.encode())
    wait(driver, "document.querySelector('#view .text')")
    assert len(read_text(driver)) == len(text)
    found = run_with_places(
        driver,
        "const text = document.querySelector('#view .text');"
        "return [...Array(given[0] + 1).keys()].flatMap(at =>"
        "  [true, false].map(after => places.find(text, ...places.locate(text, at, after))))",
        len(text),
    )
    assert found == [at for at in range(len(text) + 1) for _ in range(2)]
    cut = run_with_places(
        driver,
        "const text = document.querySelector('#view .text'); const copy = text.cloneNode(true);"
        "for (const part of copy.querySelectorAll('.label, .more, .note')) part.remove();"
        "return [...Array(given[0]).keys()].map(at => {"
        "  const range = places.makeRange(text, at, at + 1); return range.toString() })",
        len(text),
    )
    assert cut == list(read_text(driver))


def test_a_wrong_text_is_explained(page):
    """Beside the form, which keeps what is in it."""
    driver = page()
    click(driver, "find")
    wait(driver, "!document.getElementById('alert').hidden")
    assert "There is no text yet." in find(driver, "#alert")[0].text


@pytest.mark.parametrize("width", [375, 900, 1400])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault(page, run_axe, width, theme):
    """At the start, at work, in the text by keyboard, and where something went wrong; and the page fits."""
    driver = page(width=width, theme=theme)
    wait(driver, "document.querySelectorAll('#queue button').length === 3")
    assert run_axe(driver) == []
    paste(driver)
    has_quotes(driver, 3)
    assert run_axe(driver) == []
    click(driver, "reject")
    driver.execute_script("if (document.querySelector('.folded')) document.getElementById('fold').click()")
    driver.execute_script("for (const panel of document.querySelectorAll('details')) panel.open = true")
    assert run_axe(driver) == []
    driver.execute_script("document.activeElement.blur()")
    press(driver, "e")
    assert run_axe(driver) == []
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [375, 1400])
def test_the_interface_is_described_offline(driver, server, run_axe, page, width):
    """A page that loads nothing from elsewhere and has no fault."""
    page(width=width)
    driver.get(server[0] + "docs")
    assert "POST /v1/extract" in find(driver, "main")[0].text
    assert run_axe(driver) == []
    names = driver.execute_script("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert all(name.startswith(server[0]) for name in names)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    assert driver.get_log("browser") == []


@needs_shared
def test_the_seed_article(page, show):
    """On the page as in the report: 15 quotes, 3 speakers."""
    from tests.browser.test_report import write

    text = (SHARED / "seed" / "article.txt").read_bytes().decode("utf-8")
    driver = page()
    paste(driver, text)
    has_quotes(driver, 15)
    assert find(driver, "#view .facts")[0].text == "15 quotes, 3 speakers"
    article = quotex.extract(text, id="seed")
    driver = show(write(article))
    assert len(find(driver, ".label")) == 15
    assert find(driver, ".article .facts")[0].text == "15 quotes, 3 speakers"
