"""One product, four ways: Python loops, NumPy, torch, Keras. Run for real on a worker, compared and timed.

torch and Keras are imported inside the function: the web process never loads them.
"""

from __future__ import annotations

import math
import timeit
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from core import jobs
from core.jobs import Job

SIZES = ((3, 4), (10, 10), (30, 30), (100, 100), (300, 300), (1024, 1024))
"""Rows and columns of W: outputs, inputs."""

WAYS = ("loops", "numpy", "torch", "keras")
ENOUGH_SECONDS = 0.02
"""Short products are repeated until this long, so that the clock's own grain does not count."""


@dataclass(eq=False)
class Comparison:
    """The ways being compared on a worker; made by `start`.

    Attributes:
        job: its result is (answers by way, one `measure` for each of `SIZES`).
        done: how many sizes are timed.
    """

    job: Job = field(init=False)
    done: int = 0

    @property
    def progress(self) -> float:
        """Share of the sizes done, 0 to 1."""
        return self.done / len(SIZES)

    def hear(self, done: int) -> None:
        """Take the worker's message."""
        self.done = done


def start(
    weights: NDArray[np.float32], x: NDArray[np.float32], bias: NDArray[np.float32], wanted: Callable[[], bool]
) -> Comparison:
    """Compare the ways on a layer and time them at every size; timed anew each time.

    Raises:
        core.workers.WorkersUnavailable: the cluster does not answer.
    """
    asked = Comparison()
    key = f"three-ways-{uuid4().hex}"
    asked.job = jobs.start(compare, weights, x, bias, key=key, priority=10, wanted=wanted, hear=asked.hear)
    return asked


def compare(
    weights: NDArray[np.float32], x: NDArray[np.float32], bias: NDArray[np.float32]
) -> tuple[dict[str, list[float]], list[dict[str, Any]]]:
    """Do what `start` asks for. Runs on a worker."""
    voice = jobs.Voice()
    found, timed = answers(weights, x, bias), []
    for rows, columns in SIZES:
        timed.append(measure(rows, columns))
        voice.say(len(timed))
    return found, timed


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
    """Return W @ x + b computed in every way. Runs on a worker.

    Args:
        weights: (outputs, inputs).
        x: (inputs,).
        bias: (outputs,).
    """
    return {way: list(map(float, compute())) for way, compute in _ways(weights, x, bias).items()}


def measure(rows: int, columns: int, seed: int = 0) -> dict[str, Any]:
    """Time the ways on one random layer. Runs on a worker, one thread.

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
    """Return the computations, each with its data already in its own form."""
    import keras
    import torch

    as_lists = weights.tolist(), x.tolist(), bias.tolist()
    linear = torch.nn.Linear(weights.shape[1], weights.shape[0])
    with torch.no_grad():
        linear.weight.copy_(torch.tensor(weights))
        linear.bias.copy_(torch.tensor(bias))
    dense = keras.layers.Dense(len(bias))
    dense.build((None, len(x)))
    dense.set_weights([weights.T, bias])
    tensor, batch = torch.tensor(x), torch.tensor(x)[None]

    def with_torch() -> Any:
        with torch.inference_mode():
            return linear(tensor)

    def with_keras() -> Any:
        with torch.inference_mode():
            return dense(batch)[0]

    return {
        "loops": lambda: loops(*as_lists),
        "numpy": lambda: weights @ x + bias,
        "torch": with_torch,
        "keras": with_keras,
    }


def _fastest(compute: Callable[[], Any]) -> float:
    """Return the seconds of one call: the fastest of a few series, each long enough to be measured."""
    timer = timeit.Timer(compute)
    timer.timeit(1)
    once = timer.timeit(1)
    repeats = max(1, min(10_000, int(ENOUGH_SECONDS / max(once, 1e-7))))
    return min(timer.repeat(5 if once < 0.1 else 2, repeats)) / repeats
