"""The frame of a page: head with style and policy, what stands before and after the articles, the script."""

import base64
import hashlib
from datetime import date
from functools import cache
from importlib.resources import files

from quotex import __version__
from quotex.write.html.markup import Html, join_html, make_element, make_name

TITLE = "Who said what"


@cache
def read_asset(name: str) -> Html:
    """Read report.css or report.js."""
    return Html(files("quotex.write.html").joinpath(name).read_text(encoding="utf-8"))


def make_policy() -> str:
    """Make the Content-Security-Policy: our own style and script by their hashes, and nothing else at all."""
    style, script = (hash_asset(name) for name in ("report.css", "report.js"))
    return f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"


def hash_asset(name: str) -> str:
    """Make the hash by which a browser knows an asset."""
    digest = hashlib.sha256(read_asset(name).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def render_head(title: str, day: date, *, articles: bool = True) -> Html:
    """Render all up to the open <main>.

    Args:
        title: Of the page.
        day: When it was made.
        articles: Whether there are any; else nothing is said of how they are marked.
    """
    head = make_element(
        "head",
        make_element("meta", charset="utf-8"),
        make_element("meta", http_equiv="Content-Security-Policy", content=make_policy()),
        make_element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        make_element("meta", name="color-scheme", content="light dark"),
        make_element("meta", name="referrer", content="no-referrer"),
        make_element("meta", name="generator", content=f"quotex {__version__}"),
        make_element("title", title),
        make_element("style", read_asset("report.css")),
    )
    return join_html(
        [
            Html("<!DOCTYPE html>\n"),
            Html('<html lang="en">\n'),
            head,
            Html("\n<body>\n"),
            render_masthead(title, day, articles),
            Html('\n<main id="articles">\n'),
        ]
    )


def render_masthead(title: str, day: date, articles: bool) -> Html:
    """Render the top of the page: links past what one does not want to hear, title, date, what the marks mean."""
    heading = make_element("h1", make_name(title))
    made = make_element("time", f"{day.day} {day:%B %Y}", datetime=day.isoformat(), class_="facts")
    if not articles:
        return make_element("header", heading, made, class_="masthead")
    links = (
        make_element("a", text, href=f"#{name}")
        for text, name in (("Articles", "articles"), ("Who gets to speak", "voices"), ("Contents", "contents"))
    )
    return make_element(
        "header",
        make_element("nav", *links, class_="jumps", aria_label="Parts of this page"),
        heading,
        made,
        render_key(),
        class_="masthead",
    )


def render_key() -> Html:
    """Say how the marks are to be read."""
    return make_element(
        "p",
        make_element("mark", "What was said", class_="content t0 l0"),
        " has the colour of who said it; ",
        make_element("span", "who", class_="source r-t0"),
        " is underlined where the text says so (the source), and ",
        make_element("span", "how", class_="cue r-t0"),
        " is in italics (the cue). A number in a ",
        make_element("span", "dotted frame", class_="t0 unsure"),
        ": more likely wrong than right.",
        class_="key",
    )


def render_foot(*panels: Html) -> Html:
    """Render all after the articles: the overview, which stands beside them, and the script."""
    made_by = make_element(
        "p", f"Made with quotex {__version__}. Quotes are found by a program: check them in the text."
    )
    return join_html(
        [
            Html("\n</main>\n"),
            make_element("aside", *panels, id="overview", aria_label="Overview") if panels else "",
            make_element("p", id="status", class_="unseen", role="status"),
            make_element("footer", made_by),
            make_element("script", read_asset("report.js")),
            Html("\n</body>\n</html>\n"),
        ],
        "\n",
    )
