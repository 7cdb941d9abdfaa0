"""The optimizers that the course compares, with the constants of Keras, so that every engine takes the same steps."""

from __future__ import annotations

import torch
from torch import nn

from core.training.settings import Settings, SettingsError


def make_optimizer(settings: Settings, model: nn.Module) -> torch.optim.Optimizer:
    """Return the optimizer named in the settings, with the constants of Keras so that both engines agree.

    Adam: Kingma and Ba 2015; RMSprop: Hinton, lecture 6e, 2012; momentum 0.9.
    """
    parameters, rate = list(model.parameters()), settings.learning_rate
    match settings.optimizer:
        case "sgd":
            return torch.optim.SGD(parameters, rate)
        case "momentum":
            return torch.optim.SGD(parameters, rate, momentum=0.9)
        case "rmsprop":
            return torch.optim.RMSprop(parameters, rate, alpha=0.9, eps=1e-7)
        case "adam":
            return torch.optim.Adam(parameters, rate, eps=1e-7, fused=True)
    raise SettingsError("optimizer", settings.optimizer, ("sgd", "momentum", "rmsprop", "adam"))
