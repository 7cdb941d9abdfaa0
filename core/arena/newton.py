"""Where the votes are likeliest: Newton's method on many sets of votes at once.

A vote between models i and j is won by i with probability σ(θᵢ − θⱼ + β · steps). The logarithm of the likelihood is
concave, and the tests of its only top are other people's: choix, SciPy. Everything here is in natural units, a point
being ln 10 / 400 of one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TOLERANCE = 1e-6
"""A step this small, in natural units, is the last: what is left after it is about its square, 2e-10 points."""
MOST_STEPS = 200


@dataclass(frozen=True)
class Games:
    """Sets of votes, as counts: pairs of models in the order of `np.triu_indices`, and lengths.

    Attributes:
        played: how many votes, (sets, pairs, lengths).
        scored: what the pair's first model won, a tie being half a win, (sets, pairs, lengths).
        steps: by how many steps its answer was longer, (lengths,); all zero where length is left out.
        models: how many.
        prior: virtual ties of every model with an opponent that stands at zero, and as many of one step of length.
    """

    played: Floats
    scored: Floats
    steps: Floats
    models: int
    prior: float

    @property
    def is_styled(self) -> bool:
        """Whether length has a coefficient of its own."""
        return bool(self.steps.any())


def likeliest(games: Games, start: Floats) -> Floats:
    """Return the coefficients under which each set of votes is likeliest: (sets, models), and last the one of length.

    A full step may jump too far where a model hardly ever lost; it is shortened to ln(1 + r) / r, r being the largest
    change of a difference, which never makes things worse (Sun and Tran-Dinh, "Generalized self-concordant functions",
    Mathematical Programming 178, 2019, theorem 2). Near the top it is Newton's step.

    Args:
        games: the votes.
        start: where to begin, of the shape of the result or of one row of it.

    Raises:
        ValueError: there is no top, or it is too far: some models never lost to the others, and there is no prior.
    """
    width = games.models + games.is_styled
    found = np.broadcast_to(start, (len(games.played), width)).copy()
    for _step in range(MOST_STEPS):
        gradient, curvature = slopes(games, found)
        try:
            step: Floats = np.linalg.solve(curvature, gradient[..., None])[..., 0].astype(np.float64)
        except np.linalg.LinAlgError as error:
            raise ValueError("these votes alone do not say how far apart the models are") from error
        changes = _largest_change(games, step)
        found += step * (np.log1p(changes) / changes)[:, None]
        if changes.max() < TOLERANCE:
            return found
    raise ValueError("these votes alone do not say how far apart the models are")


def slopes(games: Games, at: Floats) -> tuple[Floats, Floats]:
    """Return the gradient (sets, width) of the log-likelihood and minus its second derivatives (sets, width, width)."""
    models, prior, pairs = games.models, games.prior, np.triu_indices(games.models, 1)
    leads = (at[:, pairs[0]] - at[:, pairs[1]])[..., None]
    if games.is_styled:
        leads = leads + at[:, -1, None, None] * games.steps
    shares = sigmoid(leads)
    rest, weights = games.scored - games.played * shares, games.played * shares * (1 - shares)
    pulls, diagonal = sigmoid(at), np.arange(at.shape[1])
    gradient, curvature = prior * (0.5 - pulls), np.zeros((*at.shape, at.shape[1]))
    gradient[:, :models] += _squares(rest.sum(-1), pairs, models, -1).sum(-1)
    between = _squares(weights.sum(-1), pairs, models, 1)
    curvature[:, :models, :models] = -between
    curvature[:, diagonal[:models], diagonal[:models]] = between.sum(-1)
    curvature[:, diagonal, diagonal] += prior * pulls * (1 - pulls)
    if games.is_styled:
        gradient[:, -1] += (rest * games.steps).sum((1, 2))
        curvature[:, -1, -1] += (weights * games.steps**2).sum((1, 2))
        tilts = _squares((weights * games.steps).sum(-1), pairs, models, -1).sum(-1)
        curvature[:, -1, :models] = curvature[:, :models, -1] = tilts
    if not prior:  # only differences count: any common level will do, and this one holds it where it is
        curvature[:, :models, :models] += np.trace(curvature, axis1=1, axis2=2)[:, None, None] / models**2
    return gradient, curvature


def _squares(of_pairs: Floats, pairs: tuple[NDArray[np.int64], ...], models: int, sign: int) -> Floats:
    """Return what pairs (sets, pairs) have, as each model has it with each other: (sets, models, models).

    Its rows' sums are a product with a matrix of ones and zeros, but that one wakes all threads of the linear algebra.
    """
    found = np.zeros((len(of_pairs), models, models))
    found[:, pairs[0], pairs[1]] = of_pairs
    found[:, pairs[1], pairs[0]] = sign * of_pairs
    return found


def sigmoid(values: Floats) -> Floats:
    """Return 1 / (1 + exp(−values)), without overflow."""
    found: Floats = 0.5 * (1 + np.tanh(values / 2))
    return found


def _largest_change(games: Games, step: Floats) -> Floats:
    """Return a bound on how much a step changes any lead of one model over another or over zero: (sets,), above 0."""
    levels = step[:, : games.models]
    change = np.maximum(levels.max(1), 0) - np.minimum(levels.min(1), 0)
    if games.is_styled:
        change = change + np.abs(step[:, -1]) * np.abs(games.steps).max()
    largest: Floats = np.maximum(change, np.finfo(np.float64).tiny)
    return largest
