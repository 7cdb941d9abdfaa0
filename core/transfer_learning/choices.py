"""What one move of one control away from a preset reaches: no mission."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from core.files import RECORDED, write_whole
from core.tasks.signs.settings import RATES, WAYS, SignsSettings, usual
from core.training.one_move import one_move
from core.transfer_learning.missions import FRUGAL_PHOTOS
from core.transfer_learning.presets import PRESETS
from core.transfer_learning.stops import BLOCKS, OFFERED

FILE = RECORDED / "transfer_learning" / "one-change.json"


def moved(settings: SignsSettings) -> Iterator[SignsSettings]:
    """Yield all settings that one move of a control makes of these: a rate that is the way's own goes with the way."""
    yield from one_move(settings, OFFERED)
    if settings.is_tuned:
        yield from one_move(settings, {"blocks": BLOCKS})
    for way in WAYS:
        if way != settings.way:
            is_usual = settings.learning_rate == RATES[settings.way]
            rate = RATES[way] if is_usual else settings.learning_rate
            yield replace(settings, way=way, learning_rate=rate, blocks=usual(way).blocks)


def neighbours() -> Iterator[SignsSettings]:
    """Yield those that a mission could be reached with: few photos, or a network from scratch."""
    told = set()
    for preset in PRESETS.values():
        for settings in moved(preset):
            is_near = settings.photos <= FRUGAL_PHOTOS or (
                settings.way == "scratch" and settings.photos >= preset.photos
            )
            if settings.split == "people" and is_near and settings not in told:
                told.add(settings)
                yield settings


def reached() -> dict[str, float]:
    """Return the accuracy that each of these settings ends at, by its run's id, as recorded."""
    told: dict[str, float] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


def record_changes() -> None:
    """Train all the neighbours, and write what they reach; one that was interrupted goes on where it stopped."""
    from core.transfer_learning.at_the_end import accuracy_of

    told = reached() if FILE.exists() else {}
    for settings in neighbours():
        if settings.run_id not in told:
            told[settings.run_id] = round(accuracy_of(settings), 5)
            print(settings.way, settings.photos, settings.run_id, told[settings.run_id], flush=True)
            write_whole(FILE, json.dumps(told, indent=0).encode())
