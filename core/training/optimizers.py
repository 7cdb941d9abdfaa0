"""The optimizers that the course compares, with the constants of Keras, so that every engine takes the same steps."""

from __future__ import annotations

import torch
from torch import nn

from core.training.constants import ALPHA, BETA2, EPSILON, MOMENTUM
from core.training.settings import Settings, SettingsError


def make_optimizer(settings: Settings, model: nn.Module) -> torch.optim.Optimizer:
    """Return the optimizer named in the settings, with the course's constants."""
    parameters, rate = list(model.parameters()), settings.learning_rate
    match settings.optimizer:
        case "sgd":
            return torch.optim.SGD(parameters, rate)
        case "momentum":
            return torch.optim.SGD(parameters, rate, momentum=MOMENTUM)
        case "rmsprop":
            return torch.optim.RMSprop(parameters, rate, alpha=ALPHA, eps=EPSILON)
        case "adam":
            return torch.optim.Adam(parameters, rate, betas=(MOMENTUM, BETA2), eps=EPSILON, fused=True)
    raise SettingsError("optimizer", settings.optimizer, ("sgd", "momentum", "rmsprop", "adam"))
