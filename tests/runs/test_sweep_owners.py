"""A sweep belongs to the students who asked for it: one each, and nobody else stops it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from core.runs.live import Runs
from core.runs.sweeps import OneSweepEach, Sweeps
from tests.helpers import until
from tests.runs.on_workers import SWEPT_LONG, finished, grid

WANTED = grid(SWEPT_LONG, rates=2, seeds=1)


@pytest.fixture
def tabs() -> set[str]:
    """The tabs that are open."""
    return {"A", "B", "C"}


@pytest.fixture
def sweeps(runs: Runs, tabs: set[str]) -> Iterator[Sweeps]:
    runs.is_active = tabs.__contains__
    made = Sweeps(runs)
    yield made
    for sweep in made.active():
        sweep.stopped = True
        finished(sweep)


def test_a_stranger_stops_nothing_and_an_owner_does(sweeps: Sweeps) -> None:
    """Somebody else's Stop is not heard; that of the one who asked ends the sweep."""
    sweep = sweeps.start(WANTED, "A")
    assert not sweeps.may_stop(sweep.id, "B")
    sweeps.stop(sweep.id, "B")
    assert not sweep.stopped
    assert sweeps.may_stop(sweep.id, "A")
    sweeps.stop(sweep.id, "A")
    assert finished(sweep).stopped


def test_whoever_joins_is_an_owner_too(sweeps: Sweeps) -> None:
    """Two students ask for the same map: one's Stop leaves it to the other, the other's ends it."""
    sweep = sweeps.start(WANTED, "A")
    assert sweeps.start(WANTED, "B") is sweep
    sweeps.stop(sweep.id, "A")
    assert not sweep.stopped
    sweeps.stop(sweep.id, "B")
    assert finished(sweep).stopped


def test_each_student_has_one_sweep_at_a_time(sweeps: Sweeps) -> None:
    """A second one is refused while the first goes on, and computed after it is stopped."""
    first = sweeps.start(WANTED, "A")
    other = [replace(settings, seed=9) for settings in WANTED]
    with pytest.raises(OneSweepEach):
        sweeps.start(other, "A")
    sweeps.stop(first.id, "A")
    second = sweeps.start(other, "A")
    assert second is not first
    assert not second.over


def test_a_sweep_whose_owners_left_may_be_stopped_by_anybody(sweeps: Sweeps, tabs: set[str]) -> None:
    """A closed tab does not end its sweep; but the workers it holds can be freed by who is still there."""
    sweep = sweeps.start(WANTED, "A")
    until(lambda: sweep.computing)
    tabs.remove("A")
    assert not sweep.over
    assert sweeps.may_stop(sweep.id, "C")
    sweeps.stop(sweep.id, "C")
    assert finished(sweep).stopped
