"""Read what a server sends: what has the wrong shape is said to be nonsense, never guessed at."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from core.chat.answers import CallPart, Piece, Token, Usage
from core.chat.errors import ChatError, Kind

MOST_ALTERNATIVES = 50


def read(chunk: object, at: float) -> Iterator[Piece | CallPart | Usage | str]:
    """Yield what a chunk of a stream, or a whole answer, holds; a word is the reason why the answer has ended.

    Args:
        chunk: the JSON of `chat.completion.chunk`, or of `chat.completion`.
        at: seconds since the question.

    Raises:
        ChatError: `NONSENSE`: it is neither.
    """
    data = _mapping(chunk)
    choices = data.get("choices")
    if choices is None and "usage" not in data:
        raise _nonsense()
    for choice in _list(choices)[:1]:
        yield from _choice(_mapping(choice), at)
    if data.get("usage") is not None:
        usage = _mapping(data["usage"])
        yield Usage(_count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")))


def names(models: object) -> list[str]:
    """Return the names in a list of models.

    Raises:
        ChatError: `NONSENSE`: it is none.
    """
    return [_text(_mapping(each).get("id")) for each in _list(_mapping(models).get("data"))]


def _choice(choice: Mapping[str, Any], at: float) -> Iterator[Piece | CallPart | str]:
    said = _mapping(choice.get("delta") or choice.get("message") or {})
    if thought := _text(said.get("reasoning_content") or said.get("reasoning")):
        yield Piece(thought, at, thought=True)
    tokens = tuple(_tokens(choice.get("logprobs")))
    text = _text(said.get("content")) + _text(said.get("refusal"))
    if text or tokens:
        yield Piece(text, at, tokens)
    for place, call in enumerate(_list(said.get("tool_calls"))):
        asked = _mapping(call)
        function = _mapping(asked.get("function") or {})
        index = asked.get("index")
        yield CallPart(
            index if isinstance(index, int) else place,
            _text(asked.get("id")),
            _text(function.get("name")),
            _text(function.get("arguments")),
        )
    if reason := _text(choice.get("finish_reason")):
        yield reason


def _tokens(logprobs: object) -> Iterator[Token]:
    for each in _list(_mapping(logprobs or {}).get("content")):
        said = _mapping(each)
        others = [_token(_mapping(other)) for other in _list(said.get("top_logprobs"))[:MOST_ALTERNATIVES]]
        yield _token(said, tuple(others))


def _token(said: Mapping[str, Any], alternatives: tuple[Token, ...] = ()) -> Token:
    return Token(_text(said.get("token")), _bytes(said), _number(said.get("logprob")), alternatives)


def _bytes(said: Mapping[str, Any]) -> bytes:
    try:
        given = said.get("bytes")
        return _text(said.get("token")).encode("utf-8", "replace") if given is None else bytes(_list(given))
    except (TypeError, ValueError):
        raise _nonsense() from None


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _nonsense()
    return value


def _list(value: object) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise _nonsense()
    return value


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _nonsense()
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise _nonsense()
    return float(value)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _nonsense()
    return value


def _nonsense() -> ChatError:
    return ChatError(Kind.NONSENSE, reason="shape")
