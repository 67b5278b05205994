"""Tables of figures; the script lets their columns be sorted."""

from collections.abc import Iterable, Sequence

from quotex.tally import Tally, Voice
from quotex.write.html.badges import Badges
from quotex.write.html.markup import Html, make_element, make_name

HEADS = ("Speaker", "Share", "Words", "In marks", "Quotes", "Articles")


def render_table(heads: Sequence[str], rows: Iterable[Html], label: str) -> Html:
    """Render a table in a frame that scrolls by itself where the window is narrow.

    Args:
        heads: What stands above the columns; names from outside are `make_name`d.
        rows: Each made by `render_row`.
        label: What screen readers call it.
    """
    head = make_element("tr", *(make_element("th", head, scope="col") for head in heads))
    table = make_element("table", make_element("thead", head), make_element("tbody", *rows), class_="sortable")
    return make_element("div", table, class_="scrolled", tabindex=0, role="region", aria_label=label)


def render_row(head: Html, cells: Iterable[Html], class_: str | None = None) -> Html:
    """Make a row: of whom it is, then what `make_cell` makes."""
    return make_element("tr", make_element("th", head, scope="row"), *cells, class_=class_)


def make_cell(value: float, *shown: str) -> Html:
    """Make a cell.

    Args:
        value: By which the column is sorted.
        shown: What stands there.
    """
    return make_element("td", *shown, data_value=f"{value:g}")


def render_voices_table(voices: Iterable[Voice], tally: Tally, badges: Badges, label: str) -> Html:
    """Render how much each speaker said; shares are of the words in all quotes."""
    return render_table(HEADS, (render_voice(voice, tally, badges) for voice in voices), label)


def render_voice(voice: Voice, tally: Tally, badges: Badges) -> Html:
    """Render the row of a speaker."""
    share = tally.find_share(voice.n_words)
    in_marks = 1 - voice.words["indirect"] / max(1, voice.n_words)
    name = make_element(
        "span",
        make_name(voice.name, class_="name"),
        make_name(voice.descriptions[0], class_="description") if voice.descriptions else "",
    )
    cells = (
        make_cell(share, f"{share:.1%}"),
        make_cell(voice.n_words, f"{voice.n_words:,}"),
        make_cell(in_marks, f"{in_marks:.0%}"),
        make_cell(voice.n_quotes, f"{voice.n_quotes:,}"),
        make_cell(len(voice.articles), f"{len(voice.articles):,}"),
    )
    badge = badges.get(voice.number)
    return render_row(name, cells, f"{badge.colour} {badge.line}".strip())
