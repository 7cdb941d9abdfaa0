"""The engine of signs: the frozen layers look at the photos, then the loop that all pages share trains the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from core.tasks.signs.settings import LOOKED, SignsSettings
from core.tasks.signs.task import Signs
from core.training.frames import WEIGHTS, Frame
from core.training.loop import train as train_by_loop


def train(task: Signs, settings: SignsSettings, rate_at: Callable[[int, int], float] | None = None) -> Iterator[Frame]:
    """Look, then train; yield the frames of the loop. The last one keeps the weights, in 16 bits."""
    for share in task.prepare():
        yield Frame(0, 0.0, 0.0, {LOOKED: share}, measured=False)
    for frame in train_by_loop(task, settings, rate_at):
        is_last = frame.diverged or frame.update == settings.updates
        yield replace(frame, arrays={**frame.arrays, **_weights(task)}) if is_last else frame


def _weights(task: Signs) -> dict[str, np.ndarray]:
    with np.errstate(over="ignore"):  # a diverging weight is stored as infinity
        return {
            f"{WEIGHTS}{name}": value.numpy().astype(np.float16) for name, value in task.network.state_dict().items()
        }
