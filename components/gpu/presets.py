"""The presets of the GPU page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.gpu.state import set_from_outside, values
from components.lesson import PageLesson
from components.presets import presets, standing_on
from core.gpu.presets import PRESETS

ONLY_SHOWN = ("gpu_axis", "gpu_line", "gpu_card")
"""Moving these leaves the experiment what it is."""


def presets_row(lesson: PageLesson) -> None:
    """Show the presets, good and bad."""
    presets(
        lesson,
        PRESETS,
        lit=standing_on({name: _experiment(preset) for name, preset in PRESETS.items()}, _experiment({})),
        apply=lambda name: set_from_outside(PRESETS[name]),
        key="gpu-presets",
    )


def _experiment(moved: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values(moved).items() if key not in ONLY_SHOWN}
