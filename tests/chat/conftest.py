"""Two real servers, each started once: llama.cpp's with the model of the course, and the poor `transformers serve`.

And a small one whose answers are bad on purpose: a server, as any other, on a port of this machine.
"""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.chat import answering, budget, capabilities, embedded
from core.chat.servers import EMBEDDED, Server, server_of
from tests.chat import tiny_model
from tests.chat.odd_server import OddServer
from tests.helpers import free_port, until


@pytest.fixture(autouse=True)
def _nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin without what was learned of servers, without a budget, at home."""
    for name in ("CURSEURS_CLASS", "CURSEURS_CHAT_SERVERS", budget.REQUESTS, budget.TOKENS):
        monkeypatch.delenv(name, raising=False)
    capabilities.forget()
    budget.default.cache_clear()
    yield
    budget.default.cache_clear()


@pytest.fixture
def in_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURSEURS_CLASS", "1")


@pytest.fixture(scope="package")
def _llama() -> Iterator[None]:
    assert not embedded.problem(), "install requirements.txt and requirements-nodeps.txt"
    yield
    answering.stop()
    embedded.stop()


@pytest.fixture
def smollm2(_llama: None) -> Server:
    """Return the model that comes with the course, running."""
    embedded.reached()
    return EMBEDDED


@pytest.fixture(scope="package")
def poor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a tiny model of random weights with `transformers serve`, as the README of transformers says."""
    folder = tmp_path_factory.mktemp("poor")
    tiny_model.write(folder / "model")
    port = free_port()
    command = [str(Path(sys.executable).parent / "transformers"), "serve", str(folder / "model"), "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*command, "--host", "127.0.0.1", "--device", "cpu"], stdout=log, stderr=log)
    until(lambda: process.poll() is not None or _answers(port))
    assert process.poll() is None, (folder / "log").read_text()
    yield server_of(f"http://127.0.0.1:{port}/v1", str(folder / "model"))
    process.terminate()
    process.wait()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
            return True
    except OSError:
        return False


@pytest.fixture(scope="package")
def odd() -> Iterator[OddServer]:
    """Return the server whose answers are bad on purpose."""
    with OddServer() as running:
        yield running
