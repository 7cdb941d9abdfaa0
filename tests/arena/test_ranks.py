"""Ranks by the arena's rule, and the votes that a claim needs: formulas against simulated arenas."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.arena.bradley_terry import bootstrap, counted, intervals
from core.arena.ranks import predicted_half_width, ranks, votes_to_separate
from core.arena.voters import simulate

ENDS = st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 30)), min_size=1, max_size=20)


def test_ranks_of_an_example() -> None:
    """Two that overlap share the first place, the third is below one of them; bounds that touch are no difference."""
    assert ranks(np.array([100, 90, 80, 60]), np.array([110, 105, 95, 80])).tolist() == [1, 1, 2, 3]
    assert ranks(np.array([100, 90]), np.array([110, 100])).tolist() == [1, 1]


@given(ENDS)
def test_ranks_follow_the_upper_bounds(bounds: list[tuple[int, int]]) -> None:
    """Somebody is first; who has the higher upper bound is never ranked lower; nobody is ranked below all others."""
    lows = np.array([low for low, _width in bounds])
    highs = lows + np.array([width for _low, width in bounds])
    found = ranks(lows, highs)
    assert found.min() == 1
    assert found.max() <= len(bounds)
    assert (np.diff(found[np.argsort(-highs, kind="stable")]) >= 0).all()


def test_half_widths_of_a_simulated_arena() -> None:
    """Of 18 models about equally strong, the bootstrap's mean half width is the predicted one × 17/18, ties or not.

    The factor is exact for a model against the mean of m that meet equally often: (m − 1) / m.
    """
    for ties in (0.0, 0.4):
        counts = counted(simulate(np.linspace(1_020, 980, 18).tolist(), 18_000, 2, ties=ties), 18)
        low, high = intervals(bootstrap(counts, 400, 0).points).T
        assert (high - low).mean() / 2 == pytest.approx(predicted_half_width(2_000, ties) * 17 / 18, rel=0.05)


def test_the_rule_of_thumb() -> None:
    """681 points over the root of the votes; four times the votes halve it; 36 % ties narrow it by a fifth."""
    assert predicted_half_width(1) == pytest.approx(681, abs=0.5)
    assert predicted_half_width(400) == pytest.approx(2 * predicted_half_width(1_600))
    assert predicted_half_width(100, 0.36) == pytest.approx(0.8 * predicted_half_width(100))


@pytest.mark.parametrize(
    ("rule", "sure", "ties"), [("overlap", 0.5, 0.0), ("overlap", 0.9, 0.3), ("difference", 0.5, 0.3)]
)
def test_so_many_votes_tell_two_models_apart(rule: str, sure: float, ties: float) -> None:
    """With the votes that the formula asks for, two models 60 points apart are told apart as often as was wanted.

    200 arenas of six models: a share of them varies by 3.5 % at most; the bar stands at three times as much.
    """
    strengths = (1_030.0, 970.0, 1_000.0, 1_000.0, 1_000.0, 1_000.0)
    each = votes_to_separate(60, 6, ties=ties, sure=sure, overlap=rule == "overlap")
    told = 0
    for run in range(200):
        counts = counted(simulate(strengths, round(each * 6 / 2), 1_000 + run, ties=ties), 6)
        points = bootstrap(counts, 150, run).points
        if rule == "overlap":
            ends = intervals(points)
            told += ends[0, 0] > ends[1, 1]
        else:
            told += intervals(points[:, [0]] - points[:, [1]])[0, 0] > 0
    assert told / 200 == pytest.approx(sure, abs=0.105)


def test_ten_points_need_so_many_votes() -> None:
    """Ten points among 18 models: 16,500 votes each by the arena's rule, a good half of it by the difference itself."""
    assert votes_to_separate(10, 18) == pytest.approx(16_545, abs=1)
    assert votes_to_separate(10, 18, overlap=False) / votes_to_separate(10, 18) == pytest.approx(9 / 17)
    assert votes_to_separate(20, 18) == pytest.approx(votes_to_separate(10, 18) / 4)
    assert votes_to_separate(10, 18, ties=0.5) == pytest.approx(2 * votes_to_separate(10, 18))
    assert votes_to_separate(10, 18, sure=0.8) > votes_to_separate(10, 18)


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": 0}, {"points": -1}, {"points": float("nan")}, {"models": 1}, {"sure": 0}, {"sure": 1}, {"ties": 1},
        {"confidence": 1},
    ],
)  # fmt: skip
def test_absurd_claims_are_refused(wrong: dict[str, Any]) -> None:
    """No distance, one model, certainty: a ValueError; and so for intervals that are none."""
    with pytest.raises(ValueError, match=r"apart|share|confidence"):
        votes_to_separate(**{"points": 10, "models": 18, **wrong})
    for votes in (0, -1, float("nan")):
        with pytest.raises(ValueError, match="votes"):
            predicted_half_width(votes)
    for lows, highs in (([], []), ([1], [0]), ([float("nan")], [1]), ([1, 2], [3])):
        with pytest.raises(ValueError, match="end"):
            ranks(np.array(lows), np.array(highs))
