"""What each way reaches with so many photos of each sign, over seeds: the recorded curves."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean, stdev

from core.files import RECORDED, write_whole
from core.once import once
from core.tasks.signs.settings import WAYS, SignsSettings, usual
from core.transfer_learning.stops import PHOTOS, SPLITS

FILE = RECORDED / "transfer_learning" / "curves.json"
SEEDS = {"scratch": 5, "random": 3, "imagenet": 10, "tuned": 3}
"""A seed draws photos, first weights and batches."""


@dataclass(frozen=True)
class Point:
    """What a way reached with so many photos.

    Attributes:
        photos: of each sign.
        reached: the accuracy of each seed, 0 to 1.
    """

    photos: int
    reached: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Over the seeds."""
        return fmean(self.reached)

    @property
    def deviation(self) -> float:
        """Standard deviation over the seeds: what another draw of photos and weights may change."""
        return stdev(self.reached) if len(self.reached) > 1 else math.nan


@once()
def curves() -> dict[str, dict[str, list[Point]]]:
    """Return the recorded points, by split and way."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        kind: {way: [Point(int(n), tuple(reached)) for n, reached in points.items()] for way, points in ways.items()}
        for kind, ways in told.items()
    }


def wanted() -> Iterator[SignsSettings]:
    """Yield the settings of each recorded run, the quick ways first."""
    for way in ("imagenet", "scratch", "random", "tuned"):
        for kind in SPLITS:
            for seed in range(1, SEEDS[way] + 1):
                for photos in PHOTOS:
                    yield usual(way, photos, seed=seed, split=kind)


def record_curves() -> None:
    """Train what is missing, and write what it reaches; one that was interrupted goes on where it stopped."""
    from core.transfer_learning.at_the_end import accuracy_of

    told = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    for settings in wanted():
        points = told.setdefault(settings.split, {}).setdefault(settings.way, {})
        reached = points.setdefault(str(settings.photos), [])
        if len(reached) >= settings.seed:
            continue
        reached.append(round(accuracy_of(settings), 5))
        print(settings.split, settings.way, settings.photos, settings.seed, reached[-1], flush=True)
        write_whole(FILE, json.dumps(_in_order(told), indent=1).encode())


def _in_order(told: dict[str, dict[str, dict[str, list[float]]]]) -> dict[str, dict[str, dict[str, list[float]]]]:
    return {kind: {way: told[kind][way] for way in WAYS if way in told[kind]} for kind in SPLITS if kind in told}
