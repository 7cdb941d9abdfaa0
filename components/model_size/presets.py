"""The presets of the page on sizes: every model with a name, and one whose parameters are nearly all in a table."""

from __future__ import annotations

from typing import Any

from components.lesson import PageLesson
from components.model_size.state import set_from_outside, values
from components.presets import presets as row
from components.presets import standing_on
from core.model_size.chosen import of_preset
from core.model_size.presets import presets

ONLY_SHOWN = ("ms_precision", "ms_machine", "ms_open", "ms_pin")
"""Moving these leaves the model what it is."""
TABLE: dict[str, Any] = {
    "layers": 2,
    "width": 64,
    "heads": 4,
    "kv_heads": 4,
    "feed_forward": 256,
    "vocabulary": 256_000,
}
"""What differs from the opening in the bad one."""


def where() -> dict[str, dict[str, Any]]:
    """Return where the hands stand for each preset."""
    return {name: of_preset(preset) for name, preset in presets().items()} | {"table": TABLE}


def presets_row(lesson: PageLesson) -> None:
    """Show the presets."""
    found = where()
    row(
        lesson,
        found,
        lit=standing_on({name: _model(preset) for name, preset in found.items()}, _model({})),
        apply=lambda name: set_from_outside(found[name]),
        key="ms-presets",
    )


def _model(moved: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values(moved).items() if key not in ONLY_SHOWN}
