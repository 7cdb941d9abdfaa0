"""From intervals to ranks, and from votes to intervals: how many votes a claim about two models needs."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from core.arena.bradley_terry import CONFIDENCE, POINTS

Floats = NDArray[np.float64]


def ranks(lows: Floats, highs: Floats) -> NDArray[np.int64]:
    """Return each model's rank (UB): 1 + how many models are better beyond doubt, (models,).

    Better beyond doubt is one whose lower bound lies strictly above this model's upper bound: Chatbot Arena from
    2024 on. Several models may share a rank.

    Args:
        lows: lower ends of the intervals, (models,).
        highs: upper ends, (models,).

    Raises:
        ValueError: no ends, ends that are no numbers, or a low one above its high one.
    """
    lows, highs = np.asarray(lows, dtype=np.float64), np.asarray(highs, dtype=np.float64)
    if lows.ndim != 1 or lows.shape != highs.shape or not len(lows) or not (lows <= highs).all():
        raise ValueError(f"a lower and an upper end for each model: {lows}, {highs}")
    found: NDArray[np.int64] = 1 + (lows[None, :] > highs[:, None]).sum(1)
    return found


def predicted_half_width(votes: float, ties: float = 0.0, confidence: float = CONFIDENCE) -> float:
    """Return half the width, in points, of the interval of a model with that many votes: 681 / √votes at 95 %.

    A vote between equals is a coin, whose logarithm of the likelihood curves by p (1 − p) = 1/4 (its Fisher
    information). n of them pin the model's strength, in natural units, with variance 4 / n: standard deviation
    2 / √n. A natural unit is 400 / ln 10 = 173.7 points, and 95 % of a normal distribution lie within 1.96 standard
    deviations. The opponents are taken as known, which they are where they have many votes.

    A tie is a coin that stands on its edge: with a share t of them a score varies by (1 − t) / 4 instead of 1/4, and
    the interval is narrower by √(1 − t).

    Args:
        votes: of the model, above 0.
        ties: share of ties among them, in [0, 1).
        confidence: of the interval.

    Raises:
        ValueError: numbers out of range.
    """
    if not 0 < votes < math.inf:
        raise ValueError(f"{votes} votes: above 0")
    return _deviations(confidence) * POINTS * 2 * math.sqrt(_decided(ties) / votes)


def votes_to_separate(
    points: float,
    models: int,
    *,
    ties: float = 0.0,
    sure: float = 0.5,
    overlap: bool = True,
    confidence: float = CONFIDENCE,
) -> float:
    """Return how many votes each model needs until two of them that are this far apart are told apart.

    All models are about equally strong and meet equally often. Then Bradley–Terry gives each, against the mean, the
    variance v = 4 (m − 1)² / (m² n) in natural units, and a difference of two d = 8 (m − 1) / (m n): the inverse of the
    information, n / (m − 1) votes a pair of 1/4 each. The arena's rule asks that two intervals do not overlap: the
    difference seen must exceed 2 · 1.96 √v; asking the difference itself, 1.96 √d is enough, at half the votes. What is
    seen varies by √d, so that with z of the wanted certainty the true difference must be z √d more.

    Ties squeeze a small difference of Davidson's voters by 1 − t, and its variance by 1 − t as well: together the votes
    grow by 1 / (1 − t).

    Args:
        points: how far apart they are, above 0.
        models: how many share the votes, from 2; all together they need models / 2 times as many votes as is returned.
        ties: share of ties between equals, in [0, 1).
        sure: how likely it shall be that they are told apart, the better one above; at 0.5 it is a coin.
        overlap: whether the intervals of the two are compared, or the interval of their difference with zero.
        confidence: of the intervals.

    Raises:
        ValueError: numbers out of range.
    """
    if not 0 < points < math.inf or models < 2 or not 0 < sure < 1:
        raise ValueError(f"{points} points apart, {models} models, sure to {sure}")
    share = (models - 1) / models
    of_model, of_difference = 2 * share, math.sqrt(8 * share)
    asked = _deviations(confidence) * (2 * of_model if overlap else of_difference)
    needed = asked + NormalDist().inv_cdf(sure) * of_difference
    return (max(needed, 0.0) * POINTS / points) ** 2 / _decided(ties)


def _deviations(confidence: float) -> float:
    """Return within how many standard deviations that share of a normal distribution lies: 1.96 of 95 %."""
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence of {confidence}: between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _decided(ties: float) -> float:
    if not 0 <= ties < 1:
        raise ValueError(f"a share of ties of {ties}: from 0 to below 1")
    return 1 - ties
