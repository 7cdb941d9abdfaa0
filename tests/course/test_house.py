"""The house: every page has its rooms, the walls know them, and what was recorded before the last move still opens."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from dataclasses import replace

import pytest

from core.batch_learning_rate.rate_map import recorded, runs_of
from core.course import CHAPTERS, concepts
from core.embeddings.presets import PRESETS as LETTERS
from core.files import ROOT, RUNS
from core.runs.run import from_bytes
from core.tasks.digits.settings import COURSE_CNN, COURSE_MLP

STEMS = [concept.stem for concept in concepts()]
PLANNED = {concept.stem for chapter in CHAPTERS for concept in chapter.concepts}
RECORDED = {
    "0453f46e4c5066b4": COURSE_CNN,
    "3e0150d02e83592f": COURSE_MLP,
    "43cef309606f82d2": LETTERS["words"],
    "c514c175fa2cc6a1": replace(LETTERS["names"], seed=1),
    "e649b7e591b07d42": LETTERS["best"],
}
"""The runs shipped with the first version, by the id that links and stores know them by."""


def test_the_walls_know_every_page() -> None:
    """The layers of core and of components name every page once, side by side, and none that the course does not plan.

    A page that another one stands on is named below: the arena has the chat's servers write.
    """
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    for container in ("core", "components"):
        layers = next(c["layers"] for c in contracts if c.get("containers") == [container])
        named = [name for layer in layers for name in layer.split(" | ") if name in PLANNED]
        (beside,) = [set(layer.split(" | ")) for layer in layers if "forward_pass" in layer]
        assert set(STEMS) <= set(named), container
        assert len(set(named)) == len(named), container
        assert beside <= PLANNED, container
        assert set(named) - beside <= {"chat"}, container


@pytest.mark.parametrize("stem", STEMS)
def test_a_page_has_one_room_in_each_layer(stem: str) -> None:
    """Whoever knows a stem knows where its page, subject, views, lessons and tests are."""
    for room in (f"pages/{stem}.py", f"core/{stem}", f"components/{stem}", f"tests/{stem}",
                 f"assets/lessons/fr/{stem}.md", f"assets/lessons/en/{stem}.md"):  # fmt: skip
        assert (ROOT / room).exists(), room


def test_showing_a_page_loads_no_torch() -> None:
    """Importing every page's views, as the web process does, imports neither torch nor Keras nor transformers."""
    views = [f"components.{path.parent.name}.{path.stem}" for stem in STEMS
             for path in (ROOT / "components" / stem).glob("*.py")]  # fmt: skip
    assert len(views) > 20
    script = (
        f"import sys, importlib\n[importlib.import_module(name) for name in {views}]\n"
        "print([name for name in ('torch', 'keras', 'transformers', 'spacy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_packages_hold_a_docstring_only() -> None:
    """Importing a package imports none of its modules: `core.training.settings` must not bring torch."""
    for package in (*(ROOT / "core").rglob("__init__.py"), *(ROOT / "pages").rglob("__init__.py")):
        lines = [line for line in package.read_text().splitlines() if line]
        assert len(lines) == 1, package
        assert lines[0].startswith('"""'), package


def test_yesterdays_runs_open_under_their_old_ids() -> None:
    """The ids of the first version's runs are those of the same settings today, and their files are read whole."""
    for run_id, settings in RECORDED.items():
        assert settings.run_id == run_id
        run = from_bytes((RUNS / f"{run_id}.safetensors").read_bytes())
        assert run.settings == settings
        assert run.status == "finished"
        assert run.measured[-1].weights


def test_yesterdays_map_opens_whole() -> None:
    """All 351 runs of the shipped map are there, each with its curves."""
    shipped = recorded("sgd")
    assert shipped is not None
    found = list(runs_of(shipped))
    assert len(found) == 351
    assert all(run.measured for run in found)
