"""The recorded networks of letters: all presets replay at once, and the first believes nothing."""

from __future__ import annotations

import pytest

from core.embeddings.presets import ASKED, PRESETS
from core.files import RUNS
from core.tasks.registry import frames
from tests.embeddings.shipped import losses, recorded


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_is_recorded(preset: str) -> None:
    """Its run is shipped whole, in at most 1.5 MB, and ends where its settings say."""
    run = recorded(preset)
    assert run.measured[-1].update == PRESETS[preset].updates
    assert (RUNS / f"{run.run_id}.safetensors").stat().st_size < 1_500_000


def test_the_question_is_asked_of_a_flat_run() -> None:
    """Two numbers a letter: nothing is projected, what is seen is what was learned."""
    assert ASKED.embedding == 2
    assert recorded("names").settings == ASKED


def test_the_course_start_is_what_training_gives() -> None:
    """The first loss of the too sure start, computed again."""
    first = next(iter(frames(PRESETS["course_start"])))
    assert first.metrics["validation_loss"] == pytest.approx(losses("course_start")[0], abs=1e-3)
