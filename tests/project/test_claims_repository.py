"""What the lesson says of the repository: it runs as it is downloaded, where no connection can be opened."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from tests.project.downloaded import carried_out, git, unzipped

IN_ORDER = """
import runpy, socket, sys
socket.socket.connect = None
sys.path.insert(0, "")
for sys.argv in (["check_data.py"], ["baseline.py"], ["train.py", "--epochs", "2"]):
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    except SystemExit as end:
        assert not end.code
"""
NOISE = ("wandb/run-1/x.wandb", "mlflow.db", "mlruns/0/meta.yaml", "data/cache/big.npz", ".venv/pyvenv.cfg", ".env")
"""What lies about in a student's folder sooner or later."""


@pytest.mark.slow
def test_the_repository_runs_as_downloaded(tmp_path: Path) -> None:
    """Check, baselines, training, tests, ruff: all well. Then git takes what was downloaded, and no more.

    And the bundle of the README is cloned again, without a network.
    """
    folder = unzipped(tmp_path)
    with np.load(folder / "data" / "digits.npz") as held:
        assert len(held["images"]) == len(held["labels"]) == 1_200
    downloaded = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    said = carried_out(folder, sys.executable, "-c", IN_ORDER)
    assert all(words in said for words in ("Rien d’anormal", "plus proche voisin", "réseau (validation)"))
    assert " passed" in carried_out(folder, sys.executable, "-m", "pytest", "-q")
    carried_out(folder, sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    carried_out(folder, sys.executable, "-m", "ruff", "format", "--check", "--no-cache", ".")
    assert any((folder / "runs").iterdir())
    for noise in NOISE:
        (folder / noise).parent.mkdir(parents=True, exist_ok=True)
        (folder / noise).write_text("x", encoding="utf-8")
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "Première version")
    assert set(git(folder, "ls-files", "-z").strip("\0").split("\0")) == downloaded
    git(folder, "bundle", "create", f"../{folder.name}.bundle", "--all")
    git(tmp_path, "clone", f"{folder.name}.bundle", "la-copie")
    assert (tmp_path / "la-copie" / "train.py").read_bytes() == (folder / "train.py").read_bytes()
