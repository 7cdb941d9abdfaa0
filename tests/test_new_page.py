"""The README's way to a new page, gone step by step in a copy of the course."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from core.files import ROOT

STEM = "perceptron"
"""The page that the README begins."""
NOT_COPIED = ignore_patterns(".git", ".venv", "node_modules", ".*_cache", ".hypothesis")


def recipe() -> list[list[str]]:
    """Return the commands of the README's section, each as a list of its words."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## Add a page")[1]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert block
    return [line.split("#")[0].split() for line in block[1].splitlines()]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the course in which the README's commands were given."""
    folder = tmp_path_factory.mktemp("new") / "course"
    copytree(ROOT, folder, ignore=NOT_COPIED)
    for words in recipe():
        if words[0].endswith("python"):  # what follows, `make test`, is looked at below
            run(folder, words[1:])
    return folder


def run(folder: Path, words: Sequence[str]) -> str:
    """Run Python in a folder, knowing nothing of this one; return what it says."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHONPATH"))}
    done = subprocess.run([sys.executable, *words], cwd=folder, env=inherited, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


ASKED = f"""
import pytest
rooms = ["tests/{STEM}", "tests/course"]
pytest.main(["--only={STEM}", "--collect-only", *rooms])
print("{STEM}: what runs")
status = pytest.main(["-vv", "--only={STEM}", "--ignore-glob=*in_browser.py", "-k", "not notebooks", *rooms])
raise SystemExit(status)
"""
"""What `make test ONLY=…` would run is listed, then all of it that needs no browser is run; torch is read once."""


@pytest.fixture(scope="module")
def asked(course: Path) -> list[str]:
    """Return the tests that are asked for by the page's name, and what those without a browser say."""
    return run(course, ["-c", ASKED]).split(f"{STEM}: what runs")


def test_the_new_page_stands_in_navigation_in_both_languages(asked: list[str]) -> None:
    """Its own tests pass, and those of every page: found on home, opened in French and English, complete, walled in.

    But for its notebooks: they are the other page's to the letter.
    """
    said = asked[1]
    for test in ("is_in_the_navigation_and_on_home[{}]", "opens_in_both_languages_without_a_network[{}]",
                 "has_one_room_in_each_layer[{}]"):  # fmt: skip
        assert re.search(re.escape(test.format(STEM)) + r" PASSED", said), said


def test_its_own_tests_and_those_of_every_page_are_asked_for_by_its_name(asked: list[str]) -> None:
    """What `make test ONLY=…` collects holds the page's own tests and its place in the matrix, and no other page."""
    assert ["make", "test", f"ONLY={STEM}"] in recipe()
    listed = asked[0]
    assert f"tests/{STEM}/test_in_browser.py::" in listed
    assert f"test_an_opened_page_is_accessible_and_french[{STEM}]" in listed
    assert f"test_hostile_values_in_every_url_parameter_are_ignored[{STEM}]" in listed
    assert "test_hostile_values_in_every_url_parameter_are_ignored[embeddings]" not in listed


def test_the_walls_stand_around_the_new_page(course: Path) -> None:
    """Every contract of the imports is kept, with the new page as a layer's member."""
    assert "0 broken" in run(course, ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"])


def test_nothing_of_it_is_left_here(course: Path) -> None:
    """The course itself, from which the copy was made, knows no such page."""
    assert (course / "pages" / f"{STEM}.py").exists()
    assert not [path for folder in ("pages", "core", "components", "tests", "assets")
                for path in (ROOT / folder).rglob(f"{STEM}*")]  # fmt: skip
    assert STEM not in (ROOT / "core" / "course.py").read_text(encoding="utf-8")
