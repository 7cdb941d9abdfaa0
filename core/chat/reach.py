"""Reach a server for one question: its route is judged, the line watched, and what fails is a `ChatError`."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from core.chat import addresses
from core.chat.addresses import Route
from core.chat.errors import ChatError, Kind
from core.chat.line import Line, Why
from core.chat.servers import Server

if TYPE_CHECKING:
    import httpx2


class Reach:
    """A context that gives an HTTP client for one server, and swallows what fails inside: call `end` after it.

    So the error is raised where nothing else is being handled. Else Python would hang the client's own exception to it,
    with the request and the whole response.

    Attributes:
        line: what it is watched by.
        route: where it leads, once entered.
        stopped: whether the line was stopped from this side.
    """

    route: Route

    def __init__(self, server: Server, line: Line) -> None:
        self.line = line
        self._server, self._key = server, server.key
        self._http: httpx2.Client | None = None
        self._fault: ChatError | None = None

    @property
    def stopped(self) -> bool:
        """Whether nobody wanted the answer any more."""
        return self.line.why is Why.STOPPED

    def __enter__(self) -> httpx2.Client:
        """Find the way and begin to watch; nothing is sent.

        Raises:
            ChatError: it may not be reached, or the model that comes with the course cannot start.
        """
        from core.chat import embedded, pinned

        server, self.route = embedded.reached() if self._server.inside else _outside(self._server)
        self._key = server.key
        self._http = pinned.client(self.route, server.key, self.line)
        self.line.__enter__()
        return self._http

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Close the connections; keep what failed for `end`."""
        from core.chat import embedded
        from core.chat.faults import fault_of

        self.line.__exit__(kind, error, trace)
        if self._http is not None:
            self._http.close()
        if not isinstance(error, Exception):
            return False
        if not self.stopped:
            self._fault = fault_of(error, self._key, self.line.why)
            if self._server.inside and self._fault.kind in {Kind.UNREACHABLE, Kind.CUT}:
                embedded.expect_death()
        return True

    def end(self) -> None:
        """Say what failed.

        Raises:
            ChatError: something did, and it was not this side that stopped it.
        """
        if self._fault is not None:
            raise self._fault.with_traceback(None)


def _outside(server: Server) -> tuple[Server, Route]:
    return server, addresses.route(server.address)
