"""A transport that goes where the address was judged to lead, and nowhere else. Imports httpx2: only where one asks.

The name is not looked up again: the connection goes to a number of the route, while `Host`, the name in TLS and the
certificate stay those of the address. No proxy of the environment, no .netrc, no redirect, no cookie. Headers are few
and known: the client's own tell of this machine, and read the environment's organisation. The key is added here, so
that neither the client nor its requests, which errors hold, ever have it.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from typing import Any

import httpx2

from core.chat.addresses import Route
from core.chat.errors import ChatError, Kind
from core.chat.line import Line
from core.chat.servers import Key
from core.once import once

MOST_BYTES = 20_000_000
"""Of one answer: with alternatives, a token is a kilobyte."""
KEPT = ("content-type", "accept", "content-length", "transfer-encoding", "user-agent")


@once()
def certificates() -> ssl.SSLContext:
    """Return what certificates are checked with; reading the list takes some milliseconds. It knows no key."""
    return httpx2.create_ssl_context()


def client(route: Route, key: Key, line: Line) -> httpx2.Client:
    """Return an HTTP client for one question; close it after."""
    patience = line.patience
    longest = max(patience.first, patience.between, patience.total)  # the line itself is watched more closely
    timeout = httpx2.Timeout(longest, connect=patience.connect)
    return httpx2.Client(
        transport=Pinned(route, key, line), timeout=timeout, trust_env=False, follow_redirects=False, http2=False
    )


class Pinned(httpx2.BaseTransport):
    """Sends requests to one route."""

    def __init__(self, route: Route, key: Key, line: Line) -> None:
        self._route, self._key, self._line = route, key, line
        secure = route.address.scheme == "https"  # over plain http there is nothing to check, nor a list to read
        self._inner = httpx2.HTTPTransport(verify=certificates() if secure else False, trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request to the first number of the route that answers.

        Raises:
            ChatError: `REFUSED_ADDRESS`: the request is for another server than the one judged; `NONSENSE`: the answer
                is packed.
            httpx2.TransportError: nobody answers there.
        """
        address = self._route.address
        asked = (request.url.scheme, request.url.host, request.url.port or (443 if address.scheme == "https" else 80))
        if asked != (address.scheme, address.host, address.port):
            raise ChatError(Kind.REFUSED_ADDRESS, reason="elsewhere")
        *others, last = self._route.numbers
        for number in others:
            try:
                return self._send(request, number)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                continue  # nothing was sent: the next number, as every browser does
        return self._send(request, last)

    def _send(self, request: httpx2.Request, number: str) -> httpx2.Response:
        headers = {name: request.headers[name] for name in KEPT if name in request.headers}
        headers |= {"host": self._route.address.netloc, "accept-encoding": "identity", "connection": "close"}
        if self._key:
            headers["authorization"] = f"Bearer {self._key.secret()}"
        sent = httpx2.Request(
            request.method,
            request.url.copy_with(host=number),
            headers=headers,
            stream=request.stream,
            extensions=request.extensions | {"sni_hostname": self._route.address.host, "trace": self._trace},
        )
        response = self._inner.handle_request(sent)
        if response.headers.get("content-encoding", "identity") != "identity":  # small on the way, gigabytes here
            response.close()
            raise ChatError(Kind.NONSENSE, reason="packed")
        response.stream = _Bounded(response.stream)
        return response

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._line.opened(info["return_value"].get_extra_info("socket"))

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class _Bounded(httpx2.SyncByteStream):
    """The bytes of an answer, up to a number of them."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        came = 0
        for part in self._stream:
            came += len(part)
            if came > MOST_BYTES:
                raise ChatError(Kind.NONSENSE, reason="endless")
            yield part

    def close(self) -> None:
        self._stream.close()
