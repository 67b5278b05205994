"""What is sent to do harm: slow heads, wrong keys, odd bytes, bombs; others are answered as if nothing were."""

import gc
import gzip
import json
import os
import pickle
import signal
import socket
from functools import partial
from time import monotonic, sleep
from urllib.parse import quote

import pytest
import zstandard

from quotex.evaluation.corrections import digest_text
from quotex.serve import guard, intake, patience
from quotex.serve.answers import RequestError
from quotex.serve.chores import View
from quotex.serve.listen import bind
from quotex.serve.queue import FairQueue
from quotex.serve.workers import WorkerPool
from quotex.types import Article, Findings
from quotex.workers import Task

HEAD = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
PATIENT = 300.0  # seconds; a busy machine is no failure


def wait_until(condition) -> None:
    end = monotonic() + PATIENT
    while not condition():
        assert monotonic() < end
        sleep(0.05)


def connect(server, data: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    connection.sendall(data)
    return connection


def is_closed(connection):
    """Whether the other side gave up: some systems reset a connection whose last words nobody has read."""
    try:
        return connection.recv(100) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("timeout", [1.0, 600.0])
def test_half_sent_heads_stop_nobody(serve, monkeypatch, timeout):
    """Six hundred of them: others are answered, and the oldest make room."""
    monkeypatch.setattr(patience, "HEADERS_TIMEOUT", 600.0)
    monkeypatch.setattr(patience, "HURRIED_TIMEOUT", timeout)
    server = serve()
    waiting = [connect(server, HEAD) for _ in range(600)]
    try:
        assert server.ask("GET", "/healthz").status == 200
        assert sum(map(len, patience.Patience.waiting.values())) <= patience.MAX_WAITING + 1
        assert sum(map(len, patience.Patience.hurried.values())) <= patience.MAX_HURRIED
        assert is_closed(waiting[0])
        waiting[-1].sendall(b"\r\n")
        assert waiting[-1].recv(100).startswith(b"HTTP/1.1 200")
    finally:
        for connection in waiting:
            connection.close()


@pytest.mark.parametrize("path", ["/v1/extract", "/review/find"])
def test_who_hangs_up_in_the_middle_is_no_bug_of_ours(serve, caplog, path):
    """No traceback for each of them, and nothing is kept of what they sent."""
    server = serve()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: {server.origin}\r\n"
    head += "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
    connect(server, head.encode()).close()
    assert server.ask("GET", "/healthz").status == 200
    wait_until(lambda: server.service.n_requests == 0)
    assert [record for record in caplog.records if record.exc_info] == []


def test_who_hangs_up_before_the_answer_is_no_bug_of_ours(serve, caplog):
    """Nothing is logged as lost."""
    server = serve()
    server.workers.gate.clear()
    body = "“Yes,” said Ann Lee.".encode()
    head = f"POST /v1/extract HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
    connection = connect(server, f"{head}Content-Type: text/plain\r\n\r\n".encode() + body)
    wait_until(lambda: server.service.n_requests == 1)
    connection.close()
    wait_until(lambda: server.service.n_requests == 0)
    server.workers.gate.set()
    gc.collect()
    assert server.ask("GET", "/healthz").status == 200
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_what_is_in_hand_when_the_server_has_to_end_is_told(serve, caplog):
    """It is no bug of ours."""
    server = serve()
    server.workers.gate.clear()
    server.server.config.timeout_graceful_shutdown = 1
    with connect(server, POST.format(10).encode() + b"It rained.") as connection:
        wait_until(lambda: server.service.n_requests == 1)
        server.server.should_exit = True
        answer = b"".join(iter(partial(connection.recv, 10_000), b""))
    assert answer.startswith(b"HTTP/1.1 503")
    assert b"Q623" in answer
    server.thread.join(PATIENT)
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []


@pytest.mark.parametrize("method", ["POST", "HEAD"])
@pytest.mark.parametrize("host", ["127.0.0.1", "evil.example"])
@pytest.mark.parametrize("pause", [0.0, 0.3])
def test_a_broken_body_is_no_bug_of_ours(serve, caplog, method, host, pause):
    """Come with the head, or when that has its answer or not yet: 400 or an end, and no traceback."""
    server = serve()
    for path in ("/v1/extract", "/healthz"):
        head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n"
        with connect(server, head.encode() + b"zz\r\n" * (pause == 0)) as connection:
            if pause:
                sleep(pause)
                connection.sendall(b"zz\r\n")
            wait_until(lambda connection=connection: is_closed(connection))
    assert server.ask("GET", "/healthz").status == 200
    wait_until(lambda: server.service.n_requests == 0)
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []


def test_a_head_has_to_come_in_time(serve, monkeypatch):
    """The first of a connection, and the next; what is complete has all the time it needs."""
    monkeypatch.setattr(patience, "HEADERS_TIMEOUT", 1.0)
    server = serve()
    with connect(server, HEAD) as first, connect(server, HEAD + b"\r\n") as second:
        assert is_closed(first)
        assert second.recv(10_000).startswith(b"HTTP/1.1 200")
        second.sendall(HEAD)
        assert is_closed(second)
    server.workers.gate.clear()
    head = (
        b"POST /v1/extract HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\n"
    )
    with connect(server, head + b"It rained.") as slow:
        sleep(1.5)
        server.workers.gate.set()
        assert slow.recv(100).startswith(b"HTTP/1.1 200")


POST = "POST /v1/extract HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n"


def test_bodies_on_their_way_stop_nobody(serve):
    """Three hundred that do not come: others are answered, and the oldest make room."""
    server = serve(max_requests=2)
    waiting = [connect(server, POST.format(100).encode() + b"It") for _ in range(300)]
    try:
        assert server.post_text("It rained.").status == 200
        assert sum(map(len, server.service.intake.coming.values())) <= intake.MAX_COMING
        waiting[-1].sendall(b" rained." + b" " * 90)
        assert waiting[-1].recv(100).startswith(b"HTTP/1.1 200")
    finally:
        for connection in waiting:
            connection.close()
    wait_until(lambda: server.service.intake.n_bytes == 0)


def test_large_bodies_on_their_way_stop_nobody(serve):
    """All the room there is, taken by halves of bodies: the oldest makes some; what is in hand keeps its own."""
    server = serve(max_body=40_000_000)  # two of them are as much as there may be
    server.workers.gate.clear()
    with (
        connect(server, POST.format(10).encode() + b"It rained.") as first,
        connect(server, POST.format(40_000_000).encode() + b" " * 39_000_000) as second,
        connect(server, POST.format(40_000_000).encode() + b" " * 39_000_000) as third,
    ):
        wait_until(lambda: server.service.intake.n_bytes == 78_000_010)
        text = b"It rained." + b" " * 3_000_000
        with connect(server, POST.format(len(text)).encode() + text) as last:
            assert second.recv(100).startswith(b"HTTP/1.1 503")
            server.workers.gate.set()
            assert last.recv(100).startswith(b"HTTP/1.1 200")
        assert first.recv(100).startswith(b"HTTP/1.1 200")
        third.sendall(b" " * 1_000_000)
        assert third.recv(100).startswith(b"HTTP/1.1 422")  # blank, and whole
    wait_until(lambda: server.service.intake.n_bytes == 0)


@pytest.mark.parametrize("path", ["/nowhere", "/healthz", "/v1/extract?x=1"])
def test_what_has_its_answer_has_to_end(serve, monkeypatch, path):
    """A body that comes drop by drop, long after its answer, keeps no connection open."""
    monkeypatch.setattr(patience, "HEADERS_TIMEOUT", 1.0)
    server = serve()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n"
    with connect(server, head.encode()) as connection:
        assert connection.recv(1000).startswith(b"HTTP/1.1 4")
        end = monotonic() + 20
        with pytest.raises(OSError):
            while monotonic() < end:
                connection.sendall(b"a")
                sleep(0.1)


def test_connections_that_ask_again_and_again_make_room(serve):
    """Those that are kept count, too; but all are answered, although none is read until all have come."""
    server = serve()
    server.server.servers[0].get_loop().call_soon_threadsafe(sleep, 1.0)
    kept = [connect(server, HEAD + b"\r\n") for _ in range(300)]
    try:
        assert all(connection.recv(1000).startswith(b"HTTP/1.1 200") for connection in kept)
        assert server.ask("GET", "/healthz").status == 200
        wait_until(lambda: len(server.server.server_state.connections) <= patience.MAX_WAITING + 1)
    finally:
        for connection in kept:
            connection.close()


def test_an_answer_has_to_be_taken(serve, monkeypatch):
    """Who does not read it keeps no memory of ours."""
    monkeypatch.setattr(patience, "TAKING_TIMEOUT", 1.0)
    text = "It rained. " * 2_000_000
    server = serve(articles=[Article("a", text)])
    path = f"/review/articles/{digest_text(text)[:16]}"
    with connect(server, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()):
        wait_until(lambda: len(server.server.server_state.connections) == 1)
        wait_until(lambda: len(server.server.server_state.connections) == 0)
    assert len(server.ask("GET", path).body) > len(text)


def test_answers_are_sent_at_once():
    """Nagle's algorithm is off where asyncio can see that it is TCP."""
    listener = bind("127.0.0.1", 0)
    assert listener.proto == socket.IPPROTO_TCP
    listener.close()


def test_a_wrong_key_is_answered_late(serve, monkeypatch):
    """A right one at once."""
    monkeypatch.setattr(guard, "KEY_DELAY", 1.0)
    server = serve(api_key="s3cret-key")
    begin = monotonic()
    assert server.ask("GET", "/docs", X_API_Key="guess").status == 401
    assert monotonic() - begin >= 1.0
    assert server.ask("GET", "/docs", X_API_Key="s3cret-key").status == 200


@pytest.mark.parametrize("host", ["[", "]", "[::1", "a[b", "\\", "127.0.0.1:99999999"])
def test_hosts_and_origins_that_are_none(serve, host):
    """They are those of others."""
    server = serve()
    assert server.ask("GET", "/docs", Host=host).status in (200, 421)
    for origin in (f"http://{host}", host):
        assert server.ask("POST", "/v1/extract", b"It rained.", Origin=origin).status == 403


@pytest.mark.parametrize(
    "charset",
    [
        "punycode",
        "undefined",
        "idna",
        "a\0b",
        "hex",
        "rot13",
        "zlib",
        "none",
        "x" * 5_000,
        "utf-7",
        "unicode_escape",
    ],
)
def test_odd_charsets(serve, charset):
    """They are refused, or read."""
    kind = f'text/plain; charset="{charset}"' if "\0" not in charset else "text/plain; charset*=utf-8''a%00b"
    reply = serve().ask("POST", "/v1/extract", b"It rained \xff\\", Content_Type=kind)
    assert reply.status in (200, 415, 422)


@pytest.mark.parametrize("digest", ["9" * 5_000, "0", "²" * 16, "٣" * 16, "%00" * 16, "*" * 16])
def test_digests_that_are_none(serve, digest):
    """There is no such article."""
    server = serve(articles=[Article("a", "It rained.")])
    assert server.ask("GET", f"/review/articles/{quote(digest, safe='%')}").status == 404


def test_half_a_surrogate_pair_as_id(serve):
    """It comes back as it was, and the batch is not lost."""
    rows = [{"id": "\ud800", "text": "It rained."}, {"id": "b", "text": "“Yes,” said Bo Lind."}]
    reply = serve().ask("POST", "/v1/extract", {"articles": rows})
    assert (reply.status, [one["doc"] for one in reply.json["articles"]]) == (200, ["\ud800", "b"])
    reply = serve().ask("POST", "/v1/extract", {"articles": [{"id": "b", "text": 1, "\udfff": "\ud800"}]})
    assert reply.status == 422


QUOTE = {"content": [[1, 4]], "speaker": "Ann Lee", "kind": "person"}
PAGE = ("/review/save", "/review/view", "/review/export?format=json")


def test_half_a_surrogate_pair_in_a_correction(serve):
    """The id is saved, shown and written as it was: a file that is reviewed may be called so. No name has any."""
    server = serve()
    body = {"text": "“Yes,” said Ann Lee.", "id": "\udcff.txt", "quotes": [QUOTE], "revision": 0}
    for path in PAGE:
        assert server.ask("POST", path, body).status == 200
    assert server.ask("POST", "/review/find", body).json["id"] == "\udcff.txt"
    half, speaker = "\ud800", {"name": "Ann Lee", "kind": "person"}
    for wrong in (
        {"quotes": [QUOTE | {"speaker": half}]},
        {"quotes": [QUOTE | {"also": [half]}]},
        {"speakers": [{**speaker, "name": half}]},
        {"speakers": [{**speaker, "aliases": [half]}]},
        {"speakers": [{**speaker, "descriptions": ["a", half]}]},
        {"speakers": [{**speaker, "affiliation": half}]},
    ):
        for path in PAGE:
            reply = server.ask("POST", path, body | wrong)
            assert (reply.status, reply.error[:4]) == (422, "Q618")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_has_not(serve, number):
    """No browser could read them again."""
    body = f'{{"text": "It rained.", "quotes": [], "revision": 0, "x": {number}}}'.encode()
    reply = serve().ask("POST", "/review/save", body, Content_Type="application/json")
    assert (reply.status, reply.error[:4]) == (422, "Q617")


@pytest.mark.parametrize(
    "speakers",
    [
        7,
        {},
        "x",
        [7],
        [[]],
        [{}],
        [{"name": 1, "kind": "person"}],
        [{"name": "a", "kind": None}],
        [{"name": "a", "kind": "alien"}],
        [{"name": "a", "kind": "person", "aliases": "b"}],
        [{"name": "a", "kind": "person", "descriptions": [1]}],
    ],
)
def test_speakers_that_are_none(serve, speakers, tmp_path):
    """Neither shown nor saved."""
    server = serve()
    body = {"text": "It rained.", "quotes": [], "revision": 0, "speakers": speakers}
    for path in ("/review/save", "/review/view"):
        reply = server.ask("POST", path, body)
        assert (reply.status, reply.error[:4]) == (422, "Q618")
    assert not (tmp_path / "corrections.jsonl").exists()


@pytest.mark.parametrize("confidence", [b"1e999", b"1.5", b"-0.1"])
def test_a_confidence_that_is_none(serve, tmp_path, confidence):
    """It is left out."""
    server = serve()
    row = b'{"content": [[0, 2]], "cue": [], "source": [], "speaker": null, "confidence": ' + confidence + b"}"
    body = b'{"text": "It rained.", "revision": 0, "quotes": [' + row + b"]}"
    for path in PAGE:
        assert server.ask("POST", path, body, Content_Type="application/json").status == 200
    [row] = (tmp_path / "corrections.jsonl").read_text().splitlines()
    assert "confidence" not in json.loads(row)["quotes"][0]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_bomb(serve, pack):
    """Some kilobytes that would be a gigabyte are refused."""
    data = pack(b"x" * 70_000_000)
    reply = serve().ask("POST", "/review/open?name=a.txt", data, Content_Type="application/octet-stream")
    assert (reply.status, reply.error[:4]) == (422, "Q131")  # more than an article may have
    reply = serve().ask("POST", "/review/open?name=a.json", data, Content_Type="application/octet-stream")
    assert (reply.status, reply.error[:4]) == (422, "Q130")


def test_what_takes_long_is_not_done_by_the_server(serve):
    """The view waits for a worker, which others do not; and it has an end."""
    server = serve(timeout_s=0.5)
    server.workers.gate.clear()
    for path, body in (("/review/view", {"text": "“", "quotes": []}), ("/review/save", {"text": "“"})):
        reply = server.ask("POST", path, body)
        assert (reply.status, reply.error[:4]) == (503, "Q621")
        assert server.ask("GET", "/healthz").status == 200


def test_errors_pickle():
    """They come from other processes."""
    err = pickle.loads(pickle.dumps(RequestError(422, "m", {"a": "b"})))
    assert (err.status, err.message, err.headers) == (422, "m", {"a": "b"})


@pytest.fixture
def pool():
    """Two workers with our model."""
    pool = WorkerPool(FairQueue(), None, 2)
    pool.start()
    wait_until(lambda: pool.n_ready == 2)
    yield pool
    pool.close()


def test_workers_that_die_idle(pool):
    """It is noticed, no article is to blame, and they are replaced."""
    first = [worker.process for worker in pool.supervisor.workers]
    for process in first:
        os.kill(process.pid, signal.SIGKILL)
    wait_until(lambda: not any(process.is_alive() for process in first))
    task = Task(Article("a", "“It holds,” said Bo Lind."))
    pool.tasks.add([task])
    assert isinstance(task.result.result(PATIENT), Findings)
    wait_until(lambda: pool.n_ready == 2)
    assert not {process.pid for process in first} & {worker.process.pid for worker in pool.supervisor.workers}


def test_workers_do_what_the_page_asks_for(pool):
    """With the stages that they have."""
    body = {"text": "“It holds,” said Bo Lind.", "quotes": [{"content": [[1, 10]], "cue": [], "source": []}]}
    task = Task(View(body))
    pool.tasks.add([task])
    assert task.result.result(PATIENT)["quotes"] == [{"type": "direct", "text": "It holds,"}]
