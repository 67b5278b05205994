"""Corpora: what this model learned from, each in its own form."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from models.news_en.training.passages import Passage, Renamer
from quotex.evaluation import AnnotatedText, read_gold
from quotex.model.labels import MENTION_KINDS
from quotex.text.phrases import find_head
from quotex.training.examples import UNKNOWN, Example, GoldMates, add_quotes
from quotex.training.reader import ExampleReader

# GUM's names of what we call MENTION_KINDS
GUM_TYPES = {"person": "person", "org": "organization"}


def read_annotated(path: Path, read: ExampleReader) -> list[Example]:
    """Read articles with the quotes that were marked in them."""
    return [read_article(article, read) for article in read_gold(str(path))]


def read_article(article: AnnotatedText, read: ExampleReader) -> Example:
    """Read one article with its quotes."""
    example = read(article.id, article.text)
    add_quotes(example, article.quotes)
    return example


def read_mentions(path: Path, read: ExampleReader, *, without: Path | None = None) -> list[Example]:
    """Read the texts of GUM with their mentions of people and bodies, but for those whose ids another file has."""
    left_out = {row["id"] for row in read_jsonl(without)} if without else set()
    examples = []
    for row in read_jsonl(path):
        if row["id"] in left_out:
            continue
        example = read(row["id"], row["text"])
        add_mentions(example, row["mentions"])
        add_mates(example, row["mentions"])
        examples.append(example)
    return examples


def read_meantime(path: Path, read: ExampleReader) -> list[Example]:
    """Read the texts of MEANTIME, which are marked up to a place."""
    examples = []
    for row in read_jsonl(path):
        example = read(row["id"], row["text"])
        known = [mention for mention in row["mentions"] if mention["end"] <= row["gold_end"]]
        add_mentions(example, known)
        add_mates(example, known)
        assert example.mentions is not None
        example.mentions[example.words.find(0, row["gold_end"])[1] :] = UNKNOWN
        examples.append(example)
    return examples


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def add_mentions(example: Example, mentions: list[dict[str, Any]]) -> None:
    """Write the outermost mentions of each kind as labels."""
    labels = np.zeros((len(example.words.words), len(MENTION_KINDS)), dtype=np.int64)
    for column, kind in enumerate(MENTION_KINDS):
        of_kind = [mention for mention in mentions if mention["type"] == GUM_TYPES[kind]]
        taken = 0
        for mention in sorted(of_kind, key=lambda mention: (mention["start"], -mention["end"])):
            first, last = example.words.find(mention["start"], mention["end"])
            if taken <= first < last:
                labels[first, column] = 1
                labels[first + 1 : last, column] = 2
                taken = last
    example.mentions = labels


def add_mates(example: Example, mentions: list[dict[str, Any]]) -> None:
    """Link each mention of a person or body to those that name the same one, or else to all others of it."""
    named: dict[int, set[int]] = {}
    others: dict[int, set[int]] = {}
    for mention in mentions:
        if mention["type"] in GUM_TYPES.values():
            first, last = example.words.find(mention["start"], mention["end"])
            if first < last:
                table = named if mention["form"] == "name" else others
                head = first + find_head(example.words.words[first:last])
                table.setdefault(mention["entity"], set()).add(head)
    for entity in sorted(named.keys() | others.keys()):
        names = named.get(entity, set())
        rest = others.get(entity, set()) - names
        for head in sorted(names | rest):
            example.mates.append(GoldMates(head, tuple(sorted(names - {head})), tuple(sorted(rest - {head}))))


def read_pronouns(
    path: Path, read: ExampleReader, rename: Renamer | None = None, n_copies: int = 0
) -> list[Example]:
    """Read the passages of GAP: in each a pronoun, and two names, one of which at most is whom it means.

    Args:
        path: Tab-separated, as GAP has it.
        read: Cuts them into words.
        rename: Gives people in copies of a passage other names and genders, so that it is not learned by heart.
        n_copies: How many of these besides each passage.
    """
    examples = []
    for number, (passage, right) in enumerate(read_passages(path)):
        copies = [rename(passage) for _ in range(n_copies)] if rename else []
        examples += [make_pronoun(f"{path.stem}-{number}", one, right, read) for one in (passage, *copies)]
    return examples


def read_passages(path: Path) -> list[tuple[Passage, list[bool]]]:
    """Read the passages of GAP in which one of the two names is whom the pronoun means, with which it is."""
    passages = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            passage = Passage(
                row["Text"], tuple((int(row[f"{part}-offset"]), row[part]) for part in ("Pronoun", "A", "B"))
            )
            right = [row[f"{part}-coref"] == "TRUE" for part in "AB"]
            if any(right):
                passages.append((passage, right))
    return passages


def make_pronoun(id: str, passage: Passage, right: list[bool], read: ExampleReader) -> Example:
    """Make the example of a passage."""
    example = read(id, passage.text)
    pronoun, *names = (example.words.find(at, at + len(text)) for at, text in passage.places)
    among = tuple(last - 1 for _, last in names)
    same = tuple(head for head, is_right in zip(among, right, strict=True) if is_right)
    example.mates.append(GoldMates(pronoun[0], same, among=among))
    return example
