"""The course, served once for all processes that test it: the one that hands out the tests starts it if one asks."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from core.files import write_whole
from tests.helpers import until
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
        address, self.process = start_server(self.folder)
        write_whole(self.folder / "address", address.encode())

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Stop it after the last test of all; its log stays if one failed."""
        if self.starting is not None:
            self.starting.join()
        if self.process is not None:
            stop_server(self.process)
        if not exitstatus:
            shutil.rmtree(self.folder, ignore_errors=True)


def note_wish(config: pytest.Config, items: Sequence[pytest.Function]) -> None:
    """Have the controller start the course if one of these tests asks for its address."""
    if (folder := _folder(config)) and any("url" in test.fixturenames for test in items):
        (folder / "wanted").touch()


def address(config: pytest.Config) -> str | None:
    """Return where the course is served for all; None where this process tests alone."""
    if (folder := _folder(config)) is None:
        return None
    until((folder / "address").exists)
    return (folder / "address").read_text()


def _folder(config: pytest.Config) -> Path | None:
    found: dict[str, str] = getattr(config, "workerinput", {})
    return Path(found[FOLDER]) if FOLDER in found else None
