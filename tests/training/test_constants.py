"""The optimizers' constants: Keras' own, and the same wherever the course takes a step."""

from __future__ import annotations

import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import pytest
from torch import nn

from core.tasks.digits import keras_engine
from core.tasks.digits.settings import DigitsSettings
from core.training.constants import ALPHA, BETA2, EPSILON, MOMENTUM
from core.training.optimizers import make_optimizer


def test_they_are_keras_own() -> None:
    """`optimizer="rmsprop"` and `"adam"` in a student's Keras code mean the constants of this course."""
    assert keras.optimizers.RMSprop().rho == ALPHA
    assert keras.optimizers.RMSprop().epsilon == EPSILON
    adam = keras.optimizers.Adam()
    assert (adam.beta_1, adam.beta_2, adam.epsilon) == (MOMENTUM, BETA2, EPSILON)


@pytest.mark.parametrize(
    ("name", "constants"),
    [
        ("momentum", {"momentum": MOMENTUM}),
        ("rmsprop", {"alpha": ALPHA, "eps": EPSILON}),
        ("adam", {"betas": (MOMENTUM, BETA2), "eps": EPSILON}),
    ],
)
def test_runs_take_their_steps_with_them(name: str, constants: dict[str, object]) -> None:
    """The torch optimizer of a run has the course's constants, none of torch's own."""
    optimizer = make_optimizer(DigitsSettings(optimizer=name), nn.Linear(2, 1))
    assert {key: optimizer.defaults[key] for key in constants} == constants


def test_keras_rmsprop_is_told_its_epsilon_under_the_root() -> None:
    """√ε of Keras' run is torch's ε: the smallest divisor is the same in both engines."""
    optimizer = keras_engine.make_optimizer(DigitsSettings(engine="keras", optimizer="rmsprop"))
    assert optimizer.epsilon**0.5 == pytest.approx(EPSILON)
