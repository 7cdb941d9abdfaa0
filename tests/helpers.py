"""What several test files do: open a page through the router, run its code tab, wait for another process."""

from __future__ import annotations

import inspect
import socket
import textwrap
import threading
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.course import concepts
from core.files import ROOT

STEMS = [concept.stem for concept in concepts()]
"""The pages of the course, home apart, in their order."""
ROUTER = str(ROOT / "components" / "router.py")


def open_page(stem: str, **query: str) -> AppTest:
    """Open a page through the router, as its address does: it is the first that its session asks for."""
    app = AppTest.from_file(ROUTER, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    if stem != "home":
        app.switch_page(f"../pages/{stem}.py")
    return app.run()


def small_app(script: Callable[[], None]) -> AppTest:
    """Return the app that one function is, with time enough on a busy machine.

    Without a file, like the router: a worker that starts meanwhile has no main module to run.
    """
    source = textwrap.dedent(inspect.getsource(script))
    return AppTest.from_string(f'globals().pop("__file__", None)\n{source}\n{script.__name__}()', default_timeout=60)


def execute(source: str) -> dict[str, Any]:
    """Run the code of a code tab as its notebook would; return the names it leaves."""
    names: dict[str, Any] = {}
    exec(compile(source, "shown code", "exec"), names)
    return names


RARELY = 0.25
"""Seconds between two looks that cost something, such as running a page: asked at every tick, it would do nothing else
than run again, and take from the worker that it waits for the time to answer."""


def until(condition: Callable[[], object], seconds: float = 120, *, every: float = 0.02) -> None:
    """Wait until a condition of another process holds; fail if it never does.

    Args:
        condition: what is looked at.
        seconds: to wait for it.
        every: seconds between two looks; `RARELY` where a look costs more than a glance.
    """
    tick = threading.Event()
    for _ in range(int(seconds / every)):
        if condition():
            return
        tick.wait(every)
    pytest.fail("it never happened")


def free_port() -> int:
    """Return a port on which nothing listens at this moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
