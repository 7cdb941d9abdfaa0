"""The optimizers that the course compares, with the constants of Keras, so that every engine takes the same steps.

`torch.optim` spends as long on bookkeeping as a small network on its arithmetic, and its first use imports a compiler
that is not needed here (two seconds, 100 MB a worker). These steps call the kernels that `torch.optim` calls; tests
compare them with it, bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from core.training.constants import ALPHA, BETA2, EPSILON, MOMENTUM
from core.training.settings import Settings, SettingsError

Gradients = tuple[Tensor, ...]
Step = Callable[[Gradients, float], None]
"""Moves the weights: gradients, in the order of the model's parameters, and the learning rate."""


def make_step(settings: Settings, model: nn.Module) -> Step:
    """Return the step of the optimizer named in the settings, on a model's weights.

    Weight decay is decoupled from the gradient (Loshchilov and Hutter 2019), as Keras does for every optimizer.
    """
    weights = [weight.detach() for weight in model.parameters()]  # the same memory, unseen by autograd
    if settings.optimizer not in _STEPS:
        raise SettingsError("optimizer", settings.optimizer, tuple(_STEPS))
    step = _STEPS[settings.optimizer](weights)
    decay = settings.weight_decay
    if not decay:
        return step

    def decayed(gradients: Gradients, rate: float) -> None:
        torch._foreach_mul_(weights, 1 - rate * decay)
        step(gradients, rate)

    return decayed


def _sgd(weights: list[Tensor]) -> Step:
    def step(gradients: Gradients, rate: float) -> None:
        torch._foreach_add_(weights, gradients, alpha=-rate)

    return step


def _momentum(weights: list[Tensor]) -> Step:
    velocities = [torch.zeros_like(weight) for weight in weights]

    def step(gradients: Gradients, rate: float) -> None:
        torch._foreach_mul_(velocities, MOMENTUM)
        torch._foreach_add_(velocities, gradients)
        torch._foreach_add_(weights, velocities, alpha=-rate)

    return step


def _rmsprop(weights: list[Tensor]) -> Step:
    squares = [torch.zeros_like(weight) for weight in weights]

    def step(gradients: Gradients, rate: float) -> None:
        torch._foreach_mul_(squares, ALPHA)
        torch._foreach_addcmul_(squares, gradients, gradients, value=1 - ALPHA)
        divisors = torch._foreach_sqrt(squares)
        torch._foreach_add_(divisors, EPSILON)
        torch._foreach_addcdiv_(weights, gradients, divisors, value=-rate)

    return step


def _adam(weights: list[Tensor]) -> Step:
    means = [torch.zeros_like(weight) for weight in weights]
    squares = [torch.zeros_like(weight) for weight in weights]
    steps = [torch.zeros((), device=weight.device) for weight in weights]
    kernels = [place for place, weight in enumerate(weights) if weight.dim() == 4]

    def step(gradients: Gradients, rate: float) -> None:
        torch._foreach_add_(steps, 1)
        aligned = _laid_out_like(weights, gradients, kernels)
        torch._fused_adam_(weights, aligned, means, squares, [], steps, lr=rate, beta1=MOMENTUM, beta2=BETA2,
                           weight_decay=0.0, eps=EPSILON, amsgrad=False, maximize=False)  # fmt: skip

    return step


def _laid_out_like(weights: list[Tensor], gradients: Gradients, kernels: list[int]) -> Gradients:
    """Return gradients whose numbers lie in memory as those of their weights do.

    The fused kernel goes through both from the first number to the last, without a look at their strides: the gradient
    of a convolution on photos laid out channel by channel would be taken for another one.
    """
    found = list(gradients)
    for place in kernels:
        if found[place].stride() != weights[place].stride():
            found[place] = torch.empty_like(weights[place]).copy_(found[place])
    return tuple(found)


_STEPS: dict[str, Callable[[list[Tensor]], Step]] = {
    "sgd": _sgd,
    "momentum": _momentum,
    "rmsprop": _rmsprop,
    "adam": _adam,
}
