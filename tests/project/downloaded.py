"""The repository as a student downloads it, and the commands of its README."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from pathlib import Path

from components.language import catalog
from core.project.canvas import Canvas
from core.project.repository import repository

CANVAS = Canvas(name="Les panneaux | de *ma* rue", question="Combien de <b>panneaux</b> sont lus ?", measure="80 %")


def unzipped(folder: Path, language: str = "fr", tracker: str = "") -> Path:
    """Download the repository in a language, and return its folder."""
    data = repository(CANVAS, tracker, language, "http://cours:8501", catalog(language).gettext)
    zipfile.ZipFile(io.BytesIO(data)).extractall(folder)
    (found,) = folder.iterdir()
    return found


def carried_out(folder: Path, *command: str, **variables: str) -> str:
    """Run a command of the README in a folder, one thread; return what it printed."""
    told = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "", "PYTHONIOENCODING": "utf-8"} | variables
    done = subprocess.run(command, cwd=folder, env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def git(folder: Path, *command: str) -> str:
    """Run git as somebody who has a name."""
    me = ("-c", "user.name=A student", "-c", "user.email=student@localhost", "-c", "init.defaultBranch=main")
    return carried_out(folder, "git", *me, *command, HOME=str(folder), GIT_CONFIG_NOSYSTEM="1")
