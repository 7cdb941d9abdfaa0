"""Elo: the ratings of a reference that is written differently; and their order effect."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.arena.draws import shuffled
from core.arena.elo import chance, orders, play
from core.arena.voters import Votes, simulate

NAMES = "ABCDE"
STRENGTHS = (1_100.0, 1_050.0, 1_000.0, 950.0, 900.0)


def reference(votes: Votes, k: float, start: float) -> dict[str, float]:
    """Return each model's rating, from qualities Q = 10^(R/400) as Elo's book has them, both sides on their own."""
    table = dict.fromkeys(NAMES, start)
    for left, right, outcome in zip(votes.first, votes.second, votes.outcome, strict=True):
        a, b = NAMES[left], NAMES[right]
        quality_a, quality_b = 10 ** (table[a] / 400), 10 ** (table[b] / 400)
        points_a, points_b = {2: (1, 0), 1: (0.5, 0.5), 0: (0, 1)}[int(outcome)]
        new_a = table[a] + k * (points_a - quality_a / (quality_a + quality_b))
        new_b = table[b] + k * (points_b - quality_b / (quality_a + quality_b))
        table[a], table[b] = new_a, new_b
    return table


@settings(deadline=None, max_examples=30)
@given(
    st.integers(0, 10**6), st.integers(1, 400), st.sampled_from([0.5, 4.0, 32.0, 200.0]), st.sampled_from([0.0, 0.4])
)
def test_elo_is_the_references(seed: int, number: int, k: float, ties: float) -> None:
    """Whatever the votes, K and ties, the ratings are those of the independent reference, to 1e-8 points."""
    votes = simulate(STRENGTHS, number, seed, ties=ties)
    assert play(votes, 5, k, 1_000)[0] == pytest.approx(list(reference(votes, k, 1_000).values()), abs=1e-8)


@pytest.mark.parametrize(("points", "expected"), [(4, 0.506), (136, 0.686), (225, 0.785), (27, 0.539), (-107, 0.351)])
def test_the_expected_scores_of_wikipedias_example(points: float, expected: float) -> None:
    """A player of 1613 against 1609, 1477, 1388, 1586, 1720: the expected scores in the article on Elo."""
    assert chance(points) == pytest.approx(expected, abs=6e-4)
    assert chance(points) + chance(-points) == pytest.approx(1)


def test_moments_are_the_same_votes_played_so_far() -> None:
    """The ratings after some votes are those of these votes alone, and before the first all stand at the start."""
    votes = simulate(STRENGTHS, 300, 3, ties=0.2)
    rows = play(votes, 5, 8, 1_200, at=[0, 10, 10, 300])
    assert rows[0].tolist() == [1_200] * 5
    for row, number in zip(rows, (0, 10, 10, 300), strict=True):
        if number:
            assert row.tolist() == play(votes.taken(slice(number)), 5, 8, 1_200)[0].tolist()


def test_no_points_are_made_or_lost() -> None:
    """What one model gains another one loses."""
    assert play(simulate(STRENGTHS, 500, 4, ties=0.3), 5, 32).mean() == pytest.approx(1_000)


def test_the_ranking_depends_on_the_order_of_the_votes() -> None:
    """Other orders of the same votes give other ratings, points apart, and with a high K another first place."""
    votes = simulate(STRENGTHS, 400, 5)
    given_orders = orders(votes, 5, 32, shuffles=20, seed=1)
    assert given_orders.std(0).min() > 5
    assert len(set(given_orders.argmax(1))) > 1
    turned = play(votes, 5, 32, order=shuffled(400, 1, 100))
    assert given_orders[0].tolist() == turned[0].tolist()
    assert orders(votes, 5, 4, shuffles=20, seed=1).std(0).max() < given_orders.std(0).min()


def test_all_ties_move_nothing() -> None:
    """Between equals a tie is what was expected."""
    first, second, outcome = (np.array(column, dtype=np.uint8) for column in ([0, 1], [1, 2], [1, 1]))
    votes = Votes(first, second, outcome, np.zeros(2, np.int8))
    assert play(votes, 3, 32)[0].tolist() == [1_000] * 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"k": 0}, "K"), ({"k": -4}, "K"), ({"k": float("nan")}, "K"), ({"k": 1e9}, "K"), ({"models": 1}, "models"),
        ({"models": 2}, "not one of"), ({"start": float("nan")}, "first rating"), ({"order": [0] * 20}, "every vote"),
        ({"order": [0]}, "every vote"), ({"at": [21]}, "moments"), ({"at": [5, 3]}, "moments"),
        ({"at": [-1]}, "moments"),
    ],
)  # fmt: skip
def test_absurd_games_are_refused(wrong: dict[str, Any], said: str) -> None:
    """A K of 0 or below, one model, votes for others, an order that is none: a ValueError that says so."""
    with pytest.raises(ValueError, match=said):
        play(**{"votes": simulate(STRENGTHS, 20, 0), "models": 5, **wrong})


def test_no_votes_are_refused() -> None:
    """Without votes there is nothing to play."""
    none = np.zeros(0, np.uint8)
    with pytest.raises(ValueError, match="no votes"):
        play(Votes(none, none, none, np.zeros(0, np.int8)), 5)
    with pytest.raises(ValueError, match="shuffles"):
        orders(simulate(STRENGTHS, 20, 0), 5, shuffles=0)
