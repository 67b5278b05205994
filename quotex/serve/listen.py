"""Listening: the address, the signals that end it, and what is said of it."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

from quotex.errors import Msg, UsageError
from quotex.serve.app import make_app
from quotex.serve.patience import Patience
from quotex.serve.service import Service
from quotex.serve.settings import Settings, is_loopback

GRACE = 10  # seconds for requests that are being answered when the server is told to end
BACKLOG = 128


class Server(uvicorn.Server):
    """Ends when told to, and remembers by which signal; a second one ends it at once."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self.received: int | None = None
        self.announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so: from here on signals are ours."""
        await super().startup(sockets)
        self.announce()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the place of uvicorn's own, which ends the process by the signal."""
        wanted = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.stop) for number in wanted}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self.received = self.received or number


def listen(service: Service, announce: Callable[[str], None]) -> int | None:
    """Serve until a signal comes, and return it.

    Args:
        service: With workers that have not been started.
        announce: Is told the address, as soon as there is one to answer.

    Raises:
        UsageError: Q601, Q602, Q219.
        ModelError: The model cannot be used.
    """
    settings = service.settings
    check_exposure(settings)
    listener = bind(settings.host, settings.port)
    try:
        service.workers.start()
        config = uvicorn.Config(
            make_app(service),
            http=Patience,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE,
        )
        address = name_address(settings.host, listener.getsockname()[1])
        server = Server(config, lambda: announce(address))
        server.run(sockets=[listener])
    finally:
        listener.close()
        service.workers.close()
    return server.received


def check_exposure(settings: Settings) -> None:
    """Raise UsageError (Q601) where other machines could use the server without a key."""
    if not is_loopback(settings.host) and not settings.api_key:
        raise UsageError(Msg.Q601.format(host=settings.host))


def bind(host: str, port: int) -> socket.socket:
    """Take an address.

    Raises:
        UsageError: Q602, it cannot be had.
    """
    name = host.strip("[]")
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    # with its protocol, or asyncio leaves Nagle's algorithm on: 40 ms for each answer on a connection that is kept
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((name, port))
        listener.listen(BACKLOG)  # so that who uses the address already is met here
    except OSError as err:
        listener.close()
        raise UsageError(Msg.Q602.format(host=host, port=port, reason=err.strerror or err)) from err
    return listener


def name_address(host: str, port: int) -> str:
    """Name the address as a browser takes it.

    >>> name_address("127.0.0.1", 8765), name_address("::1", 80)
    ('http://127.0.0.1:8765/', 'http://[::1]:80/')
    """
    name = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"http://{name}:{port}/"
