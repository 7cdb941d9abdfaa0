"""Schedules of the learning rate, against torch's own."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch

from core.training.schedules import factor


@pytest.mark.parametrize("total", [1, 10, 200])
def test_schedules_are_those_of_torch(total: int) -> None:
    """Cosine, step and warm-up give at every update the rate of torch.optim.lr_scheduler."""
    schedulers: dict[str, Callable[[torch.optim.Optimizer], torch.optim.lr_scheduler.LRScheduler]] = {
        "constant": lambda optimizer: torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1.0),
        "cosine": lambda optimizer: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=total),
        "step": lambda optimizer: torch.optim.lr_scheduler.MultiStepLR(optimizer, [math.ceil(total / 2)], gamma=0.1),
        "warmup": lambda optimizer: torch.optim.lr_scheduler.LinearLR(
            optimizer, start_factor=1 / max(1, round(total / 10)), total_iters=max(1, round(total / 10)) - 1
        ),
    }
    for name, make in schedulers.items():
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
        scheduler = make(optimizer)
        for update in range(total):
            assert 0.3 * factor(name, update, total) == pytest.approx(scheduler.get_last_lr()[0], rel=1e-6, abs=1e-9)
            optimizer.step()
            scheduler.step()
