"""Where finished runs are kept: recorded ones in assets/runs/, computed ones in a folder or at any fsspec URL."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import fsspec

from core.files import RUNS, cache_folder
from core.runs.run import DamagedRun, Run, from_bytes
from core.training.settings import Settings

URL_VARIABLE = "CURSEURS_RUNS"
log = logging.getLogger(__name__)


@dataclass
class RunStore:
    """Finished runs by their id.

    Attributes:
        url: a local folder or any fsspec URL (`s3://bucket/runs`), shared by as many servers as wanted.
        damaged: ids whose file could not be read; such a run is computed again.
    """

    url: str = field(default_factory=lambda: os.environ.get(URL_VARIABLE) or str(cache_folder("runs")))
    recorded: Path = RUNS
    damaged: set[str] = field(default_factory=set)

    def find(self, settings: Settings) -> Run | None:
        """Return the run of these settings, recorded or computed earlier, or None."""
        shipped = self.recorded / f"{settings.run_id}.safetensors"
        if shipped.exists():
            return _recorded_run(shipped)
        return self._computed(settings)

    def put(self, run: Run) -> None:
        """Keep a finished run. A full or unreachable store is logged; the run itself is not lost to its students."""
        address = self._address(run.run_id)
        try:
            with fsspec.open(f"{address}.part", "wb", auto_mkdir=True) as file:
                file.write(run.to_bytes())
            files, path = fsspec.core.url_to_fs(address)
            files.mv(f"{path}.part", path)  # a reader sees a whole file or none
            self.damaged.discard(run.run_id)
        except OSError as error:
            log.warning("run %s not stored: %s", run.run_id, error)

    def _computed(self, settings: Settings) -> Run | None:
        try:
            with fsspec.open(self._address(settings.run_id), "rb") as file:
                run = from_bytes(file.read())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (DamagedRun, OSError) as error:
            log.warning("stored run %s ignored: %s", settings.run_id, error)
            self.damaged.add(settings.run_id)
            return None
        if run.settings != settings:  # a foreign file under this name
            self.damaged.add(settings.run_id)
            return None
        return run

    def _address(self, run_id: str) -> str:
        return f"{self.url.rstrip('/')}/{run_id}.safetensors"

    def recorded_runs(self) -> Iterator[Run]:
        """Yield the runs shipped with the program."""
        for path in sorted(self.recorded.glob("*.safetensors")):
            if len(path.stem) == 16:  # other recordings (sweeps) lie there under their own names
                yield _recorded_run(path)


@lru_cache(maxsize=16)
def _recorded_run(path: Path) -> Run:
    return from_bytes(path.read_bytes(), recorded=True)
