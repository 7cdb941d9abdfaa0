"""What the frames of a shown loop hold besides its losses: what each line made, and the line that raised. No torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.training.frames import Frame

TRACE = "trace/"
"""Begins the name of an array of a frame: what each line of a turn made. After it, the turn, from 1; 0 is before it."""
ERROR = "error"
"""Name of the array of a last frame that says which line raised, and what."""


@dataclass(frozen=True)
class Failure:
    """A line of the loop that raised.

    Attributes:
        piece: its statement.
        kind: name of the exception's class.
        words: what it said, in full.
        update: the turn, from 1; 0 before the loop.
    """

    piece: str
    kind: str
    words: str
    update: int


def as_array(told: Any) -> np.ndarray:
    """Return JSON values as an array of a frame: their UTF-8."""
    return np.frombuffer(json.dumps(told, separators=(",", ":")).encode(), np.uint8)


def from_array(array: np.ndarray) -> Any:
    """Return the JSON values that `as_array` was given."""
    return json.loads(array.tobytes())


def trace_of(frames: Sequence[Frame]) -> list[dict[str, Any]]:
    """Return the turns run line by line: `turn`, and its `steps`, each a statement and what is new after it."""
    return [
        {"turn": int(name.removeprefix(TRACE)), "steps": from_array(array)}
        for frame in frames
        for name, array in frame.arrays.items()
        if name.startswith(TRACE)
    ]


def error_of(frames: Sequence[Frame]) -> Failure | None:
    """Return the error that ended a run, if one did."""
    if not frames or ERROR not in frames[-1].arrays:
        return None
    return Failure(**from_array(frames[-1].arrays[ERROR]))
