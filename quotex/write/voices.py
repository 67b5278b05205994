"""Voices: who gets to speak, as records; they are written at the end, when all articles are counted."""

import csv
import json
from collections.abc import Mapping
from typing import TextIO

from quotex.tally import Aliases, Tally, Voice
from quotex.types import QUOTE_TYPES, Article
from quotex.write.records import VERSION

COLUMNS = ("name", "kind", "description", "articles", "quotes", "words", "share", *QUOTE_TYPES)


class VoicesWriter:
    """Counts articles, and writes one record a speaker when it is closed."""

    def __init__(self, name: str, stream: TextIO, aliases: Aliases) -> None:
        """Make one.

        Args:
            name: The format: json, jsonl, csv or tsv.
            stream: Where to write.
            aliases: See `tally.read_aliases`.
        """
        self.name = name
        self.stream = stream
        self.tally = Tally(aliases)

    def write(self, article: Article) -> None:
        """Count one article."""
        self.tally.add(article)

    def close(self) -> None:
        """Write the records."""
        voices = self.tally.list_voices()
        records = [make_voice(voice, self.tally) for voice in voices]
        if self.name == "json":
            document = {"quotex": VERSION, **make_totals(self.tally), "speakers": records}
            self.stream.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
        elif self.name == "jsonl":
            self.stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        else:
            rows = csv.writer(self.stream, delimiter="," if self.name == "csv" else "\t", lineterminator="\n")
            rows.writerow(COLUMNS)
            rows.writerows(make_row(voice, record) for voice, record in zip(voices, records, strict=True))


def make_voice(voice: Voice, tally: Tally) -> dict[str, object]:
    """Make the record of a speaker."""
    return {
        "name": voice.name,
        "kind": voice.kind,
        "aliases": voice.aliases,
        "descriptions": voice.descriptions,
        "articles": voice.articles,
        "quotes": voice.n_quotes,
        "words": voice.n_words,
        "share": round(tally.find_share(voice.n_words), 4),
        **{kind: voice.quotes[kind] for kind in QUOTE_TYPES},
    }


def make_totals(tally: Tally) -> dict[str, int]:
    """Make the figures over all speakers."""
    return {
        "articles": tally.n_articles,
        "quotes": tally.n_quotes,
        "words": tally.n_words,
        "unknown": tally.n_unknown,
    }


def make_row(voice: Voice, record: Mapping[str, object]) -> list[object]:
    """Make the row of CSV: the first description, and how many articles."""
    flat = {**record, "description": next(iter(voice.descriptions), ""), "articles": len(voice.articles)}
    return [flat[column] for column in COLUMNS]
