"""The page on which quotes are corrected, and the one that describes the interface: static/*.html, filled in."""

from functools import cache
from importlib.resources import files
from string import Template

from quotex import __version__
from quotex.serve.export import list_downloads
from quotex.serve.openapi import make_openapi, render_docs
from quotex.serve.settings import Settings
from quotex.write.html.markup import Html, join_html, make_element
from quotex.write.html.page import render_key


def render_page(settings: Settings, n_articles: int) -> Html:
    """Render the page for people; its script fills it."""
    return fill(
        "review.html",
        key=render_key(),
        queue="" if n_articles else "hidden",
        corrections=str(settings.corrections),
        forms=join_html(make_element("option", title, value=form) for form, title in list_downloads().items()),
    )


@cache
def render_docs_page() -> Html:
    """Render the page that describes the interface."""
    return fill("docs.html", description=render_docs(make_openapi()))


def fill(name: str, **values: str) -> Html:
    """Fill in a page; values that are not Html are text. The policy comes with the answer."""
    page = Template(files("quotex.serve.static").joinpath(name).read_text(encoding="utf-8"))
    return Html(page.substitute({key: join_html([value]) for key, value in values.items()}, version=__version__))
