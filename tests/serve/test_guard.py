"""Who may ask: keys, names of the host, pages of others; and what browsers are told."""

from base64 import b64encode

import pytest

TEXT = b"It rained."
KEY = "s3cret-ž"
SENT = KEY.encode("utf-8").decode("latin-1")  # which http.client turns into these bytes again


def ask(server, **headers):
    return server.ask("POST", "/v1/extract", TEXT, Content_Type="text/plain", **headers)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:80", "[::1]:8765", "LOCALHOST"])
def test_own_names(serve, host):
    assert ask(serve(), Host=host).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8765", "evil.example:127", "192.168.0.1"]
)
def test_names_of_others(serve, host):
    """DNS rebinding: their name, our address."""
    server = serve()
    for path in ("/", "/healthz", "/docs", "/review/articles"):
        reply = server.ask("GET", path, Host=host)
        assert (reply.status, reply.error[:4]) == (421, "Q610")
    assert ask(server, Host=host).status == 421


def test_behind_a_proxy(serve):
    """With a key any name is right, and the page's origin has to be of that name."""
    server = serve(api_key="s3cret-key")
    headers = {"Host": "quotes.example.org", "Authorization": "Bearer s3cret-key"}
    assert ask(server, **headers).status == 200
    assert ask(server, **headers, Origin="https://quotes.example.org").status == 200
    assert ask(server, **headers, Origin="https://evil.example").status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])
def test_pages_of_others(serve, origin):
    """A browser says whose page it is; they get nothing done here."""
    server = serve()
    reply = ask(server, Origin=origin)
    assert (reply.status, reply.error[:4]) == (403, "Q611")
    for path in ("save", "find", "view", "open", "export"):
        assert server.ask("POST", f"/review/{path}", {}, Origin=origin).status == 403


def test_own_page(serve):
    """It names its origin, programs name none; what only the page may do needs one, and JSON."""
    server = serve()
    assert ask(server, Origin=server.origin).status == 200
    assert server.ask("POST", "/review/save", {}, Origin="").status == 403
    reply = server.ask("POST", "/review/save", b"{}", Content_Type="text/plain")
    assert (reply.status, reply.error[:4]) == (415, "Q615")
    reply = server.ask("POST", "/review/open?name=a.txt", b"a", Content_Type="text/plain")
    assert reply.status == 415


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": f"Bearer {SENT}"},
        {"Authorization": f"bearer  {SENT} "},
        {"X_API_Key": SENT},
        {"Authorization": f"Basic {b64encode(f'me:{KEY}'.encode()).decode()}"},
    ],
)
def test_the_key(serve, headers):
    """As a bearer, in a header of its own, or as the password that a browser asks for."""
    assert ask(serve(api_key=KEY), **headers).status == 200


def test_a_key_of_any_bytes(serve):
    """As the command line may hold it."""
    server = serve(api_key="s3cret-\udcff")
    assert ask(server, X_API_Key="s3cret-\xff").status == 200
    assert ask(server, X_API_Key="s3cret-").status == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic !!!"},
        {"Authorization": "Basic czNjcmV0LWtleQ=="},
        {"X_API_Key": "s3cret-ke"},
    ],
)
def test_wrong_keys(serve, headers):
    """Nothing is told without one, but that the server is there."""
    server = serve(api_key="s3cret-key")
    reply = ask(server, **headers)
    assert (reply.status, reply.error[:4]) == (401, "Q612")
    assert reply.headers["www-authenticate"].startswith("Basic ")
    assert server.ask("GET", "/", **headers).status == 401
    assert server.ask("GET", "/healthz", **headers).status == 200


def test_what_browsers_are_told(serve):
    """On every answer, errors too: nothing but our own files, in no frame of others, kept nowhere."""
    server = serve()
    for path in ("/", "/docs", "/healthz", "/nothing", "/static/review.js"):
        headers = server.ask("GET", path).headers
        assert headers["content-security-policy"].startswith(
            "default-src 'none'; script-src 'self'; style-src 'self'"
        )
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
        assert headers["x-frame-options"] == "DENY"
    assert "content-security-policy" in server.ask("GET", "/", Host="evil.example").headers
