"""The bowl in the browser: its path is NumPy's."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from components.in_browser import COMPONENTS
from core.batch_learning_rate.bowl import OPTIMIZERS, PROBLEMS, BowlSettings, descend, make_problem
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


def test_adam_takes_equal_steps_in_both_weights() -> None:
    """Its first step is as long in the flat direction as in the steep one, where plain descent's differ."""
    settings = BowlSettings(rate=0.1, optimizer="adam")
    step = np.abs(np.diff(descend(settings, 1).points, axis=0)[0])
    np.testing.assert_allclose(step, settings.rate, rtol=1e-5)
    plain = descend(dataclasses.replace(settings, optimizer="sgd"), 1).points
    assert np.ptp(np.abs(plain[1] - plain[0])) > 0.01
