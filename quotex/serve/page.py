"""The page on which quotes are checked and corrected, and the frame of the one that describes the interface."""

from functools import cache

from quotex import __version__
from quotex.serve.export import list_downloads
from quotex.serve.openapi import make_openapi, render_docs
from quotex.serve.settings import Settings
from quotex.types import KINDS
from quotex.write.html.markup import Html, join_html, make_element
from quotex.write.html.page import render_key

TITLE = "Who said what"
SCRIPT, VIEW_SCRIPT = "/static/review.js", "/static/report.js"
ROLES = (  # in plain words, and in those of the field
    ("content", "What was said", "content", "c"),
    ("cue", "How", "cue: the words that report it", "u"),
    ("source", "Who, in the text", "source: “she”, “the mayor”", "o"),
)
KIND_WORDS = {
    "person": "person",
    "org": "body (org)",
    "group": "group",
    "unnamed": "without a name",
    "other": "other",
}
KEYS = (
    ("j k", "next, previous quote"),
    ("a", "accept it, and on to the next"),
    ("x", "reject it"),
    ("e", "into the text: arrows move, with Shift they select, Escape leaves"),
    ("q", "a new quote of what is selected"),
    ("c u o", "what is selected is what was said (content), how (cue), who (source); with Shift, one more piece"),
    ("s", "name the speaker"),
    ("Ctrl Z, Ctrl Y", "undo, redo"),
    ("Ctrl S", "save"),
)


def render_page(settings: Settings, n_articles: int) -> Html:
    """Render the page; its script fills it."""
    body = [
        make_element(
            "header",
            make_element("h1", make_element("a", TITLE, href="/")),
            render_key(),
            class_="masthead",
        ),
        make_element(
            "main",
            render_start(n_articles),
            make_element("div", id="view", hidden=True),
            id="articles",
            tabindex="-1",
        ),
        render_desk(settings),
        make_element("p", id="status", class_="unseen", role="status"),
        make_element("p", id="alert", role="alert", hidden=True),
        render_footer(),
        make_element("script", src=VIEW_SCRIPT),
        make_element("script", src=SCRIPT, type="module"),
    ]
    return render_frame(TITLE, body, ("report.css", "review.css"), class_="review")


@cache
def render_docs_page() -> Html:
    """Render the page that describes the interface."""
    body = [
        make_element(
            "header",
            make_element("h1", "The interface"),
            make_element(
                "p", "For programs; ", make_element("a", "the page for people", href="/"), " is elsewhere."
            ),
            class_="masthead",
        ),
        make_element("main", render_docs(make_openapi()), class_="docs"),
        render_footer(),
    ]
    return render_frame("quotex: the interface", body, ("report.css", "docs.css"))


def render_frame(title: str, body: list[Html], styles: tuple[str, ...], class_: str | None = None) -> Html:
    """Render a whole page; the policy comes with the answer."""
    head = make_element(
        "head",
        make_element("meta", charset="utf-8"),
        make_element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        make_element("meta", name="color-scheme", content="light dark"),
        make_element("title", title),
        *(make_element("link", rel="stylesheet", href=f"/static/{name}") for name in styles),
        make_element("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
    )
    return join_html(
        [
            Html("<!DOCTYPE html>\n"),
            Html('<html lang="en">\n'),
            head,
            make_element("body", join_html(body, "\n"), class_=class_),
            Html("\n</html>\n"),
        ]
    )


def render_footer() -> Html:
    """Render the end of a page."""
    return make_element(
        "footer",
        make_element(
            "p",
            f"quotex {__version__}, on this machine: no text leaves it. Quotes are found by a program. ",
            make_element("a", "For programs", href="/docs"),
        ),
    )


def render_start(n_articles: int) -> Html:
    """Render what one meets first: a place for a text, and what there is to review."""
    box = make_element("textarea", id="text", rows="6", spellcheck="false", autocomplete="off", class_="paste")
    label = make_element("label", "Paste an article, or drop a file anywhere on this page", for_="text")
    promise = "You will see what was said, who said it and how; and can put right what is wrong."
    buttons = make_element(
        "p",
        make_button("Find the quotes", "find", class_="main"),
        make_button("Open a file…", "open"),
        make_button("Try an example", "example"),
        make_element(
            "input", type="file", id="file", multiple=True, hidden=True, aria_label="Files", tabindex="-1"
        ),
        class_="buttons",
    )
    return make_element(
        "section",
        make_element("section", id="drafts", aria_label="Not saved yet", hidden=True),
        label,
        make_element("p", promise, class_="facts"),
        box,
        buttons,
        make_element(
            "section",
            make_element("h2", "To review", id="queue-title"),
            make_element("ol", id="queue"),
            id="queued",
            aria_labelledby="queue-title",
            hidden=not n_articles,
        ),
        id="start",
        aria_label="A text",
    )


def make_button(text: str, name: str, **attributes: str | int | bool | None) -> Html:
    """Make a button, known by its name."""
    return make_element("button", text, type="button", id=name, **attributes)


def render_desk(settings: Settings) -> Html:
    """Render the desk beside the article: what is selected, the quote that is worked on, and to save."""
    return make_element(
        "aside",
        render_saving(settings),
        render_editor(),
        render_selection(),
        make_element(
            "section", *(render_role(*role) for role in ROLES), id="roles", aria_label="Its parts", hidden=True
        ),
        make_element(
            "details",
            make_element("summary", "Rejected"),
            make_element("ul", id="rejected"),
            id="rejects",
            hidden=True,
        ),
        render_keys(),
        id="desk",
        aria_label="Corrections",
        hidden=True,
    )


def render_saving(settings: Settings) -> Html:
    """Render undo, redo, save, the ways on, and what takes the results along; folded, the first line stays."""
    forms = [make_element("option", title, value=form) for form, title in list_downloads().items()]
    return make_element(
        "section",
        make_element(
            "p",
            make_button("Undo", "undo", disabled=True, aria_keyshortcuts="Control+Z"),
            make_button("Redo", "redo", disabled=True, aria_keyshortcuts="Control+Y"),
            make_button("Save", "save", class_="main", aria_keyshortcuts="Control+S"),
            make_button("Next article", "onward", hidden=True),
            make_button("Close", "leave"),
            make_button("More", "fold", aria_expanded="false", aria_controls="desk"),
            class_="buttons",
        ),
        make_element(
            "p",
            make_element("span", id="progress"),
            " Goes to ",
            make_element("bdi", str(settings.corrections)),
            class_="facts",
        ),
        make_element(
            "p",
            make_button("Copy results", "copy"),
            make_button("Download", "download"),
            make_element("label", "as", for_="form"),
            make_element("select", *forms, id="form"),
            class_="buttons along",
        ),
        class_="saving",
        aria_label="Save",
    )


def render_selection() -> Html:
    """Render what is selected in the text."""
    return make_element(
        "section",
        make_element("h2", "Selected words", id="selected-title"),
        make_element("p", id="selected"),
        make_element(
            "p",
            make_button("New quote", "new-quote", disabled=True, aria_keyshortcuts="q"),
            make_button("Select by keyboard", "enter", aria_keyshortcuts="e"),
            class_="buttons",
        ),
        class_="selection",
        aria_labelledby="selected-title",
    )


def render_editor() -> Html:
    """Render the head of the form for one quote: right or not, and who speaks."""
    kinds = [make_element("option", KIND_WORDS[kind], value=kind) for kind in KINDS]
    speaker = make_element(
        "p",
        make_element("label", "Who said it ", make_element("span", "speaker", class_="facts"), for_="speaker"),
        make_element("input", type="text", id="speaker", list="names", autocomplete="off", aria_keyshortcuts="s"),
        make_element("datalist", id="names"),
        make_element("label", "Kind", for_="kind"),
        make_element("select", make_element("option", "not said", value=""), *kinds, id="kind"),
        class_="fields",
    )
    return make_element(
        "section",
        make_element(
            "header",
            make_element("h2", "Quote", id="quote-title"),
            make_element(
                "span",
                make_button("‹", "previous", aria_label="Previous quote", aria_keyshortcuts="k"),
                make_button("›", "next", aria_label="Next quote", aria_keyshortcuts="j"),
                class_="buttons",
            ),
        ),
        make_element(
            "p", make_element("bdi", id="quote-who"), make_element("span", id="quote-facts"), class_="facts"
        ),
        make_element(
            "p",
            make_button("Accept", "accept", aria_pressed="false", class_="main", aria_keyshortcuts="a"),
            make_button("Reject", "reject", aria_keyshortcuts="x"),
            make_button("Accept all", "accept-all"),
            class_="buttons verdict",
        ),
        speaker,
        id="editor",
        aria_labelledby="quote-title",
        hidden=True,
    )


def render_role(role: str, title: str, meaning: str, key: str) -> Html:
    """Render the pieces of a content, cue or source, and how to change them."""
    return make_element(
        "fieldset",
        make_element("legend", title, " ", make_element("span", meaning, class_="facts")),
        make_element("ul", id=f"{role}-pieces", class_="pieces"),
        make_element(
            "p",
            make_button(
                "Set to selection",
                f"set-{role}",
                disabled=True,
                data_role=role,
                data_how="set",
                aria_keyshortcuts=key,
            ),
            make_button(
                "Add selection",
                f"add-{role}",
                disabled=True,
                data_role=role,
                data_how="add",
                aria_keyshortcuts=f"Shift+{key}",
            ),
            class_="buttons",
        ),
        aria_label=title,
    )


def render_keys() -> Html:
    """Say which keys do what."""
    items = [
        join_html(
            [
                make_element("dt", *(make_element("kbd", key) for key in keys.split())),
                make_element("dd", text),
            ]
        )
        for keys, text in KEYS
    ]
    single = make_element(
        "label",
        make_element("input", type="checkbox", id="single-keys", checked=True),
        " Single letters are commands",
    )
    return make_element(
        "details",
        make_element("summary", "Keys"),
        make_element("dl", *items),
        make_element("p", single),
        class_="keys",
    )
