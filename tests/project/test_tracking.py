"""Runs told to the real wandb and the real MLflow, offline: what was written is read back, to the digit."""

from __future__ import annotations

import ast
import json
import math
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from components.language import catalog
from core.notebooks import as_shown, cells
from core.project import writing
from core.project.logged import MOST_ROWS, logged
from core.project.trackers import TRACKERS, lines, pinned, program
from core.runs.heads import heads
from core.runs.run import Run
from core.runs.store import RunStore
from core.training.frames import Frame
from tests.notebooks import check_words
from tests.project.told import ODD, Kept, diverged, last_words, run
from tests.project.tracking_environment import python, student


def numbers_of(told: Run) -> list[tuple[int, dict[str, float]]]:
    """Return what a run measured, straight from its frames: a glimpse has its running loss only."""
    found = []
    for frame in told.frames:
        names = frame.metrics if frame.measured else ("running_loss",)
        measured = {name: frame.metrics[name] for name in names}
        if not frame.diverged:
            measured = {name: value for name, value in measured.items() if not math.isnan(value)}
        found.append((frame.update, {"epoch": frame.epoch, "seconds": frame.seconds} | measured))
    return found


def same(read: list[Any], wanted: list[tuple[int, dict[str, float]]]) -> bool:
    """Whether what was read back is what was measured: every update, every name, every digit, NaN included."""
    if [update for update, _numbers in read] != [update for update, _numbers in wanted]:
        return False
    return all(
        one.keys() == other.keys()
        and all(one[name] == other[name] or (math.isnan(one[name]) and math.isnan(other[name])) for name in one)
        for (_update, one), (_same, other) in zip(read, wanted, strict=True)
    )


def test_wandb_has_kept_every_number(kept: Kept) -> None:
    """Name, settings and all numbers of the run come back from wandb's file; there are some hundreds of them."""
    read = kept.wandb("written-wandb")
    assert (read["name"], read["project"]) == ("digits-3e0150d0", "curseurs")
    assert read["config"] | asdict(run().settings) == read["config"]
    assert sum(len(numbers) for _update, numbers in read["rows"]) > 700
    assert same(read["rows"], numbers_of(run()))


def test_mlflow_has_kept_every_number(kept: Kept) -> None:
    """Name, settings (as text) and all numbers of the run come back from MLflow's database."""
    read = kept.mlflow("written-mlflow")
    assert (read["name"], read["status"]) == ("digits-3e0150d0", "FINISHED")
    wanted = {name: str(value) for name, value in asdict(run().settings).items()}
    assert read["params"] | wanted == read["params"]
    assert same(read["rows"], numbers_of(run()))


def test_a_run_that_diverged_keeps_its_not_a_number(kept: Kept) -> None:
    """Its last losses are not numbers, and are told as such; what was not measured is told by nobody."""
    rows = kept.wandb("wandb-odd", "digits-3f605d18")["rows"]
    assert same(rows, numbers_of(diverged()))
    assert math.isnan(rows[-1][1]["train_loss"])
    assert "train_loss" not in rows[1][1]


def test_infinity_reaches_wandb_as_it_is(kept: Kept) -> None:
    """A loss that left all bounds is not mistaken for one that was not measured."""
    rows = dict(kept.wandb("wandb-odd", ODD.name)["rows"])
    assert rows[0] == {"loss": 2.5}
    assert math.isnan(rows[1]["loss"])
    assert rows[2] == {"loss": math.inf}


@pytest.mark.parametrize("tracker", TRACKERS)
def test_the_notebook_tells_the_same_in_a_kernel(kept: Kept, tracker: str) -> None:
    """Downloaded as a notebook and run cell by cell, the program keeps every number, and says where."""
    name = f"{tracker}-notebook"
    read = kept.wandb(name) if tracker == "wandb" else kept.mlflow(name)
    assert read["name"] == "digits-3e0150d0"
    assert same(read["rows"], numbers_of(run()))
    assert kept.found[name]["said"].strip()


@pytest.mark.parametrize("tracker", TRACKERS)
def test_the_lines_for_ones_own_script_work(kept: Kept, tracker: str) -> None:
    """Executed where their variables stand for something, they keep the settings and the numbers."""
    found = kept.found[f"{tracker}-lines"]
    assert found["status"] == 0, found["said"]
    read = kept.wandb("wandb-lines") if tracker == "wandb" else kept.mlflow("mlflow-lines", "digits-3e0150d0")
    assert read["name"] == "digits-3e0150d0"
    assert read["rows"] == [[7, {"running_loss": 0.5, "test_loss": 0.25}]]
    settings = read["config"] if tracker == "wandb" else read["params"]
    assert {name: str(value) for name, value in settings.items()} == {
        name: str(value) for name, value in asdict(run().settings).items()
    }


def test_a_short_key_is_refused_and_said(kept: Kept) -> None:
    """A key that cannot be one costs no run: it is kept offline, and the program says why."""
    found = kept.found["wandb-short-key"]
    assert found["status"] == 0
    assert "Pas en ligne (" in found["said"]
    assert same(kept.wandb("wandb-short-key")["rows"], numbers_of(run()))


@pytest.mark.parametrize(
    ("bad", "words"),
    [("locked", "Un autre programme écrit dans mlflow.db"), ("newer", "vient d’une autre version de MLflow"),
     ("full", "Le disque est plein")],
)  # fmt: skip
def test_a_bad_database_is_said_in_words(kept: Kept, bad: str, words: str) -> None:
    """A database that another program holds, one of a newer MLflow, a full disk: a sentence, and no success."""
    found = kept.found[f"mlflow-{bad}"]
    assert found["status"] == 1
    assert words in last_words(found["said"])


@pytest.mark.parametrize("tracker", TRACKERS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_without_the_package_the_program_names_the_pip_line(tmp_path: Path, tracker: str, language: str) -> None:
    """Where nothing is installed, its last words are what to type."""
    source = program(tracker, logged(run()), catalog(language).gettext)
    (tmp_path / "run.py").write_text(source, encoding="utf-8")
    bare = [sys.executable, "-I", "-S", "run.py"]
    done = subprocess.run(bare, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip().endswith(f"python -m pip install {pinned(tracker)}")


@pytest.mark.parametrize("tracker", TRACKERS)
def test_what_is_shown_speaks_the_pages_language(tracker: str) -> None:
    """Comments and words are French or English, the program is the same."""
    told = logged(run())
    check_words(lambda _: {"lines": lines(tracker, told, _), "program": program(tracker, told, _)})


@pytest.mark.parametrize("tracker", TRACKERS)
def test_every_shipped_run_makes_a_program(tracker: str) -> None:
    """Whatever the task, the program is Python, its cells have titles, and it weighs less than 100 KB."""
    for head in heads(RunStore()):
        found = RunStore().find(head.settings)
        assert found is not None
        source = program(tracker, logged(found), str)
        ast.parse(as_shown(source))
        assert len(cells(source)) == 3
        assert len(source) < 100_000


def test_a_long_run_is_told_by_its_measured_moments() -> None:
    """Of more moments than a tracker is told, those count in which the model was measured; the last one is there."""
    short = run()
    frames = [Frame(n, n / 100, 0.0, {"running_loss": 1.0}, measured=n % 100 == 0) for n in range(50 * MOST_ROWS)]
    told = logged(Run(short.settings, frames, "finished", short.origin))
    assert len(told.rows) == 50 * MOST_ROWS // 100
    assert told.rows[-1][0] == 50 * MOST_ROWS - 100


def test_the_list_has_what_is_shipped_and_what_was_computed_here(tmp_path: Path) -> None:
    """A run that is stored here is listed after the shipped ones, by its own settings; files of others are not."""
    store = RunStore(str(tmp_path))
    shipped = heads(store)
    assert {head.run_id for head in shipped} == {path.stem for path in store.recorded.glob("*.safetensors")}
    assert all(head.recorded for head in shipped)
    other = Run(type(run().settings)(seed=77), run().frames[:2], "finished", run().origin)
    store.put(other)
    (tmp_path / "0000000000000000.safetensors").write_bytes(other.to_bytes())  # under another's name
    (tmp_path / "1111111111111111.safetensors").write_bytes(other.to_bytes()[:60])
    (tmp_path / "2222222222222222.safetensors").write_bytes(b"\xff" * 9)
    (new,) = heads(store)[len(shipped) :]
    assert (new.settings, new.recorded) == (other.settings, False)
    assert heads(RunStore("nowhere://at/all")) == shipped


def test_a_program_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time it is stopped, with all that it has started, and the page is told so."""
    python()
    monkeypatch.setattr(writing, "SECONDS", 0.5)
    child = "import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    written = writing.write("wandb", "0" * 16, 1, f"{child}time.sleep(60)")
    assert written.archive == b""
    assert written.said == "> 0.5 s"


def test_a_folder_that_may_not_be_written_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full or forbidden disk of the server is an answer, no exception."""
    python()
    monkeypatch.setattr(tempfile, "tempdir", "/proc/none")
    written = writing.write("wandb", "0" * 16, 1, "print(1)")
    assert written.archive == b""
    assert "/proc/none" in written.said


def test_where_no_tracker_is_installed_nothing_is_offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The environment that a variable names counts, and one without the package is none."""
    assert writing.python_of("wandb") == python()
    monkeypatch.setenv(writing.VARIABLE, str(tmp_path))
    assert writing.python_of("a_tracker_that_nobody_wrote") is None
    assert writing.write("a_tracker_that_nobody_wrote", "0" * 16, 1, "").said.startswith("No module named")


def test_the_servers_own_keys_stay_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that a page carries out hears nothing of the variables that trackers read."""
    python()
    monkeypatch.setenv("WANDB_API_KEY", "secret")
    monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", "secret")
    said = "import os\nprint([name for name in os.environ if name.startswith(('WANDB', 'MLFLOW'))])"
    assert writing.write("wandb", "0" * 16, 1, said).said == "[]"


def test_the_versions_are_those_that_were_tested(tmp_path: Path) -> None:
    """What the page says to install is what stands in the environment of these tests."""
    said = [wanted.split("==") for tracker in TRACKERS for wanted in pinned(tracker).split()]
    asked = f"import importlib.metadata as m, json; print(json.dumps([m.version(n) for n, _v in {said}]))"
    done = subprocess.run([python(), "-c", asked], env=student(tmp_path), capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [version for _name, version in said]
