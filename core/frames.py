"""A frame: one recorded moment of a run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from safetensors.numpy import load, save


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
    """

    update: int
    epoch: float
    seconds: float
    metrics: Mapping[str, float]
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)
    diverged: bool = False

    @property
    def measured(self) -> bool:
        """Whether the model was measured here, and not only glimpsed."""
        return len(self.metrics) > 1

    def without_weights(self) -> Frame:
        """Return the frame as it travels while the run goes on: small enough to send at every moment."""
        arrays = {name: array for name, array in self.arrays.items() if not name.startswith("weights/")}
        return Frame(self.update, self.epoch, self.seconds, self.metrics, arrays, self.diverged)

    def to_bytes(self) -> bytes:
        """Return the frame as safetensors bytes with JSON metadata."""
        fields = {"update": self.update, "epoch": self.epoch, "seconds": self.seconds,
                  "metrics": dict(self.metrics), "diverged": self.diverged}  # fmt: skip
        arrays = {name: np.ascontiguousarray(array) for name, array in self.arrays.items()}
        data: bytes = save(arrays, metadata={"frame": json.dumps(fields)})
        return data

    @classmethod
    def from_bytes(cls, data: bytes) -> Frame:
        """Read what `to_bytes` wrote."""
        header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
        fields = json.loads(header["__metadata__"]["frame"])
        return cls(**fields, arrays=load(data))
