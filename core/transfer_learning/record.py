"""Record what the page shows: `python -m core.transfer_learning.record [maps | runs | curves | changes]`, or all of it.

The runs go into assets/runs/, the curves into assets/recorded/transfer_learning/.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from core.files import RUNS, write_whole
from core.runs.record import record as computed
from core.runs.run import Run
from core.runs.slim import slim
from core.transfer_learning.choices import record_changes
from core.transfer_learning.curves import record_curves
from core.transfer_learning.maps import record_maps
from core.transfer_learning.presets import PRESETS, shipped


def record(wanted: list[str]) -> None:
    """Record what is asked for by name, or everything."""
    import torch

    torch.set_num_threads(1)  # as on a worker
    if "maps" in wanted or not wanted:
        record_maps()
    if "runs" in wanted or not wanted:
        record_runs()
    if "curves" in wanted or not wanted:
        record_curves()
    if "changes" in wanted or not wanted:
        record_changes()


def record_runs() -> None:
    """Train what is shipped. Tuned layers weigh a megabyte a run: the presets alone keep them."""
    for settings in shipped():
        run = computed(settings)
        is_light = settings.is_tuned and settings not in PRESETS.values()
        data = (_without_weights(run) if is_light else slim(replace(run, frames=run.measured), ())).to_bytes()
        write_whole(RUNS / f"{run.run_id}.safetensors", data)
        reached = 1 - run.measured[-1].metrics["validation_error"]
        print(settings.way, settings.photos, f"{run.status}, {reached:.3f}, {len(data) / 1e6:.2f} MB", flush=True)


def _without_weights(run: Run) -> Run:
    """Return a run without weights, and without the frames that only say how far the base is with its look."""
    return replace(run, frames=[frame.without_weights() for frame in run.frames if frame.measured])


if __name__ == "__main__":
    record(sys.argv[1:])
