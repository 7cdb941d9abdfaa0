"""Agents whose batches are taken one by one, and a network that always says the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import torch
from torch import Tensor, nn

from core.dqn.presets import BASE
from core.dqn.settings import DqnSettings
from core.dqn.task import Dqn

SHORT = replace(BASE, steps=400, batch_size=16)


class Flight:
    """An agent whose batches are taken one by one, as the loop takes them."""

    def __init__(self, settings: DqnSettings) -> None:
        self.task, self.generator = Dqn(settings), torch.Generator().manual_seed(settings.seed)
        stream = self.task.examples()
        self.model = self.task.model(self.generator)
        self.batches: Iterator[tuple[Tensor, Tensor]] = stream.batches(self.model, self.generator)
        self.explorer = self.task.explorer

    @torch.no_grad()
    def shake(self) -> None:
        """Change the network, as an update does."""
        for weight in self.model.parameters():
            weight.add_(0.01 * torch.randn(weight.shape, generator=self.generator))

    def is_renewed(self) -> bool:
        """Whether the target network equals the network."""
        pairs = zip(self.task.target.parameters(), self.model.parameters(), strict=True)
        return all(torch.equal(mine, other) for mine, other in pairs)


class Always(nn.Module):
    """Values one action most, whatever it sees."""

    def __init__(self, action: int) -> None:
        super().__init__()
        self.said = torch.eye(5)[action][None]

    def forward(self, seen: Tensor) -> Tensor:
        return self.said.expand(len(seen), -1)
