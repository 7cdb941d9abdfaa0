"""The points that the picture draws, what counts as a prediction, and the browser's arithmetic against Python's."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy import stats

from components.in_browser import COMPONENTS
from components.model_size.law import study
from core.model_size.law import recorded
from core.model_size.measured_law import FIRST, LAST, STORIES, WIDTHS, law_of, points
from core.model_size.missions_law import HIGHEST, LOWEST, NEAR, Guess, can_come, guessed, predicted, with_guess
from tests.node import ask

PLACES = COMPONENTS / "model_size" / "law_places.js"
KINDS = COMPONENTS / "model_size" / "law_kinds.js"


def near(stories: int, size: int, times: float = 1.2) -> Guess:
    """Return a guess that is off by a factor."""
    return Guess(stories, WIDTHS[size], times * points()[stories, WIDTHS[size]].mean)


def test_a_point_is_the_mean_of_its_logarithms_with_students_interval() -> None:
    """Mean and 95 % interval are SciPy's, on logarithms; all three seeds are kept; 40 points in all."""
    assert len(points()) == len(STORIES) * len(WIDTHS)
    for (stories, width), point in points().items():
        found = [row["excess"] for row in recorded() if (row["stories"], row["width"]) == (stories, width)]
        assert sorted(found) == list(point.seeds)
        assert point.mean == pytest.approx(stats.gmean(found))
        low, high = stats.t.interval(0.95, 2, np.mean(np.log(found)), stats.sem(np.log(found)))
        assert (point.low, point.high) == pytest.approx((math.exp(low), math.exp(high)))


def test_the_chart_holds_every_seed_and_every_guess_that_can_be_told() -> None:
    """What can be guessed goes beyond the lowest and highest seed of the study."""
    seeds = [seed for point in points().values() for seed in point.seeds]
    assert LOWEST < min(seeds) < max(seeds) < HIGHEST


def test_two_near_guesses_one_that_helps_and_one_that_does_not() -> None:
    """In a row, at two budgets, in either order: then the mission is reached."""
    helps, not_any_more = near(65_536, 3), near(1_024, 3)
    assert helps.change < 1 / NEAR < 1 <= not_any_more.change
    assert predicted([helps, not_any_more])
    assert predicted([near(4_096, 3), not_any_more, helps])
    assert not predicted([])
    assert not predicted([helps])


def test_what_does_not_reach_the_mission() -> None:
    """Far off, not in a row, both of one kind, or both at one budget."""
    helps, not_any_more = near(65_536, 3), near(1_024, 3)
    assert not predicted([near(65_536, 3, 1.6), not_any_more])
    assert not predicted([helps, near(4_096, 3, 1 / 1.6), not_any_more])
    assert not predicted([helps, near(262_144, 3)])
    assert not predicted([near(1_024, 3), near(16_384, 6)])
    assert not predicted([near(65_536, 3), near(65_536, 4)])


def test_no_single_rule_reaches_it() -> None:
    """Whoever always says "as before", follows the last line, or copies the law of the first round is not there."""
    for known in range(FIRST, LAST + 1):
        same = [Guess(stories, WIDTHS[known], points()[stories, WIDTHS[known - 1]].mean) for stories in STORIES]
        assert not predicted(same)
    first = [Guess(stories, WIDTHS[FIRST], law_of(points()[stories, WIDTHS[FIRST]], FIRST)) for stories in STORIES]
    assert not predicted(first)


def test_a_point_that_was_shown_is_no_guess_any_more() -> None:
    """The first guess of a point stays, a second one is not added."""
    first, again = near(65_536, 3, 3), near(65_536, 3, 1)
    assert with_guess(with_guess([], first), again) == [first]
    assert with_guess([first], near(1_024, 3)) == [first, near(1_024, 3)]


def test_a_point_that_was_seen_is_no_guess() -> None:
    """With five sizes seen, the fourth and the fifth count at no budget; the sixth does, at each."""
    for stories in STORIES:
        assert with_guess([], near(stories, 3), 5) == with_guess([], near(stories, 4), 5) == []
        assert with_guess([], near(stories, 5), 5) == [near(stories, 5)]
        assert with_guess([], near(stories, 7), len(WIDTHS)) == []


def test_the_mission_can_come_as_long_as_unseen_points_suffice() -> None:
    """Up to six sizes seen it can; with seven, only after a near guess of a size that did not help; else when won."""
    assert [can_come([], seen) for seen in range(FIRST, len(WIDTHS) + 1)] == [True, True, True, True, False, False]
    assert can_come([near(16_384, 6)], 7)
    assert not can_come([near(16_384, 6, 2)], 7)
    assert not can_come([near(16_384, 6), near(262_144, 7, 2)], 7)
    assert not can_come([near(16_384, 6)], len(WIDTHS))
    assert can_come([near(65_536, 3), near(1_024, 3)], len(WIDTHS))


def test_the_browser_ticks_what_python_ticks() -> None:
    """For guesses at random both chips are ticked where the mission is reached; else that of a near last one."""
    draw = random.Random(0)
    games = [
        [near(draw.choice(STORIES), draw.randint(FIRST, LAST), draw.choice([1, 1.3, 1.6])) for _ in range(turns)]
        for turns in (0, 1, 2, 3, 4) * 60
    ]
    told = [[{"stories": each.stories, "width": each.width, "excess": each.excess} for each in game] for game in games]
    found = ask(KINDS, "given.games.map((game) => reachedBy(given.study, game))", {"study": study(), "games": told})
    assert [each["helps"] and each["not"] for each in found] == [predicted(game) for game in games]
    assert {predicted(game) for game in games} == {True, False}
    for game, each in zip(games, found, strict=True):
        if not predicted(game):
            last = game[-1] if game and game[-1].is_near else None
            assert each["helps"] == (last is not None and last.change < 1 / NEAR)
            assert each["not"] == (last is not None and last.change >= 1)


def test_the_browser_names_what_the_next_size_does() -> None:
    """It helps, helps little, or does not help: each point of the study by its change."""
    places = [[budget, size] for budget in range(len(STORIES)) for size in range(FIRST, LAST + 1)]
    asked = "given.places.map(([budget, size]) => kindOf(given.study, budget, size))"
    for (budget, size), kind in zip(places, ask(KINDS, asked, {"study": study(), "places": places}), strict=True):
        change = near(STORIES[budget], size).change
        assert kind == ("helps" if change < 1 / NEAR else "little" if change < 1 else "not")


NONSENSE: list[tuple[object, object, object]] = [
    (1_000, 40, 0.1),
    (None, None, None),
    (1_024, 8, 0.1),
    (1_024, 41, 0.1),
    (1_024, 40, 0.0),
    (1_024, 40, -1),
    (1_024, 40, 1e300),
    (1_024, 40, float("nan")),
    (1_024, 40, float("inf")),
    (1_024, 40, "0.1"),
    (1_024, 40, True),
    ([1_024], {"a": 1}, [0.1]),
]


@pytest.mark.parametrize("told", NONSENSE, ids=str)
def test_a_guess_that_cannot_be_is_none(told: tuple[object, object, object]) -> None:
    """An unknown budget, a size that is never the next one, no number, or one beyond the chart."""
    assert guessed(*told) is None


def test_a_guess_is_taken_as_it_was_told() -> None:
    """Numbers that JSON made of them, whole ones with a point too, become the study's own."""
    assert guessed(1_024.0, 40, 1) == Guess(1_024, 40, 1.0)


def test_the_browser_says_what_the_law_says() -> None:
    """At every point, and for every number of known sizes, the browser's law is Python's."""
    found = ask(
        PLACES,
        """Object.entries(given.laws).map(([known, law]) => given.budgets.map(({ tokens }) =>
            given.sizes.map(({ inside }) => lawAt(law, inside, tokens))))""",
        study(),
    )
    for known, values in zip(range(FIRST, len(WIDTHS) + 1), found, strict=True):
        wanted = [[law_of(points()[stories, width], known) for width in WIDTHS] for stories in STORIES]
        assert np.allclose(values, wanted, rtol=1e-12)


def test_the_browser_places_points_and_the_law_between_them() -> None:
    """N, D and 6·N·D along the axis; the drawn law begins and ends at the points' own places and passes all of them."""
    (lines, values, curve) = ask(
        PLACES,
        """[linesOf("operations", given).map((line) => line.length),
            ["parameters", "tokens", "operations"].map((along) =>
                countAlong(along, given.sizes[2], given.budgets[1], true)),
            lawAlong(given.laws[8], "operations", linesOf("operations", given)[3], given, false, 6)]""",
        study(),
    )
    assert lines == [len(STORIES)] * len(WIDTHS)
    point = points()[STORIES[1], WIDTHS[2]]
    assert values == pytest.approx([point.parameters, point.tokens, 6 * point.parameters * point.tokens])
    line = [points()[stories, WIDTHS[3]] for stories in STORIES]
    assert len(curve) == 6 * (len(line) - 1) + 1
    for place, each in zip(curve[::6], line, strict=True):
        told = study()["budgets"][STORIES.index(each.stories)]["tokens"]
        assert place["value"] == pytest.approx(6 * each.inside * told)
        assert place["excess"] == pytest.approx(law_of(each), rel=1e-3)


def test_steps_of_a_guess_go_there_and_back() -> None:
    """Every step is an excess that Python takes, and the step nearest to that excess; beyond the ends is the end."""
    steps, excesses, back, beyond = ask(
        PLACES,
        """[stepsOf(given), [...Array(stepsOf(given) + 1).keys()].map((step) => guessAt(given, step)),
            [...Array(stepsOf(given) + 1).keys()].map((step) => stepOf(given, guessAt(given, step))),
            [stepOf(given, 1e-9), stepOf(given, 1e9), stepOf(given, 0)]]""",
        study()["range"],
    )
    assert all(guessed(STORIES[0], WIDTHS[FIRST], excess) for excess in excesses)
    assert back == list(range(steps + 1))
    assert beyond == [0, steps, 0]
    assert max(b / a for a, b in pairwise(excesses)) < 1.05


def test_how_far_off_is_never_less_than_once() -> None:
    """Twice too high and twice too low are both twice, and which of both is told."""
    found: Any = ask(PLACES, "[timesOff(2, 1), timesOff(1, 2), timesOff(3, 3)]")
    assert found == [
        {"times": 2, "isAbove": True},
        {"times": 2, "isAbove": False},
        {"times": 1, "isAbove": False},
    ]
