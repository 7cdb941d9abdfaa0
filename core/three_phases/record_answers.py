"""Record what the page begins with: `python -m core.three_phases.record_answers`, some seconds, after the runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from core.answers import key
from core.files import write_whole
from core.three_phases import asked
from core.three_phases.opening import PAIRS_SEED, PRESETS, TO_VOTE_ON, asked_for


def questions() -> list[tuple[Callable[..., Any], Any]]:
    """Return all that is asked: functions with their arguments."""
    found: list[tuple[Callable[..., Any], Any]] = [
        (asked.answer, (asked_for(moved).to_json(), 1)) for moved in PRESETS.values()
    ]
    return [*found, (asked.pairs, (TO_VOTE_ON, PAIRS_SEED))]


def record() -> None:
    """Ask everything, and write the answers."""
    found = {key(function, *args): function(*args) for function, args in questions()}
    told = json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"
    asked.SHIPPED.file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(asked.SHIPPED.file, told.encode())


if __name__ == "__main__":
    import torch

    torch.set_num_threads(1)  # as on a worker
    record()
