"""Every sentence of the chat's lesson on tools and code that states a fact, computed from what is recorded or runs."""

from __future__ import annotations

from core.chat import code_asks, code_run, tool_asks


def test_tools_chosen() -> None:
    """7 of 12 right; hello has the calculator called."""
    told = {name: found for name, (found, _without) in tool_asks.recorded().items()}
    assert list(told) == list(tool_asks.ASKS)
    assert (sum(told[name].picked == ask.right for name, ask in tool_asks.ASKS.items()), len(told)) == (7, 12)
    assert told["hello"].picked == "calculator"


def test_tool_helps() -> None:
    """391 stands in the answer with the calculator, and not in the one without."""
    told, without = tool_asks.recorded()["product"]
    assert "391" in told.answer
    assert "391" not in without


def test_tool_cannot_help() -> None:
    """15 * 240, not a hundredth of it; 36 stands in no answer."""
    told, without = tool_asks.recorded()["percent"]
    assert told.calls[0].arguments == {"expression": "15 * 240"}
    assert "36" not in told.answer + without


def test_code_bounds() -> None:
    """An endless loop, ten gigabytes, a file, the network: each ends, within two seconds and 256 MB."""
    assert (code_run.SECONDS, code_run.MEMORY) == (2, 256 * 2**20)
    assert code_run.run("while True: pass").kind == "time"
    assert code_run.run("[0] * 10**10").kind == "memory"
    assert "PermissionError" in code_run.run("open('/etc/passwd')").error
    assert "ModuleNotFoundError" in code_run.run("import socket").error


def test_code_seldom_right() -> None:
    """None of seven; `asyncio.Thread` is among what failed. What is recorded of a run is what a run gives."""
    written = code_asks.recorded()
    assert list(written) == list(code_asks.ASKS)
    right = [name for name, ask in code_asks.ASKS.items() if written[name].is_right(ask.prints)]
    assert (right, len(written)) == ([], 7)
    assert "'asyncio' has no attribute 'Thread'" in (written["product"].ran or code_run.Ran("done")).error
    for name in ("evens", "primes"):
        assert code_run.run(written[name].code or "") == written[name].ran
