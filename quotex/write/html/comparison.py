"""The comparison: outlets, folders or months side by side, in bars and tables."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from quotex.tally import NO_PRONOUN, Sum, Tally, Voice, add_up, part_voices
from quotex.text.printable import count
from quotex.write.html.markup import Html, join_html, make_element, make_name
from quotex.write.html.overview import render_bar
from quotex.write.html.table import make_cell, render_row, render_table
from quotex.write.voices import name_group

BAR = 100  # units of the drawing; all words of a group
TOP = 15  # speakers in the table
TITLES = {"pronouns": "By pronoun", "kinds": "By kind of speaker", "names": "With a name, and without"}
LABELS = {NO_PRONOUN: "no pronoun", "org": "body", "named": "with a name", "unnamed": "without a name"}
UNKNOWN = "speaker not known"

Groups = Sequence[str | None]


def render_comparison(tally: Tally, by: str | None) -> Html:
    """Render a chart for each way to part the speakers, and with groups a table of who said how much in each.

    Args:
        tally: What was counted.
        by: By what the articles are told apart, if they are.
    """
    groups = sorted(tally.groups, key=lambda group: (group is None, group or ""))
    charts = [
        render_chart(title, parts, groups, tally) for title, parts in part_voices(tally.list_voices()).items()
    ]
    table = render_groups(groups, tally, by) if by else Html()
    return make_element("div", *charts, table, class_="comparison")


def render_chart(title: str, parts: Mapping[str, Sequence[Voice]], groups: Groups, tally: Tally) -> Html:
    """Render one bar a group, of shares of the words."""
    keys = [key for key, voices in parts.items() if voices]
    rows = [render_group(group, {key: add_up(parts[key], [group]) for key in keys}, tally) for group in groups]
    legend = [make_key(LABELS.get(key, key), look) for look, key in enumerate(keys)]
    return make_element(
        "section",
        make_element("h2", TITLES[title]),
        make_element("p", *legend, make_key(UNKNOWN, None) if tally.unknown.quotes else "", class_="legend"),
        make_element("ul", *rows),
    )


def make_key(label: str, look: int | None) -> Html:
    """Make an entry of the legend."""
    return join_html(
        [make_element("span", label, class_="unknown part" if look is None else f"t{look} part"), " "]
    )


def render_group(name: str | None, sums: Mapping[str, Sum], tally: Tally) -> Html:
    """Render the bar of a group, with its figures in words."""
    group = tally.groups[name]
    shares = [group.find_share(one.words) for one in sums.values()]
    figures = [
        f"{LABELS.get(key, key)} {share:.1%} ({count(one.quotes, 'quote')})"
        for (key, one), share in zip(sums.items(), shares, strict=True)
        if one.quotes
    ]
    if group.unknown.quotes:
        figures.append(f"{UNKNOWN} ({count(group.unknown.quotes, 'quote')})")
    silent = f", {group.n_silent:,} without quotes" if group.n_silent else ""
    articles = count(group.n_articles, "article") + silent
    label = make_name(name_group(name), class_="name") if name != "" else ""
    return make_element(
        "li",
        label,
        make_element("span", articles, class_="description"),
        render_stack(shares),
        make_element("span", " · ".join(figures), class_="figures"),
    )


def render_stack(shares: Sequence[float]) -> Html:
    """Draw shares behind each other; what is left is of those not known. The words beside it say the same."""
    starts = accumulate(shares, initial=0.0)
    rects = [
        make_element("rect", x=f"{BAR * start:.1f}", width=f"{BAR * share:.1f}", height=8, class_=f"t{look} part")
        for look, (start, share) in enumerate(zip(starts, shares, strict=False))
        if share
    ]
    return make_element(
        "svg", *rects, viewBox=f"0 0 {BAR} 8", preserveAspectRatio="none", aria_hidden="true", class_="bar"
    )


def render_groups(groups: Groups, tally: Tally, by: str) -> Html:
    """Render who said how much in each group; shares are of all words there."""
    named = part_voices(tally.list_voices())["names"]["named"][:TOP]
    heads = ("Speaker", *(make_name(name_group(group)) for group in groups))
    rows = (
        render_row(make_name(voice.name), (render_cell(voice, group, tally) for group in groups))
        for voice in named
    )
    return make_element("section", make_element("h2", "By ", make_name(by)), render_table(heads, rows, f"By {by}"))


def render_cell(voice: Voice, group: str | None, tally: Tally) -> Html:
    """Render what a speaker said in a group: a bar, the share, how many quotes."""
    amount = voice.groups.get(group)
    if amount is None:
        return make_cell(0, "–")
    share = tally.groups[group].find_share(amount.words)
    figures = make_element("span", f"{share:.1%}, {count(amount.quotes, 'quote')}", class_="figures")
    return make_cell(share, render_bar(amount.words, 0, tally.groups[group].said.words), figures)
