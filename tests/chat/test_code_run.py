"""A model's Python, run for real: what it gives, and every way to break out or to go on for ever."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from core.chat import code_run
from core.chat.code_run import MODULES, MOST_MESSAGE, MOST_OUTPUT, MOST_VALUE, fenced, run
from core.files import ROOT
from tests.helpers import until


@pytest.fixture(scope="module", autouse=True)
def _ended() -> Iterator[None]:
    yield
    code_run.stop()


def test_a_program_gives_what_it_printed_and_its_last_value() -> None:
    """Lines printed in their order, and the last expression as Python writes it, comments and semicolons around it."""
    ran = run("import math\nprint('a', 1)\nprint('é')\nmath.sqrt(16); (1,\n 'ü')  # two\n")
    assert ran == code_run.Ran("done", "a 1\né\n", "(1, 'ü')")
    assert json.loads(json.dumps(ran.as_data()))["value"] == "(1, 'ü')"
    assert run("x = 1").value is None
    assert run("print(2)").value is None
    assert run("").kind == "done"


def test_nothing_of_one_run_is_left_for_the_next() -> None:
    """Another student's names are not there, and the process that ran them ends."""
    others = {child.pid for child in psutil.Process().children(recursive=True)}
    assert run("1").kind == "done"
    before = {child.pid for child in psutil.Process().children(recursive=True)} - others
    assert run("mine = 1\nmine").value == "1"
    until(lambda: not before & {child.pid for child in psutil.Process().children(recursive=True)})
    assert run("mine").error == "NameError: name 'mine' is not defined"


@pytest.mark.parametrize(
    ("code", "error", "line"),
    [
        ("a = 1\n\na / 0", "ZeroDivisionError", 3),
        ("def f(n):\n    return f(n + 1)\nf(0)", "RecursionError", 2),
        ("x = 1\ndef f(:\n", "SyntaxError", 2),
        ("'''", "SyntaxError", 1),
        ("1" + "+1" * 5_000, "", None),
        ("a = '\0'", "SyntaxError", 1),
        ("\n'\ud800'", "SyntaxError", 2),
        ("import os\nos.fork()", "AttributeError", 2),
        ("import subprocess", "ModuleNotFoundError", 1),
        ("import socket", "ModuleNotFoundError", 1),
        ("import ctypes", "ModuleNotFoundError", 1),
        ("import threading", "ModuleNotFoundError", 1),
        ("print(open('/etc/passwd').read())", "PermissionError", 1),
        ("open('/tmp/curseurs-written', 'w').write('x')", "PermissionError", 1),
        ("from pathlib import Path\nPath('/etc/passwd').read_text()", "PermissionError", 2),
        ("import os\nos.listdir('/')", "PermissionError", 2),
        ("import os\nos.environ['HOME']", "RuntimeError", 2),
        ("input('?')", "NameError", 1),
        ("raise TimeoutError('mine')", "TimeoutError: mine", 1),
        ("raise ValueError('x' * 10**6)", "ValueError", 1),
    ],
)
def test_an_error_is_said_with_its_line(code: str, error: str, line: int | None) -> None:
    """The program's mistakes, and every door that is not there: files, processes, the network, the environment."""
    ran = run(code)
    if not error:  # one that this Python cannot read, and that one may
        assert ran.kind in {"done", "error"}
        return
    assert (ran.kind, ran.line) == ("error", line)
    assert ran.error.startswith(error)
    assert len(ran.error) <= MOST_MESSAGE


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("print('begun')\nwhile True: pass", "time"),
        ("print('begun')\nkept = []\nwhile True: kept.append('x' * 1000)", "memory"),
        ("print('begun')\n[0] * 10**10", "memory"),
        ("print('begun')\npow(3, 10**9)", "memory"),
        ("print('begun')\n10**10**8", "killed"),
    ],
)
def test_a_bound_that_is_reached_ends_the_run_and_the_next_one_works(code: str, kind: str) -> None:
    """No end, no memory left, one operation that heeds no clock: what was printed stays, and the pool lives on."""
    ran = run(code)
    assert ran.kind == kind
    assert ran.output in {"begun\n", ""}  # one who is killed may take its last words along
    assert run("1 + 1").value == "2"


@pytest.mark.parametrize("code", ["print('x' * 10**8)", "while True: print('x' * 1000)"])
def test_output_is_kept_up_to_a_bound(code: str) -> None:
    """A hundred million characters at once, or without end: the first are shown, and why there are no more."""
    ran = run(code)
    assert ran.kind == "output"
    assert ran.output.startswith("xxx")
    assert len(ran.output) == MOST_OUTPUT


def test_a_huge_value_never_comes_here() -> None:
    """Ten million numbers are written down on the other side and cut there; this process stays as small as it was."""
    run("1")
    before = psutil.Process().memory_info().rss
    ran = run("[0] * 10**7")
    assert psutil.Process().memory_info().rss - before < 20e6
    assert ran.kind in {"done", "time", "memory"}
    long = run("'x' * 10**5")
    assert long.value == "'" + "x" * (MOST_VALUE - 1) + "…"


def test_sleep_holds_nobody_up() -> None:
    """An hour of sleep is over at once: another student waits for this worker."""
    slept = "import time\nbegun = time.monotonic()\ntime.sleep(3600)\ntime.monotonic() - begun < 5"
    assert run(slept).value == "True"


def test_what_a_model_is_told_it_may_import_is_there() -> None:
    """Each listed module can be imported, and none that would reach outside."""
    assert run("\n".join(f"import {name}" for name in MODULES)).kind == "done"
    for name in ("statistics", "numpy", "urllib", "multiprocessing", "sqlite3"):
        assert run(f"import {name}").error.startswith("ModuleNotFoundError")
        assert name not in MODULES
    said = code_run.told(lambda text, **values: text.format(**values))
    assert "json, math, random" in said
    assert "2 s" in said


def test_a_class_runs_at_once() -> None:
    """Twelve students press the button together: each gets an own answer, on few processes."""
    with ThreadPoolExecutor(12) as class_:
        found = list(class_.map(lambda n: run(f"sum(range({n}))").value, range(12)))
    assert found == [str(sum(range(n))) for n in range(12)]
    workers = [child for child in psutil.Process().children(recursive=True) if "monty" in child.name()]
    assert len(workers) <= code_run.AT_ONCE


def test_a_program_that_is_too_long_is_not_begun() -> None:
    """A megabyte of code is refused before anybody reads it."""
    assert run("#" * 10**6).kind == "too_long"


APP = """
import sys, threading, time, psutil
from core.chat import code_run
threading.Thread(target=code_run.run, args=("while True: pass",), daemon=True).start()
while not psutil.Process().children(recursive=True): time.sleep(0.01)
print("ready", flush=True)
sys.stdin.read()
{then}
"""


def runs(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("end", ["stop", "exit", "kill"])
def test_no_process_outlives_the_app(end: str) -> None:
    """Stopped, ended without being stopped, or killed while a program runs: the workers end with the app."""
    code = APP.format(then="code_run.stop()" if end == "stop" else "")
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as app:
        assert app.stdout is not None
        assert app.stdin is not None
        assert app.stdout.readline() == b"ready\n"
        workers = psutil.Process(app.pid).children(recursive=True)
        assert any(map(runs, workers))
        if end == "kill":
            os.kill(app.pid, signal.SIGKILL)
        app.stdin.close()
        app.wait()
    until(lambda: not any(map(runs, workers)))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("Voici :\n```python\nprint(1)\n```\nVoilà.", "print(1)"),
        ("```\nplain\n```\n```py\nx = 1\n\ny = 2\n```", "x = 1\n\ny = 2"),
        ("```json\n{}\n```\n~~~\nx\n~~~", "x"),
        ("  ```Python\n  if x:\n      y\n  ```", "if x:\n    y"),
        ("````python\n'''```'''\n````", "'''```'''"),
        ("```python\ncut = 1\nwhile", "cut = 1\nwhile"),
        ("```json\n{}\n```", None),
        ("no code, `x = 1` in a line", None),
        ("", None),
        ("```" * 20_000, None),
    ],
)
def test_the_first_python_block_of_an_answer_is_taken(answer: str, code: str | None) -> None:
    """Named blocks first, then unnamed ones; other languages never; one cut by the end of the answer still counts."""
    assert fenced(answer) == code
