"""The bowl in the browser: its path is NumPy's, and its presets keep their word."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from components.batch_learning_rate.presets import BOWL_PRESETS
from components.in_browser import COMPONENTS
from core.batch_learning_rate.bowl import OPTIMIZERS, PROBLEMS, BowlSettings, Path, descend, make_problem
from core.training.constants import ALPHA, BETA2, EPSILON
from tests.node import ask

DESCENT = COMPONENTS / "batch_learning_rate" / "descent.js"


def in_browser(settings: BowlSettings) -> dict[str, Any]:
    """The path that the component computes, from what the page sends it."""
    problem = make_problem(settings.problem)
    asked = dataclasses.asdict(settings) | {"start": settings.start or problem.start}
    sent = {"name": problem.name, "features": problem.features.tolist(), "targets": problem.targets.tolist()}
    constants = {"alpha": ALPHA, "beta2": BETA2, "epsilon": EPSILON}
    found: dict[str, Any] = ask(
        DESCENT,
        "((path) => ({ ...path, losses: path.points.map((w) => loss(given.problem, w)) }))"
        "(descend(given.problem, given.settings, given.constants))",
        {"problem": sent, "settings": asked, "constants": constants},
    )
    return found


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_browser_takes_the_path_of_numpy(problem: str, optimizer: str) -> None:
    """With the same settings, all 200 points and their losses are those of core.batch_learning_rate.bowl."""
    settings = BowlSettings(problem=problem, optimizer=optimizer, rate=0.08, batch=4, momentum=0.8, seed=3)  # type: ignore[arg-type]
    ours, theirs = descend(settings), in_browser(settings)
    assert len(theirs["points"]) == 201
    np.testing.assert_allclose(theirs["points"], ours.points, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(theirs["losses"], make_problem(settings.problem).loss(ours.points), rtol=1e-9)


def test_the_browser_stops_where_numpy_stops() -> None:
    """Past the bound, both end the path at the same update and call it diverged."""
    settings = BowlSettings(rate=0.9, batch=64)
    ours, theirs = descend(settings), in_browser(settings)
    assert ours.diverged
    assert theirs["diverged"]
    assert len(theirs["points"]) == len(ours.points) < 201


def test_the_mark_under_the_slider_is_the_largest_stable_rate() -> None:
    """2/λ without momentum, 2(1+β)/λ with it; Adam and RMSprop have no such bound."""
    problem = make_problem("regression")
    given = {"curvature": problem.sharpest_curvature(), "momentum": 0.7}
    bounds = ask(
        DESCENT, f"{list(OPTIMIZERS)}.map((optimizer) => largestStableRate(given, {{ ...given, optimizer }}))", given
    )
    expected = [problem.largest_stable_rate(), problem.largest_stable_rate(0.7)]
    assert bounds[:2] == pytest.approx(expected)
    assert bounds[2:] == [None, None]  # JSON's infinity


def descent_of(preset: str) -> tuple[BowlSettings, Path, np.ndarray]:
    """The settings of a preset, its path, and how high above the lowest loss each point lies: 1 at the start."""
    values = {name: value for name, value in BOWL_PRESETS[preset].items() if name != "arrows"}
    settings = BowlSettings(**values)
    problem, path = make_problem(settings.problem), descend(settings)
    heights = problem.loss(path.points) - problem.loss(problem.minimum())
    return settings, path, heights / heights[0]


def test_the_right_step_arrives_and_trembles() -> None:
    """At the end the descent stays at the bottom, and still climbs a little now and then."""
    heights = descent_of("good")[2]
    assert heights[-50:].max() < 0.05
    assert np.diff(heights[-50:]).max() > 0.001


def test_the_small_step_is_still_far_away_after_200() -> None:
    """Nothing breaks, and more than half of the way down is left."""
    _, path, heights = descent_of("small")
    assert not path.diverged
    assert heights[-1] > 0.5


def test_the_large_step_lies_just_above_the_bound_and_explodes() -> None:
    """The rate is at most a tenth above 2/λ; every step jumps further than the one before, until the loss explodes."""
    settings, path, _ = descent_of("large")
    bound = make_problem("regression").largest_stable_rate()
    assert bound < settings.rate < 1.1 * bound
    assert path.diverged
    jumps = np.linalg.norm(np.diff(path.points, axis=0), axis=1)
    assert (np.diff(jumps[10:]) > 0).all()


def test_one_example_at_a_time_staggers_and_moves_on() -> None:
    """One step in four or more goes uphill, and the descent arrives all the same."""
    heights = descent_of("noise")[2]
    assert (np.diff(heights[:100]) > 0).mean() > 0.25
    assert heights[-1] < 0.02


def test_momentum_is_faster_and_passes_the_bottom() -> None:
    """With momentum the valley is crossed, once beyond the bottom, where the same rate without it has not arrived."""
    settings, path, heights = descent_of("momentum")
    problem = make_problem("regression")
    plain = descend(dataclasses.replace(settings, optimizer="sgd")).points
    plain_heights = problem.loss(plain) - problem.loss(problem.minimum())
    arrived = int(np.argmax(heights < 0.02))
    assert 0 < arrived < 50
    assert plain_heights[arrived] > 5 * heights[arrived] * plain_heights[0]
    valley = np.linalg.eigh(problem.hessian(problem.minimum()))[1][:, 0]
    along = (path.points - problem.minimum()) @ valley
    assert np.sign(along[0]) * along.min() < 0 or np.sign(along[0]) * along.max() < 0
    assert heights[-1] < 0.001


def test_adam_takes_equal_steps_in_both_weights() -> None:
    """Its first step is as long in the flat direction as in the steep one, where plain descent's differ; it arrives."""
    settings, path, heights = descent_of("adam")
    step = np.abs(path.points[1] - path.points[0])
    np.testing.assert_allclose(step, settings.rate, rtol=1e-5)
    plain = descend(dataclasses.replace(settings, optimizer="sgd")).points
    assert np.ptp(np.abs(plain[1] - plain[0])) > 0.01
    assert heights[-1] < 0.02
