"""A server in this process, whose workers are threads that need no model."""

import json
import pickle
import threading
from collections.abc import Callable, Iterator
from functools import cache
from http.client import HTTPConnection
from time import sleep
from typing import NamedTuple

import pytest
import uvicorn

from quotex.errors import Msg
from quotex.pipeline.tokenizer import MarkedEnglish
from quotex.read import Failure
from quotex.serve.app import make_app
from quotex.serve.listen import bind
from quotex.serve.patience import Patience
from quotex.serve.queue import FairQueue
from quotex.serve.service import Service
from quotex.serve.settings import Settings
from quotex.serve.workers import WorkerPool
from quotex.types import Article, Findings
from tests.conftest import find_marked


@cache
def load_marks():
    """Build the stages that need no model."""
    nlp = MarkedEnglish()
    for stage in ("quotex_segment", "quotex_marks"):
        nlp.add_pipe(stage)
    return nlp


class ThreadPool(WorkerPool):
    """Extracts with `find_marked`, in threads; waits as long as the gate is closed."""

    n_ready = 0

    def __init__(self, tasks: FairQueue, model: None, n_workers: int) -> None:
        super().__init__(tasks, model, n_workers)
        self.gate = threading.Event()
        self.gate.set()
        self.done: list[str] = []  # ids, in the order done
        self.threads = [threading.Thread(target=self._attend, daemon=True) for _ in range(n_workers)]

    def start(self) -> None:
        """Start the threads."""
        for thread in self.threads:
            thread.start()
        self.n_ready = len(self.threads)

    def _attend(self) -> None:
        nlp = load_marks()
        while not self._closing.is_set():
            for task in self.tasks.take():
                self.gate.wait()
                self.done.append(task.job.id)
                job = pickle.loads(pickle.dumps(task.job))
                task.result.set_result(
                    self.extract(job) if isinstance(job, Article) else pickle.loads(pickle.dumps(job.do(nlp)))
                )
            sleep(0.001)

    def extract(self, article: Article) -> Findings | Failure:
        """Stand in for the process."""
        if "CRASH" in article.text:
            return Failure(article.id, Msg.Q126.format(doc=article.id, reason="status 3"))
        return find_marked(article, None)

    def close(self) -> None:
        """End the threads, also those at the gate."""
        self.gate.set()
        super().close()


class Reply(NamedTuple):
    """An answer: status, headers with small letters, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        """Its body."""
        return json.loads(self.body)

    @property
    def error(self) -> str:
        """Its error as one line."""
        return "{code} {message}".format(**self.json["error"])


class Running:
    """A server that runs in a thread."""

    def __init__(self, settings: Settings, articles: list[Article]) -> None:
        self.service = Service(settings, articles)
        self.service.workers = ThreadPool(self.service.tasks, None, settings.n_workers)
        self.listener = bind("127.0.0.1", 0)
        self.port = self.listener.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(make_app(self.service), log_config=None, lifespan="off", ws="none", http=Patience)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.listener]})

    @property
    def workers(self) -> ThreadPool:
        """Its workers."""
        return self.service.workers

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.workers.start()
        self.thread.start()
        while not self.server.started:
            sleep(0.01)

    def stop(self) -> None:
        """End it."""
        self.workers.gate.set()
        self.server.should_exit = True
        self.thread.join(20)
        self.workers.close()
        self.listener.close()

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Reply:
        """Send one request; a body that is not bytes goes as JSON, a None among the headers takes one away."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            given.setdefault("Content-Type", "application/json")
        if path.startswith("/review/"):
            given.setdefault("Origin", self.origin)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {key: value for key, value in given.items() if value})
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, names, response.read())
        finally:
            connection.close()

    def post_text(self, text: str, query: str = "") -> Reply:
        """Post an article as plain text."""
        return self.ask("POST", f"/v1/extract{query}", text.encode(), Content_Type="text/plain")


@pytest.fixture
def serve(tmp_path) -> Iterator[Callable[..., Running]]:
    """Run a server: `serve(max_body=1000, articles=[...])`."""
    running: list[Running] = []

    def serve(*, articles: list[Article] | None = None, **given) -> Running:
        settings = Settings(**{"corrections": tmp_path / "corrections.jsonl", **given})
        running.append(Running(settings, articles or []))
        running[-1].start()
        return running[-1]

    yield serve
    for one in running:
        one.stop()
