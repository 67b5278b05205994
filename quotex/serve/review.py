"""What the page asks for: quotes of a text, the view of it, files to open, and to save what was corrected."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from quotex import __version__
from quotex.errors import Msg, split_message
from quotex.evaluation.corrections import DIGEST, digest_text
from quotex.read import Failure
from quotex.select import make_selection, put_into
from quotex.serve.answers import RequestError, explain_failure, make_json
from quotex.serve.chores import PASTED, Check, Export, OpenFile, View
from quotex.serve.corrections import ConflictError, Correction
from quotex.serve.export import DOWNLOADS
from quotex.serve.marked import describe_found
from quotex.serve.rest import JSON, explained, make, parse_json, wrong_type
from quotex.serve.service import Service, Visit
from quotex.text.language import looks_english

SHORT = 16  # digits of a digest that an address has

Body = dict[str, Any]


@asynccontextmanager
async def admit(request: Request) -> AsyncIterator[tuple[Visit, Body]]:
    """Let a request of the page in, with its body.

    Raises:
        RequestError: Q613, Q615 to Q618, Q621, Q622.
    """
    service: Service = request.app.state.service
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON:  # which no form can send
        raise RequestError(415, Msg.Q615.format(given=kind, wanted=JSON))
    async with service.admit(request) as visit:
        body = parse_json(visit.body)
        if not isinstance(body, dict):
            raise wrong_type("body", body, "an object")
        yield visit, body


async def find(request: Request) -> Response:
    """Answer `POST /review/find`: the quotes of a text, as they were saved or else as the model finds them.

    Raises:
        RequestError: The text is not as it should be, or could not be read.
    """
    service: Service = request.app.state.service
    async with admit(request) as (visit, body):
        digest = digest_text(body["text"]) if isinstance(body.get("text"), str) else ""
        article = make(body, "body", f"{PASTED} {digest[:8]}")
        saved = await run_in_threadpool(find_saved, service, digest)
        if saved and not body.get("anew"):
            return make_json(saved)
        (result,) = await visit.extract(request, [article])
    if isinstance(result, Failure):
        raise explain_failure(result)
    selection = make_selection(thoughts=service.settings.thoughts)
    found = describe_found(put_into(article, result, selection))
    hint = "" if looks_english(article.text) else split_message(Msg.Q116.format(doc=article.id))["message"]
    return make_json(found | {"revision": service.corrections.count_saved(digest), "hint": hint})


async def show(request: Request) -> Response:
    """Answer `POST /review/view`: the article as HTML, the same as in a report."""
    async with admit(request) as (visit, body):
        return make_json(await visit.do(request, View(body)))


async def save(request: Request) -> Response:
    """Answer `POST /review/save`."""
    service: Service = request.app.state.service
    async with admit(request) as (visit, body):
        correction = await visit.do(request, Check(body))
    return make_json(await run_in_threadpool(save_correction, service, correction))


async def export(request: Request) -> Response:
    """Answer `POST /review/export?format=...`: the article as the page has it, in a format of `quotex extract`.

    Raises:
        RequestError: Q620, the format is not known; Q1xx, Q4xx, Q618, the article is not as it should be.
    """
    form = request.query_params.get("format", "")
    if form not in DOWNLOADS:
        advice = f"There are {', '.join(DOWNLOADS)}."
        raise RequestError(422, Msg.Q620.format(name="format", problem=f"{form!r} is not known", advice=advice))
    async with admit(request) as (visit, body):
        content = await visit.do(request, Export(body, form))
    return Response(content, media_type=DOWNLOADS[form].media)


async def open_file(request: Request) -> Response:
    """Answer `POST /review/open?name=...`: the articles of a file, as `quotex extract` reads them.

    Raises:
        RequestError: Q615, it was not sent as bytes.
    """
    service: Service = request.app.state.service
    name = PurePath(request.query_params.get("name", "").replace("\\", "/")).name or PASTED
    if request.headers.get("content-type", "") != "application/octet-stream":
        given = request.headers.get("content-type", "")
        raise RequestError(415, Msg.Q615.format(given=given, wanted="application/octet-stream"))
    async with service.admit(request) as visit:
        return make_json(await visit.do(request, OpenFile(name, visit.body)))


async def list_articles(request: Request) -> Response:
    """Answer `GET /review/articles`: what there is to review, and what of it is saved."""
    service: Service = request.app.state.service
    return make_json(await run_in_threadpool(describe_articles, service))


async def get_article(request: Request) -> Response:
    """Answer `GET /review/articles/DIGEST`: by the beginning of the text's digest, as an address has it.

    Raises:
        RequestError: Q624, there is none.
    """
    service: Service = request.app.state.service
    found = await run_in_threadpool(find_article, service, request.path_params["digest"])
    if found is None:
        message = Msg.Q624.format(method="GET", path=request.url.path, reason="no such article")
        raise RequestError(404, message)
    return make_json(found)


def find_article(service: Service, start: str) -> Body | None:
    """Find an article that is there to review, or that somebody has saved."""
    if len(start) < SHORT:
        return None
    for digest, article in zip(service.digests, service.articles, strict=True):
        if digest.startswith(start):
            return {"id": article.id, "text": article.text}
    with explained():
        found = service.corrections.find_start(start)
    return {key: found[key] for key in ("id", "text")} if found else None


def describe_articles(service: Service) -> Body:
    """List the articles that there are to review."""
    with explained():
        service.corrections.find("")  # to see what others have saved
    rows = [
        {"id": article.id, DIGEST: digest, "saved": bool(service.corrections.count_saved(digest))}
        for digest, article in zip(service.digests, service.articles, strict=True)
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


def save_correction(service: Service, correction: Body) -> Body:
    """Save an article as it was corrected.

    Args:
        service: With the file of corrections.
        correction: As `Check` gives it.

    Raises:
        RequestError: Q603 to Q606, it cannot be saved.
    """
    base = correction.pop("revision")
    row: Correction = {
        **correction,
        "saved": datetime.now(UTC).isoformat(timespec="seconds"),
        "quotex": __version__,
    }
    try:
        with explained():
            return {"revision": service.corrections.save(row, base=base)}
    except ConflictError as err:
        raise RequestError(409, Msg.Q606) from err
