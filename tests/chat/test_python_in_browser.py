"""Python in the browser, as its worker runs it: what it gives, what ends it, and that it reaches no network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from core.files import ROOT

RUNNER = (ROOT / "components/chat/python_runner.js").read_text(encoding="utf-8").replace("export function", "function")
START = f"""() => {{ {RUNNER}
    const python = runner(new URL("/pyodide/worker.js", location.href), 4);
    window.ran = (code) => python.run(code, () => {{}});
    window.stop = () => python.stop();
}}"""


@pytest.fixture(scope="module")
def asked(student: BrowserContext, url: str) -> Iterator[tuple[Page, list[str]]]:
    """Give a page of this origin with a runner, and the addresses that it asks for."""
    page, addresses = student.new_page(), []
    page.on("request", lambda request: addresses.append(request.url))
    page.goto(f"{url}/assets/favicon.png")
    page.evaluate(START)
    yield page, addresses
    page.close()


def ran(page: Page, code: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("(code) => ran(code)", code)
    return found


def test_python_runs_and_nothing_comes_from_elsewhere(asked: tuple[Page, list[str]], url: str) -> None:
    """Output, value, error with its line, the standard library; each program starts anew; five files, all ours."""
    page, addresses = asked
    assert ran(page, "print('né')\nmine = 6 * 7\nmine") == {
        "kind": "done", "output": "né\n", "value": "42", "error": "", "line": None,
    }  # fmt: skip
    assert ran(page, "mine")["error"] == "NameError: name 'mine' is not defined"
    assert ran(page, "import statistics, sqlite3, json\nstatistics.mean([1, 2])")["value"] == "1.5"
    found = ran(page, "a = 1\n\na / 0")
    assert (found["kind"], found["error"], found["line"]) == ("error", "ZeroDivisionError: division by zero", 3)
    assert ran(page, "def f(:")["line"] == 1
    loaded = {address.removeprefix(f"{url}/pyodide/") for address in addresses if "pyodide" in address}
    assert loaded == {"worker.js", "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"}
    assert all(address.startswith(url) for address in addresses)


def test_no_program_reaches_the_network(asked: tuple[Page, list[str]]) -> None:
    """Through JavaScript, its prototypes, text evaluated as such, Pyodide's loader, sockets: every door is shut."""
    page, addresses = asked
    before = len(addresses)
    for code in (
        "import js\njs.fetch('https://example.com')",
        "import js\njs.Object.getPrototypeOf(js.Object.getPrototypeOf(js.globalThis)).fetch",
        "from pyodide.code import run_js\nrun_js('import(\"https://example.com/x.js\")')",
        "import js\njs.XMLHttpRequest.new()",
        "import js\njs.WebSocket.new('wss://example.com')",
        "import urllib.request\nurllib.request.urlopen('http://example.com')",
        "import socket\nsocket.create_connection(('127.0.0.1', 80), 1)",
        "import numpy",
    ):
        assert ran(page, code)["kind"] == "error", code
    ran(page, "import pyodide_js\npyodide_js.loadPackage('numpy')\n0")
    assert addresses[before:] == []


def test_what_a_program_leaves_speaks_in_none_that_follows(asked: tuple[Page, list[str]]) -> None:
    """A promise that fails after its program's end, held in a circle, is not written into the next one's output."""
    page, _addresses = asked
    left = "held = [pyodide_js.loadPackage('numpy')]\nheld.append(held)\n0"
    ran(page, f"import pyodide_js\n{left}")
    assert ran(page, "import gc\ngc.collect()\nprint('mine')")["output"] == "mine\n"


def test_every_bound_ends_a_program_and_the_next_one_runs(asked: tuple[Page, list[str]]) -> None:
    """No end, Stop, too much printed, too much memory, messages of its own: a reason, and Python comes again."""
    page, _addresses = asked
    assert ran(page, "print('begun')\nwhile True: pass") | {"line": None} == {
        "kind": "time", "output": "begun\n", "value": None, "error": "", "line": None,
    }  # fmt: skip
    printed = ran(page, "while True: print('x' * 99)")
    assert (printed["kind"], len(printed["output"])) == ("output", 20_000)
    page.evaluate("() => { window.stopped = ran('while True: pass'); stop() }")
    assert page.evaluate("() => stopped")["kind"] == "stopped"
    assert ran(page, "kept = []\nwhile True: kept.append(b'y' * 10**6)")["error"] == "MemoryError"
    assert ran(page, "import js\njs.postMessage('x')\njs.postMessage(None)\n'still here'")["value"] == "'still here'"
