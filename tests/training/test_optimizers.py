"""The four optimizers: Keras and torch walk the same way."""

from __future__ import annotations

import subprocess
import sys

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
    common = {"examples": 600, "epochs": 2, "optimizer": optimizer, "learning_rate": rate, "weight_decay": 0.01}
    ours, keras = measured(DigitsSettings(**common)), measured(DigitsSettings(engine="keras", **common))
    for name in ("train_loss", "validation_loss", "test_loss"):
        np.testing.assert_allclose([m[name] for m in keras], [m[name] for m in ours], rtol=5e-3)


@pytest.mark.parametrize("decay", [0.0, 0.01])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
def test_our_steps_are_those_of_torch_bit_for_bit(optimizer: str, decay: float) -> None:
    """After thirty steps of changing rate on the same gradients, no weight differs from torch.optim's in any bit."""
    ours, theirs = torch.nn.Linear(7, 5), torch.nn.Linear(7, 5)
    theirs.load_state_dict(ours.state_dict())
    reference = {
        "sgd": lambda weights: torch.optim.SGD(weights, 1.0),
        "momentum": lambda weights: torch.optim.SGD(weights, 1.0, momentum=0.9),
        "rmsprop": lambda weights: torch.optim.RMSprop(weights, 1.0, alpha=0.9, eps=1e-7),
        "adam": lambda weights: torch.optim.Adam(weights, 1.0, eps=1e-7, fused=True),
    }[optimizer](list(theirs.parameters()))
    step = make_step(Settings(optimizer=optimizer, weight_decay=decay), ours)
    generator = torch.Generator().manual_seed(1)
    for number in range(30):
        rate = 0.1 / (number + 1)
        gradients = tuple(torch.randn(weight.shape, generator=generator) for weight in ours.parameters())
        step(gradients, rate)
        with torch.no_grad():
            for weight, gradient in zip(theirs.parameters(), gradients, strict=True):
                weight *= 1 - rate * decay
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
