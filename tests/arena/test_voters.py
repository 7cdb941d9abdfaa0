"""Simulated voters: drawn as they say, the same ones in front however many follow."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare, kstest

from core.arena.bradley_terry import counted
from core.arena.draws import shuffled, uniforms
from core.arena.voters import LOST, TIED, WON, Votes, chances, expected, simulate, stuffed

STRENGTHS = (1_120.0, 1_000.0, 950.0, 1_060.0)
WORDY = (0.2, 0.5, 0.9, 0.4)
SEED = st.integers(-(2**40), 2**40)


def columns(votes: Votes, until: int) -> list[list[int]]:
    return [column[:until].tolist() for column in (votes.first, votes.second, votes.outcome, votes.longer)]


def test_numbers_are_uniform_and_streams_and_seeds_have_nothing_in_common() -> None:
    """Each stream passes the Kolmogorov–Smirnov test; no two of neighbouring streams or seeds are correlated."""
    streams = [uniforms(seed, stream, 20_000) for seed in (0, 1, 2) for stream in range(3)]
    for numbers in streams:
        assert numbers.min() > 0
        assert numbers.max() < 1
        assert kstest(numbers, "uniform").pvalue > 1e-3
    together = np.corrcoef([*streams, *(numbers[::-1] for numbers in streams)]) - np.eye(18)
    assert np.abs(together).max() < 5 / np.sqrt(20_000)
    shifted = [np.corrcoef(numbers[1:], numbers[:-1])[0, 1] for numbers in streams]
    assert np.abs(shifted).max() < 5 / np.sqrt(20_000)


def test_two_streams_are_not_one_read_in_another_order() -> None:
    """Of 2¹⁶ counters, two streams share no more numbers than chance would have them share: one in two seeds."""
    first, second = (uniforms(7, stream, 2**16) for stream in (0, 1))
    assert len(np.intersect1d(first, second)) < 10


def test_a_shuffle_has_every_order_equally_often() -> None:
    """Of 3 votes, the 6 orders come equally often over seeds."""
    found = [tuple(shuffled(3, seed, 100)) for seed in range(3_000)]
    assert chisquare([found.count(order) for order in sorted(set(found))]).pvalue > 1e-3
    assert len(set(found)) == 6


@given(st.floats(-900, 900), st.floats(0, 0.9))
def test_davidsons_ties(points: float, ties: float) -> None:
    """Chances add up to 1; equals tie in the share that was asked for; without ties, odds are 10^(points / 400)."""
    lost, tied, won = chances(np.array(points), ties)
    assert lost + tied + won == pytest.approx(1)
    assert won / lost == pytest.approx(10 ** (points / 400))
    assert tied <= ties + 1e-12
    assert chances(np.array(0.0), ties)[TIED] == pytest.approx(ties)
    assert chances(np.array(-points), ties) == pytest.approx([won, tied, lost])


def test_votes_come_as_often_as_expected() -> None:
    """Pairs, lengths and outcomes of 60,000 votes fit what is expected of them (chi-square), and so do the sides."""
    habits: dict[str, Any] = {"ties": 0.2, "bias": 60.0, "verbosity": WORDY}
    votes = simulate(STRENGTHS, 60_000, 5, **habits)
    shares = expected(STRENGTHS, **habits)
    assert shares.sum() == pytest.approx(1)
    assert chisquare(counted(votes, 4).ravel(), 60_000 * shares.ravel()).pvalue > 1e-3
    assert chisquare(np.bincount(votes.first, minlength=4)).pvalue > 1e-3
    assert chisquare(np.bincount(votes.second, minlength=4)).pvalue > 1e-3


def test_the_longer_answer_is_preferred_by_its_points() -> None:
    """Between equals, a bias of 100 points a step wins two steps as 200 points of strength do; a negative one loses."""
    votes = simulate((0, 0), 40_000, 1, bias=100)
    two = votes.longer == 2
    share = (votes.outcome[two] == WON).mean()
    assert share == pytest.approx(1 / (1 + 10 ** (-200 / 400)), abs=0.03)
    votes = simulate((0, 0), 40_000, 1, bias=-100)
    assert (votes.outcome[votes.longer == 2] == LOST).mean() == pytest.approx(share, abs=0.03)


@settings(deadline=None)
@given(SEED, st.lists(st.integers(1, 300), min_size=2, max_size=3, unique=True).map(sorted))
def test_the_first_votes_do_not_depend_on_how_many_follow(seed: int, numbers: list[int]) -> None:
    """Whatever the seed, fewer votes are the beginning of more."""
    rows = [simulate(STRENGTHS, number, seed, ties=0.1, bias=20, verbosity=WORDY) for number in numbers]
    for fewer, more in pairwise(rows):
        assert columns(fewer, len(fewer)) == columns(more, len(fewer))


@pytest.mark.parametrize("against", [None, 3])
def test_fake_votes_stand_at_the_end(against: int | None) -> None:
    """Honest votes stay as they are; in every fake one the model wins, against the others in turn or always one."""
    honest = simulate(STRENGTHS, 50, 0, ties=0.3)
    votes = stuffed(honest, 4, 1, against, 7)
    assert columns(votes, 50) == columns(honest, 50)
    assert votes.first[50:].tolist() == [1] * 7
    assert votes.second[50:].tolist() == ([0, 2, 3, 0, 2, 3, 0] if against is None else [3] * 7)
    assert set(votes.outcome[50:]) == {WON}
    assert set(votes.longer[50:]) == {0}


@pytest.mark.parametrize(
    "wrong",
    [
        {"votes": 0}, {"votes": 10**9}, {"strengths": (1.0,)}, {"strengths": ()}, {"strengths": (1.0, float("nan"))},
        {"strengths": (0.0, float("inf"))}, {"strengths": (0.0, 1e6)}, {"ties": 1.0}, {"ties": -0.1},
        {"ties": float("nan")}, {"bias": float("nan")}, {"verbosity": (0.5,)}, {"verbosity": (0.5, 1.5)},
        {"strengths": (0.0,) * 65},
    ],
)  # fmt: skip
def test_absurd_voters_are_refused(wrong: dict[str, Any]) -> None:
    """No votes, one model, numbers that are none, shares out of range: a ValueError that says so."""
    with pytest.raises(ValueError, match=r"from|numbers|bias"):
        simulate(**{"strengths": (0.0, 10.0), "votes": 5, "seed": 0, **wrong})


@pytest.mark.parametrize(
    ("model", "against", "number"), [(4, None, 1), (1, 1, 1), (1, 9, 1), (1, None, -1), (-1, 0, 1)]
)
def test_absurd_fakes_are_refused(model: int, against: int | None, number: int) -> None:
    """No such model, a model against itself, a negative number: a ValueError."""
    with pytest.raises(ValueError, match=r"against|fake"):
        stuffed(simulate(STRENGTHS, 5, 0), 4, model, against, number)


@pytest.mark.parametrize(
    "wrong", [([0], [0], [1], [0]), ([0], [1], [3], [0]), ([0], [1], [2], [3]), ([0, 1], [1], [2], [0])]
)
def test_what_is_no_vote_is_refused(wrong: tuple[list[int], ...]) -> None:
    """A model against itself, an unknown outcome, columns of different lengths: a ValueError."""
    first, second, outcome = (np.array(column, dtype=np.uint8) for column in wrong[:3])
    with pytest.raises(ValueError, match=r"a vote is|columns"):
        Votes(first, second, outcome, np.array(wrong[3], dtype=np.int8))
