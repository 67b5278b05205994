"""SQLite: tables of articles, speakers and quotes with keys, and an index of all words."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from quotex.errors import Msg, UsageError
from quotex.records import VERSION, find_ranges, make_meta
from quotex.types import Article, Speaker
from quotex.write.columns import COLUMNS, Cell, clean, make_cells, name_columns

INTEGERS = range(-(2**63), 2**63)  # that fit into a cell
ARTICLE_COLUMNS = ("id", "doc", "n_quotes", "text")
TAKEN = (*ARTICLE_COLUMNS, *COLUMNS, "number")  # what is carried along has another name also in the view
SCHEMA = f"""
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    doc TEXT NOT NULL,
    n_quotes INTEGER NOT NULL,
    -- in which places count; NULL with --no-texts
    text TEXT{{columns}}
);
CREATE TABLE speakers (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    key TEXT NOT NULL,           -- the id in JSON, unique in the article
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    pronoun TEXT,                -- she, he, they, it: the article's own word
    description TEXT,
    affiliation TEXT,
    aliases TEXT NOT NULL,       -- a JSON array
    descriptions TEXT NOT NULL,  -- a JSON array
    n_quotes INTEGER NOT NULL
);
CREATE TABLE quotes (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    number INTEGER NOT NULL,     -- of the quote in its article
    speaker_id INTEGER REFERENCES speakers (id),
    type TEXT NOT NULL,
    act TEXT NOT NULL,
    cue TEXT NOT NULL,
    source TEXT NOT NULL,
    quote TEXT NOT NULL,
    sentence TEXT NOT NULL,      -- the sentences around it
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    pieces TEXT NOT NULL,        -- of the content, a JSON array of [start, end]
    paragraph INTEGER NOT NULL,
    confidence REAL NOT NULL,
    within INTEGER,              -- number of the quote it stands in
    cue_pieces TEXT NOT NULL,    -- where the words of cue and source stand, as pieces does
    source_pieces TEXT NOT NULL
);
CREATE VIEW who_said_what AS
    SELECT quotes.id, articles.doc, quotes.number, quotes.type, quotes.act, speakers.name AS speaker,
           quotes.speaker_id, speakers.kind, speakers.pronoun, speakers.description, speakers.affiliation,
           quotes.cue, quotes.source, quotes.quote, quotes.sentence, quotes.start, quotes."end", quotes.pieces,
           quotes.paragraph, quotes.confidence, quotes.within{{kept}}
    FROM quotes JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN speakers ON speakers.id = quotes.speaker_id;
PRAGMA user_version = {VERSION};
"""
# Indices are made when all rows are there, which is faster and leaves the file in order.
INDICES = """
CREATE INDEX articles_doc ON articles (doc);
CREATE INDEX speakers_article ON speakers (article_id);
CREATE INDEX speakers_name ON speakers (name);
CREATE INDEX quotes_article ON quotes (article_id);
CREATE INDEX quotes_speaker ON quotes (speaker_id);
CREATE VIRTUAL TABLE quotes_fts USING fts5(quote, cue, source, content="quotes", content_rowid="id");
INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild');
"""


class SqliteWriter:
    """Writes a database in one transaction; the file is complete once closed."""

    def __init__(self, path: Path, *, keep: Sequence[str] = (), texts: bool = True) -> None:
        """Make one.

        Args:
            path: The file, which must not exist.
            keep: Keys of `Article.meta` that become columns of `articles` and of the view.
            texts: Whether the texts of the articles go in.
        """
        self.keep = keep
        self.texts = texts
        self.n_articles = self.n_speakers = 0
        with as_os_errors():
            self._begin(path, name_columns(keep, TAKEN))

    def _begin(self, path: Path, columns: Sequence[str]) -> None:
        self.database = sqlite3.connect(path, isolation_level=None)
        # nothing reads the file before it has its name, and a run that is killed makes it anew
        self.database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        names = [quote_name(column) for column in columns]
        self.database.executescript(
            SCHEMA.format(
                columns="".join(f",\n    {name}" for name in names),
                kept="".join(f", articles.{name}" for name in names),
            )
        )
        self.database.execute("BEGIN")
        places = ", ".join("?" * (len(ARTICLE_COLUMNS) + len(columns)))
        self.insert_article = f"INSERT INTO articles VALUES ({places})"

    def write(self, article: Article) -> None:
        """Write one article, with quotes or without."""
        with as_os_errors():
            self._insert(article)

    def _insert(self, article: Article) -> None:
        self.n_articles += 1
        cells = map(to_cell, make_meta(article, self.keep).values())
        text = article.text if self.texts else None
        self.database.execute(
            self.insert_article, (self.n_articles, clean(article.id), len(article.quotes), text, *cells)
        )
        numbers: dict[str, int] = {}
        for speaker in article.speakers:
            self.n_speakers += 1
            numbers[speaker.id] = self.n_speakers
            self.database.execute(
                "INSERT INTO speakers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (self.n_speakers, self.n_articles, *make_speaker_cells(speaker)),
            )
        self.database.executemany(
            f"INSERT INTO quotes VALUES (NULL{', ?' * 17})",
            (
                (
                    self.n_articles,
                    quote.id,
                    numbers[quote.speaker.id] if quote.speaker else None,
                    *make_cells(quote).values(),
                    *(json.dumps(find_ranges(spans)) for spans in (quote.cue, quote.source)),
                )
                for quote in article.quotes
            ),
        )

    def close(self) -> None:
        """Make the indices."""
        with as_os_errors():
            self.database.execute("COMMIT")
            self.database.executescript(INDICES)
            self.database.close()


@contextmanager
def as_os_errors() -> Iterator[None]:
    """Turn errors of the database, such as a full disk, into what other writers raise.

    Raises:
        OSError: What the database said.
    """
    try:
        yield
    except sqlite3.Error as err:
        raise OSError(str(err)) from err


def make_speaker_cells(speaker: Speaker) -> tuple[Cell, ...]:
    """Make the cells of a speaker, after its own number and that of the article."""
    return (
        speaker.id,
        speaker.name,
        speaker.kind,
        speaker.pronoun,
        speaker.description,
        speaker.affiliation,
        json.dumps(speaker.aliases, ensure_ascii=False),
        json.dumps(speaker.descriptions, ensure_ascii=False),
        len(speaker.quotes),
    )


def to_cell(value: object) -> Cell:
    """Make a cell of what is carried along: numbers and text as they are, all else as JSON.

    >>> to_cell(2**63 - 1), to_cell(2**63), to_cell(["a"])
    (9223372036854775807, '9223372036854775808', '["a"]')
    """
    if value is None or isinstance(value, float):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and value in INTEGERS:
        return value
    return clean(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def check_sqlite(keep: Sequence[str]) -> None:
    """Make an empty database in memory, to see before all the work that one can be made.

    Raises:
        UsageError: Q229, as where there are too many columns, or no full-text search.
    """
    try:
        SqliteWriter(Path(":memory:"), keep=keep).close()
    except OSError as err:
        raise UsageError(Msg.Q229.format(form="sqlite", reason=err)) from err


def quote_name(name: str) -> str:
    """Quote the name of a column."""
    return '"' + name.replace('"', '""') + '"'
