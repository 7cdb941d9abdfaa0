"""Compute the shipped map again: `python -m core.batch_learning_rate.record --optimizer sgd`.

On this machine's workers, or on those of the cluster that DASK_SCHEDULER_ADDRESS names.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from core import workers
from core.batch_learning_rate.rate_map import MAP_BATCHES, MAP_RATES, RateMap, cell_settings, from_runs, path, runs_of
from core.batch_learning_rate.settings import RateSettings
from core.files import write_whole
from core.runs.live import Runs
from core.runs.run import Run, origin_here
from core.runs.store import RunStore
from core.runs.sweeps import Sweeps
from core.training.settings import Settings

OWNER, EVERY = "record", 10.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Record a map and write it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--optimizer", default="sgd", choices=("sgd", "momentum", "rmsprop", "adam"))
    parser.add_argument("--seeds", type=int, default=3, help="runs per cell")
    parser.add_argument("--rates", type=float, nargs="+", default=MAP_RATES)
    parser.add_argument("--batches", type=int, nargs="+", default=MAP_BATCHES)
    parser.add_argument("--limit", type=float, default=float("inf"), help="seconds after which no new run starts")
    parser.add_argument("--fill", action="store_true", help="keep the runs the file already has")
    parser.add_argument("--out", type=Path, help="file to write, by default the one in assets/recorded/")
    options = parser.parse_args(arguments)

    file = options.out or path(options.optimizer)
    runs = list(runs_of(RateMap.from_bytes(file.read_bytes()))) if options.fill else []
    have = {run.run_id for run in runs}
    grid = list(product(options.rates, options.batches))
    asked = [
        [cell_settings(rate, batch, seed, options.optimizer) for rate, batch in grid]
        for seed in range(1, options.seeds + 1)
    ]
    wanted = [[settings for settings in part if settings.run_id not in have] for part in asked]
    runs += compute(wanted, options.limit)
    missing = sum(map(len, asked)) - len(runs)
    seeds = range(1, options.seeds + 1)
    made = from_runs(runs, options.optimizer, seeds, options.rates, options.batches, origin_here())
    write_whole(file, made.to_bytes())
    print(f"{file}: {len(runs)} runs, {missing} missing, {file.stat().st_size / 1e6:.2f} MB")


def compute(asked: Sequence[Sequence[RateSettings]], limit: float) -> Iterator[Run]:
    """Yield the runs, one sweep a seed, within a seed the longest first; after `limit` seconds no sweep goes on."""
    ends = time.monotonic() + limit
    with TemporaryDirectory() as folder:
        sweeps = Sweeps(Runs(RunStore(url=folder)))
        for part in asked:
            if not part or time.monotonic() > ends:
                continue
            sweep = sweeps.start(sorted(part, key=_cost, reverse=True), OWNER)
            while not sweep.over:
                print(f"{len(sweep.done)} of {len(part)} runs", flush=True)
                time.sleep(EVERY)
                if time.monotonic() > ends:
                    sweeps.stop(sweep.id, OWNER)
            yield from sweep.done.values()


def _cost(settings: Settings) -> float:
    return settings.total_updates * (20 + settings.batch_size)


if __name__ == "__main__":
    main()
    workers.stop()
