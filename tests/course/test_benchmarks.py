"""`make bench` goes on when a part fails or is missing, says so, and still writes what it measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import main
from tests.benchmarks.classroom import Student, run
from tests.benchmarks.shared import server

GOOD = """
BARS = {"speed": (">=", 2.0), "memory": ("<=", 1.0)}
def speed():
    return {"speed": {"value": 3.0, "unit": "ratio"}, "detail": {"value": 7.0, "unit": "ms"}}
def memory():
    return {"memory": {"value": 5.0, "unit": "ratio"}}
BENCHES = (speed, memory)
"""
FAILING = """
import pytest
BARS = {"lost": ("<=", 1.0)}
def raises():
    raise OSError("no such model\\nat all")
def no_browser():
    pytest.fail("No Chromium")
BENCHES = (raises, no_browser)
"""
BROKEN = "import a_module_that_nobody_has\n"


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write three rooms of benchmarks beside each other: one broken, one failing, one good."""
    tests = tmp_path / f"scratch_{tmp_path.name}"
    for room, source in (("a", BROKEN), ("b", FAILING), ("c", GOOD)):
        (tests / room).mkdir(parents=True)
        (tests / room / "bench.py").write_text(source)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tests


def test_a_failing_or_missing_part_is_said_and_the_others_go_on(
    scratch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A module that cannot be imported, an error, a missing browser, a bar without a figure: each one FAILED line."""
    results = scratch / "results.json"
    assert main([], scratch, results) == 1
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    for name, reason in (("a/bench.py", "a_module_that_nobody_has"), ("raises", "OSError: no such model"),
                         ("no_browser", "No Chromium"), ("lost", "no figure")):  # fmt: skip
        assert "FAILED" in lines[name]
        assert reason in lines[name]
    assert "ok (bar >= 2)" in lines["speed"]
    assert "MISSED (bar <= 1)" in lines["memory"]
    written = json.loads(results.read_text())
    assert written["speed"]["value"] == 3.0
    assert written["detail"]["value"] == 7.0
    assert written["raises"] == {"failed": "OSError: no such model"}


def test_one_benchmark_can_be_run_again(scratch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a part of a name only that one runs; the other figures stay in the results."""
    results = scratch / "results.json"
    main([], scratch, results)
    (scratch / "a" / "bench.py").unlink()
    capsys.readouterr()
    assert main(["spe"], scratch, results) == 0
    assert "speed" in capsys.readouterr().out
    assert json.loads(results.read_text())["memory"]["value"] == 5.0


TELLS = """
import json, pathlib, streamlit as st
names = ("runner.postScriptGC", "server.fileWatcherType", "client.toolbarMode", "theme.showWidgetBorder")
pathlib.Path({file!r}).write_text(json.dumps([st.get_option(name) for name in names]))
"""


def test_the_stock_app_has_the_settings_that_streamlit_comes_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither our config.toml nor a variable of ours reaches an app that is served from a folder of its own."""
    monkeypatch.setenv("STREAMLIT_RUNNER_POST_SCRIPT_GC", "false")
    script, file = tmp_path / "tells.py", tmp_path / "told.json"
    script.write_text(TELLS.format(file=str(file)))

    async def open_it() -> None:
        async with Student(url) as student:
            await student.open("")

    with server(str(script)) as url:
        run(open_it())
    assert json.loads(file.read_text()) == [True, "auto", "auto", None]
