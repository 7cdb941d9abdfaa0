"""A run in a file: nothing is lost, and damage is found out."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from core.runs.run import DamagedRun, Run, from_bytes
from tests.runs.on_workers import last_weights


def test_a_run_survives_its_file(short_run: Run) -> None:
    """Writing and reading a run gives every frame back: numbers, arrays, settings, origin."""
    again = from_bytes(short_run.to_bytes())
    assert again.settings == short_run.settings
    assert again.origin == short_run.origin
    assert len(again.frames) == len(short_run.frames)
    for ours, theirs in zip(short_run.frames, again.frames, strict=True):
        assert (ours.update, ours.epoch, ours.measured) == (theirs.update, theirs.epoch, theirs.measured)
        np.testing.assert_equal(dict(ours.metrics), dict(theirs.metrics))
        assert ours.arrays.keys() == theirs.arrays.keys()
    np.testing.assert_array_equal(last_weights(again), last_weights(short_run))


@given(st.data())
@example_settings(max_examples=80, deadline=None)
def test_damaged_bytes_are_a_damaged_run(short_run: Run, data: st.DataObject) -> None:
    """A file cut or overwritten anywhere is refused as damaged or read as a run; nothing else is raised."""
    good = short_run.to_bytes()
    cut = data.draw(st.integers(0, 3_000))
    noise = data.draw(st.binary(max_size=40))
    with suppress(DamagedRun):
        assert from_bytes(good[:cut] + noise + good[cut + len(noise) :]).frames
