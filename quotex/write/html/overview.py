"""The overview: who gets to speak, with bars, the list of articles, and what could not be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotex.errors import split_message
from quotex.tally import Tally, Voice, part_voices
from quotex.text.printable import count
from quotex.write.html.badges import UNKNOWN, Badge, Badges
from quotex.write.html.markup import Html, make_element, make_name
from quotex.write.html.table import render_voices_table

TOP = 15  # speakers shown at once; the others are folded
FEW = 6  # a group so small need not be folded
TOOLS_FROM = 10  # speakers; a shorter list needs no search, and nothing to sort it by
BAR = 100  # units of the drawing; the longest bar
ORDERS = {
    "words": "Most words first",
    "quotes": "Most quotes first",
    "articles": "Most articles first",
    "name": "By name",
}


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article in the list of articles."""

    number: int
    title: str
    id: str
    n_quotes: int


def render_voices(tally: Tally, badges: Badges) -> Html:
    """Render the list of speakers over all articles of a report, who said most first; the script picks one out.

    Args:
        tally: The counts.
        badges: The looks, by the numbers of the tally's voices.
    """
    voices = tally.list_voices()
    named, others = part_voices(voices)["names"].values()
    most = max((voice.n_words for voice in voices), default=0)

    def render(some: Sequence[Voice], class_: str) -> Html:
        rows = (render_voice(voice, tally, most, badges.get(voice.number)) for voice in some)
        return make_element("ul", *rows, class_=class_) if some else Html()

    return make_element(
        "div",
        make_element("p", describe_totals(tally, len(voices)), class_="facts"),
        render_tools(len(voices)) if tally.said.quotes else "",
        render_legend() if tally.said.quotes else "",
        render(named[:TOP], "named"),
        fold(f"{len(named) - TOP:,} more with a name", render(named[TOP:], "named"), len(named) - TOP),
        fold(f"Without a name: {len(others):,}", render(others, "others"), len(others)),
        render_unknown(tally),
        class_="voices",
    )


def render_voice_tables(tally: Tally, badges: Badges) -> Html:
    """Render the speakers as tables of figures, where no articles are on the page."""
    voices = tally.list_voices()
    named, others = part_voices(voices)["names"].values()
    unknown = f"Speaker not known: {count(tally.unknown.quotes, 'quote')}" if tally.unknown.quotes else ""
    return make_element(
        "div",
        make_element("p", describe_totals(tally, len(voices)), class_="facts"),
        render_voices_table(named, tally, badges, "Speakers with a name") if named else "",
        fold(
            f"Without a name: {len(others):,}",
            render_voices_table(others, tally, badges, "Speakers without a name"),
            len(others),
        ),
        make_element("p", unknown, class_="facts") if unknown else "",
        class_="figured",
    )


def describe_totals(tally: Tally, n_voices: int) -> str:
    """Say how much there is."""
    among = f" in {count(tally.n_articles, 'article')}" if tally.n_articles != 1 else ""
    quotes, words = count(tally.said.quotes, "quote"), count(tally.said.words, "word")
    said = f"{quotes} by {count(n_voices, 'speaker')}{among}, {words}"
    return said if tally.said.quotes else f"No quotes found{among}."


def render_tools(n_voices: int) -> Html:
    """Render the search, the order, and the button that ends a choice; the script shows them."""
    search = make_element(
        "label",
        make_element("span", "Find a speaker", class_="unseen"),
        make_element("input", type="search", id="search", placeholder="Find a speaker", autocomplete="off"),
    )
    order = make_element(
        "label",
        make_element("span", "Order of the speakers", class_="unseen"),
        make_element(
            "select", *(make_element("option", text, value=key) for key, text in ORDERS.items()), id="order"
        ),
    )
    everyone = make_element("button", "Everyone", type="button", id="everyone", data_voice="", aria_pressed="true")
    long = n_voices >= TOOLS_FROM
    return make_element(
        "div", search if long else "", everyone, order if long else "", class_="tools scripted", hidden=True
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


def render_voice(voice: Voice, tally: Tally, most: int, badge: Badge) -> Html:
    """Render one speaker, with a bar; `most` is how many words the one said who said most."""
    indirect = voice.words["indirect"]
    figures = f"{tally.find_share(voice.n_words):.0%}: {count(voice.n_words, 'word')}"
    if indirect:
        figures += f" ({f'{indirect:,}' if indirect < voice.n_words else 'all'} indirect)"
    parts = [
        make_name(voice.name, class_="name"),
        make_name(voice.descriptions[0], class_="description") if voice.descriptions else "",
        render_bar(voice.n_words - indirect, indirect, most),
        make_element("span", f"{figures}, {count(voice.n_quotes, 'quote')}", class_="figures"),
    ]
    return render_item(
        parts, badge, data_words=voice.n_words, data_quotes=voice.n_quotes, data_articles=len(voice.articles)
    )


def render_item(parts: Iterable[str], badge: Badge, **figures: int) -> Html:
    """Make a row of the list: a button that the script enables, with the figures by which rows are ordered."""
    row = make_element(
        "button", *parts, type="button", data_voice=badge.number, aria_pressed="false", disabled=True
    )
    return make_element("li", row, class_=f"{badge.colour} {badge.line}".strip(), **figures)


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


def render_unknown(tally: Tally) -> Html:
    """Render the row of the quotes whose speaker is not known."""
    if not tally.unknown.quotes:
        return Html()
    figures = make_element("span", count(tally.unknown.quotes, "quote"), class_="figures")
    name = make_element("span", "Speaker not known", class_="name")
    return make_element("ul", render_item([name, figures], UNKNOWN))


def fold(title: str, content: Html, n_items: int) -> Html:
    """Fold a long list under a title."""
    if n_items <= 0:
        return Html()
    return make_element("details", make_element("summary", title), content, open=n_items <= FEW, class_="fold")


def render_contents(entries: Iterable[ListedArticle]) -> Html:
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


def render_failures(failures: Iterable[tuple[str, str]]) -> Html:
    """Render what could not be read: which document, and why."""
    items = [
        make_element(
            "li",
            make_name(doc, class_="name"),
            make_element("span", make_name(split_message(message)["message"]), class_="description"),
        )
        for doc, message in failures
    ]
    return make_element("ul", *items, class_="failures")


def render_panel(title: str, name: str, *content: str, element: str = "section", open_: bool = True) -> Html:
    """Render a part of the overview that can be folded away."""
    heading = make_element("h2", title, id=f"{name}-title")
    details = make_element("details", make_element("summary", heading), *content, open=open_, class_="panel")
    return make_element(element, details, id=name, aria_labelledby=f"{name}-title")
