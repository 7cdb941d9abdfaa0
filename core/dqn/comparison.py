"""Trainings over several seeds: their curves, recorded or computed here, and what each came to. No torch here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from core.dqn.presets import BASE, SEEDS, VALUES
from core.dqn.recorded import Curve, curve_of
from core.dqn.settings import DqnSettings
from core.runs.run import Run

LAST = 10
"""Judgements at the end of a training that its result is the mean of: from one to the next an agent changes much."""


def variants(name: str) -> list[DqnSettings]:
    """Return the trainings that try a setting: the usual one with each of its values.

    Args:
        name: of the setting, one of `core.dqn.presets.VALUES`.
    """
    return [replace(BASE, **{name: value}) for value in VALUES[name]]  # type: ignore[arg-type]


def curves(settings: DqnSettings, count: int, find: Callable[[DqnSettings], Run | None]) -> list[Curve]:
    """Return the curves of the first seeds that are known.

    Args:
        settings: of all of them, but for the seed.
        count: of seeds.
        find: returns a finished run of this server, for what was not recorded.
    """
    found = []
    for seed in range(1, count + 1):
        wanted = replace(settings, seed=seed)
        curve = curve_of().get(wanted.run_id)
        if curve is None and (run := find(wanted)) is not None and run.status == "finished":
            curve = Curve.of(run)
        if curve is not None:
            found.append(curve)
    return found


def result(curve: Curve) -> float:
    """Return what a training came to: the mean reward of its last judgements, for 100 moves."""
    last: Sequence[float] = curve.reward[-LAST:]
    return sum(last) / len(last)


MOST_RECORDED = len(SEEDS)
"""Seeds of each recorded variant."""
