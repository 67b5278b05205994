"""The table that a person reads."""

from typing import TextIO

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from quotex.cli.console import open_console
from quotex.text.printable import count, make_printable
from quotex.types import GAP, Article, Quote, Speaker, fold_space
from quotex.write.pages import name_cue

MAX_WIDTH = 110  # columns; longer lines are hard to follow
STACK_BELOW = 60  # columns; narrower than this, speaker and quotation stand one above the other
SPEAKER_SHARE = 4  # the speaker has a fourth of the width
COLOURS = ("cyan", "green", "magenta", "yellow", "blue", "red")


class TableWriter:
    """Shows one article after the other, and at the end how much there was."""

    def __init__(self, stream: TextIO) -> None:
        console = open_console(stream)
        console.width = min(console.width, MAX_WIDTH)
        self.console = console
        self.stream = stream
        self.n_articles = self.n_quotes = self.n_speakers = 0

    def write(self, article: Article) -> None:
        """Show one article."""
        self.n_articles += 1
        self.n_quotes += len(article.quotes)
        self.n_speakers += len(article.speakers)
        self.show(Rule(Text(make_printable(article.id), "bold"), align="left", style="dim", characters="─"))
        self.show(layout(article, self.console.width) if article.quotes else Text("No quotes found.\n", "dim"))

    def close(self) -> None:
        """Show the counts."""
        if self.n_articles:
            among = f" in {self.n_articles} articles" if self.n_articles > 1 else ""
            counts = f"{count(self.n_quotes, 'quote')}, {count(self.n_speakers, 'speaker')}{among}"
            self.show(Text(counts, "bold"))

    def show(self, item: RenderableType) -> None:
        """Lay out with rich, but write ourselves: rich ends the process when a pipe breaks."""
        with self.console.capture() as captured:
            self.console.print(item)
        lines = captured.get().splitlines(keepends=True)
        self.stream.write("".join(line.rstrip(" \n") + "\n" for line in lines))


def layout(article: Article, width: int) -> RenderableType:
    """Lay out the quotes: two columns, or one where the terminal is narrow."""
    colours = {speaker.id: COLOURS[n % len(COLOURS)] for n, speaker in enumerate(article.speakers)}
    cells = [
        (describe_speaker(quote.speaker, colours), Group(show_content(quote), describe_place(quote)))
        for quote in article.quotes
    ]
    return stack(cells) if width < STACK_BELOW else tabulate(cells, width)


def tabulate(cells: list[tuple[Text, Group]], width: int) -> Table:
    """Set speaker and quotation side by side."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=width // SPEAKER_SHARE, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for who, what in cells:
        table.add_row(who, what)
        table.add_row()
    return table


def stack(cells: list[tuple[Text, Group]]) -> Group:
    """Set the quotation beneath the speaker."""
    return Group(*(Group(who, Padding(what, (0, 0, 1, 2))) for who, what in cells))


def describe_speaker(speaker: Speaker | None, colours: dict[str, str]) -> Text:
    """Name the speaker in colour; the description beneath."""
    if speaker is None:
        return Text("speaker not known", "dim italic")
    text = Text(make_printable(speaker.name), f"bold {colours.get(speaker.id, '')}")
    if speaker.description:
        text.append("\n" + make_printable(speaker.description), "not bold dim default")
    return text


def show_content(quote: Quote) -> Text:
    """Show what is said; direct speech gets back its marks, which are not part of the content."""
    marked = "“{}”" if quote.type == "direct" else "{}"
    return Text(GAP.join(marked.format(make_printable(fold_space(span.text))) for span in quote.content))


def describe_place(quote: Quote) -> Text:
    """Say by which words it is reported, where it stands, and what it is: "said · ¶8, 1752–2008 · direct"."""
    parts = [
        make_printable(name_cue(quote)),
        f"¶{quote.paragraph}, {quote.content[0].start}–{quote.content[-1].end}",
        quote.type,
        quote.act if quote.act != "statement" else "",
        "" if quote.closed else "quotation mark never closed",
        f"uncertain, {quote.confidence:.0%}" if quote.is_unsure else "",
    ]
    return Text(" · ".join(part for part in parts if part), "dim")
