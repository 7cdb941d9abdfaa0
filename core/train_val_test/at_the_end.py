"""Runs that are measured at their end only: what recording many of them needs. Imports torch."""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from core.tasks.digits.settings import DigitsSettings
from core.tasks.digits.task import CHUNK, Digits
from core.training.loop import Measurement, train


class AtTheEnd(Digits):
    """Digits whose network is measured once, on one set: loss, error, and which digits it reads wrongly."""

    def __init__(self, settings: DigitsSettings, split: str) -> None:
        super().__init__(settings)
        self.split = split

    def milestones(self) -> tuple[int]:
        """Measure after the last update."""
        return (self.settings.total_updates,)

    def measure(self, model: nn.Module) -> Measurement:
        """Measure loss and error, and note the mistakes."""
        inputs, targets = self.splits[self.split].inputs, self.splits[self.split].targets
        scores = torch.cat([model(chunk) for chunk in torch.split(inputs, CHUNK)])
        wrong = scores.argmax(1) != targets
        loss, error = F.cross_entropy(scores, targets).item(), wrong.float().mean().item()
        return Measurement({"loss": loss, "error": error}, {"wrong": wrong.numpy()})


def end_of(settings: DigitsSettings, split: str) -> dict[str, float]:
    """Return the loss and the error that a run ends at on a set; a diverged one, infinity and 1."""
    last = list(train(AtTheEnd(settings, split), settings))[-1]
    if last.diverged or not math.isfinite(last.metrics["loss"]):
        return {"loss": math.inf, "error": 1.0}
    return {name: round(last.metrics[name], 5) for name in ("loss", "error")}


def mistakes_of(settings: DigitsSettings, split: str) -> np.ndarray:
    """Return which digits of a set a run reads wrongly at its end."""
    return list(train(AtTheEnd(settings, split), settings))[-1].arrays["wrong"]
