"""The four optimizers: Keras and torch walk the same way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.tasks.digits.settings import DigitsSettings
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
