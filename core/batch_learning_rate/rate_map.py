"""The map: learning rate × batch size × seed, every cell real runs with all their curves, in one small file.

Rebuild with `python -m core.batch_learning_rate.record --optimizer sgd`. The file is what `RateMap.to_bytes` writes:
safetensors with JSON metadata, no pickle.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.batch_learning_rate.comparison import GOOD_ACCURACY
from core.batch_learning_rate.settings import RateSettings, budget
from core.files import RECORDED, DamagedFile, pack, unpack
from core.once import once
from core.runs.run import DamagedRun, Origin, Run
from core.tasks.digits.data import TRAIN
from core.training.frames import Frame
from core.verdict import summarise

MAP_BATCHES = (1, 4, 16, 64, 256, 1024, 4096, 16384, TRAIN)
MAP_RATES = (*(float(f"{digit}e{power}") for power in range(-5, 1) for digit in (1, 3)), 10.0)
COLUMNS = ("update", "seconds", "running_loss", "validation_loss", "validation_error")

Metric = Literal["loss", "error", "updates", "seconds"]
METRICS: tuple[Metric, ...] = ("loss", "error", "updates", "seconds")
Values = NDArray[np.float64]


def cell_settings(rate: float, batch: int, seed: int, optimizer: str) -> RateSettings:
    """Return the settings of one run of the map, with the page's budget for this batch size."""
    return RateSettings(batch_size=batch, learning_rate=rate, seed=seed, optimizer=optimizer, updates=budget(batch))


@dataclass(frozen=True, eq=False)
class RateMap:
    """Recorded runs on a grid.

    Attributes:
        optimizer: the one all runs used.
        rates, batches, seeds: the grid, ascending.
        curves: (rates, batches, seeds, frames, 5) float32, the columns of `COLUMNS`; not-a-number after a
            run's last frame.
        diverged: (rates, batches, seeds), whether the run ended with a loss that is no finite number.
        made_by: (rates, batches, seeds), which of the origins computed the run.
        origins: date, machine and versions; most runs come from the first.
    """

    optimizer: str
    rates: tuple[float, ...]
    batches: tuple[int, ...]
    seeds: tuple[int, ...]
    curves: NDArray[np.float32]
    diverged: NDArray[np.bool_]
    made_by: NDArray[np.uint8]
    origins: tuple[Origin, ...]

    def run(self, settings: RateSettings) -> Run | None:
        """Return the recorded run of these settings, or None if the map has none."""
        rate, batch, seed = settings.learning_rate, settings.batch_size, settings.seed
        if rate not in self.rates or batch not in self.batches or seed not in self.seeds:
            return None
        if settings != cell_settings(rate, batch, seed, self.optimizer):
            return None
        place = self.rates.index(rate), self.batches.index(batch), self.seeds.index(seed)
        rows = self.curves[place]
        rows = rows[np.isfinite(rows[:, 0])]
        if not len(rows):
            return None
        frames = [
            Frame(
                update=int(update),
                epoch=float(update) / settings.updates_per_epoch,
                seconds=float(seconds),
                metrics={
                    "running_loss": float(running),
                    "validation_loss": float(loss),
                    "validation_error": float(error),
                },
                diverged=bool(self.diverged[place]) and index == len(rows) - 1,
            )
            for index, (update, seconds, running, loss, error) in enumerate(rows)
        ]
        status = "diverged" if self.diverged[place] else "finished"
        return Run(settings, frames, status, self.origins[int(self.made_by[place])], recorded=True)

    def values(self, metric: Metric) -> Values:
        """Return what a metric says of every run: (rates, batches, seeds); not-a-number where it has no value.

        `loss` and `error` are the last measured ones on the validation digits; a diverged run has none.
        `updates` and `seconds` are those it took to reach 95 % accuracy, interpolated between measurements.
        Seconds of different machines do not compare: only the first one's count.
        """
        if metric in {"loss", "error"}:
            last = self._last[..., 3 if metric == "loss" else 4].astype(float)
            return np.where(self.diverged, np.nan, last)
        if metric == "updates":
            return self._crossing(0)
        return np.where(self.made_by == 0, self._crossing(1), np.nan)

    def mean_and_spread(self, metric: Metric) -> tuple[Values, Values]:
        """Return the mean over seeds and the standard deviation: two (rates, batches) arrays.

        A cell has a value when more than half of its runs that could have one do.
        """
        return _mean_and_spread(self, metric)

    def intervals(self, metric: Metric) -> Values:
        """Return half the width of the 95 % interval of each mean: (rates, batches); infinity below two values."""
        return _intervals(self, metric)

    def best(self, batch: int) -> float | None:
        """Return the rate with the lowest final loss for a batch size, or None if every rate failed."""
        column = self.mean_and_spread("loss")[0][:, self.batches.index(batch)]
        return None if np.isnan(column).all() else self.rates[int(np.nanargmin(column))]

    @cached_property
    def made(self) -> NDArray[np.bool_]:
        """Which runs the map holds: (rates, batches, seeds)."""
        return np.asarray(np.isfinite(self.curves[..., 0, 0]))

    @cached_property
    def _last(self) -> NDArray[np.float32]:
        """The last frame of every run: (rates, batches, seeds, 5)."""
        index = np.isfinite(self.curves[..., 0]).sum(axis=-1) - 1
        found: NDArray[np.float32] = np.take_along_axis(self.curves, index[..., None, None], axis=-2)[..., 0, :]
        return found

    def _crossing(self, column: int) -> Values:
        """Where the accuracy first reaches 95 %, on column 0 (updates) or 1 (seconds), by a straight line."""
        error, place = self.curves[..., 4].astype(float), self.curves[..., column].astype(float)
        good = error <= 1 - GOOD_ACCURACY
        after = np.argmax(good, axis=-1)[..., None]
        before = np.maximum(after - 1, 0)
        e0, e1 = (np.take_along_axis(error, index, -1)[..., 0] for index in (before, after))
        p0, p1 = (np.take_along_axis(place, index, -1)[..., 0] for index in (before, after))
        share = np.divide(e0 - (1 - GOOD_ACCURACY), e0 - e1, out=np.ones_like(e0), where=e0 > e1)
        return np.where(good.any(axis=-1), p0 + share * (p1 - p0), np.nan)

    def to_bytes(self) -> bytes:
        """Return the map as one safetensors file."""
        grid = {"rates": self.rates, "batches": self.batches, "seeds": self.seeds}
        about = {"optimizer": self.optimizer, **grid, "origins": [asdict(origin) for origin in self.origins]}
        arrays = {"curves": self.curves, "diverged": self.diverged, "made_by": self.made_by}
        return pack(arrays, {"map": json.dumps(about)})

    @classmethod
    def from_bytes(cls, data: bytes) -> RateMap:
        """Read what `to_bytes` wrote.

        Raises:
            DamagedRun: cut or foreign.
        """
        try:
            arrays, metadata = unpack(data)
            about = json.loads(metadata["map"])
            grid = tuple(about["rates"]), tuple(about["batches"]), tuple(about["seeds"])
            if arrays["curves"].shape[:3] != tuple(len(side) for side in grid):
                raise DamagedRun("the grid and the curves do not fit")
            origins = tuple(Origin(**origin) for origin in about["origins"])
            return cls(about["optimizer"], *grid, arrays["curves"], arrays["diverged"], arrays["made_by"], origins)
        except (DamagedFile, KeyError, TypeError, ValueError) as error:
            raise DamagedRun(str(error)) from error


@once(32)
def _mean_and_spread(found: RateMap, metric: Metric) -> tuple[Values, Values]:
    values = found.values(metric)
    could = found.made if metric != "seconds" else found.made & (found.made_by == 0)
    count = np.isfinite(values).sum(axis=-1)
    total = np.nansum(values, axis=-1)
    known = (count * 2 > could.sum(axis=-1)) & (count > 0)
    mean = np.divide(total, count, out=np.full(count.shape, np.nan), where=known)
    squares = np.nansum((values - mean[..., None]) ** 2, axis=-1)
    spread = np.sqrt(np.divide(squares, count - 1, out=np.full(count.shape, np.nan), where=known & (count > 1)))
    return mean, spread


@once(32)
def _intervals(found: RateMap, metric: Metric) -> Values:
    return np.array([[summarise(cell).interval for cell in column] for column in found.values(metric).tolist()])


def from_runs(
    runs: Iterable[Run],
    optimizer: str,
    seeds: Sequence[int],
    rates: Sequence[float],
    batches: Sequence[int],
    origin: Origin,
) -> RateMap:
    """Gather finished runs of `cell_settings` into a map; cells without a run stay empty.

    `origin` says where a map without a single run would come from.
    """
    found = list(runs)
    rates, batches = tuple(sorted(rates)), tuple(sorted(batches))
    longest = max([1, *(len(run.measured) for run in found)])
    shape = len(rates), len(batches), len(seeds)
    curves = np.full((*shape, longest, len(COLUMNS)), np.nan, np.float32)
    diverged, made_by = np.zeros(shape, bool), np.zeros(shape, np.uint8)
    origins = tuple(dict.fromkeys(run.origin for run in found)) or (origin,)
    for run in found:
        settings = run.settings
        place = rates.index(settings.learning_rate), batches.index(settings.batch_size), seeds.index(settings.seed)
        diverged[place] = run.status == "diverged"
        made_by[place] = origins.index(run.origin)
        for index, frame in enumerate(run.measured):
            numbers = {"update": frame.update, "seconds": frame.seconds, **frame.metrics}
            curves[place][index] = [numbers.get(name, math.nan) for name in COLUMNS]
    return RateMap(optimizer, rates, batches, tuple(seeds), curves, diverged, made_by, origins)


def runs_of(found: RateMap) -> Iterator[Run]:
    """Yield every run that a map holds."""
    for rate, batch, seed in product(found.rates, found.batches, found.seeds):
        run = found.run(cell_settings(rate, batch, seed, found.optimizer))
        if run is not None:
            yield run


def path(optimizer: str) -> Path:
    """Return where the map of an optimizer is shipped."""
    return RECORDED / "batch_learning_rate" / f"rate-map-{optimizer}.safetensors"


@once(4)
def recorded(optimizer: str) -> RateMap | None:
    """Return the shipped map of an optimizer, or None if there is none or it is damaged."""
    try:
        return RateMap.from_bytes(path(optimizer).read_bytes())
    except (OSError, DamagedRun):
        return None


def recorded_run(settings: RateSettings) -> Run | None:
    """Return the run of these settings if a shipped map has it."""
    shipped = recorded(settings.optimizer)
    return shipped.run(settings) if shipped else None
