"""Every program that tells a tracker of a run, carried out against the real wandb and the real MLflow."""

from __future__ import annotations

import json
import re
import resource
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from math import inf, nan
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from components.language import catalog
from core.files import ROOT
from core.notebooks import notebook
from core.project import writing
from core.project.logged import Logged, logged
from core.project.trackers import lines, program
from core.runs.run import Run
from core.runs.store import RunStore
from core.tasks.digits.settings import COURSE_MLP
from core.train_val_test.presets import PRESETS
from tests.notebooks import run_notebooks
from tests.project.tracking_environment import packages, python, student

KEY = "0123456789abcdef" * 3
"""As long as one of wandb's, and nobody's."""
SMALL = 40_000
"""Bytes that a file may have where a disk is full."""
ODD = Logged("odd-00000000", {"seed": 1}, ((0, {"loss": 2.5}), (1, {"loss": nan}), (2, {"loss": inf})))
PLAIN = """
import wandb
run = wandb.init(project="plain", mode="offline")
for update in range(2000):
    run.log({"loss": 1 / (1 + update), "epoch": update / 10}, step=update)
run.finish()
"""
"""What anybody writes, on a disk that fills up."""


@dataclass(frozen=True)
class Kept:
    """What became of all programs.

    Attributes:
        folder: holds a folder for each.
        found: by its name, what the tracker has kept there, its exit status and what it said.
    """

    folder: Path
    found: Mapping[str, Any]

    def wandb(self, name: str, named: str = "") -> dict[str, Any]:
        """Return a run that wandb has kept of a program; where it tried to go online, an empty one lies beside it."""
        return next(run for run in self.found[name]["wandb"] if named in {"", run["name"]} and run["rows"])

    def mlflow(self, name: str, named: str = "") -> dict[str, Any]:
        """Return the last run that MLflow has kept of a program."""
        return next(run for run in reversed(self.found[name]["mlflow"]) if named in {"", run["name"]})

    def files(self, name: str) -> list[Path]:
        """Return all files that a program has left, in its folder and in its student's home."""
        return [path for path in (self.folder / name).rglob("*") if path.is_file() and not path.is_symlink()]


def run() -> Run:
    """Return the run that is told: the course's network on digits, as it was recorded."""
    found = RunStore().find(COURSE_MLP)
    assert found is not None
    return found


def diverged() -> Run:
    """Return a run that ends in not-a-number."""
    found = RunStore().find(PRESETS["too_fast"])
    assert found is not None
    assert found.status == "diverged"
    return found


def carry_out_all(folder: Path) -> dict[str, Any]:
    """Carry out every program beside the others; return what each left and said."""
    folder.mkdir()
    interpreter, french = python(), catalog("fr").gettext
    server, asked = _refusing()
    here = f"http://127.0.0.1:{server.server_port}"
    watched = {"HTTP_PROXY": here, "HTTPS_PROXY": here, "NO_PROXY": "", "no_proxy": ""}
    told, broken = logged(run()), logged(diverged())
    of_wandb, of_mlflow = program("wandb", told, french), program("mlflow", told, french)
    online = {"WANDB_MODE": "online"}
    quick = of_wandb.replace("init_timeout=20", "init_timeout=2")
    assert quick != of_wandb

    with pytest.MonkeyPatch.context() as patch:  # as a worker of the course does, on a machine that is watched
        for name, value in watched.items():
            patch.setenv(name, value)
        patch.setenv("WANDB_API_KEY", KEY)
        for tracker, source in (("wandb", of_wandb), ("mlflow", of_mlflow)):
            written = writing.write(tracker, run().run_id, 1, source)
            assert written.archive, written.said
            zipfile.ZipFile(BytesIO(written.archive)).extractall(folder / f"written-{tracker}")
    quietly = len(asked)

    base = next((folder / "written-mlflow").rglob("mlflow.db"))
    for name in ("mlflow-lines", "mlflow-locked", "mlflow-newer", "mlflow-full"):
        (folder / name).mkdir()
        shutil.copy(base, folder / name / "mlflow.db")
    with closing(sqlite3.connect(folder / "mlflow-newer" / "mlflow.db")) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'")
    locked = sqlite3.connect(folder / "mlflow-locked" / "mlflow.db", isolation_level=None)
    locked.execute("BEGIN EXCLUSIVE")

    own = {"running_loss": 0.5, "test_loss": 0.25, "train_loss": 0.125, "update": 7}
    before = "".join(f"{name} = {value}\n" for name, value in own.items())
    full = base.stat().st_size + SMALL // 4
    key = {"WANDB_API_KEY": KEY}
    sources: dict[str, tuple[str, dict[str, str], int]] = {
        "wandb-odd": (program("wandb", broken, french) + program("wandb", ODD, french), {}, 0),
        "wandb-lines": (before + lines("wandb", told, french), {}, 0),
        "wandb-no-key": (of_wandb, online, 0),
        "wandb-short-key": (of_wandb, online | {"WANDB_API_KEY": "abc"}, 0),
        "wandb-wrong-key": (of_wandb, online | key | {"WANDB_BASE_URL": here}, 0),
        "wandb-no-network": (quick, online | key | {"WANDB_BASE_URL": "http://127.0.0.1:9"}, 0),
        "wandb-plain-full": (PLAIN, {}, SMALL),
        "wandb-full": (of_wandb, {}, SMALL),
        "mlflow-lines": (before + lines("mlflow", told, french) + program("mlflow", ODD, french), {}, 0),
        "mlflow-locked": (of_mlflow, {}, 0),
        "mlflow-newer": (of_mlflow, {}, 0),
        "mlflow-full": (program("mlflow", replace(told, config={"long": "x" * 5_900}), french), {}, full),
    }
    notebooks = {f"{tracker}-notebook": program(tracker, told, french) for tracker in ("wandb", "mlflow")}
    running = {name: _start(interpreter, folder / name, *source) for name, source in sources.items()}
    ended = {
        name: {"said": process.communicate()[0], "status": process.returncode} for name, process in running.items()
    }
    ended |= {name: _in_a_kernel(folder / name, source, watched) for name, source in notebooks.items()}
    locked.close()
    server.shutdown()
    read = [
        "written-wandb",
        "written-mlflow",
        "mlflow-lines",
        *(name for name in sources if "wandb" in name),
        *notebooks,
    ]
    reader = str(ROOT / "tests" / "project" / "read_back.py")
    done = subprocess.run(
        [interpreter, reader, *read],
        cwd=folder,
        env=student(folder / "reader"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    for name, end in ended.items():
        found.setdefault(name, {}).update(end)
    return found | {"asked before": asked[:quietly], "asked": asked}


def _in_a_kernel(folder: Path, source: str, variables: dict[str, str]) -> dict[str, Any]:
    """Run a program as the notebook that is downloaded: in a kernel of its own, which has the trackers to import."""
    folder.mkdir()
    book = notebook("Suivre", source, (), catalog("fr").gettext)
    mine = student(folder / "home", PYTHONPATH=packages(), **variables)
    left = run_notebooks(folder, {"suivre": book}, fresh=True, variables=mine)
    return {"said": left["suivre"]["printed"], "status": 0}


def _start(
    interpreter: str, folder: Path, source: str, variables: dict[str, str], largest: int
) -> subprocess.Popen[str]:
    """Start a program in its folder; with `largest`, no file may have more bytes, as on a disk that is full."""
    folder.mkdir(exist_ok=True)
    (folder / "run.py").write_text(source, encoding="utf-8")

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    before: Callable[[], None] | None = limited if largest else None
    return subprocess.Popen(
        [interpreter, "run.py"],
        cwd=folder,
        env=student(folder / "home", **variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=before,
    )


def _refusing() -> tuple[ThreadingHTTPServer, list[str]]:
    """Start a server that knows nobody: it answers 401 to everything, and notes whoever asks."""
    asked: list[str] = []

    class Refusing(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(f"{self.path} {self.headers.get('Authorization', '')}")
            body = b'{"error": "who are you?"}'
            self.send_response(401)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_CONNECT = do_POST

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    Thread(target=server.serve_forever, daemon=True).start()
    return server, asked


def last_words(said: str) -> str:
    """Return the last line that a program printed."""
    return re.sub(r"\s+", " ", said.strip().splitlines()[-1])
