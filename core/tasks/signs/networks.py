"""The networks that learn signs: what looks at a photo, dropout, and a last layer."""

from __future__ import annotations

import copy

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.tasks.signs import base
from core.tasks.signs.photos import SIGNS
from core.training.dropout import Dropout
from core.training.optimizers import make_step
from core.training.settings import Settings

SMALL = 32
"""Pixels of the sides of what the network from scratch is given."""
CHANNELS, WIDTH = (16, 32, 64), 64
HEAD_UPDATES, HEAD_RATE = 300, 0.01


class Network(nn.Module):
    """A body that makes features of its inputs, and a head that makes scores of the features."""

    def __init__(self, body: nn.Module, width: int, dropout: float, generator: torch.Generator) -> None:
        super().__init__()
        self.body = body
        self.dropout = Dropout(dropout, generator)
        self.head = nn.utils.skip_init(nn.Linear, width, SIGNS)
        nn.init.xavier_uniform_(self.head.weight, generator=generator)
        nn.init.zeros_(self.head.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Return the scores (photos, signs)."""
        scores: Tensor = self.head(self.dropout(self.body(x)))
        return scores


def from_scratch(dropout: float, generator: torch.Generator) -> Network:
    """Build a small convolutional network for photos of 32 × 32: three convolutions 3 × 3, each with max-pooling."""
    layers: list[nn.Module] = []
    channels = 3
    for wider in CHANNELS:
        layers += [nn.utils.skip_init(nn.Conv2d, channels, wider, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        channels = wider
    dense = nn.utils.skip_init(nn.Linear, channels * (SMALL // 8) ** 2, WIDTH)
    body = nn.Sequential(*layers, nn.Flatten(), dense, nn.ReLU())
    for layer in body:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.xavier_uniform_(layer.weight, generator=generator)
            assert layer.bias is not None
            nn.init.zeros_(layer.bias)
    return Network(body, WIDTH, dropout, generator)


def on_features(dropout: float, generator: torch.Generator) -> Network:
    """Build the course's head on a frozen base: dropout, then a dense layer; the softmax is part of the loss."""
    return Network(nn.Identity(), base.FEATURES, dropout, generator)


def tuned(blocks: int, dropout: float, generator: torch.Generator) -> Network:
    """Build the top layers of the ImageNet base, free to learn, and a head."""
    top = copy.deepcopy(base.imagenet()[-blocks:]).requires_grad_(True)
    return Network(top, base.FEATURES, dropout, generator)


def train_head(
    network: Network, inputs: Tensor, targets: Tensor, settings: Settings, generator: torch.Generator
) -> None:
    """Train the head alone first, as long as the base stands still: a random head would tear at what the base knows."""
    with torch.no_grad():
        features = torch.cat([network.body(chunk) for chunk in torch.split(inputs, 64)])
    weights, step = list(network.head.parameters()), make_step(settings, network.head)
    for _update in range(HEAD_UPDATES):
        some = torch.randint(len(targets), (settings.batch_size,), generator=generator)
        loss = F.cross_entropy(network.head(network.dropout(features[some])), targets[some])
        step(torch.autograd.grad(loss, weights), HEAD_RATE)
