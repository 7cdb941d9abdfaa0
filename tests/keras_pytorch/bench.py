"""Speed of a step through the loop."""

from __future__ import annotations

from tests.benchmarks.shared import Results, browser, milliseconds, open_tab, server

BARS = {"trace_step_ms": ("<=", 16.7)}
STEPS = 200


def trace_step_ms() -> Results:
    """Work of one *next line*: button pressed → line lit, tensors drawn and laid out; p95 of 200 steps.

    Over all recorded turns of the loop on letters, forth and back.
    """
    with browser() as running, server() as url:
        page = open_tab(running, f"{url}/keras_pytorch?kp_turn=1&kp_piece=draw&lang=en")
        names = ("Next line", "One line back")
        forth, back = (page.get_by_role("button", name=name, exact=True) for name in names)
        page.evaluate("window.curseursMoves = []")
        for step in range(STEPS):
            (forth if step % 100 < 70 else back).click()
        durations: list[float] = page.evaluate("window.curseursMoves")
    return {"trace_step_ms": milliseconds(sorted(durations)[int(0.95 * len(durations))]) | {"moves": len(durations)}}


BENCHES = (trace_step_ms,)
