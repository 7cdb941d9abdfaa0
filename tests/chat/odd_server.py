"""A real HTTP server that answers badly: the first part of the address says how."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from core.chat.servers import Server, server_of

KEY = "sk-very-secret-0123456789"


def chunk(text: str = "", **choice: Any) -> bytes:
    """Return one chunk of a stream, as OpenAI's server sends it."""
    data = {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"content": text}, **choice}]}
    return f"data: {json.dumps(data)}\n\n".encode()


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile_body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()},
                                  self.rfile_body))  # fmt: skip
        case = self.path.split("/")[1]
        with suppress(OSError):  # the client has gone: what a Stop looks like from here
            CASES[case](self)
            return
        self.server.hung_up.set()

    do_GET = do_POST

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def whole(self, status: int, body: str, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content-type": kind, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def stream(self, *parts: bytes, ends: bool = True, cut: bool = False) -> None:
        if not hasattr(self, "has_begun"):
            self.has_begun = True
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
        for part in parts:
            self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            self.wfile.flush()
        if ends:
            self.wfile.write(b"0\r\n\r\n")
        self.close_connection |= cut

    def wait(self, *parts: bytes) -> None:
        if parts:
            self.stream(*parts, ends=False)
        self.server.over.wait(60)

    def for_ever(self, part: bytes, every: float = 0.002) -> None:
        while not self.server.over.wait(every):
            self.stream(part, ends=False)


def _refuses_a_field_at_a_time(handler: _Handler) -> None:
    """As OpenAI's does: it names one field that it does not take."""
    for name in ("top_k", "max_tokens"):
        if name in handler.rfile_body:
            return handler.whole(400, json.dumps({"error": {"message": f"Unsupported parameter: '{name}'"}}))
    return handler.stream(chunk("fine"), chunk("!", finish_reason="stop"))


def _takes_no_temperature(handler: _Handler) -> None:
    """As those of OpenAI's models do that think first."""
    if "temperature" in handler.rfile_body:
        return handler.whole(400, json.dumps({"error": {"message": "Unsupported parameter: 'temperature'"}}))
    return handler.stream(chunk("fine"), chunk("!", finish_reason="stop"))


def _reads_for_long(handler: _Handler) -> None:
    """As `transformers serve` does: it names the role at once, and begins to write when it has read."""
    handler.stream(chunk(), ends=False)
    handler.server.over.wait(0.6)
    handler.stream(chunk("Hello", finish_reason="stop"))


def _loud(text: str) -> str:
    return json.dumps({"error": {"message": text}})


CASES: dict[str, Callable[[_Handler], None]] = {
    "fine": lambda to: to.stream(chunk("Hel"), chunk("lo", finish_reason="stop"), b"data: [DONE]\n\n"),
    "401": lambda to: to.whole(401, _loud(f"Incorrect API key provided: {KEY}. " + "x" * 900)),
    "404": lambda to: to.whole(404, _loud("The model `none` does not exist")),
    "429": lambda to: to.whole(429, _loud("slow down")),
    "429_seconds": lambda to: to.whole(429, _loud("slow down"), retry_after="7"),
    "429_date": lambda to: to.whole(429, _loud("slow down"), retry_after="Wed, 21 Oct 2015 07:28:00 GMT"),
    "429_absurd": lambda to: to.whole(429, _loud("slow down"), retry_after="1e99"),
    "429_negative": lambda to: to.whole(429, _loud("slow down"), retry_after="-5"),
    "429_nan": lambda to: to.whole(429, _loud("slow down"), retry_after="nan"),
    "429_words": lambda to: to.whole(429, _loud("slow down"), retry_after="when it suits"),
    "500": lambda to: to.whole(500, "<html>it broke</html>", "text/html"),
    "too_long": lambda to: to.whole(400, json.dumps({"error": {"code": "context_length_exceeded", "message": "no"}})),
    "redirect": lambda to: to.whole(307, "", location="http://169.254.169.254/latest/meta-data/"),
    "reads": _reads_for_long,
    "no_temperature": _takes_no_temperature,
    "fields": _refuses_a_field_at_a_time,
    "wrong_json": lambda to: to.stream(chunk("Hel"), b"data: {not json\n\n"),
    "wrong_shape": lambda to: to.stream(chunk("Hel"), b'data: {"choices": "none"}\n\n'),
    "wrong_kind": lambda to: to.stream(b"data: [1, 2]\n\n"),
    "empty": lambda to: to.stream(),
    "page": lambda to: to.whole(200, "<html>log in</html>", "text/html"),
    "whole": lambda to: to.whole(200, json.dumps({"choices": [{"message": {"content": "all at once"},
                                                               "finish_reason": "stop"}]})),
    "whole_wrong": lambda to: to.whole(200, "{"),
    "says_error": lambda to: to.stream(chunk("Hel"), b'data: {"error": {"message": "out of memory"}}\n\n'),
    "cut": lambda to: to.stream(chunk("Hel"), chunk("lo"), ends=False, cut=True),
    "ends_early": lambda to: to.stream(chunk("Hel"), chunk("lo")),
    "endless": lambda to: to.for_ever(chunk("word ")),
    "drips": lambda to: to.for_ever(chunk("word "), every=0.05),
    "endless_line": lambda to: to.for_ever(b"data: " + b"x" * 500_000),
    "endless_silence": lambda to: to.for_ever(b": still here\n\n"),
    "silent": lambda to: to.wait(),
    "stalls": lambda to: to.wait(chunk("Hel")),
    "packed": lambda to: to.whole(200, "x", content_encoding="gzip"),
    "loud": lambda to: to.stream(chunk("Hel"), f'data: {{"error": {{"message": "key {KEY}"}}}}\n\n'.encode()),
}  # fmt: skip


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    asked: list[tuple[str, dict[str, str], dict[str, Any]]]
    hung_up: threading.Event
    over: threading.Event


class OddServer:
    """The server, on a port of its own."""

    def __init__(self) -> None:
        self._server = _Listener(("127.0.0.1", 0), _Handler)
        self._server.asked, self._server.hung_up, self._server.over = [], threading.Event(), threading.Event()
        self.port = int(self._server.server_address[1])

    @property
    def asked(self) -> list[tuple[str, dict[str, str], dict[str, Any]]]:
        """What it was asked: path, headers, body."""
        return self._server.asked

    @property
    def hung_up(self) -> threading.Event:
        """Set when a client has gone in the middle of an answer."""
        return self._server.hung_up

    def __enter__(self) -> OddServer:
        """Serve."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of who waits, and end."""
        self._server.over.set()
        self._server.shutdown()
        self._server.server_close()

    def server(self, case: str, key: str = KEY, host: str = "127.0.0.1") -> Server:
        return server_of(f"http://{host}:{self.port}/{case}/v1", "none", key)
