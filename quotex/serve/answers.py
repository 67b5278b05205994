"""Answers: JSON, and errors as JSON with their codes."""

import json
from collections.abc import Mapping

from starlette.responses import Response

from quotex.errors import Msg, split_message
from quotex.read import Failure

RETRY_AFTER = 2  # seconds
NO_ARTICLE = ("[Q105]", "[Q114]", "[Q618]")  # what is wrong with it can be put right where it comes from


class RequestError(Exception):
    """A request that cannot be done.

    Attributes:
        status: Of HTTP.
        message: One of `quotex.errors.Msg`, filled in.
        headers: That go with it.
    """

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, message, headers)  # all of them, so that it pickles
        self.status = status
        self.message = message
        self.headers = headers


def refuse_busy(message: str = Msg.Q622) -> RequestError:
    """Make the error of a server that has too much to do."""
    return RequestError(503, message, {"Retry-After": str(RETRY_AFTER)})


def explain_failure(failure: Failure) -> RequestError:
    """Make the answer where an article failed: a bug, unless it is none, or took too long."""
    if failure.message.startswith("[Q619]"):
        return refuse_busy(failure.message)
    if failure.message.startswith(NO_ARTICLE):
        return RequestError(422, failure.message)
    return RequestError(500, failure.message)


def make_json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with JSON."""
    # halves of surrogate pairs, as an id may have them, come out as escapes
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", errors="backslashreplace")
    return Response(body, status, headers, media_type="application/json")


def make_error(err: RequestError) -> Response:
    """Answer with an error."""
    return make_json({"error": split_message(err.message)}, err.status, err.headers)
