"""Record what the page on the project opens with: `python -m core.project.record`, about twenty minutes on one core."""

from __future__ import annotations

import json
import sys

from core.files import write_whole
from core.measurement import Row
from core.project.baselines import MODELS, TASKS
from core.project.measuring import Bench, with_one_thread
from core.project.recorded import FILE


def record() -> None:
    """Measure every row of the ladder, and write them, a row on each line."""
    found = with_one_thread(lambda: [row for task in TASKS for row in rows_of(task)])
    rows = ",\n".join(json.dumps(row) for row in found.pop("rows"))
    write_whole(FILE, f'{json.dumps(found, indent=1)[:-2]},\n "rows": [\n{rows}\n]\n}}\n'.encode())


def rows_of(name: str) -> list[Row]:
    """Measure the rows of a task: with every size of the training set, over its seeds."""
    task, bench = TASKS[name], Bench(name)
    rows = []
    for size in task.sizes:
        seeds = {model: task.seeds(size, model) for model in MODELS}
        for seed in seeds[MODELS[-1]]:
            measured = [model for model in MODELS if seed in seeds[model]]
            rows += bench.measure(size, seed, measured, lambda row: print(row, file=sys.stderr, flush=True))
    return rows


if __name__ == "__main__":
    record()
