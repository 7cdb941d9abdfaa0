"""Answers of the workers that are shipped: what a page shows before anything is moved, without asking any worker."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.once import once


def key(function: Callable[..., Any], *args: Any) -> str:
    """Return what a question to the workers is known by."""
    return json.dumps([f"{function.__module__}.{function.__qualname__}", *args], ensure_ascii=False)


@dataclass(frozen=True)
class Shipped:
    """A file of answers, by their keys.

    Attributes:
        file: JSON; where it is missing, nothing is shipped.
    """

    file: Path

    def answer(self, asked: str) -> Any | None:
        """Return a shipped answer, or None."""
        return self.all().get(asked)

    def all(self) -> dict[str, Any]:
        """Return all shipped answers by their keys."""
        return _read(self.file)


@once(16)
def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found
