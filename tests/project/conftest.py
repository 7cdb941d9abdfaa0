"""What the tests of trackers look at: programs that were carried out once, for all of them and all processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from filelock import FileLock

from tests.project.told import Kept, carry_out_all


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Kept:
    """Return what the trackers have kept of every program; the first process that asks carries them out."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    answer = shared / "told.json"
    with FileLock(f"{answer}.lock"):
        if not answer.exists():
            answer.write_text(json.dumps(carry_out_all(shared / "told")), encoding="utf-8")
    return Kept(Path(shared / "told"), json.loads(answer.read_text(encoding="utf-8")))
