"""Patience, and its end: connections that do not come to the point are closed."""

import asyncio
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS_TIMEOUT = 10.0  # seconds for the head of a request; browsers send it at once
TAKING_TIMEOUT = 120.0  # seconds in which whoever asked has to take an answer
MAX_WAITING = 100  # connections of one address on which no request is in hand; the oldest are hurried
HURRIED_TIMEOUT = 1.0  # seconds for a request to come on one that is: what has come already is read in that time
MAX_HURRIED = 400  # of one address; the oldest are closed at once


class Patience(H11Protocol):
    """HTTP with a limit of time for each head and for taking an answer, and of connections that ask nothing."""

    waiting: ClassVar[dict[str, dict["Patience", None]]] = {}  # by address, the oldest first
    hurried: ClassVar[dict[str, dict["Patience", None]]] = {}  # likewise

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # so that we are told of all that is not taken
        self._taking: asyncio.TimerHandle | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._address = self.client[0] if self.client else ""
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what has come: the head of a request, a part of it, or more."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """Wait for the next request; a body that goes on coming, although it has its answer, is none."""
        self._wait()
        super().on_response_complete()
        self._look()

    def pause_writing(self) -> None:
        """Begin to wait until an answer is taken."""
        super().pause_writing()
        self._taking = self.loop.call_later(TAKING_TIMEOUT, self.transport.abort)

    def resume_writing(self) -> None:
        """Note that it is."""
        self._stop_taking()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop_waiting()
        self._stop_taking()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Say that what came is no HTTP, if that can still be said, and hang up; what was asked is dropped."""
        if self.cycle:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        try:
            super().send_400_response(msg)
        except h11.LocalProtocolError:  # the request that it belongs to has its answer, or is a HEAD
            self.transport.close()

    def _look(self) -> None:
        if self.cycle and not self.cycle.response_complete:
            self._stop_waiting()

    def _wait(self) -> None:
        self._wait_among(self.waiting, HEADERS_TIMEOUT)
        if oldest := self._find_oldest(self.waiting, MAX_WAITING):
            oldest._wait_among(self.hurried, HURRIED_TIMEOUT)
        if oldest := self._find_oldest(self.hurried, MAX_HURRIED):
            oldest._close()

    def _wait_among(self, connections: dict[str, dict["Patience", None]], timeout: float) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(timeout, self._close)
        connections.setdefault(self._address, {})[self] = None

    def _find_oldest(self, connections: dict[str, dict["Patience", None]], limit: int) -> "Patience | None":
        """Find the oldest of this address, if there are more than may be."""
        others = connections.get(self._address, {})
        return next(iter(others)) if len(others) > limit else None

    def _stop_taking(self) -> None:
        if self._taking:
            self._taking.cancel()
            self._taking = None

    def _stop_waiting(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        for connections in (self.waiting, self.hurried):
            others = connections.get(self._address, {})
            others.pop(self, None)
            if not others:
                connections.pop(self._address, None)

    def _close(self) -> None:
        self._stop_waiting()
        self.transport.close()
