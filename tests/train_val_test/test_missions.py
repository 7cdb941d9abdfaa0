"""The missions of the train page: reached by thinking; by no preset, and by no single move away from one."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import pytest

from core.runs.run import Origin, Run
from core.runs.store import RunStore
from core.tasks.digits.settings import COURSE_CNN, DigitsSettings
from core.train_val_test.choices import OFFERED, neighbours, reached
from core.train_val_test.missions import learned_from_few, repaired
from core.train_val_test.presets import PRESETS
from core.training.frames import Frame

REPAIR = replace(PRESETS["overfit"], model="cnn", dropout=0.6)
FRUGAL = replace(COURSE_CNN, examples=1_000, epochs=20)


def ended(settings: DigitsSettings, loss: float, error: float) -> Run:
    metrics = {"validation_loss": loss, "validation_error": error}
    return Run(settings, [Frame(1, 1.0, 0.0, metrics)], "finished", Origin("", "", ""))


def test_near_misses_are_misses() -> None:
    """A little more loss, a few more examples, a little more error: not reached. At the bound: reached."""
    few = DigitsSettings(examples=300)
    assert repaired(ended(few, 0.45, 0.5))
    assert not repaired(ended(few, 0.4501, 0.0))
    assert not repaired(ended(DigitsSettings(examples=1_000), 0.1, 0.0))
    assert not repaired(ended(few, math.nan, 0.9))
    assert learned_from_few(ended(DigitsSettings(examples=1_000), 9.9, 0.05))
    assert not learned_from_few(ended(DigitsSettings(examples=1_000), 0.1, 0.0501))
    assert not learned_from_few(ended(DigitsSettings(examples=2_000), 0.0, 0.01))


@pytest.mark.parametrize("preset", list(PRESETS))
def test_no_preset_reaches_a_mission(preset: str) -> None:
    """The shipped runs themselves."""
    run = RunStore(url="/nonexistent").find(PRESETS[preset])
    assert run is not None
    assert not repaired(run)
    assert not learned_from_few(run)


def test_no_single_move_from_a_preset_reaches_a_mission() -> None:
    """Every stop of every control, one at a time, from every preset, as recorded; all are there."""
    told = reached()
    moved = dict(enumerate(neighbours()))
    assert len(moved) > 50
    for preset, settings in moved.values():
        end = told[settings.run_id]
        run = ended(settings, end["loss"], end["error"])
        assert not repaired(run), (preset, settings)
        assert not learned_from_few(run), (preset, settings)
    assert {*OFFERED, "seed", "engine"} == {field.name for field in fields(DigitsSettings)}


@pytest.mark.slow
def test_the_recorded_ends_are_those_of_the_same_settings_today() -> None:
    """Three of the recorded ends, computed again; and what does reach the missions: two settings changed."""
    from core.train_val_test.at_the_end import end_of

    told = reached()
    for change in ({"epochs": 10}, {"dropout": 0.3, "epochs": 60}, {"learning_rate": 1e-4}):
        settings = replace(PRESETS["overfit"], **change)
        assert end_of(settings, "validation")["loss"] == pytest.approx(told[settings.run_id]["loss"], rel=0.02)
    for settings, mission in ((REPAIR, repaired), (FRUGAL, learned_from_few)):
        end = end_of(settings, "validation")
        assert mission(ended(settings, end["loss"], end["error"])), end
