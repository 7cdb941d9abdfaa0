"""How much the first place hangs on: which votes, taken away, turn it over, and how few fake ones bring a model there.

J. Y. Huang, Y. Shen, D. Wei and T. Broderick, "Dropping Just a Handful of Preferences Can Change Top Large Language
Model Rankings", arXiv 2508.11847, 2025: 0.003 % of the votes were enough in Chatbot Arena.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.arena.bradley_terry import POINTS, PRIOR, Counts, fit, models_of, wins_of
from core.arena.newton import Games, sigmoid, slopes
from core.arena.voters import MOST_VOTES

Floats = NDArray[np.float64]
SCORES = np.array([0.0, 0.5, 1.0])
"""What a pair's first model scores: lost, tied, won."""


@dataclass(frozen=True)
class Influence:
    """What each vote is worth to the difference between the first two.

    Attributes:
        first: the model at the top.
        second: the one below.
        gap: points between them.
        pairs: of the votes whose loss narrows the gap, the most harmful kind first: their pair of models, (kinds, 2).
        outcomes: 0 the pair's first lost, 1 a tie, 2 it won, (kinds,).
        numbers: how many such votes there are, (kinds,).
        moves: points by which the gap changes when one of them is taken away, below 0 and rising, (kinds,).
    """

    first: int
    second: int
    gap: float
    pairs: NDArray[np.int64]
    outcomes: NDArray[np.int64]
    numbers: NDArray[np.int64]
    moves: Floats


def influence(counts: Counts, prior: float = PRIOR) -> Influence:
    """Return how the loss of one vote of each kind would move the gap between the first and the second model.

    The move is one step of Newton's method from the fitted ratings: the vote's pull on them, through the inverse of the
    curvature. Length is left out.

    Args:
        counts: votes of each kind, (pairs, 5, 3).
        prior: virtual ties, as in `fit`.

    Raises:
        ValueError: as in `fit`.
    """
    ratings, models = fit(wins_of(counts), prior, at=0.0), models_of(counts)
    second, first = (int(model) for model in np.argsort(ratings, kind="stable")[-2:])
    ahead, behind = np.triu_indices(models, 1)
    kinds = counts.sum(1)
    played = kinds.sum(1, dtype=np.float64)[None, :, None]
    # The fit puts the virtual opponent at zero; only the curvature is asked here, and the prior hardly bends it.
    _gradient, curvature = slopes(Games(played, played, np.zeros(1), models, prior), ratings[None] / POINTS)
    asked = np.zeros(models)
    asked[first], asked[second] = 1, -1
    leverage = np.linalg.solve(curvature[0], asked)
    surprise = SCORES - sigmoid((ratings[ahead] - ratings[behind]) / POINTS)[:, None]
    moves = -POINTS * surprise * (leverage[ahead] - leverage[behind])[:, None]
    found = np.nonzero((moves < 0) & (kinds > 0))
    order = np.argsort(moves[found], kind="stable")
    pair, outcome = found[0][order], found[1][order]
    return Influence(
        first=first,
        second=second,
        gap=float(ratings[first] - ratings[second]),
        pairs=np.stack([ahead[pair], behind[pair]], axis=1),
        outcomes=outcome,
        numbers=kinds[pair, outcome],
        moves=moves[pair, outcome],
    )


def predicted_gaps(worth: Influence, numbers: Sequence[int]) -> Floats:
    """Return the gap that the influences, added up, promise after so many votes were taken away: (numbers,)."""
    reached = np.concatenate([[0], worth.numbers.cumsum()])
    sums = np.concatenate([[0.0], (worth.numbers * worth.moves).cumsum()])
    gaps: Floats = worth.gap + np.interp(np.asarray(numbers), reached, sums)
    return gaps


def gap_without(counts: Counts, worth: Influence, number: int, prior: float = PRIOR) -> float:
    """Return the points between the same two models, fitted anew without the most harmful votes; overtaken, below 0.

    Args:
        counts: the votes that `worth` was computed from.
        worth: their influence.
        number: how many votes are taken away, at most those that narrow the gap.
        prior: virtual ties, as in `fit`.

    Raises:
        ValueError: more votes than there are, or none is left.
    """
    ratings = fit(wins_without(counts, worth, number), prior)
    return float(ratings[worth.first] - ratings[worth.second])


def wins_without(counts: Counts, worth: Influence, number: int) -> Floats:
    """Return the wins that are left when the most harmful votes are taken away, (models, models).

    Raises:
        ValueError: more votes than there are.
    """
    wins = wins_of(counts)
    if not 0 <= number <= worth.numbers.sum():
        raise ValueError(f"{number} votes of {worth.numbers.sum()} that narrow the gap")
    taken = np.diff(np.minimum(worth.numbers.cumsum(), number), prepend=0)
    won = taken * SCORES[worth.outcomes]
    np.subtract.at(wins, (worth.pairs[:, 0], worth.pairs[:, 1]), won)
    np.subtract.at(wins, (worth.pairs[:, 1], worth.pairs[:, 0]), taken - won)
    return wins


def fewest_dropped(counts: Counts, prior: float = PRIOR) -> int | None:
    """Return how many votes, taken away, put the second model above the first; None where no number does.

    They are taken in the order of their influence, and each number is tried by a new fit: enough for sure, and seldom
    more than needed. The share of all votes is this over `counts.sum()`.

    Raises:
        ValueError: as in `fit`.
    """
    worth = influence(counts, prior)
    most = min(int(worth.numbers.sum()), int(counts.sum()) - 1)
    return _fewest(lambda number: gap_without(counts, worth, number, prior) < 0, most)


def fewest_fakes(
    counts: Counts, model: int, against: int | None = None, prior: float = PRIOR, most: int = MOST_VOTES
) -> int | None:
    """Return how many fake votes bring a model to the first place, alone; None where `most` do not.

    Args:
        counts: honest votes of each kind, (pairs, 5, 3).
        model: who profits.
        against: who loses in every fake vote, or None for all the others in turn, as in `voters.stuffed`.
        prior: virtual ties, as in `fit`.
        most: how many are tried.

    Raises:
        ValueError: no such model, or as in `fit`.
    """
    wins, models = wins_of(counts), models_of(counts)
    others = [other for other in range(models) if other != model and against in (None, other)]
    if not 0 <= model < models or not others:
        raise ValueError(f"model {model} of {models} against {against}")

    def is_first(number: int) -> bool:
        stuffed = wins.copy()
        stuffed[model, others] += number // len(others) + (np.arange(len(others)) < number % len(others))
        ratings = fit(stuffed, prior)
        return bool(ratings[model] > np.delete(ratings, model).max())

    return _fewest(is_first, most)


def _fewest(reaches: Callable[[int], bool], most: int) -> int | None:
    """Return the least number from 0 to `most` that reaches, if all above it do as well: doubled, then halved."""
    if reaches(0):
        return 0
    low, high = 0, 1
    while high < most and not reaches(high):
        low, high = high, 2 * high
    if high >= most:
        high = most
        if high <= low or not reaches(high):
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches(middle) else (middle, high)
    return high
