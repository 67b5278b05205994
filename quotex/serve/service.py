"""The service: what all requests share, and how one of them gets its articles done."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from starlette.requests import Request

from quotex.errors import Msg
from quotex.evaluation.corrections import digest_text
from quotex.read import Failure
from quotex.serve.answers import RequestError, explain_failure, refuse_busy
from quotex.serve.corrections import Corrections
from quotex.serve.intake import Intake
from quotex.serve.queue import FairQueue
from quotex.serve.settings import Settings
from quotex.serve.workers import WorkerPool
from quotex.types import Article
from quotex.work import Chore, Result
from quotex.workers import Job, Task

GRACE = 10.0  # seconds that a task may go on for after its request has been given up, before its process is killed


class Service:
    """Workers, their queue, and the door that lets only so many requests in.

    Attributes:
        settings: How it runs.
        tasks: What is to be done.
        workers: Who does it.
        intake: Bodies that are on their way or in hand.
        corrections: The file of corrections.
        articles: What is there to be reviewed, in order.
        digests: Of their texts.
        n_requests: How many are in hand, with all of their bodies.
    """

    def __init__(self, settings: Settings, articles: Sequence[Article] = ()) -> None:
        self.settings = settings
        self.tasks = FairQueue()
        self.workers = WorkerPool(self.tasks, settings.model, settings.n_workers)
        self.intake = Intake(settings.max_bodies)
        self.corrections = Corrections(settings.corrections)
        self.articles = articles
        self.digests = [digest_text(article.text) for article in articles]
        self.n_requests = 0

    @asynccontextmanager
    async def admit(self, request: Request) -> AsyncIterator["Visit"]:
        """Let a request in when its body is there: one on its way takes no place.

        Raises:
            RequestError: Q613, its body is too large; Q621, it does not come; Q622, there are too many, there is
                no room for its body, or whoever sends it has hung up.
        """
        self._check_places()
        visit = Visit(self)
        with self.intake.expect(request.client.host if request.client else "") as body:
            async with visit.limit_time():
                visit.body = await body.read(request, self.settings.max_body)
            self._check_places()
            self.n_requests += 1
            try:
                yield visit
            finally:
                self.n_requests -= 1

    def _check_places(self) -> None:
        if self.n_requests >= self.settings.max_requests:
            raise refuse_busy()


class Visit:
    """One request while it is in.

    Attributes:
        body: What was sent with it.
    """

    def __init__(self, service: Service) -> None:
        self.service = service
        self.body = b""
        self.deadline = monotonic() + service.settings.timeout_s

    async def extract(self, request: Request, articles: Sequence[Article]) -> list[Result]:
        """Extract from the articles of the request, unless whoever sent it has gone.

        Raises:
            RequestError: Q621, it takes too long.
        """
        results: list[Result] = await self._do_all(request, articles)
        return results

    async def do(self, request: Request, chore: Chore) -> Any:
        """Do something else in a worker: what takes long there stops nobody here, and can be ended.

        Raises:
            RequestError: What it refuses; Q126, Q619, Q621, Q625, it cannot be done.
        """
        (result,) = await self._do_all(request, [chore])
        if isinstance(result, RequestError):
            raise result
        if isinstance(result, Failure):
            raise explain_failure(result)
        return result

    async def _do_all(self, request: Request, jobs: Sequence[Job]) -> list[Any]:
        tasks = [Task(job, Msg.Q619.format(doc=job.id), GRACE, self.deadline) for job in jobs]
        lane = self.service.tasks.add(tasks)
        results = asyncio.gather(*(asyncio.wrap_future(task.result) for task in tasks))
        done = asyncio.ensure_future(results)
        done.add_done_callback(forget)
        gone = asyncio.create_task(wait_until_gone(request))
        try:
            async with self.limit_time():
                await asyncio.wait((done, gone), return_when=asyncio.FIRST_COMPLETED)
            if not done.done():
                raise refuse_busy()  # nobody will read it
            found: list[Any] = await done
            return found
        finally:
            gone.cancel()
            self.service.tasks.drop(lane)
            done.cancel()

    @asynccontextmanager
    async def limit_time(self) -> AsyncIterator[None]:
        """Limit what is within to what is left of the request's time.

        Raises:
            RequestError: Q621, it has passed.
        """
        try:
            async with asyncio.timeout(max(0.0, self.deadline - monotonic())):
                yield
        except TimeoutError as err:
            raise refuse_busy(Msg.Q621.format(limit=self.service.settings.timeout_s)) from err


def forget(done: asyncio.Future[Any]) -> None:
    """Take notice of how something ended that nobody waits for any more; asyncio would log it as lost."""
    if not done.cancelled():
        done.exception()


async def wait_until_gone(request: Request) -> None:
    """Wait until whoever sent a request, whose body has been read, has hung up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
