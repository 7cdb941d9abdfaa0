"""The missions need a mind: reached by what they ask for, by near misses not, and by no preset or single move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from components.batch_learning_rate.bowl import ASKED
from components.batch_learning_rate.presets import BOWL_PRESETS
from components.batch_learning_rate.runs import RUN_PRESETS
from components.batch_learning_rate.settings import DEFAULTS
from core.batch_learning_rate.bowl import BATCHES, OPTIMIZERS, PROBLEMS, BowlSettings
from core.batch_learning_rate.missions import (
    arrival,
    edge_reached,
    is_edge_try,
    large_batch_reached,
    learns,
    quick_reached,
)
from core.batch_learning_rate.rate_map import RateMap, runs_of
from core.batch_learning_rate.settings import RateSettings, budget
from core.runs.run import Run
from core.training.frames import Frame
from tests.batch_learning_rate.valleys import NOTCHES

QUICK = BowlSettings(optimizer="momentum", rate=0.525, momentum=0.5, batch=64)


def test_the_quick_descent_takes_three_choices() -> None:
    """Momentum, a smaller β and a rate past SGD's limit arrive in time; any one of them undone does not."""
    assert quick_reached(QUICK)
    for miss in ({"optimizer": "sgd"}, {"momentum": 0.9}, {"rate": 0.1}, {"batch": 32}, {"problem": "aligned"}):
        assert not quick_reached(replace(QUICK, **miss))


def test_the_quick_descent_starts_where_the_valley_does() -> None:
    """A start dragged to the bottom is no descent; the start written out is the same as none."""
    assert not quick_reached(BowlSettings(batch=64, start=(1.4, -0.5)))
    assert quick_reached(replace(QUICK, start=(-1.0, 2.0)))


def single_moves(settings: BowlSettings) -> Iterator[BowlSettings]:
    """Yield the settings, and those with one control moved anywhere."""
    yield settings
    yield from (replace(settings, rate=rate) for rate in NOTCHES[::2])
    yield from (replace(settings, momentum=k / 100) for k in range(0, 100, 2))
    yield from (replace(settings, batch=batch) for batch in BATCHES)
    yield from (replace(settings, optimizer=optimizer) for optimizer in OPTIMIZERS)
    yield from (replace(settings, problem=problem) for problem in PROBLEMS)


def test_no_preset_and_no_single_move_is_quick() -> None:
    """From every preset of the bowl, and from what the question leaves: no one control reaches the mission."""
    presets = [*BOWL_PRESETS.values(), ASKED]
    for values in presets:
        kept = {name: value for name, value in values.items() if name not in {"arrows", "shown"}}
        assert not any(map(quick_reached, single_moves(BowlSettings(**kept))))


def test_arrival_is_when_the_descent_stays() -> None:
    """A descent that passes through the bottom has not arrived there; one that leaves it never has."""
    momentum = BowlSettings(optimizer="momentum", rate=0.03, batch=64)
    passes = arrival(momentum)
    assert passes is not None
    assert passes > 20
    assert arrival(BowlSettings(rate=0.5, batch=64)) is None
    assert arrival(BowlSettings(rate=0.003)) is None


def large_run(error: float, *, epoch: float = 5.0, **settings: object) -> Run:
    asked = RateSettings(**({"batch_size": 1024, "updates": budget(1024)} | settings))  # type: ignore[arg-type]
    frame = Frame(asked.updates, epoch, 1.0, {"validation_error": error, "validation_loss": 0.1, "running_loss": 0.1})
    return Run(asked, [frame], "finished", None)  # type: ignore[arg-type]


def test_the_large_batch_is_repaired_at_97_percent() -> None:
    """3 % or less, with 1,024 images of all digits, by the fifth epoch."""
    assert large_batch_reached(large_run(0.03))
    for miss in (
        large_run(0.031),
        large_run(0.02, batch_size=256),
        large_run(0.02, epoch=6.0),
        large_run(0.02, examples=5_000),
    ):
        assert not large_batch_reached(miss)


def test_no_recorded_run_repairs_the_large_batch(shipped: RateMap) -> None:
    """No cell of the map and no preset of the real networks does: neither does one move of a slider between them."""
    assert not any(map(large_batch_reached, runs_of(shipped)))
    for values in (DEFAULTS, *(DEFAULTS | preset for preset in RUN_PRESETS.values())):
        assert values["blr_optimizer"] == "sgd"


@pytest.mark.slow
def test_the_large_batch_can_be_repaired() -> None:
    """Adam at 0.005 with batches of 1,024 does it, trained here."""
    from core.runs.record import record

    asked = RateSettings(batch_size=1024, optimizer="adam", learning_rate=0.005, updates=budget(1024))
    assert large_batch_reached(record(asked))


EDGE = RateSettings(batch_size=32, learning_rate=0.5, updates=budget(32))


def test_the_edge_is_between_two_neighbouring_stops_of_one_experiment() -> None:
    """The lower learns, the next one fails; another seed, another optimizer or a stop left out is no edge."""
    above = replace(EDGE, learning_rate=1.0)
    assert edge_reached({EDGE: True, above: False})
    for other in (
        replace(above, seed=2),
        replace(above, optimizer="adam"),
        replace(above, schedule="cosine"),
        replace(above, examples=5_000),
        replace(above, learning_rate=2.0),
    ):
        assert not edge_reached({EDGE: True, other: False})
    assert not edge_reached({EDGE: False, above: False})
    assert not edge_reached({EDGE: True, above: True})
    assert not edge_reached({EDGE: False, above: True})
    assert not edge_reached({})


def test_a_try_has_the_mission_s_batch_and_one_rate() -> None:
    """Batches of 32, and a rate that nobody changed on the way."""
    assert is_edge_try(EDGE)
    assert not is_edge_try(replace(EDGE, batch_size=64))
    assert not is_edge_try(EDGE.changed(100, 0.01))


def test_a_network_that_answers_one_digit_has_not_learned(shipped: RateMap) -> None:
    """The map's best cell learned; a diverged run did not, nor one that ends at chance."""
    assert learns(next(run for run in runs_of(shipped) if run.measured[-1].metrics["validation_error"] < 0.05))
    assert not learns(next(run for run in runs_of(shipped) if run.status == "diverged"))
    assert not learns(large_run(0.9))
    assert np.isfinite(large_run(0.9).measured[-1].metrics["validation_loss"])
