"""From logits to a token: repetition penalty, temperature, top-k, top-p, min-p, then one draw. Plain NumPy.

Each function does what transformers' logits processor of that name does, in the same order; a test compares them on
random logits. What is cut becomes minus infinity. The best token is never cut, so there is always one to choose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.training.settings import Checked, bounded

Logits = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Sampling(Checked):
    """How the next token is chosen.

    Attributes:
        temperature: 0 takes the most probable token; 1 is the model as it learned.
        top_k: keep the k most probable tokens; 0 keeps all.
        top_p: keep the smallest set of most probable tokens whose probabilities reach p; 1 keeps all.
        min_p: keep tokens at least this fraction as probable as the best; 0 keeps all.
        repetition_penalty: weaken tokens that were already written; 1 changes nothing.
    """

    temperature: float = bounded(1.0, 0.0, 100.0)
    top_k: int = bounded(0, 0, 1_000_000)
    top_p: float = bounded(1.0, 0.0, 1.0)
    min_p: float = bounded(0.0, 0.0, 1.0)
    repetition_penalty: float = bounded(1.0, 0.5, 3.0)

    def to_json(self) -> dict[str, Any]:
        """Return the settings as JSON values."""
        return asdict(self)


def process(logits: Logits, sampling: Sampling, written: Sequence[int] = ()) -> Logits:
    """Return the logits after every step; tokens that are cut have minus infinity."""
    return stages(logits, sampling, written)[-1][1]


def stages(logits: Logits, sampling: Sampling, written: Sequence[int] = ()) -> list[tuple[str, Logits]]:
    """Return the logits after each step, by name: what each of them did to the distribution."""
    found: list[tuple[str, Logits]] = [("model", np.asarray(logits, np.float64))]

    def then(name: str, step: Callable[..., Logits], *settings: Any) -> None:
        found.append((name, step(found[-1][1], *settings)))

    then("repetition_penalty", penalise, written, sampling.repetition_penalty)
    then("temperature", heat, sampling.temperature)
    then("top_k", keep_top_k, sampling.top_k)
    then("top_p", keep_top_p, sampling.top_p)
    then("min_p", keep_min_p, sampling.min_p)
    return found


def penalise(logits: Logits, written: Sequence[int], penalty: float) -> Logits:
    """Divide positive logits of written tokens by the penalty, multiply negative ones (Keskar et al. 2019)."""
    if penalty == 1 or not len(written):
        return logits
    seen = np.unique(np.asarray(written, int))
    changed = logits.copy()
    changed[seen] = np.where(logits[seen] < 0, logits[seen] * penalty, logits[seen] / penalty)
    return changed


def heat(logits: Logits, temperature: float) -> Logits:
    """Divide by the temperature; at 0 only the first of the most probable tokens is left."""
    shifted = logits - logits.max()  # first: dividing by 0.000001 must not overflow
    if temperature > 0:
        with np.errstate(over="ignore"):  # minus infinity is what a hopeless token should get
            return np.asarray(shifted / temperature)
    return np.where(np.arange(len(logits)) == logits.argmax(), 0.0, -np.inf)


def keep_top_k(logits: Logits, k: int) -> Logits:
    """Keep the k most probable tokens (Fan et al. 2018), and those as probable as the k-th; 0 keeps all."""
    if k == 0 or k >= len(logits):
        return logits
    kth = np.partition(logits, -k)[-k]
    return np.where(logits < kth, -np.inf, logits)


def keep_top_p(logits: Logits, p: float) -> Logits:
    """Keep the smallest set of most probable tokens whose probabilities reach p (Holtzman et al. 2020)."""
    if p >= 1:
        return logits
    order = np.argsort(logits, kind="stable")  # ascending: the tail is cut while it holds at most 1 - p
    tail = np.cumsum(softmax(logits)[order])
    cut = order[:-1][tail[:-1] <= 1 - p]
    kept = logits.copy()
    kept[cut] = -np.inf
    return kept


def keep_min_p(logits: Logits, p: float) -> Logits:
    """Keep tokens at least p times as probable as the best (Nguyen et al. 2024)."""
    if p == 0:
        return logits
    chances = softmax(logits)
    cut = chances < p * chances.max()
    cut[logits.argmax()] = False
    return np.where(cut, -np.inf, logits)


def softmax(logits: Logits) -> Logits:
    """Return probabilities; the maximum is subtracted first, so nothing overflows."""
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum())


def choose(probabilities: Logits, uniform: float) -> int:
    """Return the token whose slice of [0, 1) holds the uniform number; never one of probability 0."""
    cumulative = np.cumsum(probabilities)
    return int(np.searchsorted(cumulative, uniform * cumulative[-1], side="right"))


def entropy(probabilities: Logits) -> float:
    """Return the entropy in bits; tokens of probability 0 count nothing."""
    some = probabilities[probabilities > 0]
    return max(0.0, float(-(some * np.log2(some)).sum()))


def effective_choices(probabilities: Logits) -> float:
    """Return 2 to the entropy: among how many equally likely tokens the choice would be as open."""
    return float(2.0 ** entropy(probabilities))
