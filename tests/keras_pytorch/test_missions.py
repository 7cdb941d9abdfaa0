"""The mission on braking: reached by thinking of rate and length together, and not by one move."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.keras_pytorch.missions import BRAKED_LOSS, braked, neighbours, reached
from core.keras_pytorch.presets import PRESETS, recorded
from core.runs.record import record
from core.runs.store import RunStore


def test_the_mission_can_be_reached() -> None:
    """A small rate and 2,000 updates end below the bar with gradients that are never reset; not with a line mended."""
    settings = replace(PRESETS["forgotten"], updates=2_000, learning_rate=3e-4)
    assert braked(record(settings))
    assert not braked(record(replace(settings, faults=("no_reset", "shifted_labels"))))
    assert not braked(record(replace(settings, faults=())))


def test_no_preset_and_no_single_move_reaches_it() -> None:
    """No shipped run reaches the mission, nor any setting that one control away from the preset gives, as recorded."""
    shipped = RunStore(url="/nonexistent")
    runs = [shipped.find(settings) for settings in [*PRESETS.values(), *recorded().values()]]
    assert not any(braked(run) for run in runs if run is not None)
    assert None not in runs
    told = reached()
    assert {settings.run_id for settings in neighbours()} == set(told)
    assert min(told.values()) > BRAKED_LOSS


def test_what_was_recorded_of_one_move_is_computed_again() -> None:
    """The shortest of these runs ends where the file says, and misses the mission.

    It diverges, and what the processor rounds is made greater a hundred times over: with the instructions that one
    processor offers it ended at 14.9, 15.7, 15.8 and 16.9. Nearer than to 15 % it is not the same on another one.
    """
    settings = next(one for one in neighbours() if one.updates == 100)
    found = record(settings).measured[-1].metrics["validation_loss"]
    assert found == pytest.approx(reached()[settings.run_id], rel=0.15)
    assert found > BRAKED_LOSS
