"""The course, served once for all processes that test it: the one that hands out the tests starts it if one asks.

The pages that are opened without a browser compute on the workers of that server: reading torch and a language model
takes a worker seconds, and two for each process would do nothing else while the first tests wait.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import psutil
import pytest
from distributed import rpc

from core.files import write_whole
from core.language_models import smollm2
from tests.helpers import RARELY, until
from tests.in_browser import start_server, stop_server

FOLDER = "the folder of the course that is served"


class Controller:
    """The part of the process that hands out the tests. Its hooks are pytest-xdist's."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="curseurs-"))
        self.process: subprocess.Popen[bytes] | None = None
        self.starting: Thread | None = None

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a process where it will read the address."""
        node.workerinput[FOLDER] = str(self.folder)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self) -> None:
        """Start the server while the first tests run, if one of them wants it."""
        if self.starting is None and (self.folder / "wanted").exists():
            self.starting = Thread(target=self._start)
            self.starting.start()

    def _start(self) -> None:
        address, self.process = start_server(self.folder, CURSEURS_MODELS=with_smollm2(self.folder))
        until(lambda: self._write(address), every=RARELY)

    def _write(self, address: str) -> bool:
        """Write where the course and its workers are; False while those are still starting."""
        assert self.process is not None
        listening = [heard.laddr.port for heard in psutil.Process(self.process.pid).net_connections("tcp")
                     if heard.status == psutil.CONN_LISTEN]  # fmt: skip
        found = [at for port in listening if _is_scheduler(at := f"tcp://127.0.0.1:{port}")]
        if found:
            write_whole(self.folder / "addresses", json.dumps([address, *found]).encode())
        return bool(found)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Stop it after the last test of all; its log stays if one failed."""
        if self.starting is not None:
            self.starting.join()
        if self.process is not None:
            stop_server(self.process)
        if not exitstatus:
            shutil.rmtree(self.folder, ignore_errors=True)


def with_smollm2(folder: Path) -> str:
    """Return a folder of models for a server, where SmolLM2 is the one that this user's cache has, or will have.

    A server's own home is empty: it would convert the model anew, twelve core-seconds.
    """
    models = folder / "models"
    models.mkdir()
    smollm2.cache().mkdir(parents=True, exist_ok=True)
    (models / smollm2.FOLDER).symlink_to(smollm2.cache(), target_is_directory=True)
    return str(models)


def note_wish(config: pytest.Config, items: Sequence[pytest.Function]) -> None:
    """Have the controller start the course if one of these tests asks for its address."""
    if (folder := _folder(config)) and any("url" in test.fixturenames for test in items):
        (folder / "wanted").touch()


def addresses(config: pytest.Config) -> tuple[str, str] | None:
    """Return where the course and its workers' scheduler are for all; None where this process tests alone."""
    folder = _folder(config)
    if folder is None or not (folder / "wanted").exists():
        return None
    until((folder / "addresses").exists)
    address, scheduler = json.loads((folder / "addresses").read_text())
    return address, scheduler


def _is_scheduler(address: str) -> bool:
    """Whether what listens there is Dask's scheduler: a worker's keeper, or a server of another kind, is not."""

    async def kind() -> str:
        async with rpc(address) as server:
            return str((await asyncio.wait_for(server.identity(), 1))["type"])

    try:
        return asyncio.run(kind()) == "Scheduler"
    except (OSError, TimeoutError):
        return False


def _folder(config: pytest.Config) -> Path | None:
    found: dict[str, str] = getattr(config, "workerinput", {})
    return Path(found[FOLDER]) if FOLDER in found else None
