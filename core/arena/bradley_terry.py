"""Bradley–Terry: the ratings under which all votes together are likeliest. Their order plays no part.

R. A. Bradley and M. E. Terry, "Rank Analysis of Incomplete Block Designs: I", Biometrika 39, 1952: i is preferred to j
with probability πᵢ / (πᵢ + πⱼ). A rating is 400 log₁₀ π. A tie is half a win for each, as in Chatbot Arena.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.arena.elo import START
from core.arena.newton import Games, likeliest
from core.arena.voters import LENGTHS, MOST_MODELS, SCALE, TIED, WON, Votes, check

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
"""How many votes of each kind: (pairs, 5, 3).

Pairs of models i < j in the order of `np.triu_indices(models, 1)`; by how many steps i's answer was longer, from −2 to
2; whether i lost, tied, won.
"""
POINTS = SCALE / math.log(10)
"""Points of a natural unit: 173.7."""
PRIOR = 0.1
"""Virtual ties of each model with an average one.

A model that won all its n votes stands about 400 log₁₀(2 n / prior) points above those it met instead of infinitely
far. A model with 100 votes against settled ones loses a thousandth of its distance to the average.
"""
STEPS: Floats = np.arange(LENGTHS, dtype=np.float64) - 2
MOST_ROUNDS = 2_000
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Ratings:
    """What was fitted.

    Attributes:
        points: the ratings, (models,), or (rounds, models).
        style: points that a step of length is worth, a number, or (rounds,); 0 where length was left out.
    """

    points: Floats
    style: Floats


def counted(votes: Votes, models: int) -> Counts:
    """Return how many votes there are of each kind.

    Raises:
        ValueError: as in `voters.check`.
    """
    check(votes, models)
    first, second = votes.first.astype(np.int64), votes.second.astype(np.int64)
    turned = first > second
    low, high = np.minimum(first, second), np.maximum(first, second)
    pair = low * (2 * models - low - 1) // 2 + high - low - 1
    outcome = np.where(turned, WON - votes.outcome, votes.outcome)
    longer = np.where(turned, -votes.longer, votes.longer) + 2
    pairs = models * (models - 1) // 2
    kinds = np.bincount((pair * LENGTHS + longer) * 3 + outcome, minlength=pairs * LENGTHS * 3)
    return kinds.reshape(pairs, LENGTHS, 3).astype(np.int64)


def wins_of(counts: Counts | Floats) -> Floats:
    """Return how often each model won against each other one, a tie as half a win each way: (models, models).

    Args:
        counts: (pairs, 5, 3): votes of each kind, or their shares.
    """
    models = models_of(counts)
    ahead, behind = np.triu_indices(models, 1)
    wins = np.zeros((models, models))
    kinds = counts.sum(1)
    wins[ahead, behind] = kinds[:, WON] + kinds[:, TIED] / 2
    wins[behind, ahead] = kinds.sum(1) - wins[ahead, behind]
    return wins


def fit(wins: Floats, prior: float = PRIOR, anchor: int | None = None, at: float = START) -> Floats:
    """Return the ratings under which these wins are likeliest, (models,).

    Args:
        wins: how often each model (row) won against each other one (column), a tie as half a win each way.
        prior: virtual ties of each model with an average one.
        anchor: the model that stands `at` this rating; without one, the mean does.
        at: points.

    Raises:
        ValueError: no square of counts, no votes; or there is no prior, and some models never lost to the others.
    """
    wins = _checked(wins, prior)
    ahead, behind = np.triu_indices(len(wins), 1)
    scored = wins[ahead, behind][None, :, None]
    played = scored + wins[behind, ahead][None, :, None]
    found = likeliest(Games(played, scored, np.zeros(1), len(wins), prior), np.zeros(len(wins)))
    ratings: Floats = _anchored(POINTS * found, anchor, at)[0]
    return ratings


def fit_styled(counts: Counts | Floats, prior: float = PRIOR, anchor: int | None = None, at: float = START) -> Ratings:
    """Return ratings with length held equal, and the points that a step of length is worth: "style control".

    Length gets a coefficient of its own in the same likelihood: T. Li, A. Angelopoulos and W.-L. Chiang, "Does Style
    Matter? Disentangling style and substance in Chatbot Arena", LMSYS blog, August 2024; there it is the difference
    over the sum of the tokens, here steps of short, medium, long.

    Args:
        counts: votes of each kind, (pairs, 5, 3), or their shares.
        prior: virtual ties, as in `fit`; length has as many of one step.
        anchor: the model that stands `at` this rating; without one, the mean does.
        at: points.

    Raises:
        ValueError: as in `fit`.
    """
    _checked(wins_of(counts), prior)
    games = _games(np.asarray(counts, dtype=np.float64)[None], prior, style=True)
    found = likeliest(games, np.zeros(games.models + 1))
    return Ratings(_anchored(POINTS * found[:, :-1], anchor, at)[0], POINTS * found[0, -1])


def bootstrap(
    counts: Counts,
    rounds: int,
    seed: int,
    prior: float = PRIOR,
    *,
    style: bool = False,
    anchor: int | None = None,
    at: float = START,
) -> Ratings:
    """Return what would have been fitted had as many votes been drawn again from these, with replacement.

    B. Efron, "Bootstrap Methods: Another Look at the Jackknife", Annals of Statistics 7, 1979. Drawing votes again is
    drawing their counts from a multinomial distribution; all rounds are fitted at once.

    Args:
        counts: votes of each kind, (pairs, 5, 3).
        rounds: how many times.
        seed: of the draws.
        prior: above 0: a round may draw no vote of a model.
        style: whether length has a coefficient of its own.
        anchor: the model that stands `at` this rating in every round; without one, the mean does.
        at: points.

    Raises:
        ValueError: as in `fit`, or a number of rounds out of range.
    """
    if not 1 <= rounds <= MOST_ROUNDS:
        raise ValueError(f"{rounds} rounds: from 1 to {MOST_ROUNDS}")
    if not prior:
        raise ValueError("a round may draw no vote of a model: only a prior says then where it stands")
    middle = fit_styled(counts, prior) if style else Ratings(fit(wins_of(counts), prior, at=0), np.zeros(()))
    kinds = counts if style else counts.sum(1, keepdims=True)
    drawn = np.random.default_rng(seed).multinomial(kinds.sum(), kinds.ravel() / kinds.sum(), size=rounds)
    games = _games(drawn.reshape(rounds, *kinds.shape).astype(np.float64), prior, style=style)
    start = (middle.points - middle.points.mean()) / POINTS
    found = likeliest(games, np.append(start, middle.style / POINTS) if style else start)
    points = _anchored(POINTS * found[:, : games.models], anchor, at)
    return Ratings(points, POINTS * found[:, -1] if style else np.zeros(rounds))


def intervals(points: Floats, confidence: float = CONFIDENCE) -> Floats:
    """Return between which ratings the middle share of the rounds lies, for each model: (models, 2).

    The r-th smallest of n rounds is taken for the quantile r / (n + 1), which is what it is on average; the usual rule
    (r − 1) / (n − 1) makes 100 rounds cover 93 % instead of 95 %. Under 39 rounds the ends are the extremes.

    Args:
        points: (rounds, models), from `bootstrap`.
        confidence: the share, between 0 and 1.

    Raises:
        ValueError: a share out of range, or no rounds.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence of {confidence}: between 0 and 1")
    if points.ndim != 2 or not len(points):
        raise ValueError(f"rounds of ratings, not {points.shape}")
    rest = (1 - confidence) / 2
    ends: Floats = np.quantile(points, [rest, 1 - rest], axis=0, method="weibull").T
    return ends


def models_of(counts: Counts | Floats) -> int:
    """Return how many models have that many pairs.

    Raises:
        ValueError: not the shape of counts.
    """
    models = round((1 + math.sqrt(1 + 8 * len(counts))) / 2)
    if counts.shape != (models * (models - 1) // 2, LENGTHS, 3):
        raise ValueError(f"counts of {counts.shape}: pairs of models, {LENGTHS} lengths, 3 outcomes")
    return models


def _games(counts: Floats, prior: float, *, style: bool) -> Games:
    """Return counts (rounds, pairs, lengths, 3) as the likelihood reads them."""
    pairs = counts.shape[1]
    models = round((1 + math.sqrt(1 + 8 * pairs)) / 2)
    steps = STEPS if style else np.zeros_like(STEPS[:1])
    return Games(counts.sum(-1), counts[..., WON] + counts[..., TIED] / 2, steps, models, prior)


def _anchored(points: Floats, anchor: int | None, at: float) -> Floats:
    """Shift ratings (rounds, models) so that a model, or the mean, stands where it should."""
    if anchor is not None and not 0 <= anchor < points.shape[1]:
        raise ValueError(f"model {anchor} of {points.shape[1]} as the anchor")
    level = points.mean(1, keepdims=True) if anchor is None else points[:, [anchor]]
    return points - level + at


def _checked(wins: Floats, prior: float) -> Floats:
    """Return wins as an array, or raise ValueError where no ratings follow from them."""
    wins = np.asarray(wins, dtype=np.float64)
    if wins.ndim != 2 or wins.shape[0] != wins.shape[1] or not 2 <= len(wins) <= MOST_MODELS:
        raise ValueError(f"wins of {wins.shape}: a square of 2 to {MOST_MODELS} models")
    if not np.isfinite(wins).all() or (wins < 0).any() or not wins.any() or wins.diagonal().any():
        raise ValueError("wins are counts, some above 0, none of a model against itself")
    if not 0 <= prior < math.inf:
        raise ValueError(f"a prior of {prior} virtual ties: from 0")
    if not prior and not _is_connected(wins):
        raise ValueError("some models never lost to the others: without a prior they are infinitely far apart")
    return wins


def _is_connected(wins: Floats) -> bool:
    """Return whether there is a chain of wins from every model to every other one (Ford 1957: then the top exists)."""
    reached = (wins > 0) | np.eye(len(wins), dtype=bool)
    for _doubling in range(len(wins).bit_length()):
        reached = (reached.astype(np.int64) @ reached.astype(np.int64)) > 0
    return bool(reached.all())
