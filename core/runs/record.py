"""Runs computed here and now, to be shipped in assets/runs/."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from core.files import RUNS, write_whole
from core.runs.run import Run, origin_here
from core.runs.slim import slim
from core.tasks.registry import frames
from core.training.settings import Settings


def record(settings: Settings) -> Run:
    """Compute a run in this process."""
    kept = list(frames(settings))
    return Run(settings, kept, "diverged" if kept[-1].diverged else "finished", origin_here(), recorded=True)


def ship(
    presets: Mapping[str, Settings],
    wanted: Sequence[str],
    *,
    kept: Mapping[str, Collection[float]] | None = None,
) -> None:
    """Train presets and write their files; say what each reached.

    Args:
        presets: the settings of each, by name.
        wanted: those to train; all of them if empty.
        kept: the epochs at which a preset keeps its weights, in eight bits; one that is not named keeps all.
    """
    import torch

    torch.set_num_threads(1)  # as on a worker
    for name, settings in presets.items():
        if wanted and name not in wanted:
            continue
        run = record(settings)
        if kept and name in kept:
            run = slim(run, kept[name])
        data = run.to_bytes()
        write_whole(RUNS / f"{run.run_id}.safetensors", data)
        last = run.measured[-1].metrics
        reached = ", ".join(f"{measure} {last[measure]:.4f}" for measure in last if measure.startswith("test"))
        print(f"{name}: {run.status}, {reached}, {len(data) / 1e6:.1f} MB")
