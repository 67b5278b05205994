"""Answers: JSON, and errors as JSON with their codes."""

import json
from collections.abc import Mapping

from starlette.responses import Response

from quotex.errors import Msg, split_message

RETRY_AFTER = 2  # seconds


class RequestError(Exception):
    """A request that cannot be done.

    Attributes:
        status: Of HTTP.
        message: One of `quotex.errors.Msg`, filled in.
        headers: That go with it.
    """

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers


def refuse_busy(message: str = Msg.Q622) -> RequestError:
    """Make the error of a server that has too much to do."""
    return RequestError(503, message, {"Retry-After": str(RETRY_AFTER)})


def make_json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with JSON."""
    body = json.dumps(value, ensure_ascii=False).encode("utf-8")
    return Response(body, status, headers, media_type="application/json")


def make_error(err: RequestError) -> Response:
    """Answer with an error."""
    return make_json({"error": split_message(err.message)}, err.status, err.headers)
