"""What the client's exceptions mean: each becomes a `ChatError`. Imports the client: only where one asks."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import httpx2
import openai

from core.chat.errors import ChatError, Kind, seconds_to_wait
from core.chat.line import Why
from core.chat.servers import Key

_KINDS = {
    401: Kind.UNAUTHORISED, 403: Kind.UNAUTHORISED, 404: Kind.NOT_FOUND, 408: Kind.SLOW, 413: Kind.TOO_LONG,
    429: Kind.TOO_MANY, 504: Kind.SLOW,
}  # fmt: skip
_TOO_LONG = ("exceed_context_size", "context_length_exceeded", "maximum context length", "available context size")
"""What llama.cpp, OpenAI and vLLM call a conversation that does not fit."""


def fault_of(error: Exception, key: Key, why: Why | None) -> ChatError:
    """Return what went wrong, without the exception itself: that holds a request and a response.

    Args:
        error: what was raised.
        key: never to be told.
        why: why the line was cut from this side, if it was: what was raised then is only the noise of that.
    """
    if why not in {None, Why.STOPPED}:
        return ChatError(Kind.SLOW, reason=str(why))
    if isinstance(error, ChatError):
        return error
    found = _chat_error_below(error)
    if found is not None:
        return found
    if isinstance(error, openai.APIStatusError):
        return of_response(error.response, key)
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return ChatError(Kind.SLOW, reason="connect" if _connecting(error) else "first")
    if isinstance(error, openai.APIConnectionError | httpx2.TransportError):
        return ChatError(Kind.UNREACHABLE if _connecting(error) else Kind.CUT)
    if isinstance(error, openai.APIError):  # said inside of a stream
        return ChatError(_kind(500, str(error.body)), str(error.message), key=key.secret())
    if isinstance(error, ValueError | RecursionError | httpx2.HTTPError):  # broken JSON, broken letters
        return ChatError(Kind.NONSENSE, reason="json")
    raise error


def of_response(response: httpx2.Response, key: Key) -> ChatError:
    """Return what a response that is no success means; its body has been read."""
    status = response.status_code
    if 300 <= status < 400:
        told = response.headers.get("location", "")
        return ChatError(Kind.REDIRECTED, told, status=status, key=key.secret())
    said = words_of(response)
    wait = seconds_to_wait(response.headers.get("retry-after", ""), datetime.now(UTC).timestamp())
    return ChatError(_kind(status, response.text), said, status=status, retry_after=wait, key=key.secret())


def _kind(status: int, said: str) -> Kind:
    if any(each in said for each in _TOO_LONG):
        return Kind.TOO_LONG
    return _KINDS.get(status, Kind.SERVER_ERROR if status >= 500 else Kind.REJECTED)


def words_of(response: httpx2.Response) -> str:
    """Return what a server says of its refusal: the message in its JSON, or its text."""
    try:
        data = json.loads(response.text)
    except (ValueError, RecursionError):
        return response.text
    for name in ("error", "detail", "message"):
        if isinstance(data, dict) and name in data:
            data = data[name]
    return data if isinstance(data, str) else json.dumps(data)


def _chat_error_below(error: BaseException) -> ChatError | None:
    """Return what the transport has raised, where the client has wrapped it."""
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, ChatError):
            return below
        below = below.__cause__ or below.__context__
    return None


def _connecting(error: BaseException) -> bool:
    """Whether nobody has taken the question: it failed before the connection stood."""
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, httpx2.ConnectError | httpx2.ConnectTimeout):
            return True
        below = below.__cause__ or below.__context__
    return False
