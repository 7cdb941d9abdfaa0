"""Examples that a row of the ladder answers wrongly: which ones, what it says, and what would have been right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.files import ASSETS
from core.project.baselines import TASKS, Task
from core.project.shown_data import CONTEXT

MOST = 12
"""Mistakes that are kept of a row."""
ORDER = 0
"""Seed of the order in which validation is gone through, the same for every row: its first mistakes are kept."""
SHEETS = {name: ASSETS / "recorded" / "project" / f"{name}.png" for name in ("digits", "signs")}
"""Of the tasks whose examples are images: those that are kept, in the order of their place in validation."""
_PIXELS = {"digits": (255, 0), "signs": (127.5, 1)}
"""What makes a pixel of 0 to 255 of the number that a model reads: times the first, after adding the second."""


def mistakes(task: Task, names: Mapping[str, Any], model: str) -> list[list[Any]]:
    """Return the first mistakes of a measured model: [example, right class, its class] each.

    An example is its place in validation; of letters, the three that are read ("." before a word begins).

    The same letters are kept once.

    Args:
        task: that was learned.
        names: those of the executed cells.
        model: that was measured.
    """
    x, y = names["x_val"], names["y_val"]
    said = names["answers"][model](x)
    order = np.random.default_rng(ORDER).permutation(len(y))
    wrong = [int(place) for place in order if said[place] != y[place]]
    if task.name != "letters":
        return [[place, str(y[place]), str(said[place])] for place in wrong[:MOST]]
    written = names["characters"]
    found: dict[str, list[Any]] = {}  # the same letters come more than once: each is shown once
    for place in wrong:
        example = read(x[place], written)
        found.setdefault(example, [example, written[y[place]], written[said[place]]])
    return list(found.values())[:MOST]


def read(example: NDArray[np.float32], characters: str) -> str:
    """Return the letters that one example holds, one-hot."""
    return "".join(characters[place] for place in example.reshape(CONTEXT, -1).argmax(1))


def places(recorded: Iterable[Iterable[Sequence[Any]]]) -> list[int]:
    """Return the images of recorded mistakes, by their place in validation, in the order of their sheet."""
    return sorted({place for mistakes in recorded for place, *_classes in mistakes})


def images(task: str, x_val: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the validation images of a task as grey pixels."""
    times, plus = _PIXELS[task]
    side = round(TASKS[task].inputs ** 0.5)
    pixels: NDArray[np.uint8] = np.rint((x_val + plus) * times).astype(np.uint8).reshape(-1, side, side)
    return pixels
