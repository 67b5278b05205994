"""The table of `quotex speakers`: who gets to speak, with bars."""

from collections.abc import Mapping, Sequence
from typing import TextIO

from rich.table import Table
from rich.text import Text

from quotex.cli.render import TableWriter
from quotex.tally import NO_PRONOUN, Group, Tally, Voice, add_up, part_voices
from quotex.text.printable import count, make_printable
from quotex.write.voices import name_group

IN_MARKS, INDIRECT = "█", "░"
BAR = 24  # columns of the longest bar
GROUP = 16  # columns of a group
# Rows that say nothing new beside the others.
LEFT_OUT = {("names", "named"), ("kinds", "unnamed")}
NAMES = {("pronouns", NO_PRONOUN): "no pronoun", ("names", "unnamed"): "without a name"}
NARROW = 72  # columns; under it there is no room for bars


def write_table(stream: TextIO, tally: Tally, *, top: int, by: str | None = None) -> None:
    """Show who said how much.

    Args:
        stream: Where to write.
        tally: What was counted.
        top: How many speakers to show, 0 for all.
        by: By what the articles are told apart, if they are.
    """
    page = TableWriter(stream)
    if not tally.said.quotes:
        page.show(Text(f"No quotes found{describe_articles(tally)}.", "dim"))
        return
    voices = tally.list_voices()
    named, others = part_voices(voices)["names"].values()
    shown = named[: top or None]
    groups = [
        (f"{len(named) - len(shown):,} more with a name", named[len(shown) :]),
        ("without a name", others),
    ]
    page.show(tabulate(shown, [group for group in groups if group[1]], tally, page.console.width))
    if by:
        page.show(compare(shown, tally, page.console.width, by))
    for title, parts in list(part_voices(voices).items())[:2]:
        page.show(Text(f"{title}: {describe_parts(parts, tally)}", "dim"))
    unknown = f"; of {tally.unknown.quotes:,} the speaker is not known" if tally.unknown.quotes else ""
    counts = f"{count(tally.said.quotes, 'quote')}, {count(tally.said.words, 'word')}"
    page.show(Text(f"{counts}{describe_articles(tally)}{unknown}", "bold"))


def describe_articles(tally: Tally) -> str:
    """Say how many articles there are, and how many without a quote, where there are several."""
    silent = f", {tally.n_silent:,} of them without quotes" if tally.n_silent else ""
    return f" in {count(tally.n_articles, 'article')}{silent}" if tally.n_articles > 1 else ""


def describe_parts(parts: Mapping[str, Sequence[Voice]], tally: Tally) -> str:
    """Say what share of the words each kind of speaker has, or those called "she" and those called "he"."""
    found = {key: add_up(voices, tally.groups) for key, voices in parts.items() if voices}
    return " · ".join(
        f"{key} {tally.find_share(one.words):.1%} ({count(one.speakers, 'speaker')})" for key, one in found.items()
    )


def compare(shown: Sequence[Voice], tally: Tally, width: int, by: str) -> Table:
    """Set the groups side by side: of each speaker the quotes, and the share of the words there."""
    groups = sorted(tally.groups, key=lambda group: -tally.groups[group].said.words)
    groups = groups[: max(1, (width - width // 3) // GROUP)]
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(overflow="fold", max_width=width // 3)
    for _ in groups:
        table.add_column(justify="right", overflow="fold", max_width=GROUP - 2)
    left = len(tally.groups) - len(groups)
    more = f"\nthose with most; {left:,} more in CSV, JSON, HTML" if left else ""
    table.add_row(
        Text(f"\nby {make_printable(by)}{more}", "dim"),
        *(Text("\n" + make_printable(name_group(one))) for one in groups),
    )
    for voice in shown:
        cells = [make_cell(voice.groups[one].quotes, voice.groups[one].words, tally.groups[one]) for one in groups]
        table.add_row(Text(make_printable(voice.name), "bold"), *cells)
    for title, parts in part_voices(tally.list_voices()).items():
        for key, voices in parts.items():
            if voices and (title, key) not in LEFT_OUT:
                sums = [add_up(voices, [one]) for one in groups]
                cells = [
                    make_cell(one.quotes, one.words, tally.groups[at])
                    for one, at in zip(sums, groups, strict=True)
                ]
                table.add_row(Text(NAMES.get((title, key), key), "dim"), *cells)
    rows = [tally.groups[one] for one in groups]
    table.add_row(Text("all quotes", "dim"), *(f"{row.said.quotes:,}" for row in rows))
    table.add_row(Text("articles", "dim"), *(f"{row.n_articles:,}" for row in rows))
    if tally.n_silent:
        table.add_row(Text("without quotes", "dim"), *(f"{row.n_silent:,}" for row in rows))
    return table


def make_cell(n_quotes: int, n_words: int, group: Group) -> str:
    """Write how many quotes, and what share of the words: "12  8.1%"; nothing for none."""
    return f"{n_quotes:,} {group.find_share(n_words):>6.1%}" if n_quotes else "–"


def tabulate(shown: Sequence[Voice], groups: Sequence[tuple[str, list[Voice]]], tally: Tally, width: int) -> Table:
    """Set names, bars and figures side by side; those not shown one by one are added up."""
    table = Table.grid(padding=(0, 2, 0, 0))
    has_bars = width >= NARROW
    table.add_column(overflow="fold", max_width=width // 3)
    if has_bars:
        table.add_column(no_wrap=True)
    for _ in range(4):
        table.add_column(justify="right", no_wrap=True)
    figures = ("words", "share", "quotes", "in marks")
    table.add_row("", *([Text(f"{IN_MARKS} in marks {INDIRECT} indirect", "dim")] if has_bars else []), *figures)
    most = max((voice.n_words for voice in shown), default=0)
    for voice in shown:
        name = Text(make_printable(voice.name), "bold")
        if voice.descriptions:
            name.append("\n" + make_printable(voice.descriptions[0]), "not bold dim")
        table.add_row(name, *([make_bar(voice, most)] if has_bars else []), *make_figures([voice], tally))
    for label, voices in groups:
        table.add_row(Text(label, "dim"), *([""] if has_bars else []), *make_figures(voices, tally))
    return table


def make_bar(voice: Voice, most: int) -> Text:
    """Draw what a speaker said, in marks and indirectly, against the one who said most."""
    length = max(1, round(BAR * voice.n_words / max(1, most)))
    light = round(length * voice.words["indirect"] / max(1, voice.n_words))
    return Text(IN_MARKS * (length - light), "cyan").append(INDIRECT * light, "dim")


def make_figures(voices: Sequence[Voice], tally: Tally) -> list[str]:
    """Write the figures of one speaker or several: words, share, quotes, quotes in marks."""
    n_words = sum(voice.n_words for voice in voices)
    n_quotes = sum(voice.n_quotes for voice in voices)
    in_marks = n_quotes - sum(voice.quotes["indirect"] for voice in voices)
    return [f"{n_words:,}", f"{100 * tally.find_share(n_words):.1f}%", f"{n_quotes:,}", f"{in_marks:,}"]
