"""`POST /v1/extract` and what stands around it: records, options, limits, turns."""

import json
import re
import socket
import threading
from time import monotonic, sleep

import jsonschema
import pytest

from quotex.records import make_article
from quotex.types import Article
from quotex.write import load_schema
from tests.conftest import extract_marked

TEXT = "“It holds,” said Bo Lind.\r\n“𝒂bc” hoped Ann Lee. “Yes”"
SCHEMA = json.loads(load_schema())


def expect(text: str = TEXT, name: str = "-", **options) -> dict:
    """Make the record of an article."""
    return make_article(extract_marked(Article(name, text), **options))


def test_a_text(serve):
    """As the JSON document of `quotex extract --json`; line ends and letters beyond 16 bits keep their places."""
    reply = serve().post_text(TEXT)
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    assert reply.json == {"quotex": "1", "articles": [expect()]}
    jsonschema.validate(reply.json, SCHEMA)
    for quote in reply.json["articles"][0]["quotes"]:
        for piece in quote["content"]:
            assert TEXT[piece["start"] : piece["end"]] == piece["text"]


def test_one_article_and_many(serve):
    """With ids and without; in the order given."""
    server = serve()
    reply = server.ask("POST", "/v1/extract", {"text": TEXT, "id": 7})
    assert reply.json["articles"] == [expect(name="7")]
    rows = [{"text": f"“{number}” said Bo Lind."} for number in range(50)] + [{"id": "x", "text": TEXT}]
    reply = server.ask("POST", "/v1/extract", {"articles": rows})
    assert [article["doc"] for article in reply.json["articles"]] == [
        *(f"articles:{number}" for number in range(1, 51)),
        "x",
    ]
    assert reply.json["articles"][-1] == expect(name="x")
    assert server.ask("POST", "/v1/extract", {"articles": []}).json == {"quotex": "1", "articles": []}


def test_options(serve):
    """Those of the command line."""
    server = serve()
    for query, options in (
        ("?thoughts=true", {"thoughts": True}),
        ("?thoughts", {"thoughts": True}),
        ("?thoughts=0", {}),
        ("?type=mixed,direct", {"types": ["mixed,direct"]}),
        ("?type=mixed&type=indirect", {"types": ["mixed", "indirect"]}),
        ("?speaker=lind", {"speakers": ["lind"]}),
        ("?min_confidence=0.4", {"min_confidence": 0.4}),
    ):
        assert server.post_text(TEXT, query).json["articles"] == [expect(**options)], query


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("?kind=x", "Q620 Parameter 'kind': not known. There are type, speaker, min_confidence, thoughts."),
        ("?type=loud", "Q206 type loud: no such type. Types are direct, mixed, indirect."),
        ("?speaker=%20", "Q207 speaker ' ': holds no letters to look for."),
        ("?min_confidence=2", "Q208 min_confidence 2.0: not a number from 0 to 1."),
        ("?min_confidence=x", "Q620 Parameter min_confidence: 'x' is no number. Give one from 0 to 1."),
        ("?min_confidence=nan", "Q208 min_confidence nan: not a number from 0 to 1."),
        ("?thoughts=maybe", "Q620 Parameter thoughts: 'maybe' is neither yes nor no. Give one of them."),
    ],
)
def test_wrong_options(serve, query, error):
    reply = serve().post_text(TEXT, query)
    assert (reply.status, reply.error) == (422, error)


@pytest.mark.parametrize(
    ("body", "kind", "status", "error"),
    [
        (b"", "text/plain", 422, "Q105 -: empty, there is no text in it."),
        (b" \n", "text/plain", 422, "Q105 -: empty"),
        (b"caf\xe9", "text/plain", 422, "Q616 The body is not UTF-8 at byte 3."),
        (b"a", "text/plain; charset=klingon", 415, "Q615 Content-Type 'charset=klingon' is not read here."),
        (
            b"a=b",
            "application/x-www-form-urlencoded",
            415,
            "Q615 Content-Type 'application/x-www-form-urlencoded'",
        ),
        (b"a", "image/png", 415, "Q615 Content-Type 'image/png' is not read here. Send text/plain or"),
        (b"{", "application/json", 422, "Q617 The body is not JSON (Expecting property name"),
        (b"[" * 100_000, "application/json", 422, "Q617 The body is not JSON"),
        (b"[]", "application/json", 422, "Q618 body: is a JSON array, not an object."),
        (b"{}", "application/json", 422, "Q618 body.text: is a JSON null, not a string."),
        (b'{"text": "a", "id": true}', "application/json", 422, "Q618 body.id: is a JSON boolean, not a string"),
        (b'{"articles": 5}', "application/json", 422, "Q618 articles: is a JSON number, not an array."),
        (b'{"articles": [5, {"text": 1}]}', "application/json", 422, "Q618 articles[0]: is a JSON number"),
        (b'{"text": "a\\ud800"}', "application/json", 422, "Q114 -: half of a surrogate pair at character 1"),
        (b'{"articles": [{"id": "x", "text": " "}]}', "application/json", 422, "Q105 x: empty"),
    ],
)
def test_wrong_bodies(serve, body, kind, status, error):
    """What is wrong, and where."""
    reply = serve().ask("POST", "/v1/extract", body, Content_Type=kind)
    assert reply.status == status
    assert reply.error.startswith(error)


@pytest.mark.parametrize("kind", ["", "application/x-www-form-urlencoded"])
def test_no_type_is_text(serve, kind):
    """As `curl --data-binary @article.txt` sends it; what begins as a JSON object does has to be one."""
    server = serve()
    for body in (TEXT, "{" + TEXT):
        reply = server.ask("POST", "/v1/extract", body.encode(), Content_Type=kind)
        assert reply.json["articles"] == [expect(body)]
    body = json.dumps({"id": "a", "text": TEXT}).encode()
    assert server.ask("POST", "/v1/extract", body, Content_Type=kind).json["articles"] == [expect(name="a")]
    reply = server.ask("POST", "/v1/extract", body[:-1], Content_Type=kind)
    assert (reply.status, reply.error[:4]) == (422, "Q617")


def test_bad_texts_do_not_refuse_the_others(serve):
    """Each is named with what is wrong with it, by its id where it has one."""
    rows = [{"id": "a", "text": TEXT}, {"id": 7, "text": " "}, {"id": "c"}, 5, {"text": "a\ud800", "id": True}]
    reply = serve().ask("POST", "/v1/extract", {"articles": rows})
    assert (reply.status, reply.json["articles"]) == (200, [expect(name="a")])
    jsonschema.validate(reply.json, SCHEMA)
    assert [(one["doc"], one["code"]) for one in reply.json["failures"]] == [
        ("7", "Q105"),
        ("c", "Q618"),
        ("articles:4", "Q618"),
        ("articles:5", "Q618"),
    ]
    assert reply.json["failures"][1]["message"].startswith("articles[2].text: is a JSON null, not a string.")


def test_other_encodings(serve):
    """By the charset of the header; a byte-order mark is no text."""
    server = serve()
    for body, kind in (
        (TEXT.encode("utf-16"), "text/plain; charset=utf-16"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "text/plain"),
        (TEXT.encode(), 'TEXT/PLAIN;charset="UTF-8"'),
    ):
        reply = server.ask("POST", "/v1/extract", body, Content_Type=kind)
        assert reply.json["articles"] == [expect()]


def test_one_that_fails_does_not_take_the_others_along(serve):
    """It is named beside them; alone, it is an error."""
    server = serve()
    rows = [{"id": "a", "text": TEXT}, {"id": "b", "text": "CRASH"}]
    reply = server.ask("POST", "/v1/extract", {"articles": rows})
    assert (reply.status, reply.json["articles"]) == (200, [expect(name="a")])
    message = "b: twice ended the process that read it (status 3). Cut it up, or report it to us."
    assert reply.json["failures"] == [{"doc": "b", "code": "Q126", "message": message}]
    jsonschema.validate(reply.json, SCHEMA)
    reply = server.post_text("CRASH")
    assert (reply.status, reply.error[:8]) == (500, "Q126 -: ")


def test_too_long(serve):
    """By the length that is said, by what comes, and by number."""
    server = serve(max_body=1000)
    assert server.post_text("a" * 1000).status == 200
    reply = server.post_text("a" * 1001)
    assert (reply.status, reply.error[:26]) == (413, "Q613 More than 1,000 bytes")
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        head = f"POST /v1/extract HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: text/plain\r\n"
        connection.sendall(head.encode() + b"Transfer-Encoding: chunked\r\n\r\n")
        connection.sendall(b"3e9\r\n" + b"a" * 1001 + b"\r\n0\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413")
    rows = [{"text": "a"}] * 10_001
    reply = serve().ask("POST", "/v1/extract", {"articles": rows})
    assert (reply.status, reply.error[:27]) == (413, "Q614 More than 10,000 artic")


def test_too_many(serve):
    """At most so many at a time; the next is told when to come back, and the others are done."""
    server = serve(max_requests=2)
    server.workers.gate.clear()
    replies = []
    threads = [threading.Thread(target=lambda: replies.append(server.post_text(TEXT))) for _ in range(2)]
    for thread in threads:
        thread.start()
    while server.service.n_requests < 2:
        sleep(0.01)
    reply = server.post_text(TEXT)
    assert (reply.status, reply.headers["retry-after"], reply.error[:4]) == (503, "2", "Q622")
    server.workers.gate.set()
    for thread in threads:
        thread.join()
    assert [one.status for one in replies] == [200, 200]
    assert server.post_text(TEXT).status == 200


def test_too_slow(serve):
    """After the time that a request may take, and nothing of it is left."""
    server = serve(timeout_s=0.3)
    server.workers.gate.clear()
    start = monotonic()
    reply = server.ask("POST", "/v1/extract", {"articles": [{"text": "a"}] * 100})
    assert (reply.status, reply.headers["retry-after"]) == (503, "2")
    assert reply.error == "Q621 Not done within 0.3 seconds. Send less at once, or later."
    assert 0.2 < monotonic() - start < 10
    server.workers.gate.set()
    assert server.post_text(TEXT).status == 200
    assert len(server.workers.done) <= 2


def test_a_body_that_does_not_come(serve):
    """Nobody waits for it for ever."""
    server = serve(timeout_s=0.3)
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        head = f"POST /v1/extract HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: text/plain\r\n"
        connection.sendall(head.encode() + b"Content-Length: 9\r\n\r\nabc")
        assert connection.recv(100).startswith(b"HTTP/1.1 503")
    assert server.service.n_requests == 0


def test_who_has_hung_up_is_not_worked_for(serve):
    server = serve()
    server.workers.gate.clear()
    body = json.dumps({"articles": [{"text": "a"}] * 100}).encode()
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        head = f"POST /v1/extract HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: application/json\r\n"
        connection.sendall(head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        while not server.service.n_requests:
            sleep(0.01)
    for _ in range(500):
        if not server.service.n_requests:
            break
        sleep(0.01)
    server.workers.gate.set()
    assert server.post_text(TEXT).status == 200
    assert len(server.workers.done) <= 2


def test_a_batch_does_not_starve_others(serve):
    """A request with a thousand articles, then ones with a single article: these are done long before."""
    server = serve()
    server.workers.gate.clear()
    rows = [{"id": f"batch {number}", "text": "It rained."} for number in range(1000)]
    threads = [threading.Thread(target=server.ask, args=("POST", "/v1/extract", {"articles": rows}))]
    threads += [threading.Thread(target=server.post_text, args=(TEXT,)) for _ in range(3)]
    for number, thread in enumerate(threads):
        thread.start()
        while server.service.n_requests < number + 1:
            sleep(0.01)
    sleep(0.2)
    server.workers.gate.set()
    for thread in threads:
        thread.join()
    assert [at for at, name in enumerate(server.workers.done) if name == "-"][-1] < 10


def test_health(serve):
    server = serve(n_workers=2)
    reply = server.ask("GET", "/healthz")
    assert (reply.status, reply.json) == (
        200,
        {"status": "ok", "version": reply.json["version"], "workers": 2, "requests": 0},
    )
    server.workers.n_ready = 0
    assert server.ask("GET", "/healthz").status == 503


def test_what_there_is_not(serve):
    """As JSON, too."""
    server = serve()
    assert server.ask("GET", "/v2").error == "Q624 GET /v2: not found. What there is stands under /docs."
    reply = server.ask("GET", "/v1/extract")
    assert (reply.status, reply.headers["allow"], reply.error[:4]) == (405, "POST", "Q624")
    assert server.ask("GET", "/static/app.py").status == 404
    assert server.ask("GET", "/static/..%2fapp.py").status == 404


def test_a_bug_is_one(serve, monkeypatch):
    """Its answer says so, and the server goes on."""
    server = serve()
    monkeypatch.setattr("quotex.serve.rest.make_article", lambda article: 1 / 0)
    reply = server.post_text(TEXT)
    assert (reply.status, reply.error) == (
        500,
        "Q625 A bug in quotex (ZeroDivisionError: division by zero). Please report it.",
    )
    monkeypatch.undo()
    assert server.post_text(TEXT).status == 200


def test_openapi(serve):
    """It describes what there is, with the published schemas, and every reference leads somewhere."""
    spec = serve().ask("GET", "/openapi.json").json
    assert (spec["openapi"], list(spec["paths"])) == ("3.1.0", ["/v1/extract", "/healthz"])
    schemas = spec["components"]["schemas"]
    assert schemas["quote"]["properties"].keys() == SCHEMA["$defs"]["quote"]["properties"].keys()

    def find_refs(value):
        if isinstance(value, dict):
            yield from ([value["$ref"]] if "$ref" in value else [])
            value = list(value.values())
        if isinstance(value, list):
            for item in value:
                yield from find_refs(item)

    assert {ref.removeprefix("#/components/schemas/") for ref in find_refs(spec)} <= schemas.keys()
    post = spec["paths"]["/v1/extract"]["post"]
    given = post["requestBody"]["content"]["application/json"]["examples"]
    for name, one in post["responses"]["200"]["content"]["application/json"]["examples"].items():
        jsonschema.validate(one["value"], SCHEMA)
        assert one["value"]["articles"][0]["doc"] == given["one article"]["value"]["id"]
        assert ("failures" in one["value"]) == (name == "several")
    parameters = post["parameters"]
    assert [parameter["name"] for parameter in parameters] == ["type", "speaker", "min_confidence", "thoughts"]


def test_examples_of_answers(serve):
    """Each answer has one, of its schema; those of what can be asked here are what comes."""
    server = serve(max_body=10_000_000)
    spec = server.ask("GET", "/openapi.json").json
    post = spec["paths"]["/v1/extract"]["post"]["responses"]
    answers = post | spec["paths"]["/healthz"]["get"]["responses"]
    examples = {status: one["content"]["application/json"] for status, one in answers.items()}
    assert all("example" in one or "examples" in one for one in examples.values())
    for status, one in post.items():
        if status != "200":
            jsonschema.validate(
                one["content"]["application/json"]["example"], spec["components"]["schemas"]["error"]
            )
    for status, kind, headers in (
        ("403", "text/plain", {"Origin": "https://other.example"}),
        ("415", "image/png", {}),
        ("421", "text/plain", {"Host": "other.example"}),
        ("422", "text/plain", {}),
    ):
        reply = server.ask("POST", "/v1/extract", b" ", Content_Type=kind, **headers)
        assert (str(reply.status), reply.json) == (status, post[status]["content"]["application/json"]["example"])


def test_docs(serve):
    """The same for people, without a script and without anything from elsewhere."""
    page = serve().ask("GET", "/docs").body.decode()
    codes = ["Q105", "Q612", "Q611", "Q613", "Q615", "Q610", "Q105", "Q625", "Q622"]
    assert re.findall(r"&quot;code&quot;: &quot;(Q\d+)", page) == codes
    assert "POST /v1/extract" in page
    assert "<script" not in page
    assert "//" not in page.replace("https://json-schema.org", "").replace("https://other.example", "")
