"""What the model of this machine is worth, and the speed of the picture under the finger."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from core.gpu.measuring import MODULE, MOST_SECONDS
from core.gpu.recorded import CARDS, card, measured_of
from core.measurement import alone
from tests.benchmarks.shared import Results, browser, milliseconds, open_tab, ratio, server

BARS = {"roofline_median_error": ("<=", 0.25), "gpu_drag_ms": ("<=", 16.7)}
MOVES = 200


def roofline_median_error() -> Results:
    """Measure this machine now; the worst line's median relative error on points left out of the fit.

    Of two rounds each point keeps its faster time: the other was disturbed. Beside it, without a bar, the error of the
    recorded cards' worst line.
    """
    rounds = [alone(MODULE, MOST_SECONDS) for _ in range(2)]
    fastest: dict[tuple[object, ...], float] = {}
    for row in (row for each in rounds for row in each["rows"]):
        place = _place(row)
        fastest[place] = min(row["seconds"], fastest.get(place, math.inf))
    rows = [row | {"seconds": fastest[_place(row)]} for row in rounds[0]["rows"]]
    here = measured_of(rounds[0] | {"rows": rows})
    found = {f"roofline_error_{name}": ratio(line.error) for (name, _precision), line in here.lines.items()}
    recorded = [line.error for name in CARDS for line in card(name).lines.values()]
    worst = max(line.error if math.isfinite(line.error) else 1.0 for line in here.lines.values())
    about = {"busy": here.busy, "threads": here.threads}
    return {
        "roofline_median_error": ratio(worst) | about,
        **found,
        "roofline_error_recorded_cards": ratio(max(recorded)),
    }


def _place(row: Mapping[str, Any]) -> tuple[object, ...]:
    return row["line"], row["precision"], row["width"], row["batch"]


def gpu_drag_ms() -> Results:
    """Work of one move of the ruler: handler start → lines, verdict and bar redrawn and laid out; p95 of 200 moves."""
    with browser() as running, server() as url:
        page = open_tab(running, f"{url}/gpu?gpu_batch=32&lang=en")
        ruler = page.get_by_role("slider", name="Ruler on the chart")
        page.evaluate("window.curseursMoves = []")
        for move in range(MOVES):
            ruler.press("ArrowRight" if move % 8 < 4 else "ArrowLeft")
        durations: list[float] = page.evaluate("window.curseursMoves")
    return {"gpu_drag_ms": milliseconds(sorted(durations)[int(0.95 * len(durations))]) | {"moves": len(durations)}}


BENCHES = (roofline_median_error, gpu_drag_ms)
