"""Record what the page on the project opens with: `python -m core.project.record digits letters signs costs`.

The digits take a quarter of an hour on one core, letters and signs five minutes each, what the planted faults cost two.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from core.files import write_whole
from core.measurement import Row
from core.project import costs
from core.project.baselines import MODELS, SEEDS, TASKS
from core.project.measuring import Bench, with_one_thread
from core.project.mistakes import SHEETS, images, mistakes, places
from core.project.recorded import FILES
from core.project.sheet import sheet


def ladder(task: str) -> None:
    """Measure every row of a task's ladders; keep the images that they misread."""

    def work() -> list[Row]:
        bench = Bench(task)
        rows = rows_of(bench)
        if task in SHEETS:
            shown = images(task, bench.names["x_val"])[places(row.get("wrong", []) for row in rows)]
            write_whole(SHEETS[task], sheet(shown))
        return rows

    write(FILES[task], with_one_thread(work))


def faults() -> None:
    """Measure what each planted fault costs."""
    write(costs.FILE, with_one_thread(lambda: costs.measure(range(1, costs.DRAWS + 1), say)))


def write(path: Path, found: Row) -> None:
    """Write what was measured, a row on each line."""
    rows = ",\n".join(json.dumps(row) for row in found.pop("rows"))
    write_whole(path, f'{json.dumps(found, indent=1)[:-2]},\n "rows": [\n{rows}\n]\n}}\n'.encode())


def say(row: Row) -> None:
    """Tell whoever waits."""
    print(row, file=sys.stderr, flush=True)


def rows_of(bench: Bench) -> list[Row]:
    """Measure the rows of a task: with every size of the training set, over its seeds; of the first, the mistakes."""
    task = bench.task
    rows: list[Row] = []
    for size in task.sizes:
        seeds = {model: task.seeds(size, model) for model in MODELS}
        for seed in seeds[MODELS[-1]]:
            measured = [model for model in MODELS if seed in seeds[model]]
            rows += bench.measure(size, seed, measured, say)
            if seed == SEEDS[0]:
                for row in rows[-len(measured) :]:
                    row["wrong"] = mistakes(task, bench.names, row["model"])
    return rows


WORKS: dict[str, Callable[[], None]] = {**{task: partial(ladder, task) for task in TASKS}, "costs": faults}

if __name__ == "__main__":
    for name in sys.argv[1:] or WORKS:
        WORKS[name]()
