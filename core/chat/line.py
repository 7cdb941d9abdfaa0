"""The line to a server: it can be cut from another thread, and cuts itself when the server is too slow.

A thread that reads from a socket hears nothing else. Shutting the socket down wakes it at once, wherever it waits: for
the first byte of an answer or between two tokens. A server sees a closed connection, and stops writing.
"""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType


@dataclass(frozen=True)
class Patience:
    """How long a server may take, in seconds.

    Attributes:
        connect: until the connection stands, TLS included.
        first: from the question to the first that comes of the answer. A long document is read first: minutes on a
            small machine.
        between: from one piece to the next.
        total: from the question to the end.
    """

    connect: float = 5.0
    first: float = 120.0
    between: float = 30.0
    total: float = 300.0


class Why(StrEnum):
    """Why a line was cut from this side."""

    STOPPED = "stopped"
    FIRST = "first"
    BETWEEN = "between"
    TOTAL = "total"


class Line:
    """One question's connections, used as a context: it is watched inside, and ends with it.

    Attributes:
        patience: how long it waits.
        why: why it was cut from here; None while it was not.
    """

    def __init__(self, patience: Patience | None = None) -> None:
        self.patience = patience or Patience()
        self.why: Why | None = None
        self._changed = threading.Condition()
        self._sockets: list[socket.socket] = []
        self._over = False
        self._next: Why = Why.FIRST
        self._until = self._end = float("inf")

    def __enter__(self) -> Line:
        """Begin to watch the clock."""
        now = time.monotonic()
        self._until, self._end = now + self.patience.first, now + self.patience.total
        self._next, self._over = Why.FIRST, False
        threading.Thread(target=self._watch, daemon=True, name="curseurs-line").start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop watching."""
        with self._changed:
            self._over = True
            self._sockets.clear()
            self._changed.notify_all()

    def opened(self, connection: socket.socket) -> None:
        """Take a connection that the transport has opened; a line that was cut before cuts it at once."""
        with self._changed:
            self._sockets.append(connection)
            if self.why is not None:
                self._shut()

    def heard(self) -> None:
        """Note that a piece of the answer came."""
        with self._changed:
            earlier, self._until = self._until, time.monotonic() + self.patience.between
            self._next = Why.BETWEEN
            if self._until < earlier:  # the clock is waited for until then
                self._changed.notify_all()

    def stop(self) -> None:
        """Cut the line because nobody wants the answer any more. From any thread, any number of times."""
        self._cut(Why.STOPPED)

    def _cut(self, why: Why) -> None:
        with self._changed:
            if self.why is None and not self._over:
                self.why = why
                self._shut()
                self._changed.notify_all()

    def _shut(self) -> None:
        for each in self._sockets:
            try:
                # An SSL socket's own `shutdown` would take its state away from the thread that reads.
                socket.socket.shutdown(each, socket.SHUT_RDWR)
            except OSError:  # it is closed already
                continue

    def _watch(self) -> None:
        while True:
            with self._changed:
                if self._over or self.why is not None:
                    return
                now = time.monotonic()
                due = min(self._until, self._end)
                if due > now:
                    self._changed.wait(due - now)
                    continue
            self._cut(Why.TOTAL if due == self._end else self._next)
