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
    n, d, y = (np.array([row[name] for row in rows], float) for name in ("inside", "tokens", "excess"))
    if len(rows) < 4 or not (np.isfinite(y).all() and (y > 0).all()):
        raise ValueError("a law of four numbers wants four rows, each with a positive excess")
    logs = np.log(n), np.log(d), np.log(y)
    best = min((_descend(np.array(start), *logs) for start in starts), key=lambda found: found[1])
    (a, alpha, b, beta), squares = best
    return Fit(float(np.exp(a)), float(alpha), float(np.exp(b)), float(beta), float((squares / len(rows)) ** 0.5))


def intervals(rows: Sequence[dict[str, Any]], draws: int = 200) -> dict[str, tuple[float, float]]:
    """Return the 95 % intervals of α and β over seeds: at each size and budget as many seeds drawn as there are.

    They say what other seeds would have changed (Efron and Tibshirani 1993, chapter 6), not that the law is right.
    """
    points: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in rows:
        points.setdefault((row["inside"], row["stories"]), []).append(row)
    generator, first = np.random.default_rng(0), fit(rows)
    start = [(float(np.log(first.a)), first.alpha, float(np.log(first.b)), first.beta)]

    def again() -> list[dict[str, Any]]:
        return [point[i] for point in points.values() for i in generator.integers(len(point), size=len(point))]

    drawn = [fit(again(), start) for _ in range(draws)]
    found = {name: np.quantile([getattr(each, name) for each in drawn], (0.025, 0.975)) for name in ("alpha", "beta")}
    return {name: (float(low), float(high)) for name, (low, high) in found.items()}


def _descend(at: Numbers, n: Numbers, d: Numbers, y: Numbers) -> tuple[Numbers, float]:
    """Return the least squares from a start, by Levenberg and Marquardt's damped steps, and their sum."""
    damping, (off, slopes) = 1e-2, _off(at, n, d, y)
    for _ in range(MOST_STEPS):
        normal = slopes.T @ slopes
        step = np.linalg.solve(normal + damping * (np.diag(np.diag(normal)) + SMALL * np.eye(4)), slopes.T @ off)
        tried, tried_slopes = _off(at - step, n, d, y)
        if tried @ tried < off @ off:
            at, off, slopes, damping = at - step, tried, tried_slopes, damping / 3
            if np.abs(step).max() < SMALL:
                break
        elif (damping := damping * 4) > 1e12:
            break
    return at, float(off @ off)


def _off(at: Numbers, n: Numbers, d: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """Return by how much the logarithm of the law is off at each row, and the slopes (rows, 4)."""
    size, data = at[0] - at[1] * n, at[2] - at[3] * d
    law = np.logaddexp(size, data)
    share = np.exp(size - law)
    return law - y, np.stack([share, -share * n, 1 - share, -(1 - share) * d], axis=1)
