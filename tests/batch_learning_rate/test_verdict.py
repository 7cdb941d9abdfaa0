"""The line under the map: NumPy, which goes on where the picture stops, agrees with every word of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest

from components.batch_learning_rate.bowl import _problem, _verdicts
from components.batch_learning_rate.presets import BOWL_PRESETS
from components.in_browser import COMPONENTS
from core.batch_learning_rate.bowl import (
    EXAMPLES,
    OPTIMIZERS,
    PROBLEMS,
    STEPS,
    BowlSettings,
    Path,
    descend,
    make_problem,
)
from core.batch_learning_rate.missions import NEAR
from tests.node import ask

VERDICT = COMPONENTS / "batch_learning_rate" / "verdict.js"
RATES = (0.003, 0.1, 0.3, 0.48, 0.9, 1.1, 6.2, 10.0)
UPDATES = (0, 1, 2, 3, 4, 5, 10, 25, 60, 120, STEPS)
LONG = 1_000


def heights(settings: BowlSettings, path: Path) -> np.ndarray:
    """Return how high each point lies above the lowest loss."""
    problem = make_problem(settings.problem)
    return np.asarray(problem.loss(path.points) - problem.loss(problem.minimum()))


def own_height(settings: BowlSettings) -> float:
    """Return how high the problem's own start lies."""
    problem = make_problem(settings.problem)
    return float(problem.loss(np.array(problem.start)) - problem.loss(problem.minimum()))


def said(asked: Sequence[tuple[BowlSettings, Path, Sequence[int]]]) -> list[list[str]]:
    """Return what the component says of each path at some of its updates."""
    descents = [
        {
            "problem": settings.problem,
            "settings": asdict(settings),
            "losses": make_problem(settings.problem).loss(path.points).tolist(),
            "diverged": path.diverged,
            "moments": list(moments),
        }
        for settings, path, moments in asked
    ]
    found: list[list[str]] = ask(
        VERDICT,
        "given.descents.map((d) => d.moments.map((at) =>"
        " say({ ...d, at, problem: given.problems[d.problem] }, given.labels, 'fr')))",
        {"descents": descents, "problems": {name: _problem(name) for name in PROBLEMS}, "labels": _verdicts()},
    )
    return found


def sentence(settings: BowlSettings, update: int = STEPS) -> str:
    path = descend(settings)
    return said([(settings, path, [min(update, len(path.points) - 1)])])[0][0]


def kinds(text: str) -> set[str]:
    """Return which of the page's sentences a text is made of."""
    return {name for name, pattern in patterns().items() if re.search(pattern, text)}


@cache
def patterns() -> dict[str, str]:
    """Return each sentence with room for any number."""
    return {name: re.sub(r"\\{\w+\\}", r"[^ ]+", re.escape(label)) for name, label in _verdicts().items()}


@cache
def goes_on(settings: BowlSettings) -> tuple[bool, float]:
    """Say of a descent whether it diverges in the end, and how far its last updates stay away."""
    path = descend(settings, LONG)
    away = np.linalg.norm(path.points[-50:] - make_problem(settings.problem).minimum(), axis=1)
    return path.diverged, float(away.min())


def grid() -> Iterator[BowlSettings]:
    """Yield descents of every problem and optimizer, from their own starts and from one near the bottom."""
    for problem, optimizer, rate, batch in product(PROBLEMS, OPTIMIZERS, RATES, (1, EXAMPLES)):
        near = make_problem(problem).minimum() + np.array([0.05, -0.02])
        for start in (make_problem(problem).start, (float(near[0]), float(near[1]))):
            yield BowlSettings(problem=problem, optimizer=optimizer, rate=rate, batch=batch, start=start)


def test_no_verdict_contradicts_its_path() -> None:
    """All problems, optimizers, rates, batches and two starts, at eleven updates: each sentence is what NumPy finds."""
    asked = []
    for settings in grid():
        path = descend(settings)
        asked.append((settings, path, sorted({min(update, len(path.points) - 1) for update in UPDATES})))
    seen: set[str] = set()
    for (settings, path, moments), texts in zip(asked, said(asked), strict=True):
        high = heights(settings, path)
        whole = max(own_height(settings), high[0])
        runs_away = path.diverged or high[-1] > 1000 * whole
        bounded = settings.problem == "classification" or settings.optimizer in {"rmsprop", "adam"}
        assert not (bounded and runs_away), "no such path can leave: each of its steps has a largest length"
        for update, text in zip(moments, texts, strict=True):
            seen |= kinds(text)
            assert_stands(kinds(text), high, whole, update, runs_away, (settings, update, text))
            assert_rest(settings, kinds(text))
    assert seen == set(_verdicts())


def assert_stands(found: set[str], high: np.ndarray, whole: float, update: int, runs_away: bool, about: object) -> None:
    """Hold what is said of one moment against the heights of the whole path, and against where it leads."""
    stands = found - {"verdictBeyond", "verdictRestless"}
    assert len(stands) == 1, about
    match stands.pop():
        case "verdictDiverges":
            assert runs_away, about
            assert high[update] > high[0], about
        case "verdictHigher":
            assert high[update] > high[0], about
            assert not runs_away, about
        case "verdictArrives":
            assert high[update] < NEAR * whole, about
        case _on_the_way:
            assert NEAR * whole <= high[update] <= high[0] + NEAR * whole, about


def assert_rest(settings: BowlSettings, found: set[str]) -> None:
    """Hold what is said of a rate above the limit against the descent on all examples, five times as long."""
    if settings.optimizer in {"rmsprop", "adam"}:
        assert not found & {"verdictBeyond", "verdictRestless"}
        return
    diverges, away = goes_on(replace(settings, batch=EXAMPLES))
    assert ("verdictBeyond" in found) == diverges, settings
    if "verdictRestless" in found:
        assert away > 0.05, settings


def test_the_logistic_loss_never_diverges_above_its_limit() -> None:
    """Two groups, rate 6.2, all examples: the descent jumps about the bottom, and only that is said."""
    asked = BowlSettings(problem="classification", rate=6.2, batch=EXAMPLES)
    bound = make_problem("classification").largest_stable_rate()
    for share in (1.02, 1.1, 1.3, 1.7):
        diverges, away = goes_on(replace(asked, rate=share * bound))
        assert not diverges
        assert 0.1 < away < 2
    text = sentence(asked)
    assert "5,67" in text
    assert "verdictRestless" in kinds(text)
    assert "iverge" not in text


def test_a_loss_above_the_first_one_is_no_divergence() -> None:
    """One example at a time: above its start after 3, 4, 5 and 10 updates, and at the bottom in the end."""
    asked = BowlSettings(rate=BOWL_PRESETS["noise"]["rate"], batch=BOWL_PRESETS["noise"]["batch"])
    for update in (3, 4, 5, 10):
        assert kinds(sentence(asked, update)) == {"verdictHigher"}
    assert kinds(sentence(asked)) == {"verdictArrives"}


def test_a_start_at_the_bottom_trembles_there() -> None:
    """From beside the minimum, the page's own descent stays at the bottom, whichever way the last update went."""
    asked = BowlSettings(start=(1.45, -0.57))
    assert heights(asked, descend(asked))[-1] > heights(asked, descend(asked))[0]
    assert kinds(sentence(asked)) == {"verdictArrives"}


@pytest.mark.parametrize("problem", ["regression", "aligned"])
def test_just_above_the_limit_200_updates_are_enough_to_say_it_diverges(problem: Any) -> None:
    """The path has not left the numbers yet, and its loss is more than a thousand times the first one."""
    asked = BowlSettings(problem=problem, batch=EXAMPLES, rate=1.03 * make_problem(problem).largest_stable_rate())
    assert not descend(asked).diverged
    assert kinds(sentence(asked)) == {"verdictDiverges", "verdictBeyond"}
