"""Compute the shipped map again: `python -m core.batch_learning_rate.record --optimizer sgd`. No cluster needed."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import product
from multiprocessing import get_context
from pathlib import Path

from core.batch_learning_rate.rate_map import MAP_BATCHES, MAP_RATES, RateMap, cell_settings, from_runs, path, runs_of
from core.batch_learning_rate.settings import RateSettings
from core.runs.run import Run, origin_here


def main(arguments: Sequence[str] | None = None) -> None:
    """Record a map and write it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--optimizer", default="sgd", choices=("sgd", "momentum", "rmsprop", "adam"))
    parser.add_argument("--seeds", type=int, default=3, help="runs per cell")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rates", type=float, nargs="+", default=MAP_RATES)
    parser.add_argument("--batches", type=int, nargs="+", default=MAP_BATCHES)
    parser.add_argument("--limit", type=float, default=float("inf"), help="seconds after which no new run starts")
    parser.add_argument("--fill", action="store_true", help="keep the runs the file already has")
    parser.add_argument("--out", type=Path, help="file to write, by default the one in assets/runs/")
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
    runs += compute(wanted, options.processes, options.limit)
    missing = sum(map(len, asked)) - len(runs)
    seeds = range(1, options.seeds + 1)
    made = from_runs(runs, options.optimizer, seeds, options.rates, options.batches, origin_here())
    file.write_bytes(made.to_bytes())
    print(f"{file}: {len(runs)} runs, {missing} missing, {file.stat().st_size / 1e6:.2f} MB")


def compute(asked: Sequence[Sequence[RateSettings]], processes: int, limit: float) -> Iterator[Run]:
    """Yield the runs as they finish: seed after seed, and within a seed the longest first."""
    began = time.monotonic()
    waiting = [settings for part in asked for settings in sorted(part, key=_cost, reverse=True)]
    total, done = len(waiting), 0
    os.environ["OMP_NUM_THREADS"] = "1"  # inherited: as many runs at once as processes, one thread each
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_one_thread) as pool:
        running: set[Future[Run]] = set()
        while waiting or running:
            while waiting and len(running) < processes and time.monotonic() - began < limit:
                running.add(pool.submit(_run, waiting.pop(0)))
            if not running:
                return
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield future.result()
                done += 1
            if done % 13 == 0:
                print(f"{time.monotonic() - began:6.0f} s  {done} of {total}", flush=True)


def _cost(settings: RateSettings) -> float:
    return settings.updates * (20 + settings.batch_size)


def _one_thread() -> None:
    import torch

    torch.set_num_threads(1)


def _run(settings: RateSettings) -> Run:
    from core.runs.record import record

    return record(settings)


if __name__ == "__main__":
    main()
