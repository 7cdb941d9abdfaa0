"""Record what the page shows: `python -m core.keras_pytorch.record [run … | both | changes]`, or all of it.

The runs go into assets/runs/, the rest into assets/recorded/keras_pytorch/.
"""

from __future__ import annotations

import sys

from core.files import RUNS, write_whole
from core.keras_pytorch.both import record_both
from core.keras_pytorch.missions import record_changes
from core.keras_pytorch.presets import recorded
from core.keras_pytorch.traces import error_of
from core.runs.record import record


def record_runs(wanted: list[str]) -> None:
    """Run the loops that are asked for by name, or all; write them, and say what each reached."""
    import torch

    torch.set_num_threads(1)  # as on a worker
    for name, settings in recorded().items():
        if wanted and name not in wanted:
            continue
        run = record(settings)
        data = run.to_bytes()
        write_whole(RUNS / f"{run.run_id}.safetensors", data)
        reached = run.measured[-1].metrics if run.measured else error_of(run.frames)
        print(f"{name}: {run.status}, {reached}, {len(data) / 1e6:.2f} MB", flush=True)


def main(wanted: list[str]) -> None:
    """Record what is asked for by name, or everything."""
    others = {"both", "changes"}
    if not wanted or set(wanted) - others:
        record_runs([name for name in wanted if name not in others])
    if "both" in wanted or not wanted:
        record_both()
    if "changes" in wanted or not wanted:
        record_changes()


if __name__ == "__main__":
    main(sys.argv[1:])
