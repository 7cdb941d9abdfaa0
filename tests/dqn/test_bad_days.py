"""Bad days of an agent: values without bounds, a memory hardly large enough, settings that none can have."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from core.dqn.presets import BASE
from core.tasks.registry import frames
from core.training.settings import SettingsError
from tests.dqn.flights import SHORT, Flight


def test_a_discount_of_one_is_allowed() -> None:
    """γ = 1 is allowed: all targets stay finite while the first batches are learned."""
    flight = Flight(replace(SHORT, discount=1.0))
    for _ in range(50):
        _inputs, targets = next(flight.batches)
        assert targets.isfinite().all()
        flight.shake()


def test_a_training_that_diverges_ends_with_its_frames() -> None:
    """A rate of 10 without a target network: values without bounds, a frame that says so, and a judgement even so."""
    settings = replace(
        BASE, steps=300, batch_size=4, discount=1.0, target_unit="none", learning_rate=10.0, optimizer="sgd"
    )
    found = list(frames(settings))
    assert found[-1].diverged
    assert found[-1].update < settings.total_updates
    assert not any(frame.diverged for frame in found[:-1])
    assert math.isfinite(found[-1].metrics["reward"])


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"memory": 32}, "memory"),
        ({"memory": 0}, "memory"),
        ({"batch_size": 0}, "batch_size"),
        ({"steps": 100, "batch_size": 100}, "steps"),
        ({"world": "course"}, "steps"),
        ({"discount": 1.01}, "discount"),
        ({"discount": math.nan}, "discount"),
        ({"draw": "best"}, "draw"),
    ],
)
def test_settings_that_no_agent_can_have_are_refused(wrong: dict[str, object], name: str) -> None:
    """A memory smaller than a batch, no update at all, a course too long, a γ above 1: named, before anything flies."""
    with pytest.raises(SettingsError) as refused:
        replace(BASE, **wrong)  # type: ignore[arg-type]
    assert refused.value.name == name


def test_a_memory_as_small_as_a_batch_is_drawn_whole() -> None:
    """64 of 64: every batch is all there is, in some order."""
    flight = Flight(replace(BASE, memory=64))
    for _ in range(3):
        next(flight.batches)
        told = flight.explorer.memory.told
        assert sorted(flight.task.drawn.tolist()) == list(range(told - 64, told))
