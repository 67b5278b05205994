"""The guard: who asks, under which name, from whose page; and what browsers may do with the answer."""

import asyncio
import hmac
import os
from base64 import b64decode
from binascii import Error as Base64Error
from hashlib import sha256
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quotex.errors import Msg
from quotex.serve.answers import RequestError, make_error, refuse_busy
from quotex.serve.settings import Settings, is_loopback

OPEN_PATHS = frozenset(["/healthz"])  # need no key: they tell nothing
KEY_DELAY = 0.5  # seconds until a wrong key is told to be one; who guesses has to wait, and nobody else
OWN_PAGES = "/review/"  # what only our own page may do
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Stands around the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it with an error."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        is_begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal is_begun
            is_begun = True
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            check_request(scope["method"], scope["path"], Headers(scope=scope), self.settings)
        except RequestError as err:
            if err.status == 401:
                await asyncio.sleep(KEY_DELAY)
            await make_error(err)(scope, receive, send_guarded)
            return
        try:
            await self.app(scope, receive, send_guarded)
        except asyncio.CancelledError:  # told to end, the server waits no longer for what is in hand
            if not is_begun:
                await make_error(refuse_busy(Msg.Q623))(scope, receive, send_guarded)


def check_request(method: str, path: str, headers: Headers, settings: Settings) -> None:
    """Check who asks.

    Raises:
        RequestError: Q610 to Q612.
    """
    host = headers.get("host", "")
    # DNS rebinding: their name, our address. With a key they get nothing, and a proxy may give us any name.
    if settings.is_private and not settings.api_key and not is_loopback(split_url(f"//{host}").hostname or ""):
        raise RequestError(421, Msg.Q610.format(given=host))
    if method != "GET" and method != "HEAD":
        check_origin(headers, host, is_own=path.startswith(OWN_PAGES))
    if settings.api_key and path not in OPEN_PATHS and not has_key(headers, settings.api_key):
        raise RequestError(401, Msg.Q612, {"WWW-Authenticate": 'Basic realm="quotex", charset="UTF-8"'})


def check_origin(headers: Headers, host: str, *, is_own: bool) -> None:
    """Turn away what the pages of others would have a browser do.

    Args:
        headers: Of the request.
        host: As the request names it.
        is_own: Whether only our own page may do it; else a program may, too, which names no origin.

    Raises:
        RequestError: Q611, it is a page of others that asks.
    """
    origin = headers.get("origin")
    if origin is None and not is_own:
        return
    if origin is None or split_url(origin).netloc.lower() != host.lower():
        raise RequestError(403, Msg.Q611.format(given=origin or "an unknown origin"))


def split_url(url: str) -> SplitResult:
    """Split a URL; one that is none has no host.

    >>> split_url("http://[").netloc
    ''
    """
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def has_key(headers: Headers, key: str) -> bool:
    """Tell whether a request carries the key: as bearer, as X-API-Key, or as the password a browser asks for."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        given = read_password(value)
    else:
        value = value if scheme.lower() == "bearer" else headers.get("x-api-key", "")
        given = value.strip().encode("latin-1")  # as headers are decoded
    # Digests, so that comparing takes as long whatever the length is.
    return hmac.compare_digest(sha256(given).digest(), sha256(os.fsencode(key)).digest())


def read_password(value: str) -> bytes:
    """Read the password of HTTP's basic authentication; empty if there is none.

    >>> read_password("OnMzY3JldA==")
    b's3cret'
    """
    try:
        return b64decode(value, validate=True).partition(b":")[2]
    except (Base64Error, ValueError):
        return b""
