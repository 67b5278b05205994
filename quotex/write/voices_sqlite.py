"""Who gets to speak as a database, to be joined with that of `quotex extract` by article and quote."""

import json
import sqlite3
from pathlib import Path

from quotex.tally import Tally, Voice
from quotex.types import QUOTE_TYPES
from quotex.write.columns import Cell, clean
from quotex.write.sqlite import as_os_errors, to_cell
from quotex.write.voices import make_amount, make_groups, name_group

FIGURES = ("speakers", "quotes", "words", "share")
SCHEMA = f"""
CREATE TABLE speakers (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    pronoun TEXT,                -- she, he, they, it: the articles' own word
    aliases TEXT NOT NULL,       -- JSON arrays, these three
    descriptions TEXT NOT NULL,
    affiliations TEXT NOT NULL,
    n_articles INTEGER NOT NULL,
    n_quotes INTEGER NOT NULL,
    n_words INTEGER NOT NULL,
    share REAL NOT NULL,         -- of the words in all quotes
    {", ".join(f"{kind} INTEGER NOT NULL" for kind in QUOTE_TYPES)}
);
CREATE TABLE quotes (
    doc TEXT NOT NULL,           -- as in the database of extract
    number INTEGER NOT NULL,     -- likewise
    speaker_id TEXT NOT NULL REFERENCES speakers (id)
);
CREATE TABLE groups (
    name TEXT PRIMARY KEY,       -- the outlet, folder or month; empty where they are not told apart
    n_articles INTEGER NOT NULL,
    n_without_quotes INTEGER,    -- NULL where it is not known
    n_quotes INTEGER NOT NULL,
    n_words INTEGER NOT NULL,
    n_unknown INTEGER NOT NULL   -- quotes whose speaker is not known
);
CREATE TABLE counts (            -- of each speaker in each group
    "group" TEXT NOT NULL REFERENCES groups (name),
    speaker_id TEXT NOT NULL REFERENCES speakers (id),
    n_articles INTEGER NOT NULL,
    n_quotes INTEGER NOT NULL,
    n_words INTEGER NOT NULL,
    share REAL NOT NULL,         -- of the words in all quotes of the group
    PRIMARY KEY ("group", speaker_id)
);
CREATE TABLE sums (              -- of several speakers in each group
    "group" TEXT NOT NULL REFERENCES groups (name),
    part TEXT NOT NULL,          -- kinds, pronouns, names
    value TEXT NOT NULL,         -- person, she, named, ...
    n_speakers INTEGER NOT NULL,
    n_quotes INTEGER NOT NULL,
    n_words INTEGER NOT NULL,
    share REAL NOT NULL,
    PRIMARY KEY ("group", part, value)
);
CREATE INDEX quotes_doc ON quotes (doc, number);
"""


def write_database(path: Path, tally: Tally) -> None:
    """Write what was counted to a file that does not exist."""
    with as_os_errors():
        database = sqlite3.connect(path)
        database.executescript(SCHEMA)
        ids = tally.make_ids()
        for voice in tally.list_voices():
            insert(database, "speakers", make_cells(voice, ids[voice.number], tally))
            for doc, numbers in voice.said.items():
                for number in numbers:
                    insert(database, "quotes", (clean(doc), number, ids[voice.number]))
        insert_groups(database, tally, ids)
        database.commit()
        database.close()


def insert_groups(database: sqlite3.Connection, tally: Tally, ids: dict[int, str]) -> None:
    """Write the figures of each group, and of each speaker in it."""
    for record in make_groups(tally):
        keys = ("name", "articles", "without_quotes", "quotes", "words", "unknown")
        insert(database, "groups", tuple(to_cell(record[key]) for key in keys))
        for part in ("kinds", "pronouns", "names"):
            for value, figures in record[part].items():  # type: ignore[attr-defined]
                cells = (to_cell(record["name"]), part, value, *(figures[key] for key in FIGURES))
                insert(database, "sums", cells)
    for voice in tally.list_voices():
        for group in voice.groups:
            amount = make_amount(voice, group, tally)
            insert(database, "counts", (clean(name_group(group)), ids[voice.number], *amount.values()))


def insert(database: sqlite3.Connection, table: str, cells: tuple[Cell, ...]) -> None:
    """Insert a row."""
    database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(cells))})", cells)


def make_cells(voice: Voice, id_: str, tally: Tally) -> tuple[Cell, ...]:
    """Make the row of a speaker."""
    lists = (voice.aliases, voice.descriptions, voice.affiliations)
    return (
        clean(id_),
        clean(voice.name),
        voice.kind,
        voice.pronoun,
        *(clean(json.dumps(one, ensure_ascii=False)) for one in lists),
        len(voice.articles),
        voice.n_quotes,
        voice.n_words,
        tally.find_share(voice.n_words),
        *(voice.quotes[kind] for kind in QUOTE_TYPES),
    )
