"""Where finished runs are kept: recorded ones in assets/runs/, computed ones in a folder or at any fsspec URL."""

from __future__ import annotations

import logging
import os
import uuid
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import fsspec

from core.files import PART, RUNS, cache_folder
from core.once import once
from core.runs.run import DamagedRun, Run, from_bytes
from core.training.settings import Settings

URL_VARIABLE = "CURSEURS_RUNS"
SUFFIX = ".safetensors"

log = logging.getLogger(__name__)


@dataclass
class RunStore:
    """Finished runs by their id. Whatever happens to it costs a computation, never a page or a run.

    Attributes:
        url: a local folder or any fsspec URL (`s3://bucket/runs`), shared by as many servers as wanted.
        recorded: the folder of the runs shipped with the program.
        damaged: ids whose file could not be read; such a run is computed again.
        not_kept: ids of runs that could not be written: they live as long as this server.
    """

    url: str = field(default_factory=lambda: os.environ.get(URL_VARIABLE) or str(cache_folder("runs")))
    recorded: Path = RUNS
    damaged: set[str] = field(default_factory=set)
    not_kept: set[str] = field(default_factory=set)

    def find(self, settings: Settings) -> Run | None:
        """Return the run of these settings, recorded or computed earlier, or None."""
        shipped = self.recorded / f"{settings.run_id}{SUFFIX}"
        if shipped.exists():
            return _recorded_run(shipped)
        try:
            with fsspec.open(self._address(settings.run_id), "rb") as file:
                run = from_bytes(file.read())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except DamagedRun as error:
            log.warning("stored run %s ignored: %s", settings.run_id, error)
        except Exception:  # rights, credentials, a missing driver, a broken disk: whatever it is, the run is computed
            log.exception("stored run %s not read", settings.run_id)
        else:
            if run.settings == settings:  # else a foreign file under this name
                return run
        self.damaged.add(settings.run_id)
        return None

    def ids(self) -> set[str]:
        """Return the ids of all runs that are there, with one look at the store."""
        found = {path.stem for path in self.recorded.glob(f"*{SUFFIX}")}
        try:
            files, folder = fsspec.core.url_to_fs(self.url)
            found |= {PurePosixPath(name).stem for name in files.ls(folder, detail=False) if name.endswith(SUFFIX)}
        except FileNotFoundError:  # nothing was ever stored
            return found
        except Exception:  # as above: a store that cannot be read has nothing
            log.exception("the store of runs %s not read", self.url)
        return found

    def put(self, run: Run) -> None:
        """Keep a finished run. A full, forbidden or unreachable store is logged, and `not_kept` says so to the page."""
        address = self._address(run.run_id)
        part = f"{address}.{uuid.uuid4().hex[:8]}{PART}"  # two servers may store the same run
        try:
            files, path = fsspec.core.url_to_fs(part)
            try:
                with fsspec.open(part, "wb", auto_mkdir=True) as file:
                    file.write(run.to_bytes())
                files.mv(path, fsspec.core.url_to_fs(address)[1])  # a reader sees a whole file or none
            except BaseException:
                if files.exists(path):
                    files.rm(path)
                raise
        except Exception:
            log.exception("run %s not stored", run.run_id)
            self.not_kept.add(run.run_id)
            return
        self.damaged.discard(run.run_id)
        self.not_kept.discard(run.run_id)

    def problem(self) -> str | None:
        """Return why runs cannot be kept here, or None: asked when the server starts, not when a run is lost."""
        probe = f"{self.url.rstrip('/')}/{uuid.uuid4().hex[:8]}{PART}"
        try:
            with fsspec.open(probe, "wb", auto_mkdir=True) as file:
                file.write(b"")
            files, path = fsspec.core.url_to_fs(probe)
            files.rm(path)
        except Exception as error:
            return f"{self.url}: {error}"
        return None

    def _address(self, run_id: str) -> str:
        return f"{self.url.rstrip('/')}/{run_id}{SUFFIX}"


@once(16)
def _recorded_run(path: Path) -> Run:
    return from_bytes(path.read_bytes(), recorded=True)
