"""One product, three ways: Python loops, NumPy, torch. Run for real on a worker, compared and timed.

torch is imported inside the function: the web process never loads it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIZES = ((3, 4), (10, 10), (30, 30), (100, 100), (300, 300), (1024, 1024))
"""Rows and columns of W: outputs, inputs."""

WAYS = ("loops", "numpy", "torch")
ENOUGH_SECONDS = 0.02
"""Short products are repeated until this long, so that the clock's own grain does not count."""


def loops(weights: list[list[float]], x: list[float], bias: list[float]) -> list[float]:
    """Return W @ x + b, one multiplication at a time."""
    a = []
    for row, start in zip(weights, bias, strict=True):
        total = start
        for w_i, x_i in zip(row, x, strict=True):
            total += w_i * x_i
        a.append(total)
    return a


def answers(weights: NDArray[np.float32], x: NDArray[np.float32], bias: NDArray[np.float32]) -> dict[str, list[float]]:
    """Return W @ x + b computed in the three ways. Runs on a worker.

    Args:
        weights: (outputs, inputs).
        x: (inputs,).
        bias: (outputs,).
    """
    return {way: list(map(float, compute())) for way, compute in _ways(weights, x, bias).items()}


def measure(rows: int, columns: int, seed: int = 0) -> dict[str, Any]:
    """Time the three ways on one random layer. Runs on a worker, one thread.

    Returns:
        `seconds` by way (the fastest of five series), `difference`: the largest absolute difference between two
        ways, `rows` and `columns`.
    """
    random = np.random.default_rng(seed)
    weights = (random.standard_normal((rows, columns)) / math.sqrt(columns)).astype(np.float32)
    x, bias = random.standard_normal(columns).astype(np.float32), random.standard_normal(rows).astype(np.float32)
    ways = _ways(weights, x, bias)
    found = [np.asarray(list(compute()), np.float64) for compute in ways.values()]
    difference = max(float(np.abs(one - other).max()) for one in found for other in found)
    seconds = {way: _fastest(compute) for way, compute in ways.items()}
    return {"rows": rows, "columns": columns, "seconds": seconds, "difference": difference}


def _ways(
    weights: NDArray[np.float32], x: NDArray[np.float32], bias: NDArray[np.float32]
) -> dict[str, Callable[[], Any]]:
    """Return the three computations, each with its data already in its own form."""
    import torch

    as_lists = weights.tolist(), x.tolist(), bias.tolist()
    linear = torch.nn.Linear(weights.shape[1], weights.shape[0])
    with torch.no_grad():
        linear.weight.copy_(torch.tensor(weights))
        linear.bias.copy_(torch.tensor(bias))
    tensor = torch.tensor(x)

    def with_torch() -> Any:
        with torch.inference_mode():
            return linear(tensor)

    return {"loops": lambda: loops(*as_lists), "numpy": lambda: weights @ x + bias, "torch": with_torch}


def _fastest(compute: Callable[[], Any]) -> float:
    """Return the seconds of one call: the fastest of five series, each long enough to be measured."""
    begun = time.perf_counter()
    compute()
    once = time.perf_counter() - begun
    repeats = max(1, min(10_000, int(ENOUGH_SECONDS / max(once, 1e-7))))
    best = math.inf
    for _series in range(5 if once < 0.1 else 2):
        begun = time.perf_counter()
        for _repeat in range(repeats):
            compute()
        best = min(best, (time.perf_counter() - begun) / repeats)
    return best
