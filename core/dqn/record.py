"""Record what the page shows: `python -m core.dqn.record [course] [replayed] [compared]`, or all of it.

The course's own training and the first seed of those that are compared go into assets/runs/: they replay. The curves of
all seeds go into assets/recorded/dqn/. About an hour on one core.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from core.dqn.presets import BASE, COURSE, compared
from core.dqn.recorded import Curve, read, write
from core.dqn.settings import DqnSettings
from core.files import RUNS, write_whole
from core.runs.record import record


def record_runs(wanted: Sequence[DqnSettings]) -> None:
    """Train; write the runs, and say what each reached."""
    for settings in wanted:
        run = record(settings)
        data = run.to_bytes()
        write_whole(RUNS / f"{run.run_id}.safetensors", data)
        print(settings.differences(BASE), run.measured[-1].metrics, f"{len(data) / 1e6:.2f} MB", flush=True)


def record_compared() -> None:
    """Train what is compared over seeds, seed by seed; what a file of today's settings has is not trained again."""
    found = read()
    for settings in compared():
        if settings.run_id not in found:
            run = record(settings)
            found[settings.run_id] = Curve.of(run)
            write(found, run.origin)
            print(settings.differences(BASE), found[settings.run_id].reward[-1], flush=True)


def main(wanted: Sequence[str]) -> None:
    """Record what is asked for by name, or everything."""
    import torch

    torch.set_num_threads(1)  # as on a worker
    everything = not wanted
    if everything or "replayed" in wanted:
        record_runs([settings for settings in compared() if settings.seed == BASE.seed])
    if everything or "compared" in wanted:
        record_compared()
    if everything or "course" in wanted:
        record_runs([COURSE])


if __name__ == "__main__":
    main(sys.argv[1:])
