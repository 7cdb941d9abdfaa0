"""When the missions about the three phases are reached, on the recorded runs and on changes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.files import RUNS
from core.runs.run import Run, from_bytes
from core.three_phases.missions import aligned, frugal, hacked
from core.three_phases.recorded import presets


def recorded(name: str) -> Run:
    path = RUNS / f"{presets()[name].run_id}.safetensors"
    return from_bytes(path.read_bytes(), recorded=True)


def ending(run: Run, **metrics: float) -> Run:
    """Return a run whose last frame has other metrics."""
    *before, last = run.frames
    return replace(run, frames=[*before, replace(last, metrics={**last.metrics, **metrics})])


def with_settings(run: Run, **changed: Any) -> Run:
    return replace(run, settings=replace(run.settings, **changed))


def test_no_recorded_run_reaches_a_mission() -> None:
    """What replays at a click is no feat; nor is nothing at all."""
    for run in (*map(recorded, presets()), None):
        assert not frugal(run)
        assert not aligned(run)
        assert not hacked(run)


def test_missions_want_exactly_what_they_say() -> None:
    """Few pairs and 95 %; worth that rises for 5 points of obedience; a reward up by two, no story, and a leash."""
    tuned = with_settings(recorded("instructed"), pairs=2_000)
    assert frugal(tuned)
    assert not frugal(ending(tuned, obeyed=0.94))
    pulled = recorded("aligned")
    before = pulled.measured[0].metrics["obeyed"]
    assert aligned(ending(pulled, obeyed=before - 0.04))
    assert not aligned(ending(pulled, obeyed=before - 0.06))
    assert not aligned(ending(pulled, obeyed=before, worth=-20.0))
    loose = with_settings(recorded("hacked"), beta=0.01)
    assert hacked(loose)
    assert not hacked(ending(loose, recognised=0.2))
    assert not hacked(ending(loose, reward=1.0))
