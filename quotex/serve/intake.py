"""The intake: bodies on their way, of which those that others send for ever make room."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import ClientDisconnect, Request

from quotex.errors import Msg
from quotex.serve.answers import RequestError, refuse_busy

MAX_COMING = 100  # bodies of one address on their way; the oldest makes room


class Intake:
    """Counts the bytes of all bodies, and knows which are on their way.

    Attributes:
        n_bytes: How many are held.
        coming: What is on its way, by address, the oldest first.
    """

    def __init__(self, limit: int) -> None:
        self.n_bytes = 0
        self._limit = limit
        self.coming: dict[str, dict[Body, None]] = {}

    @contextmanager
    def expect(self, address: str) -> Iterator["Body"]:
        """Expect a body, and hold what has come of it."""
        body = Body(self, address)
        others = self.coming.setdefault(address, {})
        others[body] = None
        if len(others) > MAX_COMING:
            next(iter(others)).make_room()
        try:
            yield body
        finally:
            self.drop(body)

    def hold(self, body: "Body", n_bytes: int) -> None:
        """Hold more of a body; where there is no room, the oldest of whoever sends most makes some.

        Raises:
            RequestError: Q622, there is none to be made.
        """
        while self.n_bytes + n_bytes > self._limit:
            most = max(self.coming.values(), key=lambda bodies: sum(one.n_bytes for one in bodies))
            oldest = next((one for one in most if one.n_bytes), body)
            if oldest is body:
                raise refuse_busy()
            oldest.make_room()
        self.n_bytes += n_bytes
        body.n_bytes += n_bytes

    def leave(self, body: "Body") -> None:
        """Note that a body is on its way no more."""
        others = self.coming.get(body.address, {})
        others.pop(body, None)
        if not others:
            self.coming.pop(body.address, None)

    def drop(self, body: "Body") -> None:
        """Hold a body no longer."""
        self.leave(body)
        self.n_bytes -= body.n_bytes
        body.n_bytes = 0


class Body:
    """The body of one request.

    Attributes:
        address: Of whoever sends it.
        n_bytes: How many have come.
    """

    def __init__(self, intake: Intake, address: str) -> None:
        self.address = address
        self.n_bytes = 0
        self._intake = intake
        self._patience = asyncio.timeout(None)
        self._has_made_room = False

    async def read(self, request: Request, limit: int) -> bytes:
        """Read all of it.

        Raises:
            RequestError: Q613, it is too large; Q622, there is no room for it, or whoever sends it has hung up.
        """
        too_large = RequestError(413, Msg.Q613.format(limit=limit), {"Connection": "close"})
        given = request.headers.get("content-length", "")
        if given.isdecimal() and int(given) > limit:
            raise too_large
        chunks: list[bytes] = []
        try:
            async with self._patience:
                async for chunk in request.stream():
                    if self.n_bytes + len(chunk) > limit:
                        raise too_large
                    if not self._has_made_room:
                        self._intake.hold(self, len(chunk))
                        chunks.append(chunk)
        except (ClientDisconnect, TimeoutError) as err:
            raise refuse_busy() from err
        if self._has_made_room:  # in the moment in which its end came
            raise refuse_busy()
        self._intake.leave(self)
        return b"".join(chunks)

    def make_room(self) -> None:
        """Give up: others need the room."""
        self._has_made_room = True
        self._intake.drop(self)
        self._patience.reschedule(0.0)
