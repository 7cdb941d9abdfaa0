"""What each planted fault costs: two baselines learn from the set with it and without it, over many draws."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.files import ASSETS
from core.measurement import Row
from core.once import once
from core.project.baselines import LOGISTIC, NEIGHBOURS
from core.project.faulty import KINDS, FaultySet, plant
from core.tasks.digits.data import load, to_inputs
from core.verdict import Verdict, compare

FILE = ASSETS / "recorded" / "project" / "costs.json"
CLEAN, ALL = "clean", "all"
VARIANTS: dict[str, tuple[str, ...]] = {CLEAN: (), **{kind: (kind,) for kind in KINDS}, ALL: KINDS}
"""What is planted: nothing, each kind alone, all of them."""
MODELS = (LOGISTIC, NEIGHBOURS)
STOPS = (5, 10, 20, 50)
"""Numbers of draws that a student can look at."""
DRAWS = STOPS[-1]
"""Sets that were drawn."""


@dataclass(frozen=True)
class Cost:
    """One model on one variant, over the draws.

    Attributes:
        fresh: share of right answers on digits that stand in no part of the set.
        own: share of right answers on the set's own validation images.
    """

    fresh: tuple[float, ...]
    own: tuple[float, ...]


def measure(seeds: Sequence[int], say: Callable[[Row], None] = lambda _row: None) -> list[Row]:
    """Let both models learn from every variant of each seed; return how many answers are right."""
    rows = []
    for seed in seeds:
        for variant, kinds in VARIANTS.items():
            given = plant(seed, kinds)
            for model in MODELS:
                rows.append({"seed": seed, "variant": variant, "model": model} | right(model, given))
                say(rows[-1])
    return rows


def right(model: str, given: FaultySet) -> dict[str, float]:
    """Train a model on a set as it is; return its shares of right answers."""
    images, labels = load("validation")
    learner = _new(model)
    learner.fit(_rows(given.images[: given.train]), given.labels[: given.train])
    fresh = learner.predict(_rows(images[given.fresh])) == labels[given.fresh]
    own = learner.predict(_rows(given.images[given.train :])) == given.labels[given.train :]
    return {"fresh": round(float(fresh.mean()), 5), "own": round(float(own.mean()), 5)}


def costs_of(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], Cost]:
    """Return what rows say, by model and variant."""
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["model"], row["variant"]), []).append(row)
    return {
        key: Cost(tuple(row["fresh"] for row in some), tuple(row["own"] for row in some)) for key, some in found.items()
    }


@once()
def recorded() -> Mapping[str, Any]:
    """Return the recorded file as it is."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@once()
def costs() -> dict[tuple[str, str], Cost]:
    """Return what was recorded, by model and variant."""
    return costs_of(recorded()["rows"])


def verdict(model: str, variant: str, draws: int, measure: str = "fresh") -> Verdict:
    """Compare a variant with the set in order, over the first draws.

    Args:
        model: one of `MODELS`.
        variant: one of `VARIANTS`.
        draws: how many.
        measure: "fresh" or "own".
    """
    one, other = (getattr(costs()[model, name], measure)[:draws] for name in (variant, CLEAN))
    return compare(one, other)


def _new(model: str) -> Any:
    """Return a model with the settings of the ladder."""
    if model == LOGISTIC:
        from sklearn.linear_model import LogisticRegression

        return LogisticRegression(max_iter=1000)
    from sklearn.neighbors import KNeighborsClassifier

    return KNeighborsClassifier(n_neighbors=5)


def _rows(images: np.ndarray) -> np.ndarray:
    return to_inputs(images).reshape(len(images), -1)
