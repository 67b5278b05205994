"""HTML: a report to read, all in one file."""

from datetime import date
from typing import TextIO

from quotex.tally import Tally
from quotex.types import Article
from quotex.write.html.article import name_article, render_article
from quotex.write.html.badges import Badges
from quotex.write.html.comparison import render_comparison
from quotex.write.html.overview import (
    ListedArticle,
    render_contents,
    render_failures,
    render_panel,
    render_voice_tables,
    render_voices,
)
from quotex.write.html.page import TITLE, render_foot, render_head


class HtmlWriter:
    """Writes articles as they come, and the overview when it is closed; holds counts and headlines, no texts."""

    def __init__(self, stream: TextIO, *, title: str = "") -> None:
        """Make one.

        Args:
            stream: Where to write.
            title: Of the report; ours if empty.
        """
        self.stream = stream
        self.title = title or TITLE
        self.tally = Tally()
        self.badges = Badges()
        self.entries: list[ListedArticle] = []
        self.failures: list[tuple[str, str]] = []
        self.has_head = False

    def write(self, article: Article) -> None:
        """Write one article, with quotes or without."""
        self.begin()
        voices = self.tally.add(article)
        self.badges.assign(voice.number for voice in voices.values())
        badges = {key: self.badges.get(voice.number) for key, voice in voices.items()}
        number = len(self.entries) + 1
        self.stream.write(render_article(article, number=number, badges=badges) + "\n")
        self.entries.append(ListedArticle(number, name_article(article), article.id, len(article.quotes)))

    def fail(self, doc: str, message: str) -> None:
        """Note what could not be read, and why."""
        self.failures.append((doc, message))

    def close(self) -> None:
        """Write the overview and end the document."""
        self.begin()
        panels = [
            render_panel("Who gets to speak", "voices", render_voices(self.tally, self.badges)),
            render_panel("Articles", "contents", render_contents(self.entries), element="nav"),
        ]
        if self.failures:
            title = f"Not read: {len(self.failures):,}"
            panels.append(render_panel(title, "failures", render_failures(self.failures), open_=False))
        self.stream.write(render_foot(*panels))

    def begin(self) -> None:
        """Write the head, once."""
        if not self.has_head:
            self.has_head = True
            self.stream.write(render_head(self.title, date.today()))


def write_voices(stream: TextIO, tally: Tally, *, by: str | None = None) -> None:
    """Write who gets to speak as a page; the groups side by side, where articles are told apart."""
    badges = Badges()
    badges.assign(voice.number for voice in tally.list_voices())
    stream.write(render_head("Who gets to speak", date.today(), articles=False))
    stream.write(render_voice_tables(tally, badges))
    if tally.said.quotes:
        stream.write(render_comparison(tally, by))
    stream.write(render_foot())
