"""The student's own Python: what the field in the browser is given, and what it tells of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.in_browser import component, nothing, surroundings
from components.in_browser.told import told
from components.language import _

WORKER = "pyodide/worker.js"
"""Address of the worker, from the page's base: `components.server.python_files` serves it."""
SECONDS, LONGEST = 5.0, 20_000
KEY = "chat-python"
KINDS = ("done", "error", "time", "output", "stopped", "missing")


def python_field(code: str, key: str = KEY) -> Mapping[str, Any] | None:
    """Show a field for Python with Run and Stop; return what became of the run that has just ended.

    Everything happens in the browser: this server serves the files of CPython once, and computes nothing.

    Args:
        code: that the field opens with.
        key: of the component.
    """
    data = surroundings() | {
        "code": code[:LONGEST],
        "longest": LONGEST,
        "seconds": SECONDS,
        "address": WORKER,
        "labels": labels(),
    }
    component("chat/python")(key=key, data=data, on_ran_change=nothing)
    found = told(key, "ran")
    return found if found.get("kind") in KINDS else None


def labels() -> dict[str, Any]:
    """Return the field's words."""
    return {
        "code": _("Python program"),
        "run": _("Run"),
        "stop": _("Stop"),
        "loading": _("Python is loading or running…"),
        "output": _("What the program prints"),
        "line": _("line {number}", number="%n"),
        "kinds": {
            "done": _("Done."),
            "error": _("The program stopped with an error."),
            "time": _("Stopped: the program ran longer than {seconds} s.", seconds=f"{SECONDS:g}"),
            "output": _("Stopped: the program prints too much."),
            "stopped": _("Stopped."),
            "missing": _("Python could not be loaded in this browser."),
        },
    }
