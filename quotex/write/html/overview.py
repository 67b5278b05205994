"""The overview of a report: who gets to speak, with bars, and the list of articles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotex.tally import Tally, Voice
from quotex.text.printable import count
from quotex.types import NAMED_KINDS
from quotex.write.html.badges import UNKNOWN, Badge, Badges
from quotex.write.html.markup import Html, make_element, make_name

TOP = 15  # speakers shown at once; the others are folded
FEW = 6  # a group so small need not be folded
SEARCH_FROM = 10  # speakers; a shorter list needs no search
BAR = 100  # units of the drawing; the longest bar


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the list of articles."""

    number: int
    title: str
    id: str
    n_quotes: int


def render_voices(tally: Tally, badges: Badges, *, filters: bool = True) -> Html:
    """Render the list of speakers over all articles, who said most first.

    Args:
        tally: The counts.
        badges: The looks, by the numbers of the tally's voices.
        filters: Whether there are articles on the page of which a speaker's can be picked out.
    """
    voices = tally.list_voices()
    most = max((voice.n_words for voice in voices), default=0)
    named = [voice for voice in voices if voice.kind in NAMED_KINDS]
    others = [voice for voice in voices if voice.kind not in NAMED_KINDS]
    make = VoiceList(badges, most, filters).render
    return make_element(
        "div",
        make_element("p", describe_totals(tally, len(voices)), class_="facts"),
        render_tools(len(voices)) if filters and tally.n_quotes else "",
        render_legend() if tally.n_quotes else "",
        make(named[:TOP]),
        fold(f"{len(named) - TOP:,} more with a name", make(named[TOP:]), len(named) - TOP),
        fold(f"Without a name: {len(others):,}", make(others), len(others)),
        render_unknown(tally, filters),
        class_="voices",
    )


def describe_totals(tally: Tally, n_voices: int) -> str:
    """Say how much there is."""
    among = f" in {count(tally.n_articles, 'article')}" if tally.n_articles != 1 else ""
    return (
        f"{count(tally.n_quotes, 'quote')} by {count(n_voices, 'speaker')}{among}, {count(tally.n_words, 'word')}"
        if tally.n_quotes
        else f"No quotes found{among}."
    )


def render_tools(n_voices: int) -> Html:
    """Render the search and the button that ends a choice; the script shows them."""
    search = make_element(
        "label",
        make_element("span", "Find a speaker", class_="unseen"),
        make_element("input", type="search", id="search", placeholder="Find a speaker", autocomplete="off"),
    )
    everyone = make_element("button", "Everyone", type="button", id="everyone", data_voice="", aria_pressed="true")
    return make_element(
        "div", search if n_voices >= SEARCH_FROM else "", everyone, class_="tools scripted", hidden=True
    )


def render_legend() -> Html:
    """Say what the bars show."""
    return make_element(
        "p",
        "Words ",
        make_element("span", "in quotation marks", class_="in-marks"),
        " and ",
        make_element("span", "reported indirectly", class_="indirect"),
        class_="legend",
    )


@dataclass(frozen=True, slots=True)
class VoiceList:
    """What all rows of the list have in common.

    Attributes:
        badges: The looks.
        most: Words of the one who said most.
        filters: Whether the rows are buttons.
    """

    badges: Badges
    most: int
    filters: bool

    def render(self, voices: Sequence[Voice]) -> Html:
        """Render some speakers, with bars."""
        return make_element("ul", *(self.render_row(voice) for voice in voices)) if voices else Html()

    def render_row(self, voice: Voice) -> Html:
        """Render one speaker."""
        indirect = voice.words["indirect"]
        figures = f"{count(voice.n_words, 'word')}"
        if indirect:
            figures += f" ({f'{indirect:,}' if indirect < voice.n_words else 'all'} indirect)"
        parts = [
            make_name(voice.name, class_="name"),
            make_name(voice.descriptions[0], class_="description") if voice.descriptions else "",
            render_bar(voice.n_words - indirect, indirect, self.most),
            make_element("span", f"{figures}, {count(voice.n_quotes, 'quote')}", class_="figures"),
        ]
        return make_row(parts, self.badges.get(voice.number), self.filters)


def make_row(parts: Iterable[str], badge: Badge, filters: bool) -> Html:
    """Make a row of the list; where there is something to filter, a button that the script enables."""
    row = (
        make_element("button", *parts, type="button", data_voice=badge.number, aria_pressed="false", disabled=True)
        if filters
        else make_element("div", *parts)
    )
    return make_element("li", row, class_=f"{badge.colour} {badge.line}".strip())


def render_bar(in_marks: int, indirect: int, most: int) -> Html:
    """Draw how many words there are of each; the figures beside it say the same."""
    scale = BAR / max(1, most)
    left, right = round(in_marks * scale, 1), round(indirect * scale, 1)
    rects = [
        make_element("rect", width=str(left), height=8, class_="in-marks") if in_marks else "",
        make_element("rect", x=str(left), width=str(right), height=8, class_="indirect") if indirect else "",
    ]
    return make_element(
        "svg", *rects, viewBox=f"0 0 {BAR} 8", preserveAspectRatio="none", aria_hidden="true", class_="bar"
    )


def render_unknown(tally: Tally, filters: bool) -> Html:
    """Render the row of the quotes whose speaker is not known."""
    if not tally.n_unknown:
        return Html()
    figures = make_element("span", count(tally.n_unknown, "quote"), class_="figures")
    name = make_element("span", "Speaker not known", class_="name")
    return make_element("ul", make_row([name, figures], UNKNOWN, filters))


def fold(title: str, content: Html, n_items: int) -> Html:
    """Fold a long list under a title."""
    if n_items <= 0:
        return Html()
    return make_element("details", make_element("summary", title), content, open=n_items <= FEW, class_="fold")


def render_contents(entries: Iterable[Entry]) -> Html:
    """Render the list of articles, with links to them."""
    items = [
        make_element(
            "li",
            make_element("a", make_name(entry.title), href=f"#a{entry.number}"),
            make_name(entry.id, class_="description") if entry.id != entry.title else "",
            make_element("span", count(entry.n_quotes, "quote"), class_="figures"),
        )
        for entry in entries
    ]
    return make_element("ol", *items, class_="contents")


def render_panel(title: str, name: str, *content: str, element: str = "section") -> Html:
    """Render a part of the overview that can be folded away; open, since without a script it must be readable."""
    heading = make_element("h2", title, id=f"{name}-title")
    details = make_element("details", make_element("summary", heading), *content, open=True, class_="panel")
    return make_element(element, details, id=name, aria_labelledby=f"{name}-title")
