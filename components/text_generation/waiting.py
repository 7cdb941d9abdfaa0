"""What this page asks of workers: the answers that are shipped for it need none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from components import answers
from core.text_generation.recorded import SHIPPED


def answered(slot: str, function: Callable[..., Any], *args: Any) -> Any | None:
    """Return what a function gives, shipped or computed on a worker; None while it computes, or if it failed."""
    return answers.answered(slot, function, *args, shipped=SHIPPED)
