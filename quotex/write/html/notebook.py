"""Notebooks: an article, a quote or a speaker as a cell shows it."""

from io import StringIO

from quotex.types import Article, Quote, Speaker
from quotex.write.html.article import make_who
from quotex.write.html.markup import Html, make_element, make_text
from quotex.write.html.writer import HtmlWriter

FRAME = "width: 100%; height: 36rem; border: 0"


def render_record(value: object) -> Html:
    """Render a record: an article as its report, in a frame so that neither changes the looks of the other."""
    match value:
        case Article():
            page = StringIO()
            writer = HtmlWriter(page)
            writer.write(value)
            writer.close()
            return make_element("iframe", srcdoc=page.getvalue(), sandbox="allow-scripts", style=FRAME)
        case Quote():
            said = make_element("p", value.text)
            return make_element("blockquote", said, make_element("footer", "— ", make_who(value.speaker)))
        case Speaker():
            return make_who(value)
    return make_element("code", make_text(repr(value)))
