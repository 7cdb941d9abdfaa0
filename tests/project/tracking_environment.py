"""The environment in which wandb and MLflow are real: made once, beside the course's own, as `make tracking` does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock

from core.files import ROOT
from core.once import once

HOME = ROOT / ".venv-tracking"
WANTED = ROOT / "requirements-tracking.txt"
PYTHON = HOME / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
COURSE = Path(pytest.__file__).parents[1]
"""Where the course's own packages are: the repository's training takes torch from there."""


@once()
def python() -> str:
    """Return the Python that has wandb and MLflow; its environment is made if it is not there yet, half a minute.

    Raises:
        pytest.fail: it cannot be made; what is tested with it is never skipped in silence.
    """
    with FileLock(Path(tempfile.gettempdir()) / "curseurs-tracking.lock"):
        made = HOME / "installed"
        if not made.exists() or made.stat().st_mtime < WANTED.stat().st_mtime:
            _make()
            made.touch()
    return str(PYTHON)


def packages() -> str:
    """Return where that environment has its packages."""
    told = subprocess.run([python(), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    return told.stdout.strip()


def _make() -> None:
    uv = shutil.which("uv")
    create = [uv, "venv", "--allow-existing", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
    install = [uv, "pip", "install", "--python", str(PYTHON)] if uv else [str(PYTHON), "-m", "pip", "install", "-q"]
    for command in ([*create, str(HOME)], [*install, "-r", str(WANTED)]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.fail(
                "wandb and MLflow are tested as they are, in the environment .venv-tracking, and it could not be made: "
                f"pip has to reach a package index, once. {done.stderr.strip().splitlines()[-1:]}"
            )


def student(home: Path, **more: str) -> dict[str, str]:
    """Return the variables of a student who has no key, and a home of their own."""
    home.mkdir(parents=True, exist_ok=True)
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("WANDB", "MLFLOW"))}
    return mine | {"HOME": str(home), "USERPROFILE": str(home), "PYTHONIOENCODING": "utf-8"} | more
