"""`quotex serve` as a process: how it starts, what it answers, how it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from time import monotonic, sleep
from urllib.parse import urlsplit

import pytest

from quotex.errors import Msg
from quotex.evaluation.corrections import digest_text
from tests.paths import NEWS, ROOT

ARTICLE = NEWS / "night-bus.txt"


@contextmanager
def run(*arguments: object, folder) -> Iterator[tuple[subprocess.Popen, int]]:
    """Run the command; gives the process and its port as soon as it answers."""
    command = [sys.executable, "-m", "quotex", "serve", "--port", "0", "--workers", "1", *map(str, arguments)]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        yield process, urlsplit(line.split()[1]).port
    finally:
        process.kill()
        process.communicate()


def extract(port: int) -> dict:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/v1/extract", ARTICLE.read_bytes(), {"Content-Type": "text/plain"})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer


def wait_until_gone(group: int) -> None:
    end = monotonic() + 20
    while monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        sleep(0.05)
    raise AssertionError("processes are left")


@pytest.mark.slow
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_answers_and_ends(quotex, tmp_path, number, status):
    """With the records of `quotex extract --json`; then the status, nothing on stderr, no process left."""
    with run(folder=tmp_path) as (process, port):
        (answered,) = extract(port)["articles"]
        (expected,) = json.loads(quotex("extract", ARTICLE, "--json").stdout)["articles"]
        assert json.dumps(answered).replace('"-"', f'"{ARTICLE}"') == json.dumps(expected)
        if number == signal.SIGINT:
            os.killpg(process.pid, number)  # a terminal sends it to all
        else:
            process.send_signal(number)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (status, "", "")
        wait_until_gone(process.pid)
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


@pytest.mark.slow
def test_a_request_in_hand_is_answered_before_it_ends(tmp_path):
    with run(folder=tmp_path) as (process, port):
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        rows = [{"text": ARTICLE.read_text("utf-8")}] * 8
        connection.request(
            "POST", "/v1/extract", json.dumps({"articles": rows}), {"Content-Type": "application/json"}
        )
        while b'"requests": 1' not in ask_health(port):
            pass
        process.send_signal(signal.SIGTERM)
        answer = connection.getresponse()
        assert (answer.status, len(json.loads(answer.read())["articles"])) == (200, 8)
        connection.close()
        assert process.wait(30) == 0


def ask_health(port: int) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/healthz")
    answer = connection.getresponse().read()
    connection.close()
    return answer


def test_articles_to_review(tmp_path):
    """What cannot be read is named; the key may come from the environment."""
    (tmp_path / "a.txt").write_text("It rained.")
    with run("a.txt", "none.txt", folder=tmp_path) as (process, port):
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/review/articles")
        (article,) = json.loads(connection.getresponse().read())["articles"]
        assert article == {"id": "a.txt", "sha256": digest_text("It rained."), "saved": False}
        connection.close()
        process.terminate()
        assert "[Q106] none.txt: no such file or folder." in process.communicate(timeout=30)[1]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_other_machines_need_a_key(quotex, host):
    """Before anything is started."""
    result = quotex("serve", "--host", host)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == Msg.Q601.format(host=host) + "\n"


def test_a_port_that_is_taken(quotex):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = quotex("serve", "--port", port)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"[Q602] 127.0.0.1:{port}: cannot listen there: Address already in use. "
        "Pass another --port (0: any free one) or --host.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--corrections", "diary.txt"], "[Q603] diary.txt, line 1: no correction (not JSON"),
        (["--corrections", "none/c.jsonl"], "[Q204] none/c.jsonl: cannot be written"),
        (["--corrections", "x" * 300], f"[Q204] {'x' * 300}: cannot be written"),
        (["none.txt"], "[Q106] none.txt: no such file or folder."),
        (["--model", "none"], "[Q301] none"),
        (["--host", "256.1.1.1", "--api-key", "x"], "[Q602] 256.1.1.1:"),
        (["--encoding", "klingon"], "[Q201] --encoding klingon"),
    ],
)
def test_it_does_not_start(quotex, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "diary.txt").write_text("Dear diary\n")
    result = quotex("serve", "--port", 0, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(message)


def test_without_the_extra(quotex, monkeypatch):
    """The package that is missing is named."""
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "quotex.serve.listen", raising=False)
    result = quotex("serve", "--port", 0)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == Msg.Q221.format(what="quotex serve", missing="uvicorn", extra="serve") + "\n"


def test_nothing_slow_is_imported():
    """`quotex serve --help` answers at once."""
    code = (
        "import sys; sys.argv = ['quotex', 'serve', '--help']\n"
        "from quotex.cli.app import app\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "slow = {'spacy', 'starlette', 'uvicorn', 'numpy', 'anyio', 'rich.console'} & set(sys.modules)\n"
        "sys.exit(str(slow) if slow else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "quotex serve news/ --corrections mine.jsonl" in done.stdout
