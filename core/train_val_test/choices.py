"""What the page's controls offer, and what one move of one control away from a preset reaches: no mission."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from core.files import RECORDED, write_whole
from core.tasks.digits.settings import DigitsSettings
from core.train_val_test.missions import FRUGAL_EXAMPLES
from core.train_val_test.presets import PRESETS
from core.training.one_move import Offered, one_move

EXAMPLES = (100, 300, 1_000, 2_000, 5_000, 10_000, 20_000, 54_000)
EPOCHS = (1, 2, 3, 5, 8, 10, 12, 15, 20, 30, 40, 60, 100)
RATES = (1e-5, 1e-4, 3e-4, 1e-3, 2e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0, 2.0, 10.0)
BATCHES = (1, 8, 16, 32, 64, 128, 256, 512, 1_024, 4_096, 54_000)
DECAYS = (0.0, 1e-4, 1e-3, 1e-2, 1e-1)
DROPOUTS = tuple(round(0.1 * tenth, 1) for tenth in range(10))
OFFERED: Offered = {
    "model": ("mlp", "cnn"),
    "examples": EXAMPLES,
    "epochs": EPOCHS,
    "learning_rate": RATES,
    "batch_size": BATCHES,
    "optimizer": ("sgd", "momentum", "rmsprop", "adam"),
    "dropout": DROPOUTS,
    "weight_decay": DECAYS,
}
"""Seed and engine aside: they draw other numbers, and repair nothing."""
FILE = RECORDED / "train_val_test" / "one-change.json"


def neighbours() -> Iterator[tuple[str, DigitsSettings]]:
    """Yield each preset's name with the settings one move away that have few enough examples for a mission."""
    for preset, settings in PRESETS.items():
        for moved in one_move(settings, OFFERED):
            if moved.examples <= FRUGAL_EXAMPLES:
                yield preset, moved


def reached() -> dict[str, dict[str, float]]:
    """Return the validation loss and error that each of these settings ends at, by its run's id, as recorded."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: {"loss": math.inf if loss is None else loss, "error": error} for name, (loss, error) in told.items()}


def record_changes() -> None:
    """Train all the neighbours, measure each at its end, and write what they reach."""
    from core.train_val_test.at_the_end import end_of

    told: dict[str, tuple[float | None, float]] = {}
    for preset, settings in neighbours():
        if settings.run_id not in told:
            end = end_of(settings, "validation")
            told[settings.run_id] = (end["loss"] if math.isfinite(end["loss"]) else None, end["error"])
            print(preset, settings.differences(PRESETS[preset]), end, flush=True)
    write_whole(FILE, json.dumps(told, indent=0).encode())
