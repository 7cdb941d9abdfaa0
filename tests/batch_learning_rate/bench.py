"""Speed of the batch size and learning rate page: sweeps, their scaling, the bowl, the map. Ratios in one run."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from core import workers
from core.batch_learning_rate.settings import RateSettings, finder_settings
from core.files import ROOT
from core.runs.live import Runs
from core.runs.store import RunStore
from core.runs.sweeps import Sweep, Sweeps
from tests.benchmarks.shared import (
    OURS,
    Results,
    against_stock,
    browser,
    milliseconds,
    on_slider,
    open_tab,
    ratio,
    server,
)
from tests.helpers import until

BARS = {
    "sweep_efficiency": (">=", 0.8),
    "bowl_drag_ms": ("<=", 16.7),
    "map_cell_vs_stock": ("<=", 1.5),
    "map_scaling_2_workers": (">=", 1.6),
}


def sweep_efficiency() -> Results:
    """(Sum of 24 short runs' own training times ÷ workers) ÷ wall time of the sweep, on warm workers.

    The runs are range tests: measured only at their two ends, so that their training time is nearly all they do.
    """
    wanted = [replace(finder_settings(RateSettings(batch_size=256)), seed=seed) for seed in range(1, 25)]
    with _store() as store:
        sweeps = Sweeps(Runs(store))
        _warm(sweeps, workers.worker_count())
        wall, sweep = _timed(sweeps, wanted)
        count = workers.worker_count()
        own = sum(run.frames[-1].seconds for run in sweep.done.values())
        workers.stop()
    return {"sweep_efficiency": ratio(own / count / wall)}


def map_scaling_2_workers() -> Results:
    """Time of a map on a cluster of one worker ÷ its time on two, started as the README says."""
    wanted = [replace(finder_settings(RateSettings(batch_size=256)), seed=seed) for seed in range(1, 13)]
    seconds = {}
    for count in (1, 2):
        with _cluster(count), _store() as store:
            sweeps = Sweeps(Runs(store))
            _warm(sweeps, count)
            seconds[count], _sweep = _timed(sweeps, wanted)
    return {"map_scaling_2_workers": ratio(seconds[1] / seconds[2])}


def bowl_drag_ms() -> Results:
    """Work of one pointer move on the bowl: handler start → 200 steps redrawn and laid out; p95 of 300 moves."""
    with browser() as running, server() as url:
        page = open_tab(running, f"{url}/batch_learning_rate?blr_bowl_batch=8&lang=en")
        box = page.locator("svg.map").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.evaluate("window.curseursMoves = []")
        page.mouse.move(x, y)
        page.mouse.down()
        moves = 0
        while moves < 300:
            page.mouse.move(x + (moves % 40) * 3 - 60, y + (moves % 25) * 3 - 36)
            moves += 1
        page.mouse.up()
        durations = page.evaluate("window.curseursMoves")
    p95 = sorted(durations)[int(0.95 * len(durations))]
    return {"bowl_drag_ms": {"value": p95, "unit": "ms", "moves": float(len(durations))}}


def map_cell_vs_stock() -> Results:
    """Choosing a cell → its curves drawn ÷ a rerun of the stock app."""
    with browser() as running, server() as url:
        page = open_tab(running, f"{url}/batch_learning_rate?blr_cell_rate=0.001&blr_view=map&lang=en")
        stopwatch = on_slider(page, page.get_by_role("slider", name="Rate of the cell"), ".st-key-blr-cell", OURS)
        ours, stock = against_stock(running, stopwatch)
    return {"map_cell_vs_stock": ratio(ours / stock), "map_cell_ms": milliseconds(ours)}


def _timed(sweeps: Sweeps, wanted: list[RateSettings]) -> tuple[float, Sweep]:
    began = time.perf_counter()
    sweep = sweeps.start(wanted, "A")
    while not sweep.over:
        time.sleep(0.01)
    seconds = time.perf_counter() - began
    assert len(sweep.done) == len(wanted), (sweep.lost, sweep.failed)
    until(lambda: all(sweeps.runs.store.find(settings) for settings in wanted))  # its folder goes when this ends
    return seconds, sweep


def _warm(sweeps: Sweeps, count: int) -> None:
    """Let every worker import torch and load the digits."""
    short = RateSettings(batch_size=256, updates=30)
    _timed(sweeps, [replace(short, seed=seed) for seed in range(900, 900 + 3 * count)])


@contextlib.contextmanager
def _store() -> Iterator[RunStore]:
    with tempfile.TemporaryDirectory() as folder:
        yield RunStore(url=f"{folder}/runs", recorded=Path(folder) / "none")


@contextlib.contextmanager
def _cluster(count: int) -> Iterator[None]:
    """Start a scheduler and workers as a user would, and make this process use them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    dask = str(Path(sys.executable).parent / "dask")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    commands = [[dask, "scheduler", "--host", "127.0.0.1", "--port", address.rsplit(":", 1)[1], "--no-dashboard"]]
    commands += [[dask, "worker", address, "--nthreads", "1", "--no-dashboard"]] * count
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
        for command in commands
    ]  # fmt: skip
    workers.stop()
    os.environ["DASK_SCHEDULER_ADDRESS"] = address
    try:
        while True:
            with contextlib.suppress(workers.WorkersUnavailable):
                if workers.worker_count() == count:
                    break
            time.sleep(0.1)
        yield
    finally:
        workers.stop()
        del os.environ["DASK_SCHEDULER_ADDRESS"]
        for process in started:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


BENCHES = (sweep_efficiency, map_scaling_2_workers, bowl_drag_ms, map_cell_vs_stock)
