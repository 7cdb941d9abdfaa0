"""The presets of the bowl."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.batch_learning_rate.bowl import bowl_state, bowl_values
from components.lesson import PageLesson
from components.presets import presets, standing_on

BOWL_PRESETS: dict[str, dict[str, Any]] = {
    "good": {"rate": 0.1, "batch": 8},
    "small": {"rate": 0.003, "batch": 8},
    "large": {"rate": 0.5, "batch": 64},
    "noise": {"rate": 0.05, "batch": 1, "arrows": 16},
    "momentum": {"rate": 0.03, "batch": 64, "optimizer": "momentum", "momentum": 0.9},
    "adam": {"rate": 0.126, "batch": 64, "optimizer": "adam", "momentum": 0.9},
    "aligned": {"rate": 0.151, "batch": 64, "optimizer": "adam", "momentum": 0.9, "problem": "aligned"},
}


HOW_MUCH_IS_DRAWN = ("blr_bowl_shown", "blr_bowl_arrows")
"""Moving these leaves the descent what it is."""


def bowl_presets(lesson: PageLesson) -> None:
    """Show the presets of the bowl, good and bad."""
    presets(
        lesson,
        BOWL_PRESETS,
        lit=standing_on({name: _descent(preset) for name, preset in BOWL_PRESETS.items()}, _descent({})),
        apply=lambda name: bowl_values(BOWL_PRESETS[name]),
        key="blr-presets",
        section="preset-bowl-",
    )


def _descent(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in bowl_state(values).items() if key not in HOW_MUCH_IS_DRAWN}
