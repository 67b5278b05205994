"""Patience, and its end: connections that do not come to the point are closed."""

import asyncio
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS_TIMEOUT = 10.0  # seconds for the head of a request; browsers send it at once
MAX_WAITING = 100  # connections of one address on which no request has come yet; the oldest make room


class Patience(H11Protocol):
    """HTTP with a limit of time for the head of each request, and of connections that wait for one."""

    waiting: ClassVar[dict[str, dict["Patience", None]]] = {}  # by address, the oldest first

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._timer: asyncio.TimerHandle | None = None
        self._address = self.client[0] if self.client else ""
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what has come: the head of a request, a part of it, or more."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._timer is None:  # half of the next request on a connection that was kept
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop_waiting()
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

    def _wait(self) -> None:
        self._timer = self.loop.call_later(HEADERS_TIMEOUT, self._close)
        others = self.waiting.setdefault(self._address, {})
        others[self] = None
        if len(others) > MAX_WAITING:
            next(iter(others))._close()

    def _stop_waiting(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        others = self.waiting.get(self._address, {})
        others.pop(self, None)
        if not others:
            self.waiting.pop(self._address, None)

    def _close(self) -> None:
        self._stop_waiting()
        self.transport.close()
