"""The ladder: what is recorded is whole, what beats what follows from the values, and the lines are those shown."""

from __future__ import annotations

import ast

import pytest

from core.intervals import wilson
from core.project.baselines import BASELINES, LIBRARY, MODELS, NETWORKS, SEEDS, TASKS, epochs
from core.project.missions import a_baseline_wins
from core.project.presets import PRESETS
from core.project.recorded import Rung, against, beats, recorded
from core.project.shown_code import lines, model_cell, sources


def rung(model: str, *validation: float) -> Rung:
    return Rung("digits", 100, model, validation, (), 0.1, 0.1)


def test_every_rung_was_recorded() -> None:
    """Each model of each task and size is there, over its seeds, with a test where the task has one."""
    found = recorded()
    for task in TASKS.values():
        for size in task.sizes:
            for model in MODELS:
                here = found.rung(task.name, size, model)
                assert len(here.validation) == len(task.seeds(size, model))
                assert len(here.test) == (len(here.validation) if task.test else 0)
                assert here.learned > 0


def test_the_band_is_wilsons_of_the_validation_set() -> None:
    """Its ends are those of as many right answers on one set of validation, whatever the number of seeds."""
    here = rung("dense", 0.7, 0.8)
    assert here.interval == wilson(4_500, 6_000)


def test_a_model_that_draws_nothing_stands_for_each_of_its_seeds() -> None:
    """One value against three: it is taken three times, and a constant side is compared by Welch's test."""
    verdict = against(rung("logistic", 0.9), rung("dense", 0.80, 0.81, 0.82))
    assert verdict.first.values == (0.9, 0.9, 0.9)
    assert verdict.kind == "real"
    assert against(rung("logistic", 0.81), rung("dense", 0.80, 0.81, 0.82)).kind == "unclear"


def test_to_beat_is_to_be_better_for_real() -> None:
    """Better in the mean alone is not enough, and a real difference the wrong way is none."""
    good, near, bad = (rung("x", *values) for values in ((0.9, 0.91, 0.92), (0.895, 0.905, 0.915), (0.5, 0.51, 0.52)))
    assert beats(good, [bad])
    assert not beats(good, [near, bad])
    assert not beats(bad, [good])


def test_the_mission_is_reached_somewhere_and_by_no_preset() -> None:
    """A baseline beats both networks on some ladder; none of the presets stands there, nor do the first rows alone."""
    won = [(task.name, size) for task in TASKS.values() for size in task.sizes
           if a_baseline_wins(task.name, size, len(MODELS))]  # fmt: skip
    assert won
    for preset in PRESETS.values():
        assert (preset["task"], preset["size"]) not in won
    task, size = won[0]
    assert not a_baseline_wins(task, size, len(MODELS) - 1)
    rungs = {each.model: each for each in recorded().ladder(task, size)}
    best = max(BASELINES, key=lambda model: rungs[model].accuracy)
    assert all(rungs[best].accuracy > rungs[network].accuracy for network in NETWORKS)


@pytest.mark.parametrize("task", TASKS)
def test_the_lines_are_those_of_the_shown_cell(task: str) -> None:
    """Counted by Python's own parser: every line on which a statement of the cell stands, or one of its parts."""
    for model in MODELS:
        code = model_cell(model, task, 100, 1, str)
        tree = ast.parse(code)
        covered = {line for node in tree.body for line in range(node.lineno, (node.end_lineno or 0) + 1)}
        written = {number for number, line in enumerate(code.splitlines(), 1) if line.strip()}
        assert lines(model, task) == len(covered & written)
        assert code in sources(task, 100, str)[LIBRARY[model]]


def test_a_network_reads_few_examples_often_and_many_at_least_five_times() -> None:
    """100 passes over 100, 30 over 1,000, 5 over all 54,000."""
    assert [epochs(size) for size in (100, 300, 1_000, 10_000, 54_000)] == [100, 100, 30, 5, 5]


def test_seeds_are_drawn_where_something_is_drawn() -> None:
    """Five where examples are drawn; with all of them, three for a network and one for what draws nothing."""
    digits = TASKS["digits"]
    assert digits.seeds(100, "logistic") == SEEDS
    assert len(digits.seeds(digits.all, "dense")) == 3
    assert len(digits.seeds(digits.all, "neighbours")) == 1
