"""Bradley–Terry: the ratings of choix, of Wikipedia and of scikit-learn, whatever the order of the votes."""

from __future__ import annotations

from typing import Any

import choix
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.arena.bradley_terry import POINTS, bootstrap, counted, fit, fit_styled, intervals, wins_of
from core.arena.voters import TIED, WON, Votes, expected, simulate

STRENGTHS = (1_250.0, 1_200.0, 1_100.0, 1_080.0, 1_000.0)
WIKIPEDIA = np.array([[0, 2, 0, 1], [3, 0, 5, 0], [0, 3, 0, 1], [4, 0, 3, 0]], dtype=float)
"""Four teams, 22 games: https://en.wikipedia.org/wiki/Bradley–Terry_model, "Worked example of solution procedure"."""


def by_choix(wins: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = POINTS * choix.ilsr_pairwise_dense(wins, alpha=0, max_iter=10_000, tol=1e-14) + 1_000
    return found


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6), st.integers(2, 20), st.sampled_from([1, 30, 3_000]))
def test_ratings_are_those_of_choix(seed: int, models: int, many: int) -> None:
    """Without a prior the ratings are those of another library's algorithm, to 1e-6 points, from few votes to many."""
    drawn = np.random.default_rng(seed)
    wins = drawn.poisson(many, (models, models)) + np.roll(np.eye(models), 1, axis=1)
    np.fill_diagonal(wins, 0)
    if models == 2:
        wins += np.array([[0, 1], [1, 0]])
    assert fit(wins, prior=0) == pytest.approx(by_choix(wins), abs=1e-6)


def test_wikipedias_worked_example() -> None:
    """The article's strengths, whose geometric mean is 1: 0.640, 1.043, 0.660, 2.270."""
    strengths = 10 ** (fit(WIKIPEDIA, prior=0, at=0) / 400)
    assert strengths == pytest.approx([0.640, 1.043, 0.660, 2.270], abs=6e-4)


def test_a_tie_is_half_a_win_each_way() -> None:
    """Counting a tie twice as one win and one loss, beside every decided vote twice, gives the same ratings."""
    votes = simulate(STRENGTHS, 3_000, 1, ties=0.4)
    doubled = np.zeros((5, 5))
    for first, second, outcome in zip(votes.first, votes.second, votes.outcome, strict=True):
        doubled[first, second] += outcome
        doubled[second, first] += 2 - outcome
    assert fit(wins_of(counted(votes, 5)), prior=0) == pytest.approx(fit(doubled, prior=0), abs=1e-9)


def test_the_order_of_votes_and_the_sides_do_not_matter() -> None:
    """Shuffled, or seen from the other side of the screen, the same votes give the same ratings, to the last bit."""
    votes = simulate(STRENGTHS, 2_000, 2, ties=0.2, bias=50)
    ratings = fit_styled(counted(votes, 5))
    shuffled = fit_styled(counted(votes.taken(np.random.default_rng(0).permutation(2_000)), 5))
    turned = Votes(votes.second, votes.first, (WON - votes.outcome).astype(np.uint8), -votes.longer)
    for other in (shuffled, fit_styled(counted(turned, 5))):
        assert other.points.tolist() == ratings.points.tolist()
        assert other.style == ratings.style


def test_logistic_regression_finds_the_same_with_the_length_as_one_more_column() -> None:
    """Scikit-learn's regression on single votes, a tie twice with half the weight: ratings and style to 1e-3 points."""
    from sklearn.linear_model import LogisticRegression

    votes = simulate(STRENGTHS, 4_000, 3, ties=0.25, bias=70, verbosity=(0.9, 0.2, 0.5, 0.5, 0.1))
    rows = np.zeros((4_000, 6))
    rows[np.arange(4_000), votes.first], rows[np.arange(4_000), votes.second] = 1, -1
    rows[:, 5] = votes.longer
    won, lost = votes.outcome / 2, 1 - votes.outcome / 2
    for columns, ours in (
        ([1, 2, 3, 4], fit(wins_of(counted(votes, 5)), prior=0, anchor=0, at=0)[1:]),
        ([1, 2, 3, 4, 5], None),
    ):
        regression = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-10, solver="newton-cholesky")
        given_rows = np.concatenate([rows, rows])[:, columns]
        regression.fit(given_rows, np.repeat([1, 0], 4_000), sample_weight=np.concatenate([won, lost]))
        found = POINTS * regression.coef_[0]
        if ours is None:
            styled = fit_styled(counted(votes, 5), prior=0, anchor=0, at=0)
            ours = np.append(styled.points[1:], styled.style)
        assert ours == pytest.approx(found, abs=1e-3)


def test_endless_votes_lead_to_the_truth_where_nobody_ties() -> None:
    """From the shares of endless votes, strengths and the worth of length come back; without style, they do not."""
    wordy = (0.9, 0.1, 0.5, 0.5, 0.3)
    shares = expected(STRENGTHS, bias=40, verbosity=wordy)
    styled = fit_styled(shares, prior=0, at=float(np.mean(STRENGTHS)))
    assert styled.points == pytest.approx(STRENGTHS, abs=1e-6)
    assert float(styled.style) == pytest.approx(40, abs=1e-6)
    plain = fit(wins_of(shares), prior=0, at=float(np.mean(STRENGTHS)))
    errors = plain - STRENGTHS
    assert np.argmax(errors) == np.argmax(wordy)
    assert errors.max() > 20


def test_ties_squeeze_the_scale() -> None:
    """Half a win each way squeezes small differences of Davidson's voters by the share of ties: 10 points are 8."""
    ratings = fit(wins_of(expected((5.0, -5.0), ties=0.2)), prior=0, at=0)
    assert ratings == pytest.approx([4, -4], abs=0.01)


def test_a_model_that_never_lost_is_finite() -> None:
    """With the prior it stands about 400 log₁₀(2 n / prior) above the others, and higher the more it won."""
    others = simulate((0, 0, 0, 0), 6_000, 0)
    wins = np.zeros((5, 5))
    wins[:4, :4] = wins_of(counted(others, 4))
    leads = []
    for number in (1, 20, 500):
        wins[4, :4] = number / 4
        ratings = fit(wins, prior=0.1)
        leads.append(ratings[4] - ratings[:4].mean())
        assert leads[-1] == pytest.approx(400 * np.log10(2 * number / 0.1), rel=0.04)
    assert leads == sorted(leads)
    with pytest.raises(ValueError, match="infinitely far"):
        fit(wins, prior=0)


def test_the_prior_takes_a_thousandth_from_a_hundred_votes() -> None:
    """A model with 100 votes against two settled ones loses a thousandth of its distance to the three's average."""
    wins = np.array([[0, 1e6, 27], [1e6, 0, 27], [23, 23, 0]])
    free, held = (fit(wins, prior, anchor=0, at=0)[2] for prior in (0, 0.1))
    assert (held - free) / (0 - free * 2 / 3) == pytest.approx(0.001, rel=0.05)


def test_models_without_votes_between_them_are_finite() -> None:
    """Two groups that never met share an average; without a prior nobody can say how far apart they are."""
    wins = np.zeros((4, 4))
    wins[0, 1], wins[1, 0], wins[2, 3], wins[3, 2] = 30, 10, 8, 2
    ratings = fit(wins)
    assert np.isfinite(ratings).all()
    assert ratings[:2].mean() == pytest.approx(ratings[2:].mean(), abs=1e-6)
    with pytest.raises(ValueError, match="infinitely far"):
        fit(wins, prior=0)


def test_votes_for_one_pair_only() -> None:
    """The others stand at the average, the two as far apart as their odds."""
    wins = np.zeros((5, 5))
    wins[1, 3], wins[3, 1] = 75, 25
    ratings = fit(wins, at=0)
    assert ratings[[0, 2, 4]] == pytest.approx([0] * 3)
    assert ratings[1] - ratings[3] == pytest.approx(400 * np.log10(3), rel=0.01)


def test_all_ties_make_equals() -> None:
    """Ties alone, however many of each pair, leave all models at the mean."""
    counts = np.zeros((10, 5, 3), dtype=np.int64)
    counts[:, :, TIED] = np.arange(10)[:, None]
    assert fit_styled(counts).points == pytest.approx([1_000] * 5)
    assert bootstrap(counts, 5, 0).points == pytest.approx(np.full((5, 5), 1_000.0))


def test_the_anchor_stands_where_it_was_put() -> None:
    """Anchored to a model or to the mean, only the level changes."""
    wins = wins_of(counted(simulate(STRENGTHS, 500, 0), 5))
    free = fit(wins)
    assert free.mean() == pytest.approx(1_000)
    held = fit(wins, anchor=2, at=1_114)
    assert held[2] == 1_114
    assert held - free == pytest.approx(np.full(5, held[0] - free[0]))
    assert (bootstrap(counted(simulate(STRENGTHS, 500, 0), 5), 7, 0, anchor=2, at=1_114).points[:, 2] == 1_114).all()


@pytest.mark.parametrize("style", [False, True])
@pytest.mark.parametrize("votes", [5, 400])
def test_all_rounds_at_once_are_fits_one_by_one(votes: int, style: bool) -> None:
    """A round is what the fit says of the same votes drawn again, also where it misses models that the start knows.

    From a start far too high, Newton's full step overshoots, and the next ones ever more.
    """
    counts = counted(simulate(STRENGTHS, votes, 6, ties=0.1, bias=30), 5)
    rounds = bootstrap(counts, 20, 9, style=style)
    kinds = counts if style else counts.sum(1, keepdims=True)
    drawn = np.random.default_rng(9).multinomial(votes, kinds.ravel() / votes, size=20).reshape(20, *kinds.shape)
    for at, again in enumerate(drawn):
        if style:
            one = fit_styled(again)
            assert rounds.style[at] == pytest.approx(float(one.style), abs=1e-6)
        else:
            padded = np.zeros((10, 5, 3), dtype=np.int64)
            padded[:, [2]] = again
            one = fit_styled(padded)
            assert one.style == pytest.approx(0)
        assert rounds.points[at] == pytest.approx(one.points, abs=1e-6)


SQUARE: Any = np.array([[0, 3], [2, 0]], dtype=float)


@pytest.mark.parametrize(
    ("wins", "prior"),
    [
        (np.zeros((3, 3)), 0.1), (np.zeros((1, 1)), 0.1), (np.zeros((2, 3)), 0.1), (-SQUARE, 0.1),
        (SQUARE * np.nan, 0.1), (np.eye(2), 0.1), (SQUARE, -1.0), (SQUARE, float("nan")), (SQUARE, float("inf")),
    ],
)  # fmt: skip
def test_absurd_wins_are_refused(wins: NDArray[np.float64], prior: float) -> None:
    """No votes, one model, no square, negative counts or priors: a ValueError."""
    with pytest.raises(ValueError, match=r"wins|prior"):
        fit(wins, prior)


def test_absurd_questions_are_refused() -> None:
    """No rounds, no prior for rounds that may miss a model, an anchor or a confidence that is none: a ValueError."""
    counts = counted(simulate(STRENGTHS, 50, 0), 5)
    with pytest.raises(ValueError, match="rounds"):
        bootstrap(counts, 0, 0)
    with pytest.raises(ValueError, match="prior"):
        bootstrap(counts, 5, 0, prior=0)
    with pytest.raises(ValueError, match="anchor"):
        fit(wins_of(counts), anchor=5)
    with pytest.raises(ValueError, match="counts of"):
        wins_of(counts[:-1])
    with pytest.raises(ValueError, match="confidence"):
        intervals(np.zeros((3, 2)), 1)
    with pytest.raises(ValueError, match="rounds of"):
        intervals(np.zeros((0, 2)))
    same = simulate(STRENGTHS, 5_000, 0, verbosity=(0.0,) * 5)
    with pytest.raises(ValueError, match="do not say"):
        fit_styled(counted(same, 5), prior=0)
