"""`POST /v1/extract`: texts in, records out."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import Message

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from quotex.batch.ahead import Item
from quotex.errors import InputError, Msg, QuotexError, UsageError, split_message
from quotex.read import Failure
from quotex.read.decode import BOM
from quotex.read.jsonl import explain_json
from quotex.read.rows import name_json
from quotex.read.text import check_article
from quotex.records import VERSION, Record, make_article
from quotex.select import Selection, make_selection, put_into
from quotex.serve.answers import RequestError, explain_failure, make_json
from quotex.serve.service import Service
from quotex.types import Article
from quotex.work import Result

UNNAMED = "-"  # as what is piped into `quotex extract`
MAX_ARTICLES = 10_000  # in one request
PARAMETERS = ("type", "speaker", "min_confidence", "thoughts")
WORDS = {"1": True, "true": True, "yes": True, "": True, "0": False, "false": False, "no": False}
TEXT, JSON, FORM = "text/plain", "application/json", "application/x-www-form-urlencoded"
FIELD = re.compile(r"\s*[\w.%+-]+=")  # what a form begins with
OBJECT = re.compile(rb'\s*\{\s*["}]')


async def extract(request: Request) -> Response:
    """Answer `POST /v1/extract`."""
    service: Service = request.app.state.service
    selection = read_selection(request.query_params)
    async with service.admit(request) as visit:
        items = await run_in_threadpool(parse_body, visit.body, request.headers.get("content-type", ""))
        articles = [item for item in items if isinstance(item, Article)]
        results = await visit.extract(request, articles)
        return await run_in_threadpool(answer, items, results, selection)


def answer(items: Iterable[Item], results: Iterable[Result], selection: Selection) -> Response:
    """Make the document, with what failed beside what was found; where all did, it is an error.

    Args:
        items: What was sent: articles, and failures for what is none.
        results: Of the articles among them.
        selection: Which quotes are wanted.

    Raises:
        RequestError: Q1xx, Q618 or Q619, no article could be done.
    """
    done = iter(results)
    records: list[Record] = []
    failures: list[Failure] = []
    for item in items:
        result = next(done) if isinstance(item, Article) else item
        if isinstance(item, Article) and not isinstance(result, Failure):
            records.append(make_article(put_into(item, result, selection)))
        elif isinstance(result, Failure):
            failures.append(replace(result, doc=item.id if isinstance(item, Article) else item.doc))
    if failures and not records:
        raise explain_failure(failures[0])
    document: Record = {"quotex": VERSION, "articles": records}
    named = [{"doc": failure.doc, **split_message(failure.message)} for failure in failures]
    return make_json(document | ({"failures": named} if named else {}))


def read_selection(query: QueryParams) -> Selection:
    """Read the options.

    Raises:
        RequestError: Q206, Q207, Q208, Q620.
    """
    for name in query:
        if name not in PARAMETERS:
            advice = f"There are {', '.join(PARAMETERS)}."
            raise RequestError(422, Msg.Q620.format(name=repr(name), problem="not known", advice=advice))
    try:
        return make_selection(
            types=query.getlist("type"),
            speakers=query.getlist("speaker"),
            min_confidence=read_number(query, "min_confidence"),
            thoughts=read_flag(query, "thoughts"),
        )
    except UsageError as err:  # which speaks of options of the command line
        raise RequestError(
            422, str(err).replace("] --", "] ").replace("min-confidence", "min_confidence")
        ) from err


def read_number(query: QueryParams, name: str) -> float:
    """Read a number; 0 if it is not given.

    Raises:
        RequestError: Q620, it is none.
    """
    given = query.get(name, "0")
    try:
        return float(given)
    except ValueError as err:
        message = Msg.Q620.format(name=name, problem=f"{given!r} is no number", advice="Give one from 0 to 1.")
        raise RequestError(422, message) from err


def read_flag(query: QueryParams, name: str) -> bool:
    """Read a yes or no; no if it is not given, yes if it has no value.

    Raises:
        RequestError: Q620, it is neither.
    """
    given = query.get(name, "no").lower()
    if given not in WORDS:
        message = Msg.Q620.format(
            name=name, problem=f"{given!r} is neither yes nor no", advice="Give one of them."
        )
        raise RequestError(422, message)
    return WORDS[given]


def parse_body(body: bytes, content_type: str) -> list[Item]:
    """Read the articles of a request.

    Without a type, or with that of a form, which is what curl sends if it is not told another, a body is the text
    of an article, unless it begins as a JSON object does, or is a form indeed.

    Raises:
        RequestError: Q105, Q114, Q614 to Q618.
    """
    header = Message()
    header["Content-Type"] = content_type
    kind, charset = header.get_content_type(), header.get_content_charset("utf-8")
    is_untold = kind == FORM or not content_type
    if kind == JSON or (is_untold and OBJECT.match(body)):
        return list_articles(parse_json(body))
    if kind == TEXT or (kind == FORM and not FIELD.match(decode(body, charset))):
        return [check(Article(UNNAMED, decode(body, charset)))]
    raise RequestError(415, Msg.Q615.format(given=content_type, wanted=f"{TEXT} or {JSON}"))


def decode(body: bytes, charset: str = "utf-8") -> str:
    """Decode a body; line ends stay as they are, and a byte-order mark is left out.

    Raises:
        RequestError: Q616.
    """
    try:
        return body.decode(charset).removeprefix(BOM)
    except UnicodeDecodeError as err:
        raise RequestError(422, Msg.Q616.format(encoding=charset.upper(), at=err.start)) from err
    except (
        LookupError,
        ValueError,
    ) as err:  # ValueError: a NUL in the name, or codecs that are odd in their own ways
        raise RequestError(415, Msg.Q615.format(given=f"charset={charset}", wanted="UTF-8")) from err


def parse_json(body: bytes) -> object:
    """Parse a body that should be JSON.

    Raises:
        RequestError: Q616, Q617.
    """
    try:
        value: object = json.loads(decode(body), parse_constant=refuse_constant)
    except (ValueError, RecursionError) as err:
        raise RequestError(422, Msg.Q617.format(reason=explain_json(err))) from err
    return value


def refuse_constant(name: str) -> object:
    """Refuse NaN and the infinities, which are no JSON and which browsers cannot read again.

    Raises:
        ValueError: Always.
    """
    raise ValueError(f"{name} is no number of JSON")


def list_articles(body: object) -> list[Item]:
    """Make articles of an object: one, or several under `articles`, among which may be failures.

    Raises:
        RequestError: Q105, Q114, Q618, the only one is none; Q614, Q618, there is no list of so many.
    """
    rows = body.get("articles") if isinstance(body, dict) and "articles" in body else None
    if rows is None:
        return [make(body, "body", UNNAMED)]
    if not isinstance(rows, list):
        raise wrong_type("articles", rows, "an array")
    if len(rows) > MAX_ARTICLES:
        raise RequestError(413, Msg.Q614.format(limit=MAX_ARTICLES))
    return [make_or_fail(row, at) for at, row in enumerate(rows)]


def make_or_fail(row: object, at: int) -> Item:
    """Make an article of a row of several; what is none does not refuse the others."""
    name = f"articles:{at + 1}"
    try:
        return make(row, f"articles[{at}]", name)
    except RequestError as err:
        given = row.get("id") if isinstance(row, dict) else None
        is_id = isinstance(given, str | int) and not isinstance(given, bool)
        return Failure(str(given) if is_id else name, err.message)


def make(row: object, where: str, name: str) -> Article:
    """Make one article.

    Args:
        row: What should be {"text": ..., "id": ...}.
        where: Where it stands, for messages.
        name: Its id if it has none.

    Raises:
        RequestError: Q105, Q114, Q618.
    """
    if not isinstance(row, dict):
        raise wrong_type(where, row, "an object")
    text, given = row.get("text"), row.get("id")
    if not isinstance(text, str):
        raise wrong_type(f"{where}.text", text, "a string")
    if isinstance(given, bool) or not isinstance(given, str | int | None):
        raise wrong_type(f"{where}.id", given, "a string or integer")
    return check(Article(name if given is None else str(given), text))


def check(article: Article) -> Article:
    """Return the article if there is something to read in it.

    Raises:
        RequestError: Q105, Q114.
    """
    with explained():
        return check_article(article)


def wrong_type(where: str, value: object, wanted: str) -> RequestError:
    """Say that a value is of the wrong JSON type."""
    found = f"is a JSON {name_json(value)}"
    return RequestError(422, Msg.Q618.format(where=where, found=found, wanted=wanted))


@contextmanager
def explained() -> Iterator[None]:
    """Turn errors that a user can put right into answers.

    Raises:
        RequestError: What was wrong, with its number.
    """
    try:
        yield
    except InputError as err:
        raise RequestError(422, str(err)) from err
    except QuotexError as err:
        raise RequestError(500, str(err)) from err
