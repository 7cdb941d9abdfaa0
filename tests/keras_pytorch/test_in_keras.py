"""The shown Keras code, from the loop's weights and on its batches, learns as the loop does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.keras_pytorch import both, in_keras
from core.keras_pytorch.engine import Loop
from core.keras_pytorch.settings import COURSE

UPDATES = 60


@pytest.mark.parametrize(("subject", "tolerance"), [("letters", 1e-3), ("digits", 5e-2)])
def test_fit_follows_the_loop(subject: str, tolerance: float) -> None:
    """The loss of each of 60 updates is the loop's, change of rate and dropped activations included."""
    settings = replace(COURSE[subject], updates=UPDATES)
    loop, keras = in_keras.losses_of_both(settings, UPDATES)
    assert len(keras) == UPDATES
    np.testing.assert_allclose(keras[:10], loop[:10], atol=3e-3)
    np.testing.assert_allclose(keras, loop, atol=tolerance)
    assert loop[-1] < loop[0]


def test_a_network_of_keras_has_the_loops_parameters() -> None:
    """The shown code builds as many parameters as the loop has, of the same shapes and numbers."""
    stepper = in_keras.prepared(loop := Loop(COURSE["digits"]))
    model = in_keras.build(loop, stepper.names)
    assert model.count_params() == sum(p.numel() for p in stepper.names["parameters"]) == 185_435
    for mine, theirs in zip(stepper.names["parameters"], model.get_weights(), strict=True):
        np.testing.assert_array_equal(mine.detach().numpy(), theirs)


def test_both_are_measured_and_stopped_between_parts() -> None:
    """A comparison tells of each part; what it returns has a time for each batch and version, all above zero."""

    class EnoughError(RuntimeError):
        pass

    told: list[int] = []

    def say(done: int) -> None:
        told.append(done)
        if done == 2:
            raise EnoughError

    with pytest.raises(EnoughError):
        both.measure(say)
    assert told == [1, 2]
    shipped = both.recorded()
    for subject, seconds in shipped["seconds"].items():
        assert {version: len(values) for version, values in seconds.items()} == dict.fromkeys(both.VERSIONS, 7)
        assert min(min(values) for values in seconds.values()) > 0, subject
