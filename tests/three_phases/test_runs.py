"""The phases on real workers: watched, stopped midway, gone on from, and two students at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.runs.live import Runs
from core.runs.store import RunStore
from core.tasks.instructed.kept import MODEL, kept
from core.tasks.instructed.settings import InstructedSettings
from core.three_phases.settings import OWN, start_of, usual
from tests.helpers import until
from tests.runs.on_workers import ended

pytestmark = pytest.mark.slow


@pytest.fixture
def runs(tmp_path: Path, cluster: None) -> Runs:
    return Runs(RunStore(url=str(tmp_path / "runs"), recorded=tmp_path / "none"))


def test_stop_keeps_the_last_good_model_and_phase_three_goes_on_from_it(runs: Runs) -> None:
    """Phase 2, stopped on its way, leaves a model; a run of phase 3 is given it, and its first frame is that model."""
    settings = InstructedSettings(pairs=200, seed=5)
    live = runs.start(settings, "A")
    until(lambda: len([frame for frame in live.frames if frame.measured and frame.update]) >= 1)
    runs.stop(settings.run_id, "A")
    assert live.status == "stopped"
    last = [frame for frame in live.frames if frame.measured][-1]
    assert kept(last.arrays)
    own = {"taste": OWN, "votes": 4, "chosen": (0, 1, 0, 0)}
    asked = usual("dpo", **own, updates=1, batch_size=2, start=start_of(settings, last.update))
    run = ended(runs.start(asked, "A", given=last.arrays))
    first = run.measured[0]
    assert first.metrics["kl"] == pytest.approx(0, abs=1e-4)
    mine, theirs = kept(first.arrays), kept(last.arrays)
    for name, weight in mine.items():
        step = theirs[name].abs().max() / 100
        assert (weight - theirs[name]).abs().max() <= step


def test_two_students_align_one_model_differently_at_once(runs: Runs) -> None:
    """Opposite votes on the same pairs, side by side: each gets their own model, and neither is stored."""
    own = usual("dpo", taste=OWN, votes=4, updates=1, batch_size=2, chosen=(0, 1, 0, 0))
    other = replace(own, chosen=(1, 0, 1, 1))
    beside = runs.start(own, "A"), runs.start(other, "B")
    one, two = (ended(live).measured[-1] for live in beside)
    assert any(not np.array_equal(one.arrays[name], two.arrays[name]) for name in one.arrays if name.startswith(MODEL))
    assert runs.store.find(own) is None
    assert runs.find(own) is not None
