"""The four optimizers: Keras and torch walk the same way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
import torch

from core.files import ROOT
from core.tasks.digits.settings import DigitsSettings
from core.training.optimizers import make_step
from core.training.settings import Settings
from tests.small_runs import measured


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
def test_both_engines_agree(optimizer: str) -> None:
    """Keras `fit` and the torch loop give the same curves within float tolerance, for each optimizer."""
    # RMSprop begins with steps of full size in the sign of each gradient: a tiny rate keeps rounding tiny too.
    rate = {"sgd": 0.05, "momentum": 0.05, "rmsprop": 0.0001, "adam": 0.001}[optimizer]
    trained_here = DigitsSettings(examples=600, epochs=2, optimizer=optimizer, learning_rate=rate, weight_decay=0.01)
    ours, keras = measured(trained_here), measured(replace(trained_here, engine="keras"))
    for name in ("train_loss", "validation_loss", "test_loss"):
        np.testing.assert_allclose([m[name] for m in keras], [m[name] for m in ours], rtol=5e-3)


@pytest.mark.parametrize("decay", [0.0, 0.01])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
def test_our_steps_are_those_of_torch_bit_for_bit(optimizer: str, decay: float) -> None:
    """After thirty steps of changing rate on the same gradients, no weight differs from torch.optim's in any bit."""
    ours, theirs = torch.nn.Linear(7, 5), torch.nn.Linear(7, 5)
    theirs.load_state_dict(ours.state_dict())
    references: dict[str, Callable[..., torch.optim.Optimizer]] = {
        "sgd": partial(torch.optim.SGD, lr=1.0),
        "momentum": partial(torch.optim.SGD, lr=1.0, momentum=0.9),
        "rmsprop": partial(torch.optim.RMSprop, lr=1.0, alpha=0.9, eps=1e-7),
        "adam": partial(torch.optim.Adam, lr=1.0, eps=1e-7, fused=True),
    }
    reference = references[optimizer](theirs.parameters())
    step = make_step(Settings(optimizer=optimizer, weight_decay=decay), ours)
    generator = torch.Generator().manual_seed(1)
    for number in range(30):
        rate = 0.1 / (number + 1)
        gradients = tuple(torch.randn(weight.shape, generator=generator) for weight in ours.parameters())
        step(gradients, rate)
        with torch.no_grad():
            for weight, gradient in zip(theirs.parameters(), gradients, strict=True):
                weight.mul_(1 - rate * decay)
                weight.grad = gradient.clone()
        reference.param_groups[0]["lr"] = rate
        reference.step()
    for one, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.equal(one, other)


def test_training_imports_no_compiler() -> None:
    """A worker that trains does not load torch's compiler, which costs seconds and memory before the first update."""
    script = (
        "import sys; from core.tasks.registry import frames; from core.tasks.digits.settings import DigitsSettings\n"
        "list(frames(DigitsSettings(examples=100, epochs=1)))\n"
        "print('torch._dynamo' in sys.modules, 'sympy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
def test_gradients_laid_out_otherwise_than_their_weights_move_the_right_weights(optimizer: str) -> None:
    """A convolution on photos laid out channel by channel steps as on photos laid out row by row."""
    rows, channels = torch.nn.Conv2d(3, 8, 3), torch.nn.Conv2d(3, 8, 3)
    channels.load_state_dict(rows.state_dict())
    photos = torch.randn(4, 3, 9, 9, generator=torch.Generator().manual_seed(1))
    for conv, given in ((rows, photos), (channels, photos.contiguous(memory_format=torch.channels_last))):
        step = make_step(Settings(optimizer=optimizer), conv)
        for _number in range(3):
            gradients = torch.autograd.grad((conv(given) ** 2).mean(), list(conv.parameters()))
            step(gradients, 0.01)
    torch.testing.assert_close(channels.weight, rows.weight, rtol=1e-3, atol=1e-5)
