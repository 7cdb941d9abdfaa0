"""A room, served once for every test of the course that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import psutil
import pytest

from tests.course.rooms import Room
from tests.in_browser import start_server, stop_server


@pytest.fixture(scope="session")
def served_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Serve a room as `make class` does."""
    folder = tmp_path_factory.mktemp("room")
    url, process = start_server(folder, room=True)
    yield Room(url, folder, psutil.Process(process.pid))
    stop_server(process)
