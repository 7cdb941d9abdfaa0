"""Record what the page shows: `python -m core.dqn.record [names of presets | compared]`, or all of it.

The presets go into assets/runs/, the curves of those that are compared over seeds into assets/recorded/dqn/. Ten
minutes on one core for the course's own training, half an hour for the rest.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from core.dqn.presets import PRESETS, compared
from core.dqn.recorded import Curve, read, write
from core.files import RUNS, write_whole
from core.runs.record import record


def record_presets(wanted: Sequence[str]) -> None:
    """Train the presets that are asked for by name; write them, and say what each reached."""
    for name in wanted:
        run = record(PRESETS[name])
        data = run.to_bytes()
        write_whole(RUNS / f"{run.run_id}.safetensors", data)
        print(f"{name}: {run.measured[-1].metrics}, {len(data) / 1e6:.2f} MB", flush=True)


def record_compared() -> None:
    """Train what is compared over seeds, seed by seed; what a file of today's settings has is not trained again."""
    found = read()
    for settings in compared():
        if settings.run_id not in found:
            run = record(settings)
            found[settings.run_id] = Curve.of(run)
            write(found, run.origin)
            print(settings.differences(PRESETS["replay"]), found[settings.run_id].reward[-1], flush=True)


def main(wanted: Sequence[str]) -> None:
    """Record what is asked for by name, or everything."""
    import torch

    torch.set_num_threads(1)  # as on a worker
    record_presets([name for name in PRESETS if name in wanted or not wanted])
    if "compared" in wanted or not wanted:
        record_compared()


if __name__ == "__main__":
    main(sys.argv[1:])
