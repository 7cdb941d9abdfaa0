"""The course's printed log: five lines of a real `model.fit`, and what each number was computed from."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass

from core.files import RECORDED
from core.once import once
from core.tasks.digits.data import TRAIN

FILE = RECORDED / "train_val_test" / "keras-log.json"
EPOCHS, BATCH = 5, 128
BATCHES = math.ceil(TRAIN / BATCH)
"""Of an epoch: what Keras counts before each bar, 422."""
NAMES = ("accuracy", "loss", "val_accuracy", "val_loss")


@dataclass(frozen=True)
class Epoch:
    """One epoch of the log.

    Attributes:
        line: as Keras printed it.
        right: how many digits of each batch were read rightly, at the moment when that batch was learned from.
        losses: the mean loss of each batch, likewise.
        after: accuracy and loss of the network as it stands after the epoch, measured by ourselves on each set:
            "train_accuracy", "train_loss", "validation_accuracy", "validation_loss".
    """

    line: str
    right: tuple[int, ...]
    losses: tuple[float, ...]
    after: dict[str, float]

    @property
    def printed(self) -> dict[str, str]:
        """The four numbers of the line, as they were printed."""
        return {name: re.findall(rf"(?<!\w){name}: ([\d.e-]+)", self.line)[0] for name in NAMES}


def batch_size(batch: int) -> int:
    """Return how many digits a batch of an epoch holds (0-based): the last one has what is left."""
    return min(BATCH, TRAIN - batch * BATCH)


@once()
def load() -> tuple[Epoch, ...]:
    """Return the five epochs as recorded."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    measured = [f"{split}_{name}" for split in ("train", "validation") for name in ("accuracy", "loss")]
    return tuple(
        Epoch(e["line"], tuple(e["right"]), tuple(e["losses"]), {name: e[name] for name in measured}) for e in told
    )
