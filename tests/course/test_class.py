"""A class meets a server that was started this second; closed tabs are told of; what many ask for is computed once."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path

import pytest

from components.server import memory, sessions
from core.course import concepts
from core.files import ROOT
from core.once import once
from tests.benchmarks.classroom import Student, attend, every_page, run
from tests.helpers import until
from tests.in_browser import start_server, stop_server

STEMS = ["", *(concept.stem for concept in concepts())]


def test_a_class_that_meets_a_cold_server_sees_no_error(tmp_path: Path) -> None:
    """Thirty tabs at once open every page, with its controls: no exception is shown, no connection cut.

    Each opens eight in turn, another one first: ten tabs and more meet on every page. The benchmark has all open all.
    """
    url, process = start_server(tmp_path)
    try:
        found = run(attend(url, 30, 0, every_page(STEMS, most=8)))
    finally:
        stop_server(process)
    assert not found.faults, found.faults[0]
    assert not found.cut, found.cut[0]
    assert len(found.first) == 30
    assert len(found.pages) == 30 * 7
    assert min(found.opened[stem] for stem in STEMS) >= 10
    log = next(tmp_path.glob("server-*.log")).read_text()
    assert len(re.findall(r"Curseurs prepares itself… ", log)) == 1
    assert len(re.findall(r"ready in \d+\.\d s", log)) == 1


def test_students_of_the_class_see_what_a_browser_would(url: str) -> None:
    """The class's own oracle: a slider moved draws another page, an unknown one is an error of the test."""

    async def lesson() -> None:
        async with Student(url) as student:
            await student.open("train_val_test", "opened=1&lang=en")
            slider = next(slider for name, slider in student.sliders.items() if name.endswith("-tvt_epochs"))
            assert slider.label == "Epochs"
            before = student.received
            await student.move("tvt_epochs", list(slider.options).index("3"))
            assert student.received > before + 1_000
            assert any(name.endswith("-tvt-start") for name in student.buttons)  # three epochs are not recorded
            with pytest.raises(LookupError):
                await student.move("no_such_slider", 0)

    run(lesson())


def test_a_page_that_was_left_takes_nothing_away_from_the_next(url: str) -> None:
    """Its timer or its picture may ask once more when the next page has begun: that one stays whole."""

    async def lesson() -> None:
        async with Student(url) as student:
            await student.open("train_val_test", "opened=1")
            fragment = student.fragment_of("tvt_epochs")
            assert fragment
            await student.turn_to("text_generation", late=fragment)
            whole = set(student.sliders)
            await student.move("tg_left_temperature", 3)  # answered after whatever else was asked
            assert set(student.sliders) == whole

    run(lesson())


def test_a_run_leaves_the_path_of_imports_alone() -> None:
    """Streamlit changes it for each run unless the router's folder stands on it: who imports meanwhile misses one."""
    run_of_the_router = """
import sys
import streamlit_app
from streamlit.runtime.scriptrunner.exec_code import modified_sys_path
before = list(sys.path)
with modified_sys_path(streamlit_app.app.script_path):
    assert sys.path == before
"""
    subprocess.run([sys.executable, "-c", run_of_the_router], cwd=ROOT, check=True)


FAULTY = """
import streamlit as st
if st.slider("x", 0, 10, 0, key="x") == 3:
    raise ValueError("three")
"""


def test_a_class_notices_an_exception_and_a_cut_connection(tmp_path: Path) -> None:
    """What must never happen is seen when it does: an error on a page, and a server that dies."""
    script = tmp_path / "faulty.py"
    script.write_text(FAULTY)
    url, process = start_server(tmp_path, script=str(script))

    async def lesson() -> list[str]:
        async with Student(url) as student:
            await student.open("")
            assert not student.faults
            await student.move("x", 3)
            assert len(student.faults) == 1
            process.kill()
            with pytest.raises(ConnectionError):
                await student.move("x", 4)
            return student.faults

    try:
        faults = run(lesson())
    finally:
        stop_server(process)
    assert "three" in faults[0]


TOLD = """
import sys
sys.path.insert(0, {root!r})
import streamlit as st
from components.server import sessions
if not sessions._listeners:
    sessions.on_end(lambda session: 1 / 0)
    sessions.on_end(lambda session: open({file!r}, "a").write(session + chr(10)))
sessions.watch()
st.slider("x", 0, 10, key="x")
"""


def test_whoever_asks_is_told_when_a_tab_closes(tmp_path: Path) -> None:
    """Two tabs, one of which reruns: at the close of each its id is told, once, though another listener fails."""
    script, file = tmp_path / "told.py", tmp_path / "ended"
    script.write_text(TOLD.format(root=str(ROOT), file=str(file)))
    url, process = start_server(tmp_path, script=str(script))

    async def lesson() -> None:
        async with Student(url) as first, Student(url) as second:
            await first.open("")
            await second.open("")
            await second.move("x", 3)
            assert not file.exists()

    try:
        run(lesson())
        until(lambda: file.exists() and len(file.read_text().split()) == 2)
    finally:
        stop_server(process)
    assert len(set(file.read_text().split())) == 2


def test_a_closed_tab_is_followed_by_a_collection() -> None:
    """With Python's own collector off, a cycle goes within seconds after a session has ended, and not before."""

    class Cycle:
        pass

    memory.collect_behind_closed_tabs()
    gc.disable()
    try:
        cycle = Cycle()
        cycle.itself = cycle  # type: ignore[attr-defined]
        left = weakref.ref(cycle)
        del cycle
        assert left() is not None
        sessions._tell("a session")
        until(lambda: left() is None, seconds=20)
    finally:
        gc.enable()


def test_what_a_closed_tab_held_is_released_within_five_seconds() -> None:
    """Each session once, off the thread that serves everybody; a release that fails keeps nobody else from theirs."""
    released: list[tuple[str, float, str]] = []

    def release(session: str) -> None:
        released.append((session, time.monotonic(), threading.current_thread().name))
        if session == "first":
            raise ValueError(session)

    memory.collect_behind_closed_tabs(release)
    closed = time.monotonic()
    for session in ("first", "second", "third"):
        sessions._tell(session)
    until(lambda: len(released) == 3, seconds=20)
    assert [session for session, _when, _thread in released] == ["first", "second", "third"]
    assert {thread for _session, _when, thread in released} == {"collector"}
    assert max(when for _session, when, _thread in released) - closed < 5


def test_what_the_server_started_with_is_not_looked_through_again() -> None:
    """After `freeze`, the objects that were alive are out of the collector's sight."""
    known: list[dict[str, int]] = [{} for _ in range(1_000)]
    memory.freeze()
    try:
        frozen = gc.get_freeze_count()
        assert frozen > len(known)
        tracked = {id(thing) for thing in gc.get_objects()}
        assert not any(id(thing) in tracked for thing in known)
    finally:
        gc.unfreeze()


def test_an_amphitheatre_may_keep_its_files_open() -> None:
    """A process that may open 256 files, as on macOS, may open thousands afterwards, if the system lets it."""
    resource = pytest.importorskip("resource")
    script = (
        "import resource as r; most = r.getrlimit(r.RLIMIT_NOFILE)[1]; r.setrlimit(r.RLIMIT_NOFILE, (256, most))\n"
        "from components.server.sessions import allow_many; allow_many(); print(r.getrlimit(r.RLIMIT_NOFILE)[0])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    wanted = 8_192 if most == resource.RLIM_INFINITY else min(8_192, most)
    assert int(done.stdout.split()[-1]) == wanted


def test_thirty_who_ask_at_once_wait_for_one_computation() -> None:
    """The body runs once for each argument, though all thirty ask before it ends; all get the same object."""
    asked: list[int] = []
    computed: list[str] = []
    all_asked = threading.Condition()

    @once(2)
    def compute(name: str) -> list[str]:
        with all_asked:
            assert all_asked.wait_for(lambda: len(asked) == 30, timeout=60)
        computed.append(name)
        return [name]

    results: list[list[str]] = []

    def ask(number: int) -> None:
        with all_asked:
            asked.append(number)
            all_asked.notify_all()
        results.append(compute("ab"[number % 2]))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(computed) == ["a", "b"]
    assert len({id(result) for result in results}) == 2


def test_a_computation_that_fails_is_tried_again_by_whoever_waited() -> None:
    """An error is kept for nobody; afterwards the cache holds the result, and forgets it when told to."""
    tried: list[int] = []

    @once()
    def compute() -> int:
        tried.append(len(tried))
        if len(tried) == 1:
            raise OSError("the disk is busy")
        return len(tried)

    with pytest.raises(OSError, match="busy"):
        compute()
    assert [compute(), compute()] == [2, 2]
    compute.cache_clear()
    assert compute() == 3


PURE = {"write_number", "stem", "bare"}
"""Cheap and without effects: computed twice, nothing is lost, and their cache must be fast."""


def test_no_cache_lets_two_threads_compute_the_same() -> None:
    """What is kept for a process is kept by `once`; `functools` only for what is cheap and pure."""
    kept = re.compile(r"^@(?:functools\.)?(?:lru_cache|cache)\b.*\n(?:@.*\n)*def (\w+)", re.MULTILINE)
    found = {(path.relative_to(ROOT).as_posix(), name) for folder in ("core", "components", "pages")
             for path in (ROOT / folder).rglob("*.py") for name in kept.findall(path.read_text())}  # fmt: skip
    assert {name for _path, name in found} == PURE, found
