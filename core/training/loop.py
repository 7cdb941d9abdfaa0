"""The shared training loop: every model of every page learns here.

A training is a generator of frames. Whoever consumes it draws, stores or sends them; closing the generator
stops the training. The loop does not know who listens.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn

from core.training.frames import Frame
from core.training.optimizers import make_step
from core.training.settings import Settings

GLIMPSES_PER_RUN = 200
"""Between two measured frames the loop gives short ones: a live curve moves, and Stop stops within moments."""


@dataclass(frozen=True)
class Examples:
    """Training examples: inputs (examples × …) and targets (examples × …), on one device."""

    inputs: Tensor
    targets: Tensor

    def __len__(self) -> int:
        """Return the number of examples."""
        return len(self.targets)


@dataclass(frozen=True)
class Measurement:
    """What a task measures on a model at one moment: numbers, and the small arrays a page draws."""

    metrics: Mapping[str, float]
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)


@dataclass(frozen=True)
class Stream:
    """Batches that come about while the model learns, such as what an agent lives through.

    Attributes:
        batches: (model, the run's generator) to (inputs, targets), one pair for each update.
        epoch_updates: updates that count as one epoch.
    """

    batches: Callable[[nn.Module, torch.Generator], Iterator[tuple[Tensor, Tensor]]]
    epoch_updates: int


class Task(Protocol):
    """What is learned: data, model, loss, and what is measured. One instance serves one run."""

    def examples(self) -> Examples | Stream:
        """Return the examples to learn from, or where they come from."""
        ...

    def model(self, generator: torch.Generator) -> nn.Module:
        """Build the model; every random number (initial weights, dropout) comes from the generator."""
        ...

    def loss(self, model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean loss of one batch, a scalar that gradients flow through."""
        ...

    def milestones(self) -> Sequence[int]:
        """Return the updates after which the model is measured, ascending; the last one ends the run."""
        ...

    def measure(self, model: nn.Module) -> Measurement:
        """Measure the model, which is in eval mode, without gradients."""
        ...


def train(task: Task, settings: Settings, rate_at: Callable[[int, int], float] | None = None) -> Iterator[Frame]:
    """Train a model and yield its frames: one before the first update, one at each milestone, glimpses between.

    All randomness comes from one generator seeded by `settings.seed`: equal settings give equal frames, whatever
    else the process does. A loss that is no longer finite ends the run with a frame marked `diverged`. `rate_at` gives
    the learning rate of each update instead of the settings: a student may change it while the run goes on.
    """
    rate_at = rate_at or settings.rate_at
    generator = torch.Generator().manual_seed(settings.seed)
    examples = task.examples()
    model = task.model(generator)
    weights, step = list(model.parameters()), make_step(settings, model)
    milestones = task.milestones()
    total = milestones[-1]
    batches, epoch_updates = _source(examples, model, settings.batch_size, generator)
    measured_at, glimpse_every = set(milestones), max(1, total // GLIMPSES_PER_RUN)

    yield frame_at(0, 0.0, 0.0, measure(task, model))
    seconds, started = 0.0, time.perf_counter()
    running_loss, running_updates = torch.zeros((), device=weights[0].device), 0
    for update, (inputs, targets) in enumerate(islice(batches, total), start=1):
        loss = task.loss(model, inputs, targets)
        step(torch.autograd.grad(loss, weights), rate_at(update - 1, total))
        running_loss += loss.detach()
        running_updates += 1
        if update not in measured_at and update % glimpse_every:
            continue
        seconds += time.perf_counter() - started
        mean_loss = (running_loss / running_updates).item()
        diverged = not math.isfinite(mean_loss)
        measured = measure(task, model) if update in measured_at or diverged else None
        yield frame_at(update, update / epoch_updates, seconds, measured, mean_loss, diverged)
        if diverged:
            return
        running_loss.zero_()
        running_updates, started = 0, time.perf_counter()


def _source(
    examples: Examples | Stream, model: nn.Module, batch_size: int, generator: torch.Generator
) -> tuple[Iterator[tuple[Tensor, Tensor]], int]:
    """Return batches without end, and how many are an epoch."""
    if isinstance(examples, Stream):
        return examples.batches(model, generator), examples.epoch_updates
    return _batches(examples, batch_size, generator), math.ceil(len(examples) / batch_size)


def _batches(examples: Examples, batch_size: int, generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield batches; each epoch goes once through all examples in a new random order."""
    while True:
        order = torch.randperm(len(examples), generator=generator).to(examples.targets.device)
        for indices in torch.split(order, batch_size):
            yield examples.inputs[indices], examples.targets[indices]


@torch.no_grad()
def measure(task: Task, model: nn.Module) -> Measurement:
    """Measure a model in eval mode, without gradients, and set it back to training."""
    model.eval()
    measurement = task.measure(model)
    model.train()
    return measurement


def frame_at(
    update: int,
    epoch: float,
    seconds: float,
    measured: Measurement | None,
    running_loss: float = math.nan,
    diverged: bool = False,
) -> Frame:
    """Return the frame of one moment; without a measurement it is a glimpse."""
    found = measured or Measurement({})
    metrics = {"running_loss": running_loss, **found.metrics}
    return Frame(update, epoch, seconds, metrics, dict(found.arrays), diverged, measured is not None)
