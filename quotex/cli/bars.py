"""The table of `quotex speakers`: who gets to speak, with bars."""

from collections.abc import Sequence
from typing import TextIO

from rich.table import Table
from rich.text import Text

from quotex.cli.render import TableWriter
from quotex.tally import Aliases, Tally, Voice
from quotex.text.printable import count, make_printable
from quotex.types import NAMED_KINDS, Article

IN_MARKS, INDIRECT = "█", "░"
BAR = 24  # columns of the longest bar
NARROW = 72  # columns; under it there is no room for bars


class BarsWriter:
    """Counts articles, and shows who said how much when it is closed."""

    def __init__(self, stream: TextIO, aliases: Aliases, top: int) -> None:
        """Make one.

        Args:
            stream: Where to write.
            aliases: See `tally.read_aliases`.
            top: How many speakers to show, 0 for all.
        """
        self.page = TableWriter(stream)
        self.tally = Tally(aliases)
        self.top = top

    def write(self, article: Article) -> None:
        """Count one article."""
        self.tally.add(article)

    def close(self) -> None:
        """Show the table."""
        tally = self.tally
        if not tally.n_quotes:
            self.page.show(Text("No quotes found.", "dim"))
            return
        voices = tally.list_voices()
        named = [voice for voice in voices if voice.kind in NAMED_KINDS]
        shown = named[: self.top] if self.top else named
        groups = [
            (f"{len(named) - len(shown)} more with a name", [v for v in named if v not in shown]),
            ("without a name", [voice for voice in voices if voice.kind not in NAMED_KINDS]),
        ]
        self.page.show(tabulate(shown, [group for group in groups if group[1]], tally, self.page.console.width))
        unknown = f"; of {tally.n_unknown:,} the speaker is not known" if tally.n_unknown else ""
        among = f" in {count(tally.n_articles, 'article')}" if tally.n_articles > 1 else ""
        counts = f"{count(tally.n_quotes, 'quote')}, {count(tally.n_words, 'word')}{among}{unknown}"
        self.page.show(Text(counts, "bold"))


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
