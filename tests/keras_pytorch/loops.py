"""Both loops written a second time, in torch's own words, for tests to compare with."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from core.keras_pytorch.engine import Loop
from core.keras_pytorch.settings import LoopSettings


def losses(settings: LoopSettings) -> list[float]:
    """Return the loss of every update of a healthy training, by modules and optimizers of torch itself."""
    data = Loop(settings).given
    g = torch.Generator().manual_seed(settings.seed)
    return (_letters if settings.subject == "letters" else _digits)(settings, data["X"], data["Y"], g)


def _letters(settings: LoopSettings, X: torch.Tensor, Y: torch.Tensor, g: torch.Generator) -> list[float]:
    table, hidden, output = nn.Embedding(37, 10), nn.Linear(30, 200), nn.Linear(200, 37)
    model = nn.Sequential(table, nn.Flatten(), hidden, nn.Tanh(), output)
    with torch.no_grad():
        table.weight.copy_(torch.randn((37, 10), generator=g))
        hidden.weight.copy_(torch.randn((30, 200), generator=g).T)
        hidden.bias.copy_(torch.randn(200, generator=g))
        output.weight.copy_(torch.randn((200, 37), generator=g).T)
        output.bias.copy_(torch.randn(37, generator=g))
    optimizer = torch.optim.SGD(model.parameters(), lr=settings.learning_rate)
    told = []
    for update in range(settings.updates):
        if update == settings.updates // 2:
            optimizer.param_groups[0]["lr"] /= 10
        ix = torch.randint(len(X), (settings.batch_size,), generator=g)
        loss = nn.functional.cross_entropy(model(X[ix]), Y[ix])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        told.append(loss.item())
    return told


def _digits(settings: LoopSettings, X: torch.Tensor, Y: torch.Tensor, g: torch.Generator) -> list[float]:
    layers = [nn.Linear(n, m) for n, m in ((784, 200), (200, 100), (100, 75), (75, 10))]
    with torch.no_grad():
        for layer in layers:
            drawn = torch.randn((layer.in_features, layer.out_features), generator=g)
            layer.weight.copy_(drawn.T * (2 / layer.in_features) ** 0.5)
            layer.bias.zero_()
    optimizer = torch.optim.Adam([p for layer in layers for p in layer.parameters()], lr=settings.learning_rate,
                                 eps=1e-7)  # fmt: skip
    order = torch.randperm(len(X), generator=g)
    told = []
    for update in range(settings.updates):
        start = update * settings.batch_size
        ix = order[start : start + settings.batch_size]
        h = F.relu(layers[0](X[ix].flatten(1)))
        h = h * (torch.rand(h.shape, generator=g) < 1 - settings.dropout) / (1 - settings.dropout)
        for layer in layers[1:-1]:
            h = F.relu(layer(h))
        loss = F.cross_entropy(layers[-1](h), Y[ix])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        told.append(loss.item())
    return told
