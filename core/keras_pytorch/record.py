"""Record what the page shows: `python -m core.keras_pytorch.record [run …]`, or all of it.

The runs go into assets/runs/.
"""

from __future__ import annotations

import sys

from core.files import RUNS, write_whole
from core.keras_pytorch.presets import recorded
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
        print(f"{name}: {run.status}, {run.measured[-1].metrics}, {len(data) / 1e6:.2f} MB", flush=True)


if __name__ == "__main__":
    record_runs(sys.argv[1:])
