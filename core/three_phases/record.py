"""Record what the page shows as it opens: `python -m core.three_phases.record [names of runs, and votes]`.

About six minutes on one core: the runs of `recorded.presets`, then the votes that a reward model needs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace

import numpy as np

from core.files import RUNS, write_whole
from core.runs.record import record
from core.runs.run import Run, origin_here
from core.tasks.instructed.kept import MODEL
from core.three_phases import preference
from core.three_phases.opening import PAIRS_SEED, VOTES
from core.three_phases.recorded import FILE, NUMBERS, SEEDS, presets, votes_needed
from core.three_phases.recorded import decided as decided_of
from core.three_phases.settings import NEITHER
from core.three_phases.tastes import TASTES, vote
from core.three_phases.voting import Scale, features, learned, pairs, phase_two

POOL, ASIDE, LEAST = max(VOTES), 200, 20
"""Pairs that votes are drawn from, pairs on which each reward model is tried, and how many of these must be decided."""


def main(wanted: Sequence[str]) -> None:
    """Train what is wanted, or everything, and write the files."""
    import torch

    torch.set_num_threads(1)  # as on a worker
    for name, settings in presets().items():
        if wanted and name not in wanted:
            continue
        run = slim(record(settings))
        data = run.to_bytes()
        write_whole(RUNS / f"{run.run_id}.safetensors", data)
        last = run.measured[-1].metrics
        print(f"{name}: {len(data) / 1e6:.1f} MB", {measure: round(value, 3) for measure, value in last.items()})
    if not wanted or "votes" in wanted:
        write_whole(FILE, (json.dumps(votes_study(), indent=1) + "\n").encode())
        votes_needed.cache_clear()
        decided_of.cache_clear()


def slim(run: Run) -> Run:
    """Return a run that keeps the model of its last frame alone: a megabyte."""
    kept = [
        frame
        if frame is run.frames[-1]
        else replace(frame, arrays={name: array for name, array in frame.arrays.items() if not name.startswith(MODEL)})
        for frame in run.frames
    ]
    return replace(run, frames=kept)


def votes_study() -> dict[str, object]:
    """Return how well reward models order fresh pairs, by taste, by number of votes, for each draw of these."""
    model = phase_two(None)
    weights = {name: weight.detach() for name, weight in model.named_parameters()}
    told = pairs(model, POOL + ASIDE, PAIRS_SEED)
    first, second = (features(weights, one) for one in told)
    scale = Scale.of(np.concatenate([first[:POOL], second[:POOL]]))
    first, second = scale(first), scale(second)
    found: dict[str, dict[int, list[float]]] = {}
    decided: dict[str, dict[int, int]] = {}
    for taste in TASTES:
        cast = np.array([vote(taste, *both) for both in zip(told[0].texts, told[1].texts, strict=True)])
        pool, aside = np.flatnonzero(cast[:POOL] != NEITHER), POOL + np.flatnonzero(cast[POOL:] != NEITHER)
        found[taste] = {}
        decided[taste] = {votes: int((pool < votes).sum()) for votes in VOTES}
        for votes in NUMBERS:
            if votes > len(pool) / 2 or len(aside) < LEAST:  # a taste that most pairs say nothing to: too few to know
                break
            found[taste][votes] = [
                _tried(first, second, cast, np.random.default_rng([seed, votes]).permutation(pool)[:votes], aside)
                for seed in range(SEEDS)
            ]
    return {"agreement": found, "decided": decided, "pairs_aside": ASIDE, "origin": asdict(origin_here())}


def _tried(first: np.ndarray, second: np.ndarray, cast: np.ndarray, voted: np.ndarray, aside: np.ndarray) -> float:
    reward = learned(first[voted], second[voted], cast[voted])
    one, other = reward.of(first[aside]), reward.of(second[aside])
    is_second = cast[aside] == 1
    return round(preference.agreement(np.where(is_second, other, one), np.where(is_second, one, other)), 4)


if __name__ == "__main__":
    main(sys.argv[1:])
