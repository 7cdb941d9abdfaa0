"""Measure the rows of the ladder: the shown code itself is executed, cell by cell, with one thread.

Run as a process of its own (`python -m core.project.measuring digits 1000`), since the shown code sets the seeds of the
whole process, as a notebook does.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from core import measurement
from core.measurement import Row
from core.project.baselines import MODELS, SEEDS, TASKS
from core.project.shown_code import model_cell
from core.project.shown_data import data, files, measuring

MODULE = "core.project.measuring"
"""This one, as a process of its own runs it."""
WARM, FEW = 10_000, 32
"""So many passes, over so few examples, before anything is timed: a first training loads what others find loaded."""
LIVE = 3_000
"""The largest training set that is measured on the page: half a minute."""


class Bench:
    """One task whose data are read once, and whose models are measured by executing their cells.

    Args:
        task: its name.
    """

    def __init__(self, task: str) -> None:
        self.task = TASKS[task]
        self.names: dict[str, Any] = {}
        before = Path.cwd()
        with tempfile.TemporaryDirectory() as folder:
            for file in files(task, str):
                (Path(folder) / file.name).write_bytes(file.read())
            os.chdir(folder)  # the shown code reads what lies beside it
            try:
                self._run(*data(task, FEW, 1, str), measuring(str))
            finally:
                os.chdir(before)
        for model in MODELS:
            self._run(model_cell(model, task, WARM, 1, str))

    def measure(self, size: int, seed: int, models: Sequence[str], say: Callable[[Row], None]) -> list[Row]:
        """Return a row of each model: right answers on validation and test, seconds to learn and to answer.

        Args:
            size: of the training set.
            seed: draws it, and what the networks begin with.
            models: that are measured.
            say: hears of each row.
        """
        self._run(data(self.task.name, size, seed, str)[-1])  # the last of these cells draws the examples
        rows = []
        for model in models:
            self._run(model_cell(model, self.task.name, size, seed, str))
            rows.append({"task": self.task.name, "size": size, "model": model, "seed": seed} | self._found(model))
            say(rows[-1])
        return rows

    def _found(self, model: str) -> Row:
        accuracy, learned, answered = self.names["found"][model]
        right = {"validation": round(accuracy * self.task.validation)}
        if self.task.test:
            read = self.names["answers"][model](self.names["x_test"])
            right["test"] = int((read == self.names["y_test"]).sum())
        return {**right, "learned": float(f"{learned:.3g}"), "answered": float(f"{answered:.3g}")}

    def _run(self, *cells: str) -> None:
        with redirect_stdout(io.StringIO()):  # what is printed here are our own messages
            for cell in cells:
                exec(compile(cell, "shown code", "exec"), self.names)


def with_one_thread(work: Callable[[], list[Row]]) -> Row:
    """Measure with one thread; return when, where and by what, with the rows."""
    import psutil
    import torch
    from threadpoolctl import threadpool_limits

    from core.runs.run import origin_here

    busy = psutil.cpu_percent(interval=0.5) / 100
    torch.set_num_threads(1)
    import_module("sklearn.linear_model")  # only what is loaded can be limited
    with threadpool_limits(1):
        rows = work()
    origin = origin_here()
    return {
        "date": origin.date,
        "machine": origin.machine,
        "versions": versions(),
        "busy": round(busy, 2),
        "rows": rows,
    }


def versions() -> str:
    """Return what computed."""
    return ", ".join(f"{name} {version(name).split('+')[0]}" for name in ("scikit-learn", "keras", "torch"))


def main(task: str, size: int) -> None:
    """Measure the five models of a task once, and say what is found."""

    def work() -> list[Row]:
        measurement.say({"points": len(MODELS)})
        return Bench(task).measure(size, SEEDS[0], MODELS, measurement.say)

    measurement.say(with_one_thread(work))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
