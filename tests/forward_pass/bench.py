"""Speed of the picture under the finger."""

from __future__ import annotations

from tests.benchmarks.shared import Results, browser, milliseconds, open_tab, server

BARS = {"forward_pass_drag_ms": ("<=", 16.7)}
MOVES = 300


def forward_pass_drag_ms() -> Results:
    """Work of one pointer move on a weight: handler start → every number updated and laid out; p95 of 300 moves.

    In the fullest picture: two layers, and their product beside them.
    """
    with browser() as running, server() as url:
        page = open_tab(running, f"{url}/forward_pass?fp_step=collapse&lang=en")
        box = page.locator("[data-at=w-0-0]").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.evaluate("window.curseursMoves = []")
        for move in range(MOVES):
            page.mouse.move(x + (move % 50) * 4 - 100, y)
        page.mouse.up()
        durations: list[float] = page.evaluate("window.curseursMoves")
    return {
        "forward_pass_drag_ms": milliseconds(sorted(durations)[int(0.95 * len(durations))]) | {"moves": len(durations)}
    }


BENCHES = (forward_pass_drag_ms,)
