"""Elo: ratings that move after every vote, so that what they say depends on the order of the votes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.arena.draws import shuffled
from core.arena.voters import SCALE, Votes, check

Floats = NDArray[np.float64]
K, START = 4.0, 1_000.0
"""Those of Chatbot Arena: FastChat, serve/monitor/elo_analysis.py, from version 0.2.8 to June 2024."""
MOST_K = 1_000.0
MOST_SHUFFLES = 1_000
RATE = math.log(10) / SCALE
SHUFFLES = 100
"""The stream of random numbers of the first shuffle; `voters` has those below."""


def chance(points: float) -> float:
    """Return the probability that a model wins which is that many points stronger, ties aside.

    A. E. Elo, "The Rating of Chessplayers, Past and Present", 1978, with the logistic curve: base 10, 400 points.
    """
    return 1 / (1 + math.exp(-RATE * points)) if points > -70 * SCALE else 0.0


def play(
    votes: Votes,
    models: int,
    k: float = K,
    start: float = START,
    order: Sequence[int] | None = None,
    at: Sequence[int] | None = None,
) -> Floats:
    """Return ratings after some numbers of votes, played one by one: (moments, models).

    After each vote the first model gains `k` times what it scored (1, a tie ½, 0) minus what was expected of it; the
    second loses as much.

    Args:
        votes: at least one.
        models: how many there are.
        k: points at stake in a vote.
        start: every model's first rating.
        order: the votes' indices in the order in which they are played; without it, as they were cast.
        at: after how many votes, never falling; without it, once, at the end.

    Raises:
        ValueError: no votes, a vote for a model that is not there, or numbers out of range.
    """
    check(votes, models)
    if not 0 < k <= MOST_K:
        raise ValueError(f"a K of {k}: above 0, at most {MOST_K:g}")
    if not math.isfinite(start):
        raise ValueError(f"a first rating of {start}")
    if order is not None and not np.array_equal(np.sort(order), np.arange(len(votes))):
        raise ValueError("an order has every vote once")
    moments = [0, *([len(votes)] if at is None else at)]
    if any(not 0 <= before <= after <= len(votes) for before, after in pairwise(moments)):
        raise ValueError(f"moments that rise from 0 to {len(votes)}: {moments[1:]}")
    played = votes if order is None else votes.taken(order)
    first, second, scores = played.first.tolist(), played.second.tolist(), (played.outcome / 2).tolist()
    ratings, rows = [float(start)] * models, []
    for begin, end in pairwise(moments):
        _play(ratings, zip(first[begin:end], second[begin:end], scores[begin:end], strict=True), k)
        rows.append(ratings.copy())
    return np.array(rows).reshape(len(moments) - 1, models)


def orders(votes: Votes, models: int, k: float = K, shuffles: int = 20, seed: int = 0, start: float = START) -> Floats:
    """Return the last ratings when the same votes are played in other orders: (shuffles, models).

    Args:
        votes: at least one.
        models: how many there are.
        k: points at stake in a vote.
        shuffles: how many orders.
        seed: of the orders.
        start: every model's first rating.

    Raises:
        ValueError: as in `play`.
    """
    if not 1 <= shuffles <= MOST_SHUFFLES:
        raise ValueError(f"{shuffles} shuffles: from 1 to {MOST_SHUFFLES}")
    each = [play(votes, models, k, start, shuffled(len(votes), seed, SHUFFLES + turn)) for turn in range(shuffles)]
    return np.concatenate(each)


def _play(ratings: list[float], games: Iterable[tuple[int, int, float]], k: float) -> None:
    """Play games (first, second, score) and move the ratings; lists of floats are faster here than NumPy's scalars."""
    exp, rate = math.exp, RATE
    for first, second, score in games:
        mine, other = ratings[first], ratings[second]
        gain = k * (score - 1 / (1 + exp(rate * (other - mine))))
        ratings[first], ratings[second] = mine + gain, other - gain
