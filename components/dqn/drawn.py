"""A run as the picture draws it: its ages, its curve, what is known of the world; packed once a run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from core.dqn.kept import BEST, DRAWN, FLIGHT, FLOWN, OUTCOMES, SCENES
from core.dqn.settings import DqnSettings
from core.dqn.world import city_of
from core.files import deflated
from core.once import once
from core.runs.run import Run, SameRun
from core.training.frames import Frame

DIGITS = 4


def drawn(settings: DqnSettings, frames: Sequence[Frame], run: Run | None) -> dict[str, Any]:
    """Return what the picture needs of a training.

    Args:
        settings: of it.
        frames: those there are.
        run: the whole run, once it is over.
    """
    measured = [frame for frame in frames if frame.measured]
    found = {
        "world": settings.world,
        "side": settings.rules.side,
        "city": list(city_of(settings.rules, settings.city)) if settings.world == "small" else [],
        "run": settings.run_id,
        "steps": settings.steps,
        "curve": curve(measured),
        "bounds": _bounds(measured),
    }
    return found | (_packed(SameRun(run)) if run is not None else _nothing(settings))


def curve(measured: Sequence[Frame]) -> dict[str, list[Any]]:
    """Return what 100 moves bring, at each moment at which an agent was judged: reward, deliveries, crashes."""
    names = ["reward", "delivered", "crashed"]
    names += ["interval"] if measured and "interval" in measured[0].metrics else []
    found: dict[str, list[Any]] = {name: [_number(frame.metrics[name]) for frame in measured] for name in names}
    return found | {"moves": [int(frame.metrics["moves"]) for frame in measured]}


def _bounds(measured: Sequence[Frame]) -> dict[str, float | None]:
    first = measured[0].metrics if measured else {}
    return {name: _number(first.get(name, math.nan)) for name in ("random", "best")}


def _number(value: float) -> float | None:
    return round(value, DIGITS) if math.isfinite(value) else None


@once(16)
def _packed(key: SameRun) -> dict[str, Any]:
    """Return what is heavy of a run that is over: weights or flights, scenes, outcomes."""
    run = key.run
    settings = run.settings
    assert isinstance(settings, DqnSettings)
    ages = [frame for frame in run.measured if frame.weights or f"{FLIGHT}ground" in frame.arrays]
    last = run.frames[-1].arrays
    found = _nothing(settings) | {"ages": [int(frame.metrics["moves"]) for frame in ages]}
    found["film"] |= {
        "drawn": [frame.arrays[DRAWN].tolist() if DRAWN in frame.arrays else [] for frame in ages],
        "scenes": deflated(last.get(SCENES, np.zeros(0, np.uint8))),
        "outcomes": deflated(last.get(OUTCOMES, np.zeros(0, np.uint8))),
        "size": last[SCENES].shape[1] if SCENES in last else 1,
    }
    if settings.world == "course":
        return found | {"flights": _flights(ages)}
    return found | {"weights": _weights(ages), "best": deflated(last.get(BEST, np.zeros(0, np.uint8)))}


def _nothing(settings: DqnSettings) -> dict[str, Any]:
    film: dict[str, Any] = {
        "memory": settings.memory,
        "batch": settings.batch_size,
        "isLatest": settings.draw == "latest",
    }
    film |= {"drawn": [], "scenes": "", "outcomes": "", "size": 1}
    return {"ages": [], "weights": None, "best": "", "flights": None, "film": film}


def _weights(ages: Sequence[Frame]) -> dict[str, Any]:
    """Return the numbers of every age's network, layer by layer, in 16 bits."""
    networks = [frame.weights for frame in ages]
    if not networks:
        return {"sizes": [], "numbers": ""}
    names = sorted(networks[0], key=lambda name: (int(name.split(".")[0]), name.endswith("bias")))
    matrices = [networks[0][name] for name in names if name.endswith("weight")]
    sizes = [matrices[0].shape[1], *(matrix.shape[0] for matrix in matrices)]
    numbers = np.concatenate([network[name].ravel() for network in networks for name in names])
    return {"sizes": sizes, "numbers": deflated(numbers.astype("<f2"))}


def _flights(ages: Sequence[Frame]) -> dict[str, Any]:
    """Return the flights of all ages, one behind the other."""
    stacked = {name: np.stack([frame.arrays[f"{FLIGHT}{name}"] for frame in ages]) for name in FLOWN}
    moments, cells = stacked["ground"].shape[1:]
    sizes = {"ages": len(ages), "moves": moments - 1, "cells": cells, "drones": stacked["places"].shape[2]}
    return sizes | {name: deflated(array) for name, array in stacked.items()}
