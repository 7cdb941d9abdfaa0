"""The loop: the plain loop of torch, repeatable to the last bit, stopped from outside, honest about divergence."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
import pytest
import torch

from core.tasks.digits.settings import DigitsSettings
from core.tasks.digits.task import Digits
from core.tasks.registry import frames
from core.train_val_test.presets import PRESETS
from tests.small_runs import SMALL_DIGITS


def test_the_loop_equals_a_plain_one() -> None:
    """A ten-line loop of torch, with its own Adam and its own batches, ends at the very same weights."""
    task = Digits(SMALL_DIGITS)
    generator = torch.Generator().manual_seed(SMALL_DIGITS.seed)
    model, examples = task.model(generator), task.examples()
    optimizer = torch.optim.Adam(model.parameters(), SMALL_DIGITS.learning_rate, eps=1e-7)
    for _ in range(SMALL_DIGITS.epochs):
        for indices in torch.randperm(len(examples), generator=generator).split(SMALL_DIGITS.batch_size):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(examples.inputs[indices]), examples.targets[indices]).backward()
            optimizer.step()
    last = list(frames(SMALL_DIGITS))[-1]
    plain = model.get_parameter("1.weight").detach().numpy().astype(np.float16)
    np.testing.assert_allclose(last.arrays["weights/1.weight"], plain, atol=1e-4)


def test_equal_settings_give_equal_frames_and_another_seed_others() -> None:
    """Every metric and weight repeats to the last bit; the seed is not ignored."""
    first, again = list(frames(SMALL_DIGITS)), list(frames(SMALL_DIGITS))
    assert [frame.metrics for frame in first[1:]] == [frame.metrics for frame in again[1:]]
    np.testing.assert_array_equal(first[-1].arrays["weights/1.weight"], again[-1].arrays["weights/1.weight"])
    other = list(frames(DigitsSettings(examples=400, epochs=2, batch_size=64, seed=2)))
    assert other[-1].metrics["validation_loss"] != first[-1].metrics["validation_loss"]


def test_a_rate_that_diverges_ends_the_run_and_says_so() -> None:
    """The too-fast preset ends with a frame marked diverged, all frames before it kept."""
    found = list(frames(PRESETS["too_fast"]))
    assert found[-1].diverged
    assert not any(frame.diverged for frame in found[:-1])
    assert found[-1].update < PRESETS["too_fast"].total_updates


def test_closing_the_generator_stops_the_training() -> None:
    """Whoever follows a run stops it by closing the generator; no further update is made."""
    running = frames(DigitsSettings(epochs=100))
    assert isinstance(running, Generator)
    next(running)
    next(running)
    running.close()
    with pytest.raises(StopIteration):
        next(running)
