"""What is recorded is what the shown code gives: it is executed, cell by cell, and in notebooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.measurement import Row
from core.project.baselines import BASELINES, LIBRARY, MODELS, TASKS
from core.project.measuring import MODULE, Bench
from core.project.recorded import recorded
from core.project.shown_code import sources
from core.project.shown_data import files
from core.tasks.digits.data import load
from tests.notebooks import check_words, run_downloads

NEAR = 0.03
"""How far a network may come out elsewhere: another processor rounds otherwise."""


def near(row: Row) -> bool:
    """Whether a measured row is the recorded one: a baseline's nearly to the example, a network's within a little."""
    task = TASKS[row["task"]]
    there = recorded().rung(row["task"], row["size"], row["model"]).validation[0]
    return bool(abs(row["validation"] / task.validation - there) <= (0.004 if row["model"] in BASELINES else NEAR))


@pytest.mark.parametrize("task", [pytest.param("digits", marks=pytest.mark.slow), "letters",
                                  pytest.param("signs", marks=pytest.mark.slow)])  # fmt: skip
def test_the_shown_code_gives_the_recorded_numbers(task: str) -> None:
    """With 100 examples and the first seed, every model is as often right as the recorded row says."""
    said: list[Row] = []
    rows = Bench(task).measure(100, 1, MODELS, said.append)
    assert said == rows
    assert [row["model"] for row in rows] == list(MODELS)
    assert all(near(row) for row in rows), rows
    assert all("test" in row for row in rows) == bool(TASKS[task].test)


def test_the_data_are_those_of_the_course() -> None:
    """What is learned from and measured on is the course's cut: as many rows, and the same digits."""
    images, labels = load("validation")
    bench = Bench("digits")
    assert (bench.names["y_val"] == labels).all()
    assert (bench.names["x_val"][7] * 255 == images[7].reshape(-1)).all()
    assert len(bench.names["y_train"]) == TASKS["digits"].all
    for name, task in TASKS.items():
        held = bench.names if name == "digits" else Bench(name).names
        assert held["x_val"].shape == (task.validation, task.inputs)
        assert len(held["y_train"]) == task.all
        assert held["y_train"].max() < task.classes


@pytest.mark.parametrize("library", ["scikit-learn", "Keras", "PyTorch"])
def test_the_notebooks_run(library: str, tmp_path: Path) -> None:
    """Every cell of a notebook on letters runs in a kernel, in both languages, and finds the recorded accuracy."""
    left = run_downloads(
        tmp_path, lambda _: (sources("letters", 100, _)[library], files("letters", _)), "found",
        keras=library == "Keras",
    )  # fmt: skip
    for names in left.values():
        assert set(names["found"]) == {model for model in MODELS if LIBRARY[model] == library}
        for model, (accuracy, _learned, _answered) in names["found"].items():
            assert abs(accuracy - recorded().rung("letters", 100, model).validation[0]) <= NEAR
    assert "sur le jeu de test" in left["fr"]["printed"]
    assert "on the test set" in left["en"]["printed"]


@pytest.mark.parametrize("task", TASKS)
def test_the_code_speaks_the_pages_language(task: str) -> None:
    """Titles, comments and printed words are French on the French page, and the program is the same."""
    check_words(lambda _: sources(task, 300, _))


def test_what_measures_is_the_module_that_is_run() -> None:
    """The worker starts this module by its name."""
    assert Bench.__module__ == MODULE
