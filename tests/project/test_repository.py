"""The repository as a student downloads it: unzipped, run, tested, committed, carried away."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from core.files import ROOT
from core.project.canvas import from_file
from core.project.repository import COUNT, FILES, SOURCE, repository, requirements, slug, some_digits
from core.tasks.digits import data as digits
from tests.notebooks import program
from tests.project.downloaded import CANVAS, carried_out, unzipped
from tests.project.told import Kept
from tests.project.tracking_environment import COURSE, python, student

TRAINED_TWICE = """
import tracking, train
for tracking.TRACKER in ("wandb", "mlflow"):
    with tracking.Tracker({"epochs": 2}) as kept:
        train.train(train.Settings(epochs=2), kept)
"""


@pytest.mark.slow
def test_the_training_is_tracked_where_the_tracker_is_installed(tmp_path: Path, kept: Kept) -> None:
    """In the environment that has them, each tracker keeps the very numbers of the table, and the settings."""
    folder = unzipped(tmp_path, "en", "wandb")
    shutil.copy(next((kept.folder / "written-mlflow").rglob("mlflow.db")), folder)  # its tables take seconds to make
    mine = student(tmp_path / "home")
    carried_out(folder, python(), "-c", f"import sys; sys.path += ['', {str(COURSE)!r}]{TRAINED_TWICE}", **mine)
    reader = str(ROOT / "tests" / "project" / "read_back.py")
    read = json.loads(carried_out(tmp_path, python(), reader, str(folder), **mine))[str(folder)]
    tables = sorted((folder / "runs").glob("*.csv"))
    assert len(tables) == 2
    for table, tracker in zip(tables, ("wandb", "mlflow"), strict=True):
        (told,) = [run for run in read[tracker] if run["name"] == table.stem]
        head, *rows = csv.reader(table.open(encoding="utf-8"))
        assert head == ["step", "train_loss", "validation_accuracy"]
        assert [[step, repr(numbers["train_loss"]), repr(numbers["validation_accuracy"])]
                for step, numbers in told["rows"]] == [[int(step), *numbers] for step, *numbers in rows]  # fmt: skip
        settings = json.loads(table.with_suffix(".json").read_text(encoding="utf-8"))
        config = told["config"] if tracker == "wandb" else told["params"]
        assert {name: str(value) for name, value in config.items()} == {
            name: str(value) for name, value in settings.items()
        }


def test_without_the_tracker_the_table_is_kept(tmp_path: Path) -> None:
    """The chosen tracker may be missing: the training runs, says so, and keeps its numbers."""
    folder = unzipped(tmp_path, "en", "wandb")
    told = "import sys; sys.modules['wandb'] = None; sys.path.insert(0, '')\nimport tracking\n"
    told += "with tracking.Tracker({'seed': 1}) as kept: kept.log(1, loss=0.5)"
    said = carried_out(folder, sys.executable, "-c", told)
    assert "wandb is not installed: the table alone is kept" in said
    assert next((folder / "runs").glob("*.csv")).read_text(encoding="utf-8").split() == ["step,loss", "1,0.5"]


def test_both_languages_are_the_same_program() -> None:
    """Whatever its comments and its texts say, the program is one; and both folders hold the same files."""
    french, english = SOURCE / "fr", SOURCE / "en"
    for folder in (french, english):
        assert {path.name for path in folder.iterdir() if path.is_file()} == set(FILES)
    for name in FILES:
        if name.endswith(".py"):
            assert program((french / name).read_text()) == program((english / name).read_text()), name


def test_the_canvas_stands_in_the_repository(tmp_path: Path) -> None:
    """Name, question and measure are in the README as text; the canvas itself can be opened again; no blank is left."""
    for language in ("fr", "en"):
        folder = unzipped(tmp_path / language, language)
        assert folder.name == "les-panneaux-de-ma-rue"
        text = (folder / "README.md").read_text(encoding="utf-8")
        assert text.startswith("# Les panneaux \\| de \\*ma\\* rue\n")
        assert "\\<b\\>panneaux\\</b\\>" in text
        assert "{{" not in text
        assert from_file((folder / "canvas.json").read_bytes()) == CANVAS
        assert "80 %" in (folder / "CANVAS.md").read_text(encoding="utf-8")


def test_its_digits_are_mnists() -> None:
    """They are real, and those that the course learns from; the whole repository weighs less than 300 KB."""
    with np.load(io.BytesIO(some_digits())) as held:
        images, labels = digits.load("validation")
        np.testing.assert_array_equal(held["images"], images[:COUNT])
        np.testing.assert_array_equal(held["labels"], labels[:COUNT])
    assert len(repository(CANVAS, "mlflow", "fr", "", str)) < 300_000


def test_its_versions_are_the_courses() -> None:
    """Every version that it asks for is pinned, and one that the course's own lists pin."""
    lists = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("requirements*.txt"))
    for tracker in ("", "wandb", "mlflow"):
        wanted = requirements(tracker).split()
        assert len(wanted) >= 5
        assert all(f"{one}" in lists and "==" in one for one in wanted)


@pytest.mark.parametrize(
    ("name", "folder"),
    [("Éléphants & Cie", "elephants-cie"), ("../../etc", "etc"), ("", "mon-projet"), ("日本", "mon-projet"),
     ("a" * 99, "a" * 40), ("CON:\\x", "con-x")],
)  # fmt: skip
def test_a_projects_name_becomes_a_harmless_folder(name: str, folder: str) -> None:
    """Small letters, digits and hyphens, whatever the name holds."""
    assert slug(name, "mon-projet") == folder
