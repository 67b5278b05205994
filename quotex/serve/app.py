"""The application: which function answers which request."""

from importlib.resources import files

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from quotex import __version__
from quotex.errors import Msg
from quotex.serve import review
from quotex.serve.answers import RequestError, make_error, make_json
from quotex.serve.guard import Guard
from quotex.serve.openapi import make_openapi
from quotex.serve.page import render_docs_page, render_page
from quotex.serve.rest import extract
from quotex.serve.service import Service

# Of the page: what is done on it, what is asked and kept, texts and places in them, and what is shown of them.
SCRIPTS = (
    "review keys address page selection desk opening saving api drafts example places state text view".split()
)
MODULES = tuple(f"{name}.js" for name in SCRIPTS)
# Where each file of the page comes from; nothing else is given out.
ASSETS = {
    "report.css": ("quotex.write.html", "text/css"),
    "report.js": ("quotex.write.html", "text/javascript"),
    "review.css": ("quotex.serve.static", "text/css"),
    "docs.css": ("quotex.serve.static", "text/css"),
    **dict.fromkeys(MODULES, ("quotex.serve.static", "text/javascript")),
    "icon.svg": ("quotex.serve.static", "image/svg+xml"),
}


def make_app(service: Service) -> ASGIApp:
    """Make the application."""
    app = Starlette(
        routes=[
            Route("/", show_page),
            Route("/articles/{digest}", show_page),  # whose script asks for the article
            Route("/docs", show_docs),
            Route("/openapi.json", show_openapi),
            Route("/healthz", check_health),
            Route("/v1/extract", extract, methods=["POST"]),
            Route("/static/{name}", give_asset),
            Route("/review/articles", review.list_articles),
            Route("/review/articles/{digest}", review.get_article),
            Route("/review/open", review.open_file, methods=["POST"]),
            Route("/review/find", review.find, methods=["POST"]),
            Route("/review/view", review.show, methods=["POST"]),
            Route("/review/save", review.save, methods=["POST"]),
            Route("/review/export", review.export, methods=["POST"]),
        ],
        exception_handlers={RequestError: explain_error, HTTPException: explain_http, Exception: explain_bug},
    )
    app.state.service = service
    return Guard(app, service.settings)


async def show_page(request: Request) -> Response:
    """Answer `GET /` and `GET /articles/DIGEST`."""
    service: Service = request.app.state.service
    return Response(render_page(service.settings, len(service.articles)), media_type="text/html")


async def show_docs(request: Request) -> Response:
    """Answer `GET /docs`."""
    return Response(render_docs_page(), media_type="text/html")


async def show_openapi(request: Request) -> Response:
    """Answer `GET /openapi.json`."""
    return make_json(make_openapi())


async def check_health(request: Request) -> Response:
    """Answer `GET /healthz`."""
    service: Service = request.app.state.service
    n_ready = service.workers.n_ready
    state = {
        "status": "ok" if n_ready else "no worker is ready",
        "version": __version__,
        "workers": n_ready,
        "requests": service.n_requests,
    }
    return make_json(state, 200 if n_ready else 503)


async def give_asset(request: Request) -> Response:
    """Answer `GET /static/NAME`.

    Raises:
        HTTPException: 404, there is none of this name.
    """
    name = request.path_params["name"]
    if name not in ASSETS:
        raise HTTPException(404)
    package, kind = ASSETS[name]
    return Response(files(package).joinpath(name).read_bytes(), media_type=kind)


async def explain_error(request: Request, err: Exception) -> Response:
    """Answer a request that cannot be done."""
    if not isinstance(err, RequestError):
        raise err
    return make_error(err)


async def explain_http(request: Request, err: Exception) -> Response:
    """Answer a request for what there is not."""
    if not isinstance(err, HTTPException):
        raise err
    reason = err.detail.lower()
    message = Msg.Q624.format(method=request.method, path=request.url.path, reason=reason)
    return make_error(RequestError(err.status_code, message, err.headers))


async def explain_bug(request: Request, err: Exception) -> Response:
    """Answer where there is a bug of ours; its traceback goes to stderr."""
    return make_error(RequestError(500, Msg.Q625.format(error=f"{type(err).__name__}: {err}")))
