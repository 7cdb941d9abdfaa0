"""The connection goes where the address was judged to lead: one look-up, one place, and the certificate of the name."""

from __future__ import annotations

import socket
import ssl
import threading

import httpx2
import pytest
import trustme

from core.chat import pinned
from core.chat.addresses import route
from core.chat.errors import ChatError, Kind
from core.chat.line import Line
from core.chat.servers import Key
from tests.chat.asking import ask, to
from tests.chat.odd_server import OddServer


def names(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let `chat.example` stand for these numbers, one after the other; return what is looked up."""
    asked: list[str] = []
    really = socket.getaddrinfo

    def look_up(host: str, port: int, *args: int, **named: int) -> object:
        if host != "chat.example":
            return really(host, port, *args, **named)
        asked.append(host)
        number = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_a_name_that_changes_its_mind_changes_nothing(odd: OddServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked up once, judged, and gone to: what the name says a moment later is never asked (DNS rebinding)."""
    asked = names(monkeypatch, "127.0.0.1", "203.0.113.1")
    odd.asked.clear()
    assert ask(odd.server("fine", host="chat.example")).text == "Hello"
    assert asked == ["chat.example"]
    assert odd.asked[0][1]["host"] == f"chat.example:{odd.port}"


@pytest.mark.usefixtures("in_class")
def test_a_name_of_this_machine_is_never_connected_to_in_a_class(
    odd: OddServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A public-looking name whose number is inner: refused before a single byte."""
    names(monkeypatch, "127.0.0.1")
    odd.asked.clear()
    error = ask(odd.server("fine", host="chat.example")).error
    assert error is not None
    assert (error.kind, error.reason) == (Kind.REFUSED_ADDRESS, "inner")
    assert not odd.asked


def test_the_second_number_of_a_name_is_tried_when_the_first_does_not_answer(odd: OddServer) -> None:
    """As for `localhost`, which is ::1 first where Ollama listens on 127.0.0.1 only."""
    way = route(f"http://localhost:{odd.port}/fine/v1", to("::1", "127.0.0.1"))
    with Line() as line, pinned.client(way, Key(), line) as http:
        assert http.post(f"{way.address.base}/x", json={}).is_success


def test_the_transport_goes_nowhere_but_where_it_was_sent(odd: OddServer) -> None:
    """A request for another host or port is refused by the transport itself, whoever makes it."""
    way = route(f"http://127.0.0.1:{odd.port}/fine/v1")
    with Line() as line, pinned.client(way, Key(), line) as http:
        for url in (f"http://localhost:{odd.port}/fine", "http://127.0.0.1:1/fine", "http://169.254.169.254/latest"):
            with pytest.raises(ChatError) as caught:
                http.get(url)
            assert caught.value.kind is Kind.REFUSED_ADDRESS


@pytest.mark.parametrize(("owner", "is_trusted"), [("chat.example", True), ("other.example", False)])
def test_a_pinned_connection_still_checks_the_name(
    owner: str, is_trusted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TLS names the host, not the number, and a certificate of somebody else is no server."""
    authority, asked = trustme.CA(), []
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(owner).configure_cert(theirs)
    theirs.sni_callback = lambda _socket, name, _context: asked.append(name)
    ours = ssl.create_default_context()
    authority.configure_trust(ours)
    monkeypatch.setattr(pinned, "certificates", lambda: ours)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            taken, _ = listening.accept()
            try:
                with theirs.wrap_socket(taken, server_side=True) as spoken:
                    spoken.recv(10_000)
                    spoken.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi")
            except OSError:
                taken.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        way = route(f"https://chat.example:{listening.getsockname()[1]}/v1", to("127.0.0.1"))
        with Line() as line, pinned.client(way, Key(), line) as http:
            if is_trusted:
                assert http.get(way.address.base).text == "hi"
            else:
                with pytest.raises(httpx2.ConnectError, match="certificate"):
                    http.get(way.address.base)
        thread.join(10)
    assert asked == ["chat.example"]
