"""Label Studio: an array of tasks with predictions, and what people made of them, its JSON export.

A task's data has the text, its id, speakers and other columns. Read are the annotations of people where there are
any, the last that was not cancelled, else the predictions. CONFIG is the labeling interface that goes with it.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from quotex import __version__
from quotex.convert.parts import (
    Losses,
    build_article,
    check_range,
    describe_article,
    gather,
    list_pieces,
    read_list,
    settle_speaker,
    write_array,
)
from quotex.errors import InputError, Msg
from quotex.records import describe_quote
from quotex.types import ACTS, QUOTE_TYPES, ROLES, Article, Quote, Range

CONFIG = """\
<View>
  <Labels name="label" toName="text">
    <Label value="content" background="#2f6f9f"/>
    <Label value="cue" background="#b8860b"/>
    <Label value="source" background="#3c8d40"/>
  </Labels>
  <Text name="text" value="$text" granularity="word"/>
  <Relations><Relation value="piece"/><Relation value="cue"/><Relation value="source"/></Relations>
  <Choices name="type" toName="text" perRegion="true" whenTagName="label" whenLabelValue="content">
    <Choice value="direct"/><Choice value="mixed"/><Choice value="indirect"/>
  </Choices>
  <Choices name="act" toName="text" perRegion="true" whenTagName="label" whenLabelValue="content">
    <Choice value="statement"/><Choice value="thought"/>
  </Choices>
  <TextArea name="speaker" toName="text" perRegion="true" whenTagName="label" whenLabelValue="content"/>
</View>
"""
VISIBLE = {"type": QUOTE_TYPES, "act": ACTS}
Result = dict[str, Any]


def write(path: Path, articles: Iterable[Article], losses: Losses) -> None:
    """Write an array of tasks, one a line; nothing is lost."""
    write_array(path, map(make_task, articles))


def make_task(article: Article) -> Result:
    """Make the task of one article; the score of the prediction is the mean of its quotes' confidence."""
    numbers = count(1)
    results = [result for quote in article.quotes for result in make_results(quote, numbers)]
    prediction: Result = {"model_version": f"quotex {__version__}", "result": results}
    if article.quotes:
        prediction["score"] = sum(quote.confidence for quote in article.quotes) / len(article.quotes)
    return {"data": {"text": article.text} | describe_article(article), "predictions": [prediction]}


def make_results(quote: Quote, numbers: Iterator[int]) -> Iterator[Result]:
    """Make the regions of one quote, what is said of it, and the relations between them."""
    head = ""
    for role, spans in list_pieces(quote).items():
        for span in spans:
            id = f"r{next(numbers)}"
            region = {"id": id, "to_name": "text"}
            place = {"start": span.start, "end": span.end, "text": span.text}
            about = {} if head else {"meta": {"quotex": [json.dumps(describe_quote(quote))]}}
            yield region | {"from_name": "label", "type": "labels", "value": place | {"labels": [role]}} | about
            if head:
                label = "piece" if role == "content" else role
                yield {"type": "relation", "from_id": head, "to_id": id, "direction": "right", "labels": [label]}
                continue
            head = id
            for key in VISIBLE:
                value = place | {"choices": [getattr(quote, key)]}
                yield region | {"from_name": key, "type": "choices", "value": value}
            if quote.speaker:
                value = place | {"text": [quote.speaker.name]}
                yield region | {"from_name": "speaker", "type": "textarea", "value": value}


def read(path: Path, losses: Losses) -> Iterator[Article]:
    """Read an array of tasks.

    Raises:
        InputError: Q802, it is none.
    """
    try:
        tasks = json.loads(path.read_bytes())
        for task in tasks:
            yield read_task(task, losses)
    except (ValueError, TypeError, KeyError, AttributeError) as err:
        raise InputError(Msg.Q802.format(path=path, form="Label Studio", reason=repr(err))) from err


def read_task(task: Result, losses: Losses) -> Article:
    """Read one task."""
    text = task["data"]["text"]
    spans: dict[str, tuple[str, list[Range]]] = {}
    links: list[tuple[str, str]] = []
    details: dict[str, Result] = {}
    speakers = {one["id"]: one["name"] for one in task["data"].get("speakers") or ()}
    for result in choose_results(task):
        id, value, kind = result.get("id", ""), result.get("value", {}), result["type"]
        known = details.setdefault(id, {})
        if kind == "relation":
            links.append((result["from_id"], result["to_id"]))
        elif kind == "labels" and value["labels"] and value["labels"][0].lower() in ROLES:
            spans[id] = (value["labels"][0].lower(), [find_range(value, text)])
            for note in (result.get("meta") or {}).get("quotex", ()):
                details[id] = json.loads(note) | known
        elif kind == "choices" and result["from_name"] in VISIBLE:
            known[result["from_name"]] = read_list(value["choices"])[0]
        elif kind == "textarea" and result["from_name"] == "speaker":
            known["name"] = " ".join(read_list(value["text"]))
    for known in details.values():
        settle_speaker(known, known.get("name"), speakers)
    about = {"id": task.get("id", "-"), **{key: value for key, value in task["data"].items() if key != "text"}}
    return build_article(text, gather(spans, links, details, losses), about)


def choose_results(task: Result) -> list[Result]:
    """Choose what counts: the last annotation that was not cancelled, else the last prediction."""
    annotations = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
    chosen = [*(task.get("predictions") or ()), *annotations]
    results: list[Result] = chosen[-1]["result"] if chosen else []
    return results


def find_range(value: Result, text: str) -> Range:
    """Find the place of a region; browsers count some characters as two, so its words decide.

    Raises:
        ValueError: It is not within the text.
    """
    start, end = int(value["start"]), int(value["end"])
    words = value.get("text")
    if words is not None and text[start:end] != words:
        units = text.encode("utf-16-le")
        first = len(units[: 2 * start].decode("utf-16-le", errors="ignore"))
        last = len(units[: 2 * end].decode("utf-16-le", errors="ignore"))
        if text[first:last] == words:
            start, end = first, last
    return check_range(start, end, text)
