"""Prodigy: JSON Lines, a task a line, with tokens, spans and relations.

What Prodigy shows no place for (type, act, speaker, confidence) stands under the key `quotex`, which it keeps.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from quotex.convert.parts import (
    Losses,
    build_article,
    check_range,
    describe_article,
    gather,
    list_pieces,
    read_list,
    write_lines,
)
from quotex.errors import InputError, Msg
from quotex.records import describe_quote
from quotex.types import ROLES, Article, Quote, Span

KEY = "quotex"
TWINS = "quote whose first piece is that of another one, left out"
REFUSED = "task that was rejected or ignored, left out"
Task = dict[str, Any]


def write(path: Path, articles: Iterable[Article], losses: Losses) -> None:
    """Write a task a line."""
    write_lines(path, (make_task(article, losses) for article in articles))


def make_task(article: Article, losses: Losses) -> Task:
    """Make the task of one article."""
    from quotex.convert.cut import cut_tokens

    doc, _ = cut_tokens(article)
    tokens = [
        {"text": one.text, "start": one.idx, "end": one.idx + len(one), "id": one.i, "ws": bool(one.whitespace_)}
        for one in doc
    ]
    maker = _Maker({one.idx: one.i for one in doc}, {one.idx + len(one): one.i for one in doc})
    for quote in article.quotes:
        losses[TWINS] += not maker.add(quote)
    known = describe_article(article) | {"quotes": maker.quotes}
    return {
        "text": article.text,
        "meta": {"source": article.id},
        "tokens": tokens,
        "spans": list(maker.spans.values()),
        "relations": maker.relations,
        KEY: known,
    }


class _Maker:
    """Makes spans, each once, and the relations between them."""

    def __init__(self, starts: dict[int, int], ends: dict[int, int]) -> None:
        self.starts, self.ends = starts, ends
        self.spans: dict[tuple[str, Span], Task] = {}
        self.relations: list[Task] = []
        self.quotes: list[Task] = []

    def add(self, quote: Quote) -> bool:
        """Add a quote; False where the words of its content are another's."""
        if ("content", quote.content[0]) in self.spans:
            return False
        head = self.mark("content", quote.content[0])
        self.quotes.append(describe_quote(quote) | {"head": [head["start"], head["end"]]})
        for role, spans in list_pieces(quote).items():
            for span in spans:
                child = self.mark(role, span)
                if child is not head:
                    self.relate(head, child, "piece" if role == "content" else role)
        return True

    def mark(self, role: str, span: Span) -> Task:
        first, last = self.starts[span.start], self.ends[span.end]
        place = {"start": span.start, "end": span.end, "token_start": first, "token_end": last}
        return self.spans.setdefault((role, span), place | {"label": role})

    def relate(self, head: Task, child: Task, label: str) -> None:
        ends = {"head": head["token_end"], "child": child["token_end"]}
        self.relations.append(ends | {"head_span": head, "child_span": child, "label": label})


def read(path: Path, losses: Losses) -> Iterator[Article]:
    """Read the tasks that were accepted, or not answered yet.

    Raises:
        InputError: Q802, a line is none.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                task = json.loads(line) if line.strip() else None
                if task and task.get("answer", "accept") != "accept":
                    losses[REFUSED] += 1
                elif task:
                    yield read_task(task, f"{path}:{number}", losses)
            except (ValueError, TypeError, KeyError, AttributeError) as err:
                reason = f"line {number}: {err!r}"
                raise InputError(Msg.Q802.format(path=path, form="Prodigy", reason=reason)) from err


def read_task(task: Task, name: str, losses: Losses) -> Article:
    """Read one task."""
    text, known = task["text"], task.get(KEY) or {}
    spans = {
        name_span(one): (one["label"].lower(), [check_range(int(one["start"]), int(one["end"]), text)])
        for one in task.get("spans") or ()
        if one["label"].lower() in ROLES
    }
    links = [(name_span(one["head_span"]), name_span(one["child_span"])) for one in task.get("relations") or ()]
    details = {name_head(one["head"], text): one for one in read_list(known.get("quotes"))}
    about = {"id": (task.get("meta") or {}).get("source", name)} | known
    return build_article(text, gather(spans, links, details, losses), about)


def name_head(head: tuple[int, int], text: str) -> str:
    """Name the first piece of a content likewise.

    Raises:
        ValueError: It is not within the text.
    """
    start, end = check_range(*head, text)
    return f"content {start} {end}"


def name_span(span: Task) -> str:
    """Name a span by what relations know of it."""
    return f"{span['label'].lower()} {span['start']} {span['end']}"
