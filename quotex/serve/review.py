"""What the page asks for: quotes of a text, the view of it, files to open, and to save what was corrected."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from quotex import __version__
from quotex.errors import Msg, split_message
from quotex.evaluate.corrections import DIGEST, digest_text
from quotex.language import looks_english
from quotex.read import Failure
from quotex.select import make_selection, select_quotes
from quotex.serve.answers import RequestError, make_json
from quotex.serve.corrections import ConflictError, Correction
from quotex.serve.marked import describe_found, read_quotes, render
from quotex.serve.opened import read_file
from quotex.serve.rest import JSON, explain_failure, explained, make, parse_json, wrong_type
from quotex.serve.service import Service

PASTED = "pasted"

Body = dict[str, Any]


async def read_json(request: Request) -> Body:
    """Read the body of a request of the page.

    Raises:
        RequestError: Q613 to Q618.
    """
    service: Service = request.app.state.service
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON:  # which no form can send
        raise RequestError(415, Msg.Q615.format(given=kind, wanted=JSON))
    with service.admit() as visit:
        body = parse_json(await visit.read_body(request))
    if not isinstance(body, dict):
        raise wrong_type("body", body, "an object")
    return body


async def find(request: Request) -> Response:
    """Answer `POST /review/find`: the quotes of a text, as they were saved or else as the model finds them."""
    service: Service = request.app.state.service
    body = await read_json(request)
    digest = digest_text(body["text"]) if isinstance(body.get("text"), str) else ""
    article = make(body, "body", f"{PASTED} {digest[:8]}")
    saved = await run_in_threadpool(find_saved, service, digest)
    if saved and not body.get("anew"):
        return make_json(saved)
    with service.admit() as visit:
        (result,) = await visit.extract(request, [article])
    if isinstance(result, Failure):
        raise explain_failure(result)
    selection = make_selection(thoughts=service.settings.thoughts)
    found = describe_found(select_quotes(result.put_into(article), selection))
    hint = "" if looks_english(article.text) else split_message(Msg.Q116.format(doc=article.id))["message"]
    return make_json(found | {"revision": service.corrections.count_saved(digest), "hint": hint})


async def show(request: Request) -> Response:
    """Answer `POST /review/view`: the article as HTML, the same as in a report."""
    body = await read_json(request)
    return make_json(await run_in_threadpool(render, body))


async def save(request: Request) -> Response:
    """Answer `POST /review/save`."""
    service: Service = request.app.state.service
    body = await read_json(request)
    return make_json(await run_in_threadpool(save_correction, service, body))


async def open_file(request: Request) -> Response:
    """Answer `POST /review/open?name=...`: the articles of a file, as `quotex extract` reads them."""
    service: Service = request.app.state.service
    name = PurePath(request.query_params.get("name", "").replace("\\", "/")).name or PASTED
    if request.headers.get("content-type", "") != "application/octet-stream":
        given = request.headers.get("content-type", "")
        raise RequestError(415, Msg.Q615.format(given=given, wanted="application/octet-stream"))
    with service.admit() as visit:
        data = await visit.read_body(request)
        return make_json(await run_in_threadpool(read_file, name, data))


async def list_articles(request: Request) -> Response:
    """Answer `GET /review/articles`: what there is to review, and what of it is saved."""
    service: Service = request.app.state.service
    return make_json(await run_in_threadpool(describe_articles, service))


async def get_article(request: Request) -> Response:
    """Answer `GET /review/articles/NUMBER`, from 0."""
    service: Service = request.app.state.service
    number = int(request.path_params["number"])
    if number >= len(service.articles):
        message = Msg.Q624.format(method="GET", path=request.url.path, reason="no such article")
        raise RequestError(404, message)
    article = service.articles[number]
    return make_json({"id": article.id, "text": article.text})


def describe_articles(service: Service) -> Body:
    """List the articles that there are to review."""
    with explained():
        service.corrections.find("")  # to see what others have saved
    rows = [
        {"id": article.id, "saved": bool(service.corrections.count_saved(digest_text(article.text)))}
        for article in service.articles
    ]
    return {"articles": rows}


def find_saved(service: Service, digest: str) -> Body | None:
    """Find what was saved of a text."""
    with explained():
        found = service.corrections.find(digest)
    if found is None:
        return None
    revision, row = found
    keys = ("id", "text", DIGEST, "quotes", "rejected", "speakers")
    return {**{key: row[key] for key in keys if key in row}, DIGEST: digest, "revision": revision}


def save_correction(service: Service, body: Mapping[str, Any]) -> Body:
    """Save an article as it was corrected.

    Raises:
        RequestError: Q105, Q114, Q402 to Q406, Q618, what was sent is wrong; Q603 to Q606, it cannot be saved.
    """
    article = make(body, "body", PASTED)
    base = body.get("revision")
    if not isinstance(base, int | None):
        raise wrong_type("revision", base, "an integer")
    row: Correction = {
        DIGEST: digest_text(article.text),
        "id": article.id,
        "text": article.text,
        "quotes": read_quotes(body.get("quotes"), article.text, "quotes"),
        "rejected": read_quotes(body.get("rejected") or [], article.text, "rejected"),
        "speakers": body.get("speakers") or [],
        "saved": datetime.now(UTC).isoformat(timespec="seconds"),
        "quotex": __version__,
    }
    try:
        with explained():
            return {"revision": service.corrections.save(row, base=base)}
    except ConflictError as err:
        raise RequestError(409, Msg.Q606) from err
