"""The code tab of the forward pass, executed."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from core.forward_pass.network import (
    ACTIVATIONS,
    STEPS,
    Network,
    forward,
)
from core.forward_pass.shown_code import sources
from tests.helpers import execute


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_code_tab_gives_the_pictures_numbers(step: str, activation: str) -> None:
    """Loops, NumPy and torch, executed as shown, end with the a, y and u of the picture."""
    between = activation if activation != "softmax" else "identity"
    network = Network(step=step, activation=activation, between=between)
    found = forward(network)
    for name, source in sources(network).items():
        scope = execute(source)
        for variable in ("a", "y", "u"):
            if variable in found:
                assert_allclose(np.array(scope[variable]), found[variable], atol=1e-5, err_msg=f"{name} {variable}")
