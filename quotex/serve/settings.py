"""How the server is to run."""

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

MB = 1_000_000  # bytes
LOCALHOST = "localhost"
LEAST_BODIES = 64 * MB  # all bodies in hand together; what is read of them takes about three times as much memory


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server does, and how much of it.

    Attributes:
        host: Address to listen at.
        port: 0 means any that is free.
        model: Folder of the model, None for ours.
        n_workers: Processes that extract.
        max_body: Bytes of one request.
        max_requests: Requests at a time; more are turned away.
        timeout_s: Seconds that one request may take.
        api_key: What a request must carry; None if anyone may ask.
        corrections: Where corrections go.
        thoughts: Whether to show what was believed, hoped or planned on the page, too.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    model: Path | None = None
    n_workers: int = 1
    max_body: int = 10 * MB
    max_requests: int = 64
    timeout_s: float = 120.0
    api_key: str | None = None
    corrections: Path = Path("corrections.jsonl")
    thoughts: bool = False

    @property
    def is_private(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    @property
    def max_bodies(self) -> int:
        """Bytes of all requests in hand."""
        return max(LEAST_BODIES, 2 * self.max_body)


def is_loopback(host: str) -> bool:
    """Tell whether an address leads nowhere but to this machine.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "example.org")]
    [True, True, True, False, False]
    """
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == LOCALHOST
