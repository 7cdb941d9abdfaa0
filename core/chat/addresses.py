"""Which address a student may reach through this server, decided once and before anything is sent.

A form that sends requests to a typed address lets whoever fills it in use this machine's own place in its network
(server-side request forgery). So an address is taken apart here, its name is looked up once, every number it stands for
is judged, and the connection goes to one of these numbers (`core.chat.pinned`), whatever the name says a moment later.

- `CURSEURS_CHAT_SERVERS` lists base addresses, separated by commas. What it lists may be reached, wherever that is. In
  a class, nothing else may, once it is set.
- Anything else has to be public: not this machine, not its network, no service that clouds keep for their machines.
- At home (`core.limits.in_class` says no) this machine's loopback may be reached too: the app serves nobody but the
  student who sits at it, and that is where Ollama lives.

The model that comes with the course is reached by `core.chat.embedded` itself; no typed address is it.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from core import limits
from core.chat.errors import ChatError, Kind

LISTED = "CURSEURS_CHAT_SERVERS"
"""Base addresses that may be reached, separated by commas."""
LONGEST = 500
PORTS = {"http": 80, "https": 443}
ENDINGS = ("/chat/completions", "/completions", "/models", "/responses")
"""What is often pasted with a base address."""
_PATH = re.compile(r"[A-Za-z0-9._~/@:-]*")
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_CLOUDS = tuple(ipaddress.ip_network(each) for each in ("168.63.129.16", "192.0.0.0/24"))
"""Public by number (the second for older Pythons), but clouds' own services for their machines: Azure's, Oracle's. The
others' are link-local or private."""

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Address:
    """A base address, taken apart and written in one way only.

    Attributes:
        scheme: `http` or `https`.
        host: a name in lower case, without a dot at its end, or a number; ASCII.
        port: always there.
        path: without a slash at its end.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def netloc(self) -> str:
        """The host, with its port unless that is the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def base(self) -> str:
        """The whole of it."""
        return f"{self.scheme}://{self.netloc}{self.path}"

    @property
    def root(self) -> str:
        """Without the version at its end: llama.cpp answers what is not OpenAI's there."""
        return f"{self.scheme}://{self.netloc}{self.path.removesuffix('/v1')}"

    def covers(self, other: Address) -> bool:
        """Whether another address is this one or lies below it."""
        same = (self.scheme, self.host, self.port) == (other.scheme, other.host, other.port)
        return same and (other.path + "/").startswith(self.path + "/")


@dataclass(frozen=True)
class Route:
    """An address that may be reached, and the numbers that it was found to stand for."""

    address: Address
    numbers: tuple[str, ...]


def parse(text: str) -> Address:
    """Take a typed base address apart.

    Raises:
        ChatError: `REFUSED_ADDRESS`; its reason is `scheme`, `credentials` or `shape`.
    """
    typed = text.strip()
    if len(typed) > LONGEST or any(not letter.isprintable() or letter in " \\" for letter in typed):
        raise _refused("shape")
    try:
        parts = urlsplit(typed)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refused("shape") from None
    if parts.scheme not in PORTS:
        raise _refused("scheme")
    if "@" in parts.netloc:
        raise _refused("credentials")
    if parts.query or parts.fragment or "?" in typed or "#" in typed:
        raise _refused("shape")
    return Address(parts.scheme, _host(host), PORTS[parts.scheme] if port is None else _port(port), _path(parts.path))


def _host(host: str) -> str:
    if ":" in host:
        if "%" in host:  # a scope is this machine's own affair
            raise _refused("shape")
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError:
            raise _refused("shape") from None
    try:
        written = host.removesuffix(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise _refused("shape") from None
    if not _HOST.fullmatch(written):
        raise _refused("shape")
    return written


def _port(port: int) -> int:
    if not 0 < port < 65_536:
        raise _refused("shape")
    return port


def _path(path: str) -> str:
    path = path.rstrip("/")
    for ending in ENDINGS:
        path = path.removesuffix(ending).rstrip("/")
    if not _PATH.fullmatch(path) or ".." in path or "//" in path:
        raise _refused("shape")
    return path


def listed() -> tuple[Address, ...] | None:
    """Return the addresses that the environment lists; None where it lists none. One that is none is left out."""
    asked = [each for each in os.environ.get(LISTED, "").split(",") if each.strip()]
    found = []
    for each in asked:
        try:
            found.append(parse(each))
        except ChatError as error:
            log.warning("%s: an address in it is none (%s)", LISTED, error.reason)
    return tuple(found) if asked else None


def check(address: Address) -> bool:
    """Say whether an address is listed, so that its numbers need no judging. Looks nothing up.

    Raises:
        ChatError: `REFUSED_ADDRESS` with the reason `not_listed`: this is a class that has a list.
    """
    allowed = listed()
    if any(each.covers(address) for each in allowed or ()):
        return True
    if allowed is not None and limits.in_class():
        raise _refused("not_listed")
    return False


def resolve(host: str, port: int) -> list[str]:
    """Look a name up; a number, in whatever spelling the system takes, becomes itself.

    Raises:
        OSError: there is no such name, or nobody to ask.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def route(text: str, look_up: Resolve = resolve) -> Route:
    """Return how to reach a typed address, if this server's students may.

    Args:
        text: the base address.
        look_up: what looks a name up; asked once.

    Raises:
        ChatError: `REFUSED_ADDRESS` (the reasons of `parse` and `check`, and `inner` for what is not public), or
            `UNREACHABLE` with the reason `name`: nobody knows it.
    """
    address = parse(text)
    is_listed = check(address)
    try:
        numbers = look_up(address.host, address.port)
    except (OSError, UnicodeError):
        numbers = []
    if not numbers:
        raise ChatError(Kind.UNREACHABLE, reason="name")
    if not is_listed and not all(_may_be_reached(number) for number in numbers):
        raise _refused("inner")
    return Route(address, tuple(numbers))


def _may_be_reached(number: str) -> bool:
    try:
        ip = innermost(ipaddress.ip_address(number))
    except ValueError:  # with a scope, as in fe80::1%eth0
        return False
    if ip.is_loopback:
        return not limits.in_class()
    is_special = ip.is_multicast or ip.is_reserved or ip.is_unspecified or any(ip in each for each in _CLOUDS)
    return ip.is_global and not is_special


def innermost(ip: IP) -> IP:
    """Return the IPv4 number that an IPv6 one carries (mapped, 6to4, Teredo, NAT64), or the number itself."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour or ip
    if ip.teredo:
        return ip.teredo[1]
    return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in _NAT64 else ip


def _refused(reason: str) -> ChatError:
    return ChatError(Kind.REFUSED_ADDRESS, reason=reason)
