"""Learning to read digits, as a task of `core.training.loop`: MNIST, the course's two networks, what is measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.once import once
from core.tasks.digits import data as digits
from core.tasks.digits.networks import cnn, mlp
from core.tasks.digits.settings import DigitsSettings
from core.training.loop import Examples, Measurement

MISTAKES_SHOWN = 12
CHUNK = 100
"""Examples measured at once: larger chunks of the CNN fall out of the processor's caches and take up to 3 × longer."""
SPLITS = ("train", "validation", "test")


class Digits:
    """Learn to read digits: cross-entropy on ten classes; loss and error rate on three sets."""

    def __init__(self, settings: DigitsSettings) -> None:
        self.settings = settings
        self.splits = {name: _load(name) for name in SPLITS}
        train = self.splits["train"]
        self.splits["train"] = Examples(train.inputs[: settings.examples], train.targets[: settings.examples])

    def examples(self) -> Examples:
        """Return the training digits: inputs (examples, 28, 28), targets (examples,)."""
        return self.splits["train"]

    def model(self, generator: torch.Generator) -> nn.Module:
        """Build the network named in the settings."""
        return {"mlp": mlp, "cnn": cnn}[self.settings.model](self.settings.dropout, generator)

    def loss(self, model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean cross-entropy of a batch, in nats."""
        return F.cross_entropy(model(inputs), targets)

    def milestones(self) -> Sequence[int]:
        """Measure after each epoch."""
        every = self.settings.updates_per_epoch
        return range(every, self.settings.total_updates + 1, every)

    def measure(self, model: nn.Module) -> Measurement:
        """Measure loss and error rate on each whole set, and what the model gets wrong on the validation set."""
        metrics: dict[str, float] = {}
        for name, examples in self.splits.items():
            logits = torch.cat([model(chunk) for chunk in torch.split(examples.inputs, CHUNK)])
            metrics[f"{name}_loss"] = F.cross_entropy(logits, examples.targets).item()
            metrics[f"{name}_error"] = (logits.argmax(1) != examples.targets).float().mean().item()
            if name == "validation":
                arrays = mistakes(logits, examples.targets)
        with np.errstate(over="ignore"):  # a diverging weight is stored as infinity, and drawn as such
            weights = {
                f"weights/{name}": value.numpy().astype(np.float16) for name, value in model.state_dict().items()
            }
        return Measurement(metrics, arrays | weights)


def mistakes(logits: Tensor, targets: Tensor) -> dict[str, np.ndarray]:
    """Return the confusion matrix (true, predicted) and the mistakes the model is surest of.

    Args:
        logits: (examples, 10). Not-a-number counts as a mistake with no confidence.
        targets: (examples,).
    """
    confidence, predicted = logits.softmax(1).nan_to_num(0).max(1)
    confusion = torch.bincount(targets * 10 + predicted, minlength=100).reshape(10, 10)
    wrong = (predicted != targets).nonzero().squeeze(1)
    surest = wrong[confidence[wrong].argsort(descending=True, stable=True)][:MISTAKES_SHOWN]
    missing = MISTAKES_SHOWN - len(surest)

    def padded(values: Tensor, dtype: type[np.generic]) -> np.ndarray:
        return np.pad(values.numpy().astype(dtype), (0, missing), constant_values=-1)

    return {
        "confusion": confusion.numpy().astype(np.int32),
        "mistakes/index": padded(surest, np.int32),
        "mistakes/predicted": padded(predicted[surest], np.int8),
        "mistakes/confidence": padded(confidence[surest], np.float16),
    }


@once(len(SPLITS))
def _load(split: str) -> Examples:
    """Return a set as tensors, kept in memory once per worker."""
    images, labels = digits.load(split)
    inputs = torch.from_numpy(digits.to_inputs(images))
    return Examples(inputs, torch.from_numpy(labels.astype(np.int64)))
