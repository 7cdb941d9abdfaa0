"""A frame: one recorded moment of a run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from core.files import pack, unpack

WEIGHTS = "weights/"
"""Begins the names of the arrays that hold a model."""
SCALE = "@scale"
"""Ends the name of what an array of whole numbers is multiplied by: a shipped run keeps its weights in eight bits."""


@dataclass(frozen=True)
class Frame:
    """One recorded moment of a training run.

    Attributes:
        update: number of optimizer steps taken.
        epoch: passes through the training examples, as a fraction.
        seconds: time spent in updates, without measuring.
        metrics: named numbers. `running_loss` is the mean training loss since the last frame, dropout on; the
            others exist in measured frames only.
        arrays: what the page draws; names that begin with `weights/` hold the model.
        diverged: the loss is no longer a finite number, and the run ends here.
        measured: whether the model was measured here, and not only glimpsed.
    """

    update: int
    epoch: float
    seconds: float
    metrics: Mapping[str, float]
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)
    diverged: bool = False
    measured: bool = True

    @property
    def weights(self) -> dict[str, np.ndarray]:
        """The model's weights, by their own names; nothing where they were not kept."""
        found = {n.removeprefix(WEIGHTS): array for n, array in self.arrays.items() if n.startswith(WEIGHTS)}
        scales = {n.removesuffix(SCALE): found.pop(n) for n in list(found) if n.endswith(SCALE)}
        return {n: array * scales[n] if n in scales else array for n, array in found.items()}

    @property
    def nbytes(self) -> int:
        """What its arrays weigh in memory, in bytes."""
        return sum(array.nbytes for array in self.arrays.values())

    def without_weights(self) -> Frame:
        """Return the frame as it travels while the run goes on: small enough to send at every moment."""
        arrays = {name: array for name, array in self.arrays.items() if not name.startswith(WEIGHTS)}
        return replace(self, arrays=arrays)

    def to_bytes(self) -> bytes:
        """Return the frame as safetensors bytes with JSON metadata."""
        numbers = ("update", "epoch", "seconds", "diverged", "measured")
        fields = {name: getattr(self, name) for name in numbers} | {"metrics": dict(self.metrics)}
        return pack(self.arrays, {"frame": json.dumps(fields)})

    @classmethod
    def from_bytes(cls, data: bytes) -> Frame:
        """Read what `to_bytes` wrote."""
        arrays, metadata = unpack(data)
        return cls(**json.loads(metadata["frame"]), arrays=arrays)
