"""HTML: a report to read, all in one file."""

from typing import TextIO

from quotex.tally import Tally
from quotex.types import Article
from quotex.write.html.article import name_article, render_article
from quotex.write.html.badges import Badges
from quotex.write.html.comparison import render_comparison
from quotex.write.html.overview import Entry, render_contents, render_panel, render_voices
from quotex.write.html.page import render_foot, render_head


class HtmlWriter:
    """Writes articles as they come, and the overview when it is closed; holds counts and headlines, no texts."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.tally = Tally()
        self.badges = Badges()
        self.entries: list[Entry] = []
        self.has_head = False

    def write(self, article: Article) -> None:
        """Write one article, with quotes or without."""
        self.begin()
        voices = self.tally.add(article)
        self.badges.assign(voice.number for voice in voices.values())
        badges = {key: self.badges.get(voice.number) for key, voice in voices.items()}
        number = len(self.entries) + 1
        self.stream.write(render_article(article, number=number, badges=badges) + "\n")
        self.entries.append(Entry(number, name_article(article), article.id, len(article.quotes)))

    def close(self) -> None:
        """Write the overview and end the document."""
        self.begin()
        voices = render_panel("Who gets to speak", "voices", render_voices(self.tally, self.badges))
        contents = render_panel("Articles", "contents", render_contents(self.entries), element="nav")
        self.stream.write(render_foot(voices, contents))

    def begin(self) -> None:
        """Write the head, once."""
        if not self.has_head:
            self.has_head = True
            self.stream.write(render_head())


def write_voices(stream: TextIO, tally: Tally, *, by: str | None = None) -> None:
    """Write who gets to speak as a page; the groups side by side, where articles are told apart."""
    badges = Badges()
    badges.assign(voice.number for voice in tally.list_voices())
    stream.write(render_head("Who gets to speak", articles=False))
    stream.write(render_voices(tally, badges, filters=False))
    if tally.n_quotes:
        stream.write(render_comparison(tally, by))
    stream.write(render_foot())
