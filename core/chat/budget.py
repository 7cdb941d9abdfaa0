"""What a class may ask of servers outside, in all: requests and tokens, counted for this server process since it runs.

    CURSEURS_CHAT_REQUESTS=500 CURSEURS_CHAT_TOKENS=200000 make class

Without a variable, that count has no bound. They hold at home too, once set. The model that comes with the course costs
nobody anything, and is not counted. A count is of the process, not of a day: who starts the server again begins again,
and a lesson that runs past midnight does not.

A request is counted before it is sent, with the most that it may cost; afterwards with what it has cost, as the server
says, or by the length of its text where it says nothing. Thirty students who press together cannot spend one's rest.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from core.chat.errors import ChatError, Kind
from core.once import once

REQUESTS, TOKENS = "CURSEURS_CHAT_REQUESTS", "CURSEURS_CHAT_TOKENS"
LETTERS = 3
"""Characters that count as a token where the server counts none: fewer than in any language, so that it is enough."""


@dataclass
class Cost:
    """What one request costs, in tokens: the most it may, until it is known."""

    tokens: int


@dataclass(frozen=True)
class Left:
    """What is left; None without a bound."""

    requests: int | None
    tokens: int | None


class Budget:
    """Requests and tokens, bounded together for all students."""

    def __init__(self, requests: int | None, tokens: int | None) -> None:
        self.most_requests, self.most_tokens = requests, tokens
        self._lock = threading.Lock()
        self._requests = self._tokens = 0

    def left(self) -> Left:
        """Return what is left, without what is being asked right now."""
        with self._lock:
            return Left(_rest(self.most_requests, self._requests), _rest(self.most_tokens, self._tokens))

    @contextmanager
    def spend(self, most: int) -> Iterator[Cost]:
        """Count one request for this block; write into the cost what it has really been.

        Raises:
            ChatError: `OVER_BUDGET`, with the reason `requests` or `tokens`; its detail is how many are left.
        """
        with self._lock:
            if self.most_requests is not None and self._requests >= self.most_requests:
                raise ChatError(Kind.OVER_BUDGET, "0", reason="requests")
            if self.most_tokens is not None and self._tokens + most > self.most_tokens:
                raise ChatError(Kind.OVER_BUDGET, str(max(0, self.most_tokens - self._tokens)), reason="tokens")
            self._requests += 1
            self._tokens += most
        cost = Cost(most)
        try:
            yield cost
        finally:
            with self._lock:
                self._tokens += cost.tokens - most


def _rest(most: int | None, spent: int) -> int | None:
    return None if most is None else max(0, most - spent)


def tokens_of(text: str) -> int:
    """Return how many tokens a text counts for where no server counted them."""
    return -(-len(text) // LETTERS)


@once()
def default() -> Budget:
    """Return this process's budget, as the environment says at the first question.

    Raises:
        ValueError: a variable holds no number.
    """
    return Budget(*(int(os.environ[name]) if os.environ.get(name) else None for name in (REQUESTS, TOKENS)))
