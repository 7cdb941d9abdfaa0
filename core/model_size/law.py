"""The law that the recorded trainings follow, as far as they do: excess ≈ A·N^-α + B·D^-β. No torch, no SciPy.

N are the parameters inside, all but the embeddings: of the smallest model those are nine tenths, and fitted on all
parameters α nearly doubles. D are the tokens learned from. The floor is known, so there is no E to fit, which makes
such fits unsure elsewhere. Least squares of the logarithms: a row counts by how many times it is off.

Measured: α 1.36 (1.23 to 1.47 over seeds), β 1.04 (1.00 to 1.08), far steeper than the laws of real language: a
grammar can be learned to its end. Where it breaks: the residual is a factor of 1.6 (0.46 in the logarithm, root mean
square), with a pattern, so the law is a summary and the intervals say nothing of its being right.

- At the smallest budget (128 updates) the excess goes *up* with the size between 3,312 and 200,064 parameters, where
  such a law can only fall (200,064: 2.2 times the law).
- At the largest budget models of 59,240 parameters have half the excess of the law, those of 200,064 and 1,546,720
  parameters 1.7 and 1.8 times it; the widest are better than the law at every budget.
- Near the floor the seeds of a point differ by up to a factor of ten: what is left there is how a training ended.
- Without the largest budget α is 1.09 and β 1.09: a slope that depends on the rows chosen predicts little beyond them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.model_size.scaling import FOLDER
from core.once import once

Numbers = NDArray[np.float64]
STARTS = tuple(product((0.0, 5.0, 10.0), (0.3, 1.0), (5.0, 12.0), (0.5, 1.0)))
"""Where the search begins: logarithm of A, α, logarithm of B, β. The valley has flat ends."""
MOST_STEPS, SMALL = 200, 1e-10


@dataclass(frozen=True)
class Fit:
    """The law: A, α, B, β, and the root mean square of the logarithm of excess over law."""

    a: float
    alpha: float
    b: float
    beta: float
    residual: float

    def excess(self, parameters: Numbers | float, tokens: Numbers | float) -> Numbers | float:
        """Return the excess in nats a token that the law expects of N parameters and D tokens."""
        found: Numbers | float = self.a * parameters**-self.alpha + self.b * tokens**-self.beta
        return found


@once()
def recorded() -> list[dict[str, Any]]:
    """Return the rows of the recorded study, smallest first."""
    rows: list[dict[str, Any]] = json.loads((FOLDER / "scaling.json").read_text(encoding="utf-8"))["rows"]
    return rows


def fit(rows: Sequence[dict[str, Any]], starts: Sequence[tuple[float, ...]] = STARTS) -> Fit:
    """Return the law with the least squares of logarithms over some rows.

    Args:
        rows: as recorded: `inside`, `tokens`, `excess`.
        starts: where to search from.

    Raises:
        ValueError: fewer than four rows, or an excess that has no logarithm.
    """
    _checked(rows)
    found, squares = _descend(np.array(starts), *_logs(rows))
    a, alpha, b, beta = found[squares.argmin()]
    residual = float((squares.min() / len(rows)) ** 0.5)
    return Fit(float(np.exp(a)), float(alpha), float(np.exp(b)), float(beta), residual)


def _checked(rows: Sequence[dict[str, Any]]) -> None:
    excess = np.array([row["excess"] for row in rows], float)
    if len(rows) < 4 or not (np.isfinite(excess).all() and (excess > 0).all()):
        raise ValueError("a law of four numbers wants four rows, each with a positive excess")


def _logs(rows: Sequence[dict[str, Any]]) -> tuple[Numbers, Numbers, Numbers]:
    """Return the logarithms of N, D and the excess of some rows."""
    n, d, y = (np.log([float(row[name]) for row in rows]) for name in ("inside", "tokens", "excess"))
    return n, d, y


def intervals(rows: Sequence[dict[str, Any]], draws: int = 200) -> dict[str, tuple[float, float]]:
    """Return the 95 % intervals of α and β over seeds: at each size and budget as many seeds drawn as there are.

    They say what other seeds would have changed (Efron and Tibshirani 1993, chapter 6), not that the law is right.
    """
    points: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in rows:
        points.setdefault((row["inside"], row["stories"]), []).append(row)
    generator, first = np.random.default_rng(0), fit(rows)
    start = np.array([np.log(first.a), first.alpha, np.log(first.b), first.beta])

    def again() -> list[dict[str, Any]]:
        return [point[i] for point in points.values() for i in generator.integers(len(point), size=len(point))]

    logs = zip(*(_logs(again()) for _ in range(draws)), strict=True)
    found, _squares = _descend(np.tile(start, (draws, 1)), *map(np.array, logs))
    bounds = {name: np.quantile(found[:, at], (0.025, 0.975)) for name, at in (("alpha", 1), ("beta", 3))}
    return {name: (float(low), float(high)) for name, (low, high) in bounds.items()}


def _descend(at: Numbers, n: Numbers, d: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """Return the least squares from each start, by Levenberg and Marquardt's damped steps, and their sums.

    All descents go on together, each with a damping of its own, and stay where they have ended.

    Args:
        at: the starts, (descents, 4).
        n: logarithms of the parameters inside, (rows,), or (descents, rows) where each has rows of its own.
        d: those of the tokens.
        y: those of the excess.
    """
    damping, going = np.full(len(at), 1e-2), np.full(len(at), True)
    off, slopes = _off(at, n, d, y)
    for _ in range(MOST_STEPS):
        normal = slopes.mT @ slopes
        ridge = damping[:, None] * (np.diagonal(normal, axis1=1, axis2=2) + SMALL)
        step = np.linalg.solve(normal + ridge[:, None] * np.eye(4), slopes.mT @ off[..., None])[..., 0]
        tried, tried_slopes = _off(at - step, n, d, y)
        better = going & ((tried**2).sum(1) < (off**2).sum(1))
        at, off = np.where(better[:, None], at - step, at), np.where(better[:, None], tried, off)
        slopes = np.where(better[:, None, None], tried_slopes, slopes)
        damping = np.where(going, np.where(better, damping / 3, damping * 4), damping)
        going &= np.where(better, np.abs(step).max(1) >= SMALL, damping <= 1e12)
        if not going.any():
            break
    return at, (off**2).sum(1)


def _off(at: Numbers, n: Numbers, d: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """Return by how much the logarithm of the law is off at each row, (descents, rows), and the slopes (…, 4)."""
    log_a, alpha, log_b, beta = at.T[..., None]
    size, data = log_a - alpha * n, log_b - beta * d
    law = np.logaddexp(size, data)
    share = np.exp(size - law)
    return law - y, np.stack([share, -share * n, 1 - share, -(1 - share) * d], axis=-1)
