"""Voices: who gets to speak, as records; they are written at the end, when all articles are counted."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TextIO

from quotex.records import VERSION
from quotex.tally import Group, Tally, Voice, add_up, part_voices
from quotex.types import QUOTE_TYPES, Article
from quotex.write.delimited import Rows

COLUMNS = (
    *("id", "name", "kind", "pronoun", "description", "affiliation", "articles", "quotes", "words", "share"),
    *QUOTE_TYPES,
)
NO_GROUP = "(not given)"  # the name of the group of articles that do not say
SHARE_DIGITS = 4

WriteTally = Callable[[Tally], None]


class VoicesWriter:
    """Counts articles, and writes what came of it when it is closed."""

    def __init__(self, tally: Tally, *outputs: WriteTally) -> None:
        """Make one.

        Args:
            tally: Counts them.
            outputs: Write what has been counted, in this order.
        """
        self.tally = tally
        self.outputs = outputs

    def write(self, article: Article) -> None:
        """Count one article."""
        self.tally.add(article)

    def close(self) -> None:
        """Write everything."""
        for output in self.outputs:
            output(self.tally)


def write_records(name: str, stream: TextIO, tally: Tally, *, by: str | None = None, raw: bool = False) -> None:
    """Write one record a speaker.

    Args:
        name: The format: json, jsonl, csv or tsv.
        stream: Where to write.
        tally: What was counted.
        by: By what the articles are told apart, if they are.
        raw: Leave what a spreadsheet would run in CSV and TSV as it is.
    """
    voices, ids = tally.list_voices(), tally.make_ids()
    groups = list(tally.groups) if by else []
    records = [make_voice(voice, ids[voice.number], tally, groups) for voice in voices]
    if name == "json":
        parts = {"by": by, "groups": make_groups(tally)} if by else {}
        document = {
            "quotex": VERSION,
            **make_figures(tally, tally, list(tally.groups)),
            **parts,
            "speakers": records,
        }
        stream.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    elif name == "jsonl":
        stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    else:
        rows = Rows(stream, "," if name == "csv" else "\t", raw=raw)
        rows.writerow((*COLUMNS, *name_group_columns(groups)))
        for voice, record in zip(voices, records, strict=True):
            rows.writerow(make_voice_row(voice, record, groups))


def make_voice(voice: Voice, id_: str, tally: Tally, groups: Sequence[str | None]) -> dict[str, object]:
    """Make the record of a speaker."""
    record: dict[str, object] = {
        "id": id_,
        "name": voice.name,
        "kind": voice.kind,
        "pronoun": voice.pronoun,
        "aliases": voice.aliases,
        "descriptions": voice.descriptions,
        "affiliations": voice.affiliations,
        "articles": voice.articles,
        "quotes": voice.n_quotes,
        "words": voice.n_words,
        "share": round(tally.find_share(voice.n_words), SHARE_DIGITS),
        **{kind: voice.quotes[kind] for kind in QUOTE_TYPES},
        "said": voice.said,
    }
    by = {name_group(group): make_amount(voice, group, tally) for group in groups if group in voice.groups}
    return record | ({"groups": by} if groups else {})


def make_amount(voice: Voice, group: str | None, tally: Tally) -> dict[str, float]:
    """Make the record of what a speaker said in the articles of a group; the share is of all words there."""
    amount = voice.groups[group]
    share = tally.groups[group].find_share(amount.words)
    return {**asdict(amount), "share": round(share, SHARE_DIGITS)}


def name_group(group: str | None) -> str:
    """Name a group."""
    return NO_GROUP if group is None else group


def make_groups(tally: Tally) -> list[dict[str, object]]:
    """Make the figures of each group."""
    groups = tally.groups.items()
    return [{"name": name_group(name)} | make_figures(tally, group, [name]) for name, group in groups]


def make_figures(tally: Tally, group: Group, names: Sequence[str | None]) -> dict[str, object]:
    """Make the figures over all speakers of a group, or of all of these names."""
    return {
        "articles": group.n_articles,
        "without_quotes": group.n_silent if tally.lists_silent else None,
        "quotes": group.said.quotes,
        "words": group.said.words,
        "unknown": group.unknown.quotes,
        **make_sums(tally, names, group.said.words),
    }


def make_sums(tally: Tally, groups: Sequence[str | None], n_words: int) -> dict[str, object]:
    """Make the figures by kind, by pronoun, and with and without a name; shares are of so many words."""
    found: dict[str, object] = {}
    for title, parts in part_voices(tally.list_voices()).items():
        sums = {key: add_up(voices, groups) for key, voices in parts.items()}
        found[title] = {
            key: {**asdict(one), "share": round(one.words / max(1, n_words), SHARE_DIGITS)}
            for key, one in sums.items()
        }
    return found


def name_group_columns(groups: Sequence[str | None]) -> list[str]:
    """Name the columns of CSV that stand side by side for each group."""
    return [f"{name_group(group)}: {figure}" for group in groups for figure in ("quotes", "words", "share")]


def make_voice_row(voice: Voice, record: Mapping[str, object], groups: Sequence[str | None]) -> list[object]:
    """Make the row of CSV: first description and affiliation, how many articles, all groups side by side."""
    first = {key: next(iter(record[f"{key}s"]), "") for key in ("description", "affiliation")}  # type: ignore[call-overload]
    flat = {**record, **first, "articles": len(voice.articles)}
    by = record.get("groups") or {}
    none = {"quotes": 0, "words": 0, "share": 0.0}
    there = [by.get(name_group(group), none) for group in groups]  # type: ignore[attr-defined]
    return [*(flat[column] for column in COLUMNS), *(one[key] for one in there for key in none)]
