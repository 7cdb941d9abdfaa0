"""A program that tells a tracker of a run, carried out here: in a process and a folder of its own, then as one zip.

wandb and MLflow stand beside the course, in an environment of their own: MLflow asks for other versions than the app.
"""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from core.files import ROOT

VARIABLE = "CURSEURS_TRACKING"
"""Names the environment where wandb and MLflow are installed."""
SECONDS = 120.0
"""What a program may take; wandb needs one, MLflow some three, on a quiet machine."""
PROGRAM = "run.py"
_FOREIGN = ("WANDB", "MLFLOW", "DATABRICKS", "PYTHON")
"""Begin the variables that the program is not told: whoever serves the course may have keys of their own."""
_SAID = 2_000
"""Characters that are kept of what a program says."""


@dataclass(frozen=True)
class Written:
    """What became of a program.

    Attributes:
        archive: the folder that it wrote, as a zip; empty if it failed.
        said: its last words: where it wrote, or why not.
    """

    archive: bytes
    said: str


def python_of(tracker: str) -> str | None:
    """Return the Python that has a tracker installed: the environment's beside the course, or our own; None if neither.

    Args:
        tracker: the name that a program imports it by.
    """
    home = Path(os.environ.get(VARIABLE) or ROOT / ".venv-tracking")
    for python, packages in (
        (home / "bin" / "python", "lib/python*/site-packages"),
        (home / "Scripts" / "python.exe", "Lib/site-packages"),
        (Path(sys.executable), ""),
    ):
        folders = home.glob(packages) if packages else map(Path, sys.path)
        if python.exists() and any((folder / tracker / "__init__.py").exists() for folder in folders):
            return str(python)
    return None


def write(tracker: str, run: str, attempt: int, program: str) -> Written:
    """Carry out a program that tells a tracker of a run; it is to be waited for, by a worker.

    Args:
        tracker: the name that a program imports it by.
        run: the run's id, by which the answer is known.
        attempt: how many times it was asked for: after a full disk the same question has another answer.
        program: Python.
    """
    python = python_of(tracker)
    if python is None:
        return Written(b"", f"No module named {tracker!r}")
    try:
        with TemporaryDirectory(prefix="curseurs-", ignore_cleanup_errors=True) as folder:
            place = Path(folder) / f"{tracker}-{run[:8]}"
            place.mkdir()
            (place / PROGRAM).write_text(program, encoding="utf-8")
            ended, said = _carry_out(python, place, home=Path(folder))
            return Written(b"" if ended else _zipped(place), said)
    except OSError as error:  # the disk is full, or its folder may not be written
        return Written(b"", str(error))


def _carry_out(python: str, place: Path, home: Path) -> tuple[int, str]:
    """Run the program in its folder; return its exit status and its last words, without the name of our folder."""
    told = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    told |= {"HOME": str(home), "USERPROFILE": str(home), "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        [python, PROGRAM],
        cwd=place,
        env=told,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        words, _nothing = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        _end(process)
        return 1, f"> {SECONDS:g} s"
    said = words.decode("utf-8", "replace").strip().splitlines()
    last = said[-1][-_SAID:] if said else ""
    return process.returncode, last.replace(str(place.resolve()), place.name).replace(str(place), place.name)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it has started: wandb keeps a process of its own."""
    with suppress(OSError, AttributeError):  # gone already; no process groups on this system
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()


def _zipped(place: Path) -> bytes:
    """Return a folder as a zip, the program included; links, such as wandb's to its latest run, are left out."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(place.rglob("*")):
            if path.is_file() and not any(part.is_symlink() for part in (path, *path.parents) if part != place):
                packed.write(path, Path(place.name) / path.relative_to(place))
    return archive.getvalue()
