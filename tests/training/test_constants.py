"""The optimizers' constants: Keras' own, and the same wherever the course takes a step."""

from __future__ import annotations

import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import pytest

from core.tasks.digits import keras_engine
from core.tasks.digits.settings import DigitsSettings
from core.training.constants import ALPHA, BETA2, EPSILON, MOMENTUM


def test_they_are_keras_own() -> None:
    """`optimizer="rmsprop"` and `"adam"` in a student's Keras code mean the constants of this course."""
    assert keras.optimizers.RMSprop().rho == ALPHA
    assert keras.optimizers.RMSprop().epsilon == EPSILON
    adam = keras.optimizers.Adam()
    assert (adam.beta_1, adam.beta_2, adam.epsilon) == (MOMENTUM, BETA2, EPSILON)


def test_keras_rmsprop_is_told_its_epsilon_under_the_root() -> None:
    """√ε of Keras' run is torch's ε: the smallest divisor is the same in both engines."""
    optimizer = keras_engine.make_optimizer(DigitsSettings(engine="keras", optimizer="rmsprop"))
    assert optimizer.epsilon**0.5 == pytest.approx(EPSILON)
