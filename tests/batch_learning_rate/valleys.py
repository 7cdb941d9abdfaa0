"""How soon each optimizer crosses a valley, over every rate of the slider at once: the valleys are quadratic."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from core.batch_learning_rate.bowl import STEPS, Optimizer, ProblemName, make_problem
from core.batch_learning_rate.missions import NEAR
from core.training.constants import BETA2, EPSILON, MOMENTUM

NOTCHES = [float(f"{10 ** (k / 100):.3g}") for k in range(-300, 101)]
"""The rates of the bowl's slider."""


@cache
def best_arrivals(name: ProblemName, optimizer: Optimizer, degrees: float = 0) -> tuple[int, float]:
    """Return the fewest updates after which a descent on all examples stays at the bottom, and the first such rate.

    Args:
        name: of the problem.
        optimizer: "sgd", "momentum" or "adam", with the course's constants.
        degrees: by which the whole valley is turned, its start included.
    """
    problem, turn = make_problem(name), math.radians(degrees)
    rotation = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    hessian = rotation @ problem.hessian(problem.minimum()) @ rotation.T
    start = rotation @ (np.array(problem.start) - problem.minimum())
    rates = np.array(NOTCHES)[:, None]
    at = np.repeat(start[None], len(rates), axis=0)
    velocity, squares, last = np.zeros_like(at), np.zeros_like(at), np.zeros(len(rates), int)
    lowest = NEAR * start @ hessian @ start
    for update in range(1, STEPS + 1):
        gradient = at @ hessian
        match optimizer:
            case "sgd":
                step = gradient
            case "momentum":
                step = velocity = MOMENTUM * velocity + gradient
            case _:
                velocity = MOMENTUM * velocity + (1 - MOMENTUM) * gradient
                squares = BETA2 * squares + (1 - BETA2) * gradient**2
                step = velocity / (1 - MOMENTUM**update) / (np.sqrt(squares / (1 - BETA2**update)) + EPSILON)
        at = np.clip(at - rates * step, -1e9, 1e9)
        last[np.einsum("ij,jk,ik->i", at, hessian, at) >= lowest] = update
    best = int(np.argmin(last))
    return int(last[best]) + 1, NOTCHES[best]
