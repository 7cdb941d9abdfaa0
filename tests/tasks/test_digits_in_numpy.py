"""The digits' networks in NumPy, as the web process computes them, against torch."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose

from core.runs.store import RunStore
from core.tasks.digits import data as digits
from core.tasks.digits.in_numpy import activations, logits, softmax, weights_of
from core.tasks.digits.networks import mlp
from core.tasks.digits.settings import DigitsSettings
from core.tasks.digits.task import Digits
from core.tasks.registry import frames
from core.train_val_test.presets import PRESETS as DIGITS


@pytest.mark.parametrize("model", ["mlp", "cnn"])
def test_numpy_thinks_what_torch_thinks(model: str) -> None:
    """The web process's NumPy forward pass equals torch's on the same recorded weights."""
    settings = DigitsSettings(examples=300, epochs=1, model=model)
    last = list(frames(settings))[-1]
    network = Digits(settings).model(torch.Generator().manual_seed(0)).eval()
    network.load_state_dict({name: torch.from_numpy(value) for name, value in weights_of(last).items()})
    images = digits.load("validation")[0][:20]
    with torch.no_grad():
        expected = network(torch.from_numpy(digits.to_inputs(images))).numpy()
    found = np.stack([logits(weights_of(last), image) for image in images])
    np.testing.assert_allclose(found, expected, atol=2e-5)


def test_the_real_networks_layers_are_torchs() -> None:
    """Every layer shown of the recorded network equals torch's on the same digit, and the probabilities add up."""
    run = RunStore().find(DIGITS["course_mlp"])
    assert run is not None
    weights = weights_of(run.measured[-1])
    model = mlp(0.0, torch.Generator())
    model.load_state_dict({name: torch.tensor(array) for name, array in weights.items()})
    image = digits.load("test")[0][0]
    found = activations(weights, image)
    x = torch.tensor(digits.to_inputs(image))[None]
    seen = [x.reshape(1, -1)]
    with torch.no_grad():
        for layer in model.eval():
            x = layer(x)
            if isinstance(layer, torch.nn.ReLU):
                seen.append(x)
    for ours, theirs in zip(found, [*seen, x], strict=True):
        assert_allclose(ours, theirs[0].numpy(), atol=1e-4)
    assert [len(layer) for layer in found] == [784, 200, 100, 75, 10]
    assert softmax(found[-1]).sum() == pytest.approx(1, abs=1e-5)
