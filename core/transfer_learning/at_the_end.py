"""Runs on signs that are measured at their end only: what recording many of them needs. Imports torch."""

from __future__ import annotations

import torch

from core.tasks.signs.engine import train
from core.tasks.signs.settings import SignsSettings
from core.tasks.signs.task import CHUNK, Signs
from core.training.loop import Measurement


class AtTheEnd(Signs):
    """Signs whose network is measured once: how many photos of the others it reads rightly."""

    def milestones(self) -> tuple[int]:
        """Measure after the last update."""
        return (self.settings.updates,)

    def measure(self, model: torch.nn.Module) -> Measurement:
        """Measure the accuracy, 0 to 1."""
        examples = self.measured_on()
        read = torch.cat([model(chunk).argmax(1) for chunk in torch.split(examples.inputs, CHUNK)])
        return Measurement({"accuracy": (read == examples.targets).float().mean().item()})


def accuracy_of(settings: SignsSettings) -> float:
    """Return the accuracy, 0 to 1, that a run ends at; a diverged one, what chance gives at worst, zero."""
    *_before, last = train(AtTheEnd(settings), settings)
    return 0.0 if last.diverged else float(last.metrics["accuracy"])
