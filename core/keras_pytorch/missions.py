"""When the missions of the page are reached, and what one move of one control reaches: no mission."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.files import RECORDED, write_whole
from core.keras_pytorch.presets import PRESETS
from core.keras_pytorch.settings import BATCHES, MOST_EXAMPLES, RATES, UPDATES, LoopSettings
from core.training.one_move import one_move

if TYPE_CHECKING:
    from core.runs.run import Run

BRAKED_LOSS = 8.0
"""Validation loss at the end, in nats a letter; with the course's rate it takes off beyond 29,000."""
FILE = RECORDED / "keras_pytorch" / "one-change.json"


def braked(run: Run) -> bool:
    """Whether letters were learned with gradients that are never reset, and no other fault."""
    settings = run.settings
    assert isinstance(settings, LoopSettings)
    if settings.subject != "letters" or settings.faults != ("no_reset",) or not run.measured:
        return False
    return run.measured[-1].metrics["validation_loss"] <= BRAKED_LOSS


def neighbours() -> Iterator[LoopSettings]:
    """Yield what one move of one control away from a preset could reach the mission."""
    forgotten = PRESETS["forgotten"]
    yield forgotten
    possible = [size for size in BATCHES if size * forgotten.updates <= MOST_EXAMPLES]
    offered = {"updates": UPDATES, "batch_size": possible, "learning_rate": RATES}
    yield from one_move(forgotten, offered)


def reached() -> dict[str, float]:
    """Return the validation loss that each of these settings ends at, by its run's id, as recorded."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: math.inf if loss is None else loss for name, loss in told.items()}


def record_changes() -> None:
    """Run all the neighbours and write what they reach."""
    from core.runs.record import record

    told: dict[str, float | None] = {}
    for settings in neighbours():
        run = record(settings)
        loss = run.measured[-1].metrics["validation_loss"]
        told[settings.run_id] = round(loss, 4) if math.isfinite(loss) else None
        print(settings.differences(PRESETS["forgotten"]), told[settings.run_id], flush=True)
    write_whole(FILE, json.dumps(told, indent=0).encode())
