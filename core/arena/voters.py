"""Voters who are simulated: two models drawn at random, two answers, and the one that is preferred, or neither."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.arena.draws import uniforms

Floats = NDArray[np.float64]
SCALE = 400.0
"""Points of difference that are odds of ten to one."""
LOST, TIED, WON = 0, 1, 2
"""Outcomes, seen from the model that is named first."""
LENGTHS = 5
"""How much longer the first answer may be: −2 … 2 steps of short, medium, long."""
MOST_VOTES, MOST_MODELS, MOST_POINTS = 2_000_000, 64, 10_000.0
EVEN = 0.5
"""The verbosity of a model that writes short and long answers equally often."""
PAIR, OUTCOME, FIRST_LENGTH, SECOND_LENGTH = range(4)
"""The streams of random numbers."""


@dataclass(frozen=True)
class Votes:
    """Votes in the order in which they were cast.

    Attributes:
        first: index of the model whose answer stood on the left, (votes,), uint8.
        second: of the one on the right.
        outcome: 2 the first was preferred, 1 a tie, 0 the second, (votes,), uint8.
        longer: by how many steps the first answer was the longer one, −2 … 2, (votes,), int8.

    Raises:
        ValueError: the arrays are of different lengths, or a vote is none.
    """

    first: NDArray[np.uint8]
    second: NDArray[np.uint8]
    outcome: NDArray[np.uint8]
    longer: NDArray[np.int8]

    def __post_init__(self) -> None:
        """Refuse what is no vote."""
        columns = (self.first, self.second, self.outcome, self.longer)
        if any(column.ndim != 1 or len(column) != len(self.first) for column in columns):
            raise ValueError(f"columns of one length: {[column.shape for column in columns]}")
        if (self.outcome > WON).any() or (np.abs(self.longer) > 2).any() or (self.first == self.second).any():
            raise ValueError("a vote is between two models, its outcome 0, 1 or 2, its length from -2 to 2")

    def __len__(self) -> int:
        """Return how many votes there are."""
        return len(self.first)

    def taken(self, which: slice | Sequence[int] | NDArray[np.int64]) -> Votes:
        """Return some of the votes, or all in another order."""
        columns = (self.first, self.second, self.outcome)
        first, second, outcome = (column[which] for column in columns)
        return Votes(first, second, outcome, self.longer[which])


def chances(points: Floats, ties: float) -> Floats:
    """Return the probability that the first of two models loses, ties, wins: (…, 3).

    With strengths π the first wins with probability π₁ / (π₁ + π₂ + ν √(π₁ π₂)); ν is such that equal models tie in
    the given share of votes. R. R. Davidson, "On extending the Bradley–Terry model to accommodate ties in paired
    comparison experiments", Journal of the American Statistical Association 65, 1970.

    Args:
        points: by how much the first is the stronger one, any shape.
        ties: share of ties between equal models, in [0, 1).
    """
    lead = 10.0 ** (np.asarray(points, dtype=np.float64) / (2 * SCALE))
    between = 2 * ties / (1 - ties)
    weights = np.stack([1 / lead, np.full_like(lead, between), lead], axis=-1)
    shares: Floats = weights / weights.sum(-1, keepdims=True)
    return shares


def simulate(
    strengths: Sequence[float],
    votes: int,
    seed: int,
    *,
    ties: float = 0.0,
    bias: float = 0.0,
    verbosity: Sequence[float] | None = None,
) -> Votes:
    """Return simulated votes; with the same seed the first ones are the same however many are asked for.

    Each vote is between two models drawn uniformly, and their sides. Each answer is short, medium or long: as many of
    two coins fall on long as its model is verbose.

    Args:
        strengths: points of each model; 400 more are odds of ten.
        votes: how many, at least 1.
        seed: any whole number.
        ties: share of ties between equal models, in [0, 1).
        bias: points that a step of length is worth to the voters.
        verbosity: of each model, from 0 (always short) to 1 (always long); without it, all are even.

    Raises:
        ValueError: fewer than two models, no votes, too many of either, or numbers that make no sense.
    """
    points, wordy = _checked(strengths, ties, bias, verbosity)
    if not 1 <= votes <= MOST_VOTES:
        raise ValueError(f"{votes} votes: from 1 to {MOST_VOTES}")
    others = len(points) - 1
    pair = (uniforms(seed, PAIR, votes) * (len(points) * others)).astype(np.int64)
    first, second = pair // others, pair % others
    second += second >= first
    longer = _length(seed, FIRST_LENGTH, wordy[first]) - _length(seed, SECOND_LENGTH, wordy[second])
    below = chances(_leads(points, bias), ties).cumsum(-1)[first, second, longer + 2]
    drawn = uniforms(seed, OUTCOME, votes)
    outcome = (drawn >= below[:, 0]).astype(np.uint8) + (drawn >= below[:, 1])
    return Votes(first.astype(np.uint8), second.astype(np.uint8), outcome.astype(np.uint8), longer)


def expected(
    strengths: Sequence[float], *, ties: float = 0.0, bias: float = 0.0, verbosity: Sequence[float] | None = None
) -> Floats:
    """Return the share of votes of each kind in the long run, as `counted` of bradley_terry orders them: (pairs, 5, 3).

    What a method makes of it is where more and more votes lead: the truth only if the method fits the voters. It does
    not where they tie: half a win each way squeezes differences, small ones by the share of ties.

    Raises:
        ValueError: as in `simulate`.
    """
    points, wordy = _checked(strengths, ties, bias, verbosity)
    lengths = np.stack([(1 - wordy) ** 2, 2 * wordy * (1 - wordy), wordy**2], axis=-1)
    ahead, behind = np.triu_indices(len(points), 1)
    longer = np.stack([np.convolve(lengths[i], lengths[j][::-1]) for i, j in zip(ahead, behind, strict=True)])
    shares: Floats = longer[..., None] * chances(_leads(points, bias), ties)[ahead, behind] / len(ahead)
    return shares


def check(votes: Votes, models: int) -> None:
    """Refuse votes that nobody can rank.

    Raises:
        ValueError: fewer than two models or too many, no votes, or one for a model that is not there.
    """
    if not 2 <= models <= MOST_MODELS:
        raise ValueError(f"{models} models: from 2 to {MOST_MODELS}")
    if not len(votes):
        raise ValueError("no votes")
    if max(int(votes.first.max()), int(votes.second.max())) >= models:
        raise ValueError(f"a vote for a model that is not one of {models}")


def stuffed(votes: Votes, models: int, model: int, against: int | None, number: int) -> Votes:
    """Return votes with fake ones at the end, in which a model is preferred to answers as long as its own.

    Args:
        votes: honest ones.
        models: how many models there are.
        model: who profits.
        against: who loses, or None for all the others in turn.
        number: how many fake votes, from 0.

    Raises:
        ValueError: no such model, a model against itself, or a number that is out of range.
    """
    others = [other for other in range(models) if other != model and against in (None, other)]
    if not 2 <= models <= MOST_MODELS or not 0 <= model < models or not others:
        raise ValueError(f"model {model} of {models} against {against}")
    if not 0 <= number <= MOST_VOTES - len(votes):
        raise ValueError(f"{number} fake votes beside {len(votes)}: from 0, and {MOST_VOTES} in all")
    losers = np.resize(np.array(others), number)
    return Votes(
        np.concatenate([votes.first, np.full(number, model)]).astype(np.uint8),
        np.concatenate([votes.second, losers]).astype(np.uint8),
        np.concatenate([votes.outcome, np.full(number, WON)]).astype(np.uint8),
        np.concatenate([votes.longer, np.zeros(number)]).astype(np.int8),
    )


def _length(seed: int, stream: int, verbosity: Floats) -> NDArray[np.int8]:
    """Return 0, 1 or 2 for each answer: short, medium, long."""
    drawn = uniforms(seed, stream, len(verbosity))
    short, long = (1 - verbosity) * (1 - verbosity), verbosity * verbosity
    return (drawn >= short).astype(np.int8) + (drawn >= 1 - long).astype(np.int8)


def _leads(strengths: Floats, bias: float) -> Floats:
    """Return by how many points a first answer is ahead, (models, models, 5): by its model, and by its length."""
    steps = np.arange(LENGTHS) - 2
    return (strengths[:, None] - strengths[None, :])[..., None] + bias * steps


def _checked(
    strengths: Sequence[float], ties: float, bias: float, verbosity: Sequence[float] | None
) -> tuple[Floats, Floats]:
    """Return strengths and verbosity as arrays, or raise ValueError."""
    points = np.asarray(strengths, dtype=np.float64)
    if points.ndim != 1 or not 2 <= len(points) <= MOST_MODELS:
        raise ValueError(f"strengths of {points.shape} models: from 2 to {MOST_MODELS}")
    if not np.isfinite(points).all() or np.ptp(points) > MOST_POINTS:
        raise ValueError(f"strengths are numbers at most {MOST_POINTS:g} points apart: {points}")
    if not 0 <= ties < 1:
        raise ValueError(f"a share of ties of {ties}: from 0 to below 1")
    if not math.isfinite(bias) or abs(bias) > MOST_POINTS:
        raise ValueError(f"a bias of {bias} points a step")
    wordy = np.full(len(points), EVEN) if verbosity is None else np.asarray(verbosity, dtype=np.float64)
    if wordy.shape != points.shape or not ((wordy >= 0) & (wordy <= 1)).all():
        raise ValueError(f"the verbosity of each of {len(points)} models, from 0 to 1: {wordy}")
    return points, wordy
