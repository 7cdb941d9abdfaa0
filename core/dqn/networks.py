"""The networks that say what each action is worth: the course's, and a small one."""

from __future__ import annotations

import itertools
import math

import torch
from torch import nn

from core.dqn.rules import ACTIONS
from core.dqn.settings import CONVOLUTIONS, DENSE, SMALL_DENSE
from core.dqn.view import PLANES


def course_network(radius: int, generator: torch.Generator) -> nn.Sequential:
    """Build the course's network on windows (batch × 6 × width × width): 3 × 3 convolutions, then dense layers."""
    channels = (len(PLANES), *CONVOLUTIONS)
    layers: list[nn.Module] = []
    for before, behind in itertools.pairwise(channels):
        layers += [nn.Conv2d(before, behind, 3, padding=1), nn.ReLU()]
    layers += [nn.Flatten(), *_dense(CONVOLUTIONS[-1] * (2 * radius + 1) ** 2, DENSE)]
    return _drawn(nn.Sequential(*layers), generator)


def small_network(inputs: int, generator: torch.Generator) -> nn.Sequential:
    """Build a small dense network on inputs (batch × inputs)."""
    return _drawn(nn.Sequential(*_dense(inputs, SMALL_DENSE)), generator)


def _dense(inputs: int, neurons: tuple[int, ...]) -> list[nn.Module]:
    layers: list[nn.Module] = []
    for before, behind in itertools.pairwise((inputs, *neurons)):
        layers += [nn.Linear(before, behind), nn.ReLU()]
    return [*layers, nn.Linear(neurons[-1], len(ACTIONS))]


@torch.no_grad()
def _drawn(network: nn.Sequential, generator: torch.Generator) -> nn.Sequential:
    """Draw all weights as PyTorch does by default, uniformly up to 1 / √inputs, from an own generator."""
    for layer in network:
        if isinstance(layer, (nn.Linear, nn.Conv2d)):
            bound = 1 / math.sqrt(layer.weight[0].numel())
            for weights in (layer.weight, layer.bias):
                assert weights is not None
                weights.uniform_(-bound, bound, generator=generator)
    return network
