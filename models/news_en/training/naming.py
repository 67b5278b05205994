"""Naming: what corpora say of names, of what stands beside them, and of who is behind each source."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from models.news_en.training.corpora import read_jsonl
from models.news_en.training.swaps import Named, Swapped
from models.news_en.training.texts import JOINT, MarkedText
from quotex.evaluation import AnnotatedText, Annotation
from quotex.model.labels import BESIDE_LABELS, BESIDES, NAME_KINDS, NAME_LABELS
from quotex.pipeline.speakers.sources import PRONOUNS
from quotex.pipeline.speakers.unnamed import POINTING
from quotex.text.phrases import find_head
from quotex.training.examples import Allowed, Example, GoldMates, add_quotes
from quotex.training.reader import ExampleReader

KINDS = {"person": "person", "organization": "org", "place": "place", "other": "other"}
NAMED = ("person", "org")  # kinds whose names speakers_train has
ABBREVIATED = "mr mrs ms dr sen rep gov prof rev lt gen col sgt capt cmdr maj adm amb hon fr".split()
HONORIFICS = frozenset(["miss", "sir", *ABBREVIATED, *(f"{word}." for word in ABBREVIATED)])
LEADING = HONORIFICS | {"the", "president"}  # of forms, which no name begins with
REACH = 90  # characters between a name and what is said beside it
MIN_PLACE = 3  # times that a name has to be a place's, to be allowed to be one where it is a body's

HONORIFIC = re.compile(r"\b([A-Za-z]+\.?)\s$")

Span = tuple[int, int]


def label(example: Example, spans: Iterable[tuple[int, int, str]], kinds: Sequence[str], allowed: Allowed) -> None:
    """Write spans of characters as the only labels that their words may have, the longest first."""
    taken = np.zeros(len(allowed), dtype=bool)
    for start, end, kind in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        first, last = example.words.find(start, end)
        if first < last and not taken[first:last].any():
            taken[first:last] = True
            allowed[first:last] = False
            column = 1 + 2 * kinds.index(kind)
            allowed[first, column] = True
            allowed[first + 1 : last, column + 1] = True


def read_names(
    path: Path, read: ExampleReader, swap: Callable[[str, list[Named], list[str]], Swapped] | None = None
) -> list[Example]:
    """Read articles in which all names are marked; with `swap`, with other names in them.

    What stands beside names is known only where it was put there.
    """
    examples = []
    for row in read_jsonl(path):
        text = row["text"]
        names = outermost([(m["start"], m["end"], KINDS[m["type"]]) for m in row["mentions"]])
        parts: list[tuple[int, int, str]] = []
        if swap:
            places = [text[start:end] for start, end, kind in names if kind == "place"] or ["Ora"]
            swapped = swap(text, find_keys(text, names), places)
            names, parts = move_spans(names, swapped), swapped.parts
            text = swapped.text
        example = read(row["id"], text)
        example.names = np.zeros((len(example.words.words), len(NAME_LABELS)), dtype=bool)
        example.names[:, 0] = True
        label(example, merge(names, parts, NAME_KINDS), NAME_KINDS, example.names)
        if swap:
            example.beside = np.ones((len(example.words.words), len(BESIDE_LABELS)), dtype=bool)
            label(example, [part for part in parts if part[2] in BESIDES], BESIDES, example.beside)
            forbid_inside_names(example)
        examples.append(example)
    return examples


def forbid_inside_names(example: Example) -> None:
    """Say that words of people's names are no titles."""
    assert example.names is not None
    assert example.beside is not None
    column = 1 + 2 * NAME_KINDS.index("person")
    inside = (example.names[:, column] | example.names[:, column + 1]) & ~example.names[:, 0]
    example.beside[inside] = False
    example.beside[inside, 0] = True


def outermost(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Leave out spans within others."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def find_keys(text: str, names: list[tuple[int, int, str]]) -> list[Named]:
    """Say which names are one's: people's by their last word, or the first of a full name; others by the whole."""
    full = {text[s:e] for s, e, kind in names if kind == "person" and " " in text[s:e]}
    keys: dict[str, str] = {}
    for name in sorted(full, key=lambda name: (-len(name.split()), name)):
        words = name.split()
        key = keys.get(words[-1], name)
        keys |= {name: key, words[-1]: key}
        keys.setdefault(words[0], key)
    return [
        Named(s, e, kind, keys.get(text[s:e], text[s:e]) if kind == "person" else text[s:e])
        for s, e, kind in names
    ]


def move_spans(spans: list[tuple[int, int, str]], swapped: Swapped) -> list[tuple[int, int, str]]:
    """Move spans that were not changed to where they are now."""
    changed = {(edit.start, edit.end) for edit in swapped.edits}
    return [(*swapped.move_span(s, e), what) for s, e, what in spans if (s, e) not in changed]


def merge(
    names: list[tuple[int, int, str]], parts: list[tuple[int, int, str]], kinds: Sequence[str]
) -> list[tuple[int, int, str]]:
    """Put names and new parts that are names together."""
    return [*names, *(part for part in parts if part[2] in kinds)]


def find_places(path: Path) -> frozenset[str]:
    """Find what is nearly always a place's name: countries speak, and are bodies elsewhere."""
    counts: Counter[tuple[str, bool]] = Counter()
    for row in read_jsonl(path):
        for m in row["mentions"]:
            counts[row["text"][m["start"] : m["end"]], m["type"] == "place"] += 1
    return frozenset(
        name for (name, is_place), n in counts.items() if is_place and n >= MIN_PLACE and n > counts[name, False]
    )


def read_speakers(
    rows: Iterable[dict[str, Any]],
    articles: dict[str, AnnotatedText],
    read: ExampleReader,
    places: frozenset[str],
    swap: Callable[[str, list[Named], list[str]], Swapped] | None = None,
) -> list[Example]:
    """Read articles with their quotes and who is behind each source; with `swap`, with other names in them."""
    examples = []
    for row in rows:
        article = articles[row["id"]]
        text, entities = article.text, {entity["entity"]: entity for entity in row["entities"]}
        names = [
            (start + skip, end, entity)
            for start, end, entity in row["names"]
            if (skip := count_leading(text[start:end])) < end - start
        ]
        kinds = {n: entity["kind"] for n, entity in entities.items()}
        beside = [
            span for s, e, n in names if n for span in find_beside(text, s, e, entities[n].get("beside", ()))
        ]
        quotes = list(article.quotes)
        parts: list[tuple[int, int, str]] = []
        if swap:
            # bodies stay: what is short for what is not told
            people = [Named(s, e, "person", str(n)) for s, e, n in names if n and kinds[n] == "person"]
            swapped = swap(text, people, sorted(places))
            parts, text = swapped.parts, swapped.text
            new = iter([part for part in parts if part[2] == "person"])
            changed = {(edit.start, edit.end): next(new)[:2] for edit in swapped.edits}
            names = [(*changed.get((s, e), swapped.move_span(s, e)), n) for s, e, n in names]
            beside = [(*swapped.move_span(s, e), what) for s, e, what in beside]
            quotes = [move_quote(quote, swapped) for quote in quotes]
        example = read(row["id"], text)
        add_quotes(example, quotes)
        size = len(example.words.words)
        example.names = np.zeros((size, len(NAME_LABELS)), dtype=bool)
        unknown = [NAME_LABELS.index(one) for one in ("O", "B-place", "I-place", "B-other", "I-other")]
        example.names[:, unknown] = True
        known = [(s, e, kinds[n]) for s, e, n in names if n and kinds[n] in NAMED]
        label(example, merge(known, parts, NAME_KINDS), NAME_KINDS, example.names)
        for s, e, n in names:  # a country that speaks is a place, or a body
            if n is None or kinds[n] not in NAMED or text[s:e] in places:
                first, last = example.words.find(s, e)
                example.names[first:last] = True
        example.beside = np.zeros((size, len(BESIDE_LABELS)), dtype=bool)
        example.beside[:, 0] = True
        honorifics = [(s, e, "title") for s, e, n in names if n for s, e in find_honorific(text, s)]
        label(example, [*merge(beside, parts, BESIDES), *honorifics], BESIDES, example.beside)
        forbid_inside_names(example)
        sources = [
            (*min(quote.source), n)
            for quote, n in zip(quotes, row["speakers"], strict=True)
            if n is not None and quote.source
        ]
        link_mentions(example, [(s, e, n) for s, e, n in names if n is not None], sources)
        examples.append(example)
    return examples


def count_leading(name: str) -> int:
    """Count the characters of a form before the name itself."""
    skipped = 0
    while (word := name[skipped:].split(" ", 1))[0].lower() in LEADING and len(word) > 1:
        skipped += len(word[0]) + 1
    return skipped


def find_honorific(text: str, start: int) -> list[Span]:
    """Find the honorific before a name."""
    found = HONORIFIC.search(text[max(0, start - 10) : start])
    if found is None or found[1].lower() not in HONORIFICS:
        return []
    return [(start - len(found[0]), start - len(found[0]) + len(found[1]))]


def find_beside(text: str, start: int, end: int, beside: Sequence[str]) -> list[tuple[int, int, str]]:
    """Find what was read beside a name: a title before it, or a description before or after it."""
    found = []
    for said in beside:
        at = text.rfind(said, max(0, start - REACH - len(said)), start)
        gap = text[at + len(said) : start] if at >= 0 else ""
        if at >= 0 and gap.strip() in {"", ","}:
            found.append((at, at + len(said), "description" if gap.strip() else "title"))
        at = text.find(said, end, end + REACH + len(said))
        if at >= 0 and text[end:at].strip() in {",", "(", "—", "–", ", the", ", a", ", an"}:
            found.append((at, at + len(said), "description"))
    return found


def move_quote(quote: Annotation, swapped: Swapped) -> Annotation:
    """Move a quote's places."""
    spans = {
        part: tuple(swapped.move_span(s, e) for s, e in getattr(quote, part))
        for part in ("content", "cue", "source")
    }
    return replace(quote, **spans)


def read_marked(texts: Iterable[MarkedText], read: ExampleReader) -> list[Example]:
    """Read articles in which all is marked; only descriptions and pronouns are mentions beside their names."""
    examples = []
    for text in texts:
        example = read(text.id, text.text)
        add_quotes(example, text.quotes, are_inner_known=True)
        size = len(example.words.words)
        example.names = np.zeros((size, len(NAME_LABELS)), dtype=bool)
        example.beside = np.zeros((size, len(BESIDE_LABELS)), dtype=bool)
        example.names[:, 0] = example.beside[:, 0] = True
        label(example, [name[:3] for name in text.names], NAME_KINDS, example.names)
        label(example, [beside[:3] for beside in text.besides], BESIDES, example.beside)
        forbid_inside_names(example)
        sources = [
            (*min(quote.source), n) for quote, n in zip(text.quotes, text.speakers, strict=True) if quote.source
        ]
        meant = [(mention.start, mention.end, mention.entity) for mention in text.mentions]
        meant += [] if meant else find_described(text)
        names = [(name.start, name.end, name.entity) for name in text.names if name.entity is not None]
        link_mentions(example, names, [*sources, *meant])
        examples.append(example)
    return examples


def find_described(text: MarkedText) -> list[tuple[int, int, int]]:
    """Find all places of the words for somebody without a name, `five nurses`, where no descriptions are marked.

    And of `the nurses`, the noun alone with "the" or the like, if nobody else is called so.

    Returns:
        Characters of each place, and whom it means.
    """
    named = {name.entity for name in text.names}
    words = {
        number: entity.name.split()
        for number, entity in text.entities.items()
        if number not in named and JOINT not in entity.name and entity.name.lower() not in {"", *PRONOUNS}
    }
    nouns = {number: one[find_head(one)].lower() for number, one in words.items()}
    times = Counter(nouns.values())
    found = []
    for number, one in words.items():
        patterns = [re.escape(" ".join(one))]
        if times[nouns[number]] == 1:
            patterns.append(f"(?:{'|'.join(POINTING)}) {re.escape(nouns[number])}")
        places = re.finditer(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", text.text, re.IGNORECASE)
        found += [(*place.span(), number) for place in places]
    return found


def link_mentions(
    example: Example, names: Sequence[tuple[int, int, int]], others: Sequence[tuple[int, int, int]]
) -> None:
    """Link each mention to the names of the same one, or else to the other mentions of it.

    A pronoun means somebody, so of one without a name, and without other mentions near, nothing is known.

    Args:
        example: Gets the links.
        names: Characters of each name, and whose it is.
        others: The same of what is no name; what lies at the head of a name is that name.
    """
    words = example.words

    def find_heads(mentions: Sequence[tuple[int, int, int]]) -> dict[int, set[int]]:
        heads: dict[int, set[int]] = {}
        for start, end, entity in mentions:
            first, last = words.find(start, end)
            if first < last:
                heads.setdefault(entity, set()).add(first + find_head(words.words[first:last]))
        return heads

    named, meant = find_heads(names), find_heads(others)
    for entity in sorted(named.keys() | meant.keys()):
        of_names = named.get(entity, set())
        rest = meant.get(entity, set()) - of_names
        for at in sorted(of_names | rest):
            may_lack = not of_names and words.words[at].lower() in PRONOUNS
            same, also = (tuple(sorted(heads - {at})) for heads in (of_names, rest))
            example.mates.append(GoldMates(at, same, also, may_lack=may_lack))
