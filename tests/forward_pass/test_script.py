"""The forward pass in the browser: its numbers are those of core.forward_pass.network, in every step."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from components.in_browser import COMPONENTS
from core.forward_pass.network import ACTIVATIONS, LENGTHS, LIMIT, STEPS, Network, forward
from tests.node import ask

SCRIPT = COMPONENTS / "forward_pass" / "forward.js"


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_browser_computes_what_numpy_computes(activation: str) -> None:
    """With random numbers, every matrix that a step shows is equal, the two layers made one included."""
    rng = np.random.default_rng(len(activation))
    numbers: dict[str, Any] = {
        name: tuple(rng.uniform(-LIMIT, LIMIT, length).round(1)) for name, length in LENGTHS.items()
    }
    between = activation if activation != "softmax" else "tanh"
    networks = [Network(step=step, activation=activation, between=between, **numbers) for step in STEPS]
    found = ask(
        SCRIPT, "given.map((state) => compute(state, shapeOf(state)))", [dataclasses.asdict(each) for each in networks]
    )
    for network, results in zip(networks, found, strict=True):
        for name, expected in forward(network).items():
            np.testing.assert_allclose(results[name], expected.ravel(), rtol=1e-12, atol=1e-12, err_msg=network.step)
