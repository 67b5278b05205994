"""Voices: who gets to speak, as records; they are written at the end, when all articles are counted."""

import json
from collections.abc import Mapping
from typing import TextIO

from quotex.records import VERSION
from quotex.tally import Aliases, Tally, Voice
from quotex.types import QUOTE_TYPES, Article
from quotex.write.delimited import Rows

COLUMNS = ("name", "kind", "description", "affiliation", "articles", "quotes", "words", "share", *QUOTE_TYPES)


class VoicesWriter:
    """Counts articles, and writes one record a speaker when it is closed."""

    def __init__(self, name: str, stream: TextIO, aliases: Aliases, *, raw: bool = False) -> None:
        """Make one.

        Args:
            name: The format: json, jsonl, csv or tsv.
            stream: Where to write.
            aliases: See `tally.read_aliases`.
            raw: Leave what a spreadsheet would run in CSV and TSV as it is.
        """
        self.name = name
        self.raw = raw
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
            rows = Rows(self.stream, "," if self.name == "csv" else "\t", raw=self.raw)
            rows.writerow(COLUMNS)
            for voice, record in zip(voices, records, strict=True):
                rows.writerow(make_row(voice, record))


def make_voice(voice: Voice, tally: Tally) -> dict[str, object]:
    """Make the record of a speaker."""
    return {
        "name": voice.name,
        "kind": voice.kind,
        "aliases": voice.aliases,
        "descriptions": voice.descriptions,
        "affiliations": voice.affiliations,
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
    """Make the row of CSV: the first description and affiliation, and how many articles."""
    first = {key: next(iter(record[f"{key}s"]), "") for key in ("description", "affiliation")}  # type: ignore[call-overload]
    flat = {**record, **first, "articles": len(voice.articles)}
    return [flat[column] for column in COLUMNS]
