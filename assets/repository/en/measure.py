"""The measure: one number, and how far it can be trusted."""

from math import sqrt

import numpy as np

Z = 1.96  # 95 % of a normal distribution lie within 1.96 standard deviations


def interval(right: int, count: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of the share right / count."""
    share, extra = right / count, Z**2 / count
    middle = (share + extra / 2) / (1 + extra)
    half = Z / (1 + extra) * sqrt(share * (1 - share) / count + extra / (4 * count))
    return middle - half, middle + half


def accuracy(truth: np.ndarray, answers: np.ndarray) -> float:
    """Return the share of right answers."""
    return float(np.mean(truth == answers))


def report(name: str, truth: np.ndarray, answers: np.ndarray) -> str:
    """Return a line: the accuracy, and its interval."""
    low, high = interval(int(np.sum(truth == answers)), len(truth))
    return f"{name:24} {accuracy(truth, answers):6.1%}   between {low:.1%} and {high:.1%}"
