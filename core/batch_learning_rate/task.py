"""The batch size and learning rate page's task: the course's MLP, measured often on the validation digits."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.batch_learning_rate.settings import RateSettings, milestones
from core.tasks.digits.networks import mlp
from core.tasks.digits.settings import DigitsSettings
from core.tasks.digits.task import Digits
from core.training.loop import Examples, Measurement


class Rates:
    """Learn to read digits; about 30 measurements of loss and error rate on all 6,000 validation digits.

    The training digits are not measured: the running loss of the batches costs nothing, and its shaking is
    what the page is about. The test set stays sealed here.
    """

    def __init__(self, settings: RateSettings) -> None:
        self.settings = settings
        self.splits = Digits(DigitsSettings(examples=settings.examples)).splits

    def examples(self) -> Examples:
        """Return the training digits: inputs (examples, 28, 28), targets (examples,)."""
        return self.splits["train"]

    def model(self, generator: torch.Generator) -> nn.Module:
        """Build the course's MLP."""
        return mlp(0.0, generator)

    def loss(self, model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean cross-entropy of a batch, in nats."""
        return F.cross_entropy(model(inputs), targets)

    def milestones(self) -> Sequence[int]:
        """Measure often at the beginning, then evenly; a range test is read from its training loss alone."""
        if self.settings.schedule == "range_test":
            return [self.settings.updates]
        return milestones(self.settings.updates)

    def measure(self, model: nn.Module) -> Measurement:
        """Measure loss and error rate on the validation digits."""
        examples = self.splits["validation"]
        logits = model(examples.inputs)
        loss = F.cross_entropy(logits, examples.targets).item()
        error = (logits.argmax(1) != examples.targets).float().mean().item()
        return Measurement({"validation_loss": loss, "validation_error": error})
