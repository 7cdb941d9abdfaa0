"""What a server can do, known by what came back from it and not by its name: one row for each server and model."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

from cachetools import LRUCache

from core.chat.servers import Server

MOST = 500
"""Rows that a process keeps."""


@dataclass(frozen=True)
class Capabilities:
    """Each is True or False once an answer has shown it; None before.

    Attributes:
        streams: the answer comes in pieces.
        usage: it counts tokens.
        logprobs: it gives log-probabilities.
        tools: it makes calls of tools that it is given.
        tool_choice: it makes one where it is told to.
        schema: JSON comes as the schema that it was given asks.
        models: it lists its models.
        window: the tokens that its model sees at once, where it says so.
        refused: fields of a request that it does not take.
    """

    streams: bool | None = None
    usage: bool | None = None
    logprobs: bool | None = None
    tools: bool | None = None
    tool_choice: bool | None = None
    schema: bool | None = None
    models: bool | None = None
    window: int | None = None
    refused: frozenset[str] = field(default_factory=frozenset)


_lock = threading.Lock()
_rows: LRUCache[str, Capabilities] = LRUCache(MOST)


def of(server: Server) -> Capabilities:
    """Return what is known of a server."""
    with _lock:
        found: Capabilities = _rows.get(server.id, Capabilities())
        return found


def learn(server: Server, *, refused: frozenset[str] = frozenset(), window: int | None = None,
          **seen: bool | None) -> None:  # fmt: skip
    """Note what an answer has shown; what is None is left as it was, refused fields are added."""
    with _lock:
        before = _rows.get(server.id, Capabilities())
        told = {name: value for name, value in seen.items() if value is not None}
        _rows[server.id] = replace(before, refused=before.refused | refused, window=window or before.window, **told)


def forget() -> None:
    """Know nothing of any server."""
    with _lock:
        _rows.clear()
