"""Markup: the one place where text becomes HTML, so that nothing from others is ever more than text."""

import re
from collections.abc import Iterable
from html import escape

from quotex.text.printable import show

# What HTML would drop, obey or take for something else; see `show` for what stands in their place.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
LINE_ENDS = frozenset("\x85\u2028\u2029")
VOID = frozenset(["meta", "input", "link"])


class Html(str):
    """Markup that is written as it is; every other str is text, and is escaped."""

    __slots__ = ()


def make_text(text: str) -> Html:
    r"""Escape a text; each of its characters is one on the page, too.

    >>> make_text('<b title="x">' + "\x1b\x00\u202e")
    '&lt;b title=&quot;x&quot;&gt;␛␀\ufffd'
    """
    shown = CONTROLS.sub(lambda match: "\n" if match[0] in LINE_ENDS else show(match[0]), text)
    return Html(escape(shown).replace("\r", "&#13;"))  # else browsers make one newline of "\r\n"


def make_element(name: str, /, *children: str, **attributes: str | int | bool | None) -> Html:
    """Make an element; children that are not Html are text.

    Args:
        name: Of the element.
        children: What is in it.
        attributes: `class_` is class, `aria_label` is aria-label. True is written without a value, False and None
            are left out.

    >>> make_element("a", "Q & A", href="#1", class_="tag", hidden=True, title=None)
    '<a href="#1" class="tag" hidden>Q &amp; A</a>'
    """
    head = "".join(make_attribute(key, value) for key, value in attributes.items())
    return Html(f"<{name}{head}>" if name in VOID else f"<{name}{head}>{join_html(children)}</{name}>")


def make_attribute(key: str, value: str | int | bool | None) -> Html:
    """Make one attribute, with the space before it."""
    if value is None or value is False:
        return Html()
    name = key.rstrip("_").replace("_", "-")
    return Html(f" {name}" if value is True else f' {name}="{make_text(str(value))}"')


def join_html(parts: Iterable[str], separator: str = "") -> Html:
    """Join markup and text.

    >>> join_html([Html("<br>"), "<br>"])
    '<br>&lt;br&gt;'
    """
    return Html(separator.join(part if isinstance(part, Html) else make_text(part) for part in parts))


def make_name(text: str, **attributes: str | int | bool | None) -> Html:
    """Show a name from outside: in whatever direction it runs, what is around it stays in order."""
    return make_element("bdi", text, **attributes)
