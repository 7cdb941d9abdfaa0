"""The laboratory and the duel reckon the same in the browser as in Python."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from components.arena.lab import names
from components.in_browser import COMPONENTS
from core.arena.duel import ARENAS, RUNGS, gap, wins
from core.arena.lab import OWN, in_view, strengths, verbosity
from core.arena.presets import LAB
from core.arena.ranked import ranked, reach
from tests.node import ask

ARENA = COMPONENTS / "arena"
SETTINGS: list[dict[str, Any]] = [
    *LAB.values(),
    {"view": "taste", "bias": 60, "style": True, "votes": 3_000, "order": 4},
    {"view": "cheat", "fakes": 50, "against": "first", "helped": 17, "ties": 30, "seed": 9, "votes": 1_000, "k": 1},
    {"view": "cheat", "fakes": 50, "against": "first", "helped": 16, "ties": 30, "seed": 9, "votes": 1_000, "k": 1},
    {"votes": 1_000},
    {"votes": 1_000, "k": 16},
    {"votes": 1_000, "k": 16, "order": 3},
    {"view": "drop", "votes": 1_000, "k": 16, "order": 3, "dropped": 5},
    {"view": "drop", "votes": 1_000, "k": 16, "order": 3, "dropped": 5, "lost": "chance"},
    {"view": "drop", "votes": 300, "dropped": 200, "lost": "chance"},
]
"""The last ones differ by one hand each: what the browser remembers of the one before must not be taken for it."""


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    """Return what the browser makes of each setting."""
    given = {
        "truth": {"strengths": strengths(), "verbosity": verbosity()},
        "settings": [setting(moved) for moved in SETTINGS],
    }
    asked = "((rank) => given.settings.map((state) => JSON.parse(JSON.stringify(rank(state), (key, value) => " \
            "ArrayBuffer.isView(value) ? Array.from(value) : value))))(ranker(given.truth))"  # fmt: skip
    found: list[dict[str, Any]] = ask(ARENA / "ranked.js", asked, given)
    return found


def setting(moved: dict[str, Any]) -> dict[str, Any]:
    return {name: default for name, (default, _parse) in names().items()} | moved


@pytest.mark.parametrize("at", range(len(SETTINGS)))
def test_the_browser_ranks_as_python_does(told: list[dict[str, Any]], at: int) -> None:
    """Points, places, Elo in its order and over the others, lead, stretch, the worth of length: the same."""
    ours, theirs = ranked(setting(SETTINGS[at])), told[at]
    assert np.allclose(theirs["points"], ours.points, atol=1e-6)
    assert theirs["places"] == ours.places
    assert np.allclose(theirs["elo"], ours.elo, atol=1e-6)
    assert (theirs["orders"], theirs["leaders"], theirs["inPlace"]) == (len(ours.others), ours.leaders, ours.in_place)
    assert theirs["spread"] == pytest.approx(ours.spread, abs=1e-6)
    assert theirs["lead"] == pytest.approx(ours.lead, abs=1e-6)
    assert theirs["stretch"] == pytest.approx(ours.stretch, abs=1e-9)
    assert theirs["step"] == pytest.approx(ours.step, abs=1e-6)


@pytest.mark.parametrize("at", [0, 1, 4])
def test_the_intervals_are_as_wide(told: list[dict[str, Any]], at: int) -> None:
    """Other random numbers, the same method: the intervals are as wide on average, within 7 %."""
    assert told[at]["reach"] == pytest.approx(reach(setting(SETTINGS[at])), rel=0.07)


def test_a_moving_finger_sees_the_same_points_and_about_the_same_intervals() -> None:
    """While it moves there are fewer rounds and orders; when it rests, all of them, whatever was reckoned before."""
    settings = [setting({**moved, "view": "taste", "votes": 100_000}) for moved in ({"bias": 20, "style": True}, {})]
    asked = "((rank, fresh) => given.settings.map((state) => [rank(state, true), rank(state), rank(state, true), " \
            "fresh(state)].map(({ reach, points, elo, orders, spread }) => ({ reach, points: [...points], " \
            "elo: [...elo], orders, spread }))))(ranker(given.truth), ranker(given.truth))"  # fmt: skip
    given = {"truth": {"strengths": strengths(), "verbosity": verbosity()}, "settings": settings}
    for moving, rested, again, fresh in ask(ARENA / "ranked.js", asked, given):
        assert moving["points"] == rested["points"]
        assert moving["elo"] == rested["elo"]
        assert (moving["orders"], rested["orders"]) == (1, 4)
        assert moving["reach"] == pytest.approx(rested["reach"], rel=0.2)
        assert moving["reach"] != rested["reach"]
        assert rested == again == fresh


def test_only_what_is_in_sight_acts() -> None:
    """A robot, taste, K and lost votes set in one view stand still in the others, in the browser as in Python."""
    moved = {"k": 64, "order": 2, "ties": 30, "bias": 60, "style": True, "fakes": 100, "dropped": 20, "votes": 300}
    for view, own in OWN.items():
        here = setting({**moved, "view": view})
        acting = in_view(here)
        assert {name: acting[name] for name in own} == {name: moved[name] for name in own}
        others = [name for other, still in OWN.items() if other != view for name in still]
        assert all(acting[name] == setting({})[name] for name in others)
        assert acting["votes"] == 300
        assert ask(ARENA / "ranked.js", "inView(given, given.state)", {"own": OWN, "state": here}) == acting


def test_the_duel_counts_the_same_votes() -> None:
    """For some gaps and draws, every arena at every number of votes has the same count, and the same interval."""
    for points, draw in ((80, 1), (-10, 3), (0, 9_999)):
        given = {"points": points, "rungs": RUNGS, "arenas": ARENAS, "draw": draw}
        asked = "winsOf(given.points, given.rungs, given.arenas, given.draw).map((each) => Array.from(each))"
        theirs = ask(ARENA / "duels.js", asked, given)
        assert theirs == [wins(points, rung, draw) for rung in RUNGS]
    ends = ask(ARENA / "duels.js", "[57, 1, 99].map((won) => gapOf(won, 100))")
    for won, found in zip((57, 1, 99), ends, strict=True):
        assert (found["gap"], found["low"], found["high"]) == pytest.approx(gap(won, 100))
