"""Answers of the workers that are shipped: what the page shows below its first screen before anything is moved."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from core.files import RECORDED
from core.once import once

AGED = 80
"""Tokens that a younger model writes."""
FILE = RECORDED / "text_generation" / "answers.json"


def key(function: Callable[..., Any], *args: Any) -> str:
    """Return what a question to the workers is known by."""
    return json.dumps([f"{function.__module__}.{function.__qualname__}", *args], ensure_ascii=False)


def answer(asked: str) -> Any | None:
    """Return a shipped answer, or None."""
    return answers().get(asked)


@once()
def answers() -> dict[str, Any]:
    """Return all shipped answers by their keys."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return found
