"""A loss surface with two weights, and the path that an optimizer takes on it.

The page computes this path in the browser (`components/batch_learning_rate/descent.js`), because it has to follow the
finger. This module is the same computation in NumPy: it makes the problems that the page draws, knows the exact
stability bound, and is the oracle of the tests (itself compared with `torch.optim`).

Both sides draw the mini-batches from the same small generator, mulberry32, so they visit the same examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.once import once
from core.training.constants import ALPHA, BETA2, EPSILON, MOMENTUM

Array = NDArray[np.float64]
ProblemName = Literal["regression", "aligned", "classification"]
Optimizer = Literal["sgd", "momentum", "rmsprop", "adam"]

EXAMPLES = 64  # a power of two: every batch size of the slider divides it
STEPS = 200
TOO_FAR = 1e6  # a weight beyond this has diverged: the path stops there

PROBLEMS: tuple[ProblemName, ...] = ("regression", "aligned", "classification")
OPTIMIZERS: tuple[Optimizer, ...] = ("sgd", "momentum", "rmsprop", "adam")
BATCHES = tuple(2**k for k in range(7))  # 1 … 64, the last one is "all"
RATE_LIMITS = (1e-3, 10.0)
MOMENTUM_LIMITS = (0.0, 0.99)
SEED_LIMITS = (0, 999)


@dataclass(frozen=True, eq=False)
class Problem:
    """Points the student sees, and the window of weights in which the loss is drawn.

    `features` is (64, 2); `targets` is (64,), real numbers for the regressions and 0 or 1 for the
    classification. `window` is (lowest, highest) for each weight.
    """

    name: ProblemName
    features: Array
    targets: Array
    window: tuple[tuple[float, float], tuple[float, float]]
    start: tuple[float, float]

    def loss(self, weights: Array) -> Array:
        """Return the mean loss over all points; `weights` is (..., 2), the result (...)."""
        outputs = weights @ self.features.T  # (..., 64)
        if self.name == "classification":  # cross-entropy from logits: log(1 + e^z) - y z, without overflow
            return np.asarray(np.mean(np.logaddexp(0.0, outputs) - self.targets * outputs, axis=-1))
        return np.asarray(np.mean((outputs - self.targets) ** 2, axis=-1))

    def gradient(self, weights: Array, batch: NDArray[np.intp] | slice = slice(None)) -> Array:
        """Return the gradient of the mean loss over `batch` at `weights`: (2,)."""
        features, targets = self.features[batch], self.targets[batch]
        outputs = features @ weights
        if self.name == "classification":
            slope = 1.0 / (1.0 + np.exp(-np.clip(outputs, -700, 700))) - targets
        else:
            slope = 2.0 * (outputs - targets)
        return np.asarray(slope @ features / len(targets))

    def hessian(self, weights: Array) -> Array:
        """Return the (2, 2) matrix of second derivatives at `weights`; constant for the regressions."""
        if self.name == "classification":
            probability = 1.0 / (1.0 + np.exp(-(self.features @ weights)))
            curvature = probability * (1.0 - probability)
        else:
            curvature = np.full(len(self.targets), 2.0)
        return np.asarray((self.features.T * curvature) @ self.features / len(self.targets))

    def minimum(self) -> Array:
        """Return the weights of lowest loss, by Newton's method (one step is exact for the regressions)."""
        weights = np.zeros(2)
        for _ in range(30):
            weights = weights - np.linalg.solve(self.hessian(weights), self.gradient(weights))
        return weights

    def sharpest_curvature(self) -> float:
        """Return λmax, the largest eigenvalue of the Hessian at the minimum."""
        return float(np.linalg.eigvalsh(self.hessian(self.minimum()))[-1])

    def largest_stable_rate(self, momentum: float = 0.0) -> float:
        """Return the rate above which full-batch descent leaves the minimum: 2 (1 + momentum) / λmax.

        Exact for a quadratic loss (the regressions), local to the minimum otherwise. Without momentum it is
        the classical 2/λmax; with momentum see Goh, "Why Momentum Really Works", Distill 2017, "The dynamics
        of momentum".
        """
        return 2.0 * (1.0 + momentum) / self.sharpest_curvature()


@dataclass(frozen=True)
class BowlSettings:
    """Everything that determines the path; `momentum` is β for momentum and β₁ for Adam."""

    problem: ProblemName = "regression"
    optimizer: Optimizer = "sgd"
    rate: float = 0.1
    batch: int = 8
    momentum: float = MOMENTUM
    start: tuple[float, float] | None = None
    seed: int = 0

    def clipped(self) -> BowlSettings:
        """Return the same settings with every number brought back inside its limits (links can hold anything)."""
        problem = self.problem if self.problem in PROBLEMS else "regression"
        return replace(
            self,
            problem=problem,
            optimizer=self.optimizer if self.optimizer in OPTIMIZERS else "sgd",
            rate=_clip(self.rate, RATE_LIMITS, 0.1),
            batch=min(BATCHES, key=lambda size: abs(size - _clip(self.batch, (1, EXAMPLES), 8))),
            momentum=_clip(self.momentum, MOMENTUM_LIMITS, MOMENTUM),
            start=_start_inside(problem, self.start),
            seed=int(_clip(self.seed, SEED_LIMITS, 0)),
        )


@dataclass(frozen=True, eq=False)
class Path:
    """The weights after each update, the start first: (updates + 1, 2). Shorter than asked if it diverged."""

    points: Array
    diverged: bool


@once(3)
def make_problem(name: ProblemName) -> Problem:
    """Return one of the three problems; their points are always the same.

    - `regression`: a line through points, y = w·x + b, mean squared error. The inputs are not centred, so
      the bowl is a long valley (the largest curvature is about 14 times the smallest), and a diagonal one.
    - `aligned`: the same with centred inputs that hardly vary. The valley is 75 times as long as it is wide, and
      parallel to the axes: what one weight should do does not depend on the other.
    - `classification`: two overlapping groups, logistic regression with one weight per input, cross-entropy.
    """
    rng = np.random.default_rng(7)
    if name == "regression":
        inputs = rng.uniform(0.0, 2.0, EXAMPLES)
        targets = 1.5 * inputs - 0.5 + 0.7 * rng.standard_normal(EXAMPLES)
        features = np.stack([inputs, np.ones(EXAMPLES)], axis=1)
        return Problem(name, features, targets, ((-2.0, 5.0), (-4.0, 3.0)), (-1.0, 2.0))
    if name == "aligned":
        inputs = rng.uniform(-1.0, 1.0, EXAMPLES)
        inputs = 0.1162 * (inputs - inputs.mean()) / inputs.std()
        targets = 3.0 * inputs + 0.5 + 0.4 * rng.standard_normal(EXAMPLES)
        features = np.stack([inputs, np.ones(EXAMPLES)], axis=1)
        return Problem(name, features, targets, ((-2.5, 6.0), (-3.5, 4.0)), (-1.0, 1.5))
    targets = np.repeat([0.0, 1.0], EXAMPLES // 2)
    centres = np.where(targets == 1.0, 1.0, -1.0)
    features = np.stack([1.6 * centres, 0.5 * centres], axis=1) + rng.standard_normal((EXAMPLES, 2)) * [
        2.6,
        0.8,
    ]
    return Problem(name, features, targets, ((-2.0, 4.0), (-3.0, 4.0)), (-1.4, 3.2))


def mulberry32(seed: int) -> Iterator[float]:
    """Yield numbers in [0, 1): the 32-bit generator by T. Ettinger that bowl.js implements too."""
    state = seed & 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        mixed ^= (mixed + (((mixed ^ (mixed >> 7)) * (mixed | 61)) & 0xFFFFFFFF)) & 0xFFFFFFFF
        yield (mixed ^ (mixed >> 14)) / 4294967296


def batches(batch: int, seed: int) -> Iterator[NDArray[np.intp]]:
    """Yield mini-batches of indices for ever, every example once an epoch, reshuffled at each epoch."""
    draw = mulberry32(seed)
    order = list(range(EXAMPLES))
    while True:
        for last in range(EXAMPLES - 1, 0, -1):  # Fisher–Yates
            other = int(next(draw) * (last + 1))
            order[last], order[other] = order[other], order[last]
        for first in range(0, EXAMPLES, batch):
            yield np.array(order[first : first + batch], dtype=np.intp)


@once(64)
def _first_batches(batch: int, seed: int) -> tuple[NDArray[np.intp], ...]:
    """Return the mini-batches of a whole descent, the same for every rate and optimizer: drawing them takes longest."""
    return tuple(islice(batches(batch, seed), STEPS))


def descend(settings: BowlSettings, steps: int = STEPS) -> Path:
    """Return the path of `steps` updates, stopped at the first point beyond `TOO_FAR` or not a number."""
    problem = make_problem(settings.problem)
    weights = np.array(settings.start or problem.start)
    update = _updater(settings)
    points = [weights]
    drawn = (_first_batches if steps <= STEPS else batches)(settings.batch, settings.seed)
    for examples in islice(drawn, steps):
        weights = weights - update(problem.gradient(weights, examples))
        if not np.all(np.abs(weights) <= TOO_FAR):
            return Path(np.array(points), diverged=True)
        points.append(weights)
    return Path(np.array(points), diverged=False)


def gradient_noise(problem: Problem, weights: Array, batch: int) -> float:
    """Return the spread of mini-batch gradients: root mean squared distance to the full gradient.

    Exact, over all mini-batches of `batch` examples drawn without replacement:
    √(trace(covariance of one example's gradient) / batch × (n - batch) / (n - 1)).
    """
    n = len(problem.targets)
    each = np.stack([problem.gradient(weights, np.array([i])) for i in range(n)])
    variance = each.var(axis=0).sum()
    return float(np.sqrt(variance / batch * (n - batch) / (n - 1)))


def _updater(settings: BowlSettings) -> Callable[[Array], Array]:
    """Return an optimizer's memory: what turns each gradient into the step to subtract, as `torch.optim` does."""
    rate, beta = settings.rate, settings.momentum
    velocity, squares = np.zeros(2), np.zeros(2)
    step = 0

    def update(gradient: Array) -> Array:
        nonlocal velocity, squares, step
        step += 1
        match settings.optimizer:
            case "sgd":
                return rate * gradient
            case "momentum":
                velocity = beta * velocity + gradient
                return rate * velocity
            case "rmsprop":
                squares = ALPHA * squares + (1 - ALPHA) * gradient**2
                return np.asarray(rate * gradient / (np.sqrt(squares) + EPSILON))
            case "adam":
                velocity = beta * velocity + (1 - beta) * gradient
                squares = BETA2 * squares + (1 - BETA2) * gradient**2
                mean, size = velocity / (1 - beta**step), np.sqrt(squares / (1 - BETA2**step))
                return np.asarray(rate * mean / (size + EPSILON))

    return update


def _clip(value: float, limits: tuple[float, float], fallback: float) -> float:
    return min(max(float(value), limits[0]), limits[1]) if np.isfinite(value) else fallback


def _start_inside(name: ProblemName, start: tuple[float, float] | None) -> tuple[float, float]:
    problem = make_problem(name)
    if start is None:
        return problem.start
    first, second = (
        _clip(value, limits, fallback)
        for value, limits, fallback in zip(start, problem.window, problem.start, strict=True)
    )
    return first, second
