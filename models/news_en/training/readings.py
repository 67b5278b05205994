"""Readings: what we marked in news articles of others, by places alone; their words stay where the articles are.

A reading is made from an article marked in the form of texts/FORMAT.md:

    python -m models.news_en.training.readings MARKED DATA [DATA ...] > readings.jsonl

MARKED is a folder of such articles, each named after its id in one of the files DATA, with %2F for a slash.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from models.news_en.training.texts import JOINT, BesideSpan, Entity, MarkedText, Mention, Name, read_texts
from quotex.evaluation import Annotation
from quotex.evaluation.corrections import digest_text
from quotex.evaluation.read import read_rows
from quotex.records import Range

FILE = Path(__file__).with_name("readings.jsonl")
N_DIGITS = 16  # of a digest
Article = dict[str, Any]  # id, text, and title where it is known
Row = dict[str, Any]


def read_readings(path: Path, articles: Mapping[str, Article]) -> list[MarkedText]:
    """Read what was marked in articles.

    Args:
        path: JSON Lines, one reading a line.
        articles: By id; readings of others are left out.

    Raises:
        ValueError: The text of an article is not the one that was read.
    """
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    known = {make_digest(id): article for id, article in articles.items()}  # an id may be words of a headline
    return [read_reading(row, known[row["id"]]) for row in rows if row["id"] in known]


def read_reading(row: Row, article: Article) -> MarkedText:
    """Put one reading and its article together."""
    text = join_title(article) if row["titled"] else article["text"]
    if make_digest(text) != row["sha256"]:
        raise ValueError(f"{article['id']}: not the text that was read")
    entities = {
        n: Entity(kind, JOINT.join(text[start:end] for start, end in named), pronoun)
        for n, (kind, pronoun, named) in enumerate(row["entities"], start=1)
    }
    quotes, speakers = [], []
    for number, content, cue, source in row["quotes"]:
        parts = (tuple((start, end) for start, end in part) for part in (content, cue, source))
        quotes.append(Annotation(*parts, speaker=entities[number].name, kind=entities[number].kind_found))
        speakers.append(number)
    return MarkedText(
        id=article["id"],
        text=text,
        quotes=tuple(quotes),
        speakers=tuple(speakers),
        entities=entities,
        names=tuple(Name(*name) for name in row["names"]),
        besides=tuple(BesideSpan(*beside) for beside in row["besides"]),
        mentions=tuple(Mention(*mention) for mention in row["mentions"]),
    )


def make_reading(text: MarkedText, *, titled: bool) -> Row:
    """Make a row of a marked article, without a word of it."""
    numbers = {number: n for n, number in enumerate(text.entities, start=1)}
    return {
        "id": make_digest(text.id),
        "titled": titled,
        "sha256": make_digest(text.text),
        "entities": [
            [entity.kind, entity.pronoun, find_name(text, number)] for number, entity in text.entities.items()
        ],
        "quotes": [
            [numbers[speaker], quote.content, quote.cue, quote.source]
            for quote, speaker in zip(text.quotes, text.speakers, strict=True)
        ],
        "names": [[*name[:3], numbers.get(name.entity)] for name in text.names],
        "besides": text.besides,
        "mentions": [[*mention[:2], numbers[mention.entity]] for mention in text.mentions],
    }


def find_name(text: MarkedText, number: int) -> list[Range]:
    """Find where an article has the name of an entity, else its longest name or the first of its sources.

    One that is neither named nor a source has no place: nobody can be told.
    """
    places = []
    for part in text.entities[number].name.split(JOINT):
        start = text.text.lower().find(part.lower())
        places.append((start, start + len(part)))
    if all(start >= 0 for start, _ in places):
        return places
    named = [(name.start, name.end) for name in text.names if name.entity == number]
    spoken = zip(text.quotes, text.speakers, strict=True)
    sources = [quote.source[0] for quote, speaker in spoken if speaker == number and quote.source]
    return [max(named, key=lambda place: place[1] - place[0])] if named else sources[:1]


def join_title(article: Article) -> str:
    """Put the title of an article over its text."""
    return f"{article['title'].strip()}\n\n{article['text']}"


def make_digest(text: str) -> str:
    """Make what tells a text from others."""
    return digest_text(text)[:N_DIGITS]


def is_held_out(text: MarkedText, every: int) -> bool:
    """Say whether an article is one of so many that are held out, whatever other articles there are."""
    return choose_fold(text.text, every) == 0


def choose_fold(text: str, n_folds: int) -> int:
    """Choose one of so many folds by a text or an id, the same one for all copies."""
    return int(make_digest(text), 16) % n_folds


def read_articles(paths: Iterable[Path]) -> Iterator[Article]:
    """Yield the articles of JSON Lines files, packed or not."""
    return (row for path in paths for _, row in read_rows(str(path)))


def main() -> None:
    """Print the readings of a folder of marked articles."""
    parser = argparse.ArgumentParser(prog="python -m models.news_en.training.readings", description=__doc__)
    parser.add_argument("marked", type=Path)
    parser.add_argument("data", type=Path, nargs="+")
    arguments = parser.parse_args()
    articles = {article["id"]: article for article in read_articles(arguments.data)}
    for text in read_texts(arguments.marked):
        text = replace(text, id=unquote(text.id))
        titled = articles[text.id]["text"] != text.text
        print(json.dumps(make_reading(text, titled=titled), separators=(",", ":")))


if __name__ == "__main__":
    main()
