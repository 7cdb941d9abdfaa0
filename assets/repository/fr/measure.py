"""La mesure : un nombre, et jusqu’où s’y fier."""

from math import sqrt

import numpy as np

Z = 1.96  # 95 % d’une loi normale sont à moins de 1,96 écart-type


def interval(right: int, count: int) -> tuple[float, float]:
    """Rend l’intervalle de Wilson à 95 % de la part right / count."""
    share, extra = right / count, Z**2 / count
    middle = (share + extra / 2) / (1 + extra)
    half = Z / (1 + extra) * sqrt(share * (1 - share) / count + extra / (4 * count))
    return middle - half, middle + half


def accuracy(truth: np.ndarray, answers: np.ndarray) -> float:
    """Rend la part de bonnes réponses."""
    return float(np.mean(truth == answers))


def report(name: str, truth: np.ndarray, answers: np.ndarray) -> str:
    """Rend une ligne : l’exactitude et son intervalle."""
    low, high = interval(int(np.sum(truth == answers)), len(truth))
    return f"{name:24} {accuracy(truth, answers):6.1%}   entre {low:.1%} et {high:.1%}"
