"""The course's two networks on MNIST: the MLP and the small CNN, all their randomness from one generator."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import nn

from core.tasks.digits import data as digits
from core.tasks.digits.settings import CNN_CHANNELS, MLP_WIDTHS
from core.training.dropout import Dropout


def mlp(dropout: float, generator: torch.Generator) -> nn.Sequential:
    """Build the course's Flatten–200–100–75–10; the softmax is part of the loss."""
    layers: list[nn.Module] = [nn.Flatten()]
    for fan_in, fan_out in pairwise(MLP_WIDTHS):
        layers += [nn.Linear(fan_in, fan_out), nn.ReLU(), Dropout(dropout, generator)]
    return _initialised(nn.Sequential(*layers[:-2]), generator)


def cnn(dropout: float, generator: torch.Generator) -> nn.Sequential:
    """Build a small convolutional network: two convolutions 3 × 3 with max-pooling, then ten outputs."""
    first, second = CNN_CHANNELS
    return _initialised(
        nn.Sequential(
            nn.Unflatten(1, (1, digits.SIDE)),  # (batch, 28, 28) → (batch, 1, 28, 28)
            *(nn.Conv2d(1, first, 3), nn.ReLU(), nn.MaxPool2d(2)),  # → (batch, 16, 13, 13)
            *(nn.Conv2d(first, second, 3), nn.ReLU(), nn.MaxPool2d(2)),  # → (batch, 32, 5, 5)
            *(nn.Flatten(), Dropout(dropout, generator), nn.Linear(second * 25, 10)),
        ),
        generator,
    )


def _initialised(model: nn.Sequential, generator: torch.Generator) -> nn.Sequential:
    """Draw weights as Keras does (Glorot and Bengio 2010, uniform; biases zero), so both engines start equal."""
    for layer in model:
        if isinstance(layer, (nn.Linear, nn.Conv2d)):
            nn.init.xavier_uniform_(layer.weight, generator=generator)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
    return model
