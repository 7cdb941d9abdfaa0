"""The curves that Stable-Baselines3 gave, as they were recorded (`tests.dqn.in_sb3`). It is not imported here."""

from __future__ import annotations

import json

from core.dqn.recorded import Curve
from core.files import ASSETS

FILE = ASSETS / "recorded" / "dqn" / "sb3.json"


def recorded() -> dict[str, dict[int, Curve]]:
    """Return the curves by loss ("squared", "huber") and seed."""
    told = json.loads(FILE.read_text(encoding="utf-8"))["curves"]
    return {
        loss: {int(seed): Curve(**{key: tuple(each) for key, each in curve.items()}) for seed, curve in curves.items()}
        for loss, curves in told.items()
    }
