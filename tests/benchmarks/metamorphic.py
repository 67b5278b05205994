"""What stays of what is found when a text is changed in ways that should not matter: per cent, for each change.

python -m tests.benchmarks.metamorphic [FILE.jsonl ...] [--change NAME] [--first N]

A file has a `text` in each row; without one, our own articles of tests/data/texts are read. A quote stays when the
same words are found as said by the same speaker ("the guide" is "Guide", too); the share is twice those that stay
over those before and after. In brackets: where only the words are looked at, not the speakers.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy.language import Language

import quotex
from models.news_en.training.texts import read_texts
from quotex.pipeline.marks import QuotedSpan, find_quoted_spans
from quotex.text.paragraphs import find_paragraphs
from quotex.types import Article
from tests.benchmarks.common import print_table
from tests.paths import TEXTS

TITLE = "Rain delays work on the old stone bridge\n\n"
NARRATION = "Rain fell on the square all morning, and the market closed early."
STYLES = {  # outer marks, inner marks
    "straight": ('""', "''"),
    "curly": ("“”", "‘’"),
    "guillemets": ("«»", "‹›"),
    "german": ("„“", "‚‘"),
    "british": ("‘’", "“”"),
}
SURNAMES = "Ofori Teixeira Morita Ionescu Haddad Lindqvist Nair Rojas".split()
PEOPLE = {  # of eight countries
    "he": "Kwabena Joaquim Takeshi Bogdan Farid Arvid Suresh Tomás".split(),
    "she": "Abena Conceição Haruka Ioana Layla Sigrid Lakshmi Lucía".split(),
}
MARKS_OF_ALL = "“”„‟\"＂‘’‚‛'`«»‹›"

ARTICLE = re.compile(r"\b(?:the|an?) ")
Key = tuple[str, str]  # what was said, and by whom


@dataclass(frozen=True, slots=True)
class Case:
    """A text that has been changed, and how what was found in it before has to change with it.

    Attributes:
        text: The new text.
        expected: Changes what was said, and names of speakers.
        headline: What was one and is none any more: what is found in it may change.
    """

    text: str
    expected: Callable[[str], str] = str
    headline: str = ""


@dataclass(frozen=True, slots=True)
class Shares:
    """What stays of the quotes with their speakers, and of their words alone; from 0 to 1."""

    quotes: float
    words: float


Change = Callable[[Article], Iterable[Case]]


def rewrite_marks(style: str) -> Change:
    """Write the marks that pair in another style, one character for one."""
    outer, inner = STYLES[style]

    def change(article: Article) -> Iterable[Case]:
        text = article.text
        chars = list(text)
        spans = find_quoted_spans(text, find_paragraphs(text))
        for span in spans:
            left, right = outer if span.depth % 2 == 0 else inner
            for place, mark in ((span.opening, left), (span.closing, right)):
                if place[1] - place[0] == 1:
                    chars[place[0]] = mark
        if not any(has_two_characters(span) for span in spans):
            yield Case("".join(chars))

    return change


def has_two_characters(span: QuotedSpan) -> bool:
    """Say whether a mark is written as two: the rewritten text would mix styles."""
    return any(end - start > 1 for start, end in (span.opening, span.closing))


def rewrite_lines(newline: str) -> Change:
    """Write line ends in another way."""
    return lambda article: [Case(re.sub(r"\r\n|\r|\n", newline, article.text))]


def rewrite_paragraphs(between: str) -> Change:
    """Put something else between paragraphs."""

    def change(article: Article) -> Iterable[Case]:
        parts = [article.text[start:end] for start, end in find_paragraphs(article.text)]
        return [Case(between.join(parts))]

    return change


def put_title(article: Article) -> Iterable[Case]:
    """Put a title in front."""
    return [Case(TITLE + article.text, headline=find_headline(article.text))]


def find_headline(text: str) -> str:
    """Find the headline of a text: a first paragraph that ends as no sentence does; empty for none."""
    start, end = find_paragraphs(text)[0]
    return (
        ""
        if text[start:end].rstrip("".join(MARKS_OF_ALL)).endswith((".", "!", "?", ":", "…"))
        else text[start:end]
    )


def put_narration(article: Article) -> Iterable[Case]:
    """Put a paragraph that says nothing of anybody in the middle, where no quotation is open.

    Nor in a transcript: what stands below a turn there without a label is what its speaker goes on to say.
    """
    text = article.text
    paragraphs = find_paragraphs(text)
    spans = find_quoted_spans(text, paragraphs)
    spoken = find_ends_of_turns(article, spans)
    free = [
        start
        for (_, before), (start, _) in pairwise(paragraphs)
        if not any(span.opening[0] == start or (span.opening[0] < start <= span.end) for span in spans)
        and before not in spoken
    ]
    if free:
        at = free[len(free) // 2]
        yield Case(f"{text[:at]}{NARRATION}\n\n{text[at:]}")


def find_ends_of_turns(article: Article, spans: Sequence[QuotedSpan]) -> set[int]:
    """Find where what is said without marks ends, as in transcripts; `spans` are what marks enclose."""
    ends = {piece.end for quote in article.quotes if quote.type == "direct" for piece in quote.content}
    return {end for end in ends if not any(span.opening[0] < end <= span.closing[1] for span in spans)}


def rename(article: Article) -> Iterable[Case]:
    """Give a person with two names those of somebody in another country, one person at a time."""
    for number, speaker in enumerate(article.speakers):
        names = speaker.name.split()
        others = " ".join(one.name for one in article.speakers if one is not speaker)
        is_alone = not any(find_word(name, others) for name in names)
        if speaker.kind == "person" and len(names) == 2 and is_alone and all(name.isalpha() for name in names):
            at = (len(article.text) + number) % len(SURNAMES)
            given = PEOPLE["he" if speaker.pronoun == "he" else "she"][at]
            new = dict(zip(names, (given, SURNAMES[at]), strict=True))
            pattern = re.compile(rf"\b(?:{'|'.join(names)})\b")

            def put(text: str, pattern: re.Pattern[str] = pattern, new: dict[str, str] = new) -> str:
                return pattern.sub(lambda match: new[match[0]], text)

            yield Case(put(article.text), put)


def find_word(word: str, text: str) -> bool:
    """Say whether a word is in a text."""
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


CHANGES: dict[str, Change] = {
    **{f"marks: {style}": rewrite_marks(style) for style in STYLES},
    "newlines: CR LF": rewrite_lines("\r\n"),
    "newlines: CR": rewrite_lines("\r"),
    "newlines: U+2028": rewrite_lines("\u2028"),
    "paragraphs: one newline": rewrite_paragraphs("\n"),
    "paragraphs: two": rewrite_paragraphs("\n\n"),
    "paragraphs: three and blanks": rewrite_paragraphs(" \n \n\n  "),
    "a title in front": put_title,
    "narration between": put_narration,
    "a name of another country": rename,
}
JOINED = "two articles joined"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, a column a file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--change", action="append", choices=[*CHANGES, JOINED], help="all if left out")
    parser.add_argument("--first", type=int, help="only so many articles of each file")
    options = parser.parse_args(arguments)
    nlp = quotex.load()
    sets = {
        path.stem: [json.loads(line)["text"] for line in path.open(encoding="utf-8")] for path in options.files
    }
    sets = sets or {"texts": read_own()}
    shares = {
        name: measure(texts[: options.first], nlp, options.change or [*CHANGES, JOINED])
        for name, texts in sets.items()
    }
    names = options.change or [*CHANGES, JOINED]
    rows = [
        [name, *(f"{100 * of[name].quotes:.1f} ({100 * of[name].words:.1f})" for of in shares.values())]
        for name in names
    ]
    print_table(("change", *shares), rows)


def read_own() -> list[str]:
    """Read our own texts."""
    return [one.text for one in read_texts(TEXTS)]


def measure(texts: Sequence[str], nlp: Language, names: Iterable[str]) -> dict[str, Shares]:
    """Say for each change what shares stay."""
    articles = [quotex.extract(text, nlp=nlp) for text in texts]
    return {
        name: (measure_joined(articles, nlp) if name == JOINED else measure_change(articles, nlp, CHANGES[name]))
        for name in names
    }


def measure_change(articles: Sequence[Article], nlp: Language, change: Change) -> Shares:
    """Say what stays under a change."""
    pairs = [
        (
            find_keys([article], case.headline, case.expected),
            find_keys([quotex.extract(case.text, nlp=nlp)], case.headline),
        )
        for article in articles
        for case in change(article)
    ]
    return find_shares(pairs)


def measure_joined(articles: Sequence[Article], nlp: Language) -> Shares:
    """Say what stays when each article and the next are one text.

    Where the first is a transcript, what stands below its last turn is what its speaker goes on to say.
    """
    pairs = []
    for one, two in zip(articles[::2], articles[1::2], strict=False):
        if not ends_in_turn(one):
            headline = find_headline(two.text)
            both = quotex.extract(f"{one.text}\n\n{two.text}", nlp=nlp)
            pairs.append((find_keys([one, two], headline), find_keys([both], headline)))
    return find_shares(pairs)


def ends_in_turn(article: Article) -> bool:
    """Say whether the last that a text has is said, and not in marks."""
    paragraphs = find_paragraphs(article.text)
    return paragraphs[-1][1] in find_ends_of_turns(article, find_quoted_spans(article.text, paragraphs))


def find_keys(
    articles: Iterable[Article], headline: str = "", expected: Callable[[str], str] = str
) -> Counter[Key]:
    """Count who said what, without the differences that a change of marks and white space makes.

    Args:
        articles: With what was found.
        headline: What is said in it does not count.
        expected: Changes what was said, and names of speakers.
    """
    return Counter(
        (flatten(expected(quote.text)), fold(expected(quote.speaker.name)) if quote.speaker else "")
        for article in articles
        for quote in article.quotes
        if quote.text not in headline
    )


def flatten(text: str) -> str:
    """Leave out marks, and make all white space one blank."""
    return " ".join(text.translate(dict.fromkeys(map(ord, MARKS_OF_ALL))).split())


def fold(name: str) -> str:
    """Leave out what is no difference between speakers either: capitals, and the article of a description."""
    return ARTICLE.sub("", flatten(name).casefold())


def find_shares(pairs: Sequence[tuple[Counter[Key], Counter[Key]]]) -> Shares:
    """Find what two sides have in common."""
    words = ((count_words(before), count_words(after)) for before, after in pairs)
    return Shares(find_share(pairs), find_share(words))


def count_words(keys: Counter[Key]) -> Counter[str]:
    """Count what is said, whoever says it."""
    return Counter(said for said, _ in keys.elements())


def find_share(pairs: Iterable[tuple[Counter[Any], Counter[Any]]]) -> float:
    """Find the share that two sides have in common; 1 if there is nothing on either."""
    common = total = 0
    for before, after in pairs:
        common += 2 * (before & after).total()
        total += before.total() + after.total()
    return common / total if total else 1.0


if __name__ == "__main__":
    main()
