"""What the predicted speed of writing is worth on this machine."""

from __future__ import annotations

from typing import Any

from core.measurement import alone
from core.model_size.timed import measured_of
from core.model_size.timing import MODULE
from tests.benchmarks.shared import Results, ratio

BARS = {"speed_prediction_error": ("<=", 0.3)}
SPEEDS = ("seconds", "writing", "reading")
PATIENCE = 600.0
"""Seconds for each round: nobody waits, and every point is wanted."""


def speed_prediction_error() -> Results:
    """Measure this machine and the models that are there, now; the worst relative error of a predicted writing speed.

    Of two rounds each point keeps its faster time: the other was disturbed. Beside it, without a bar, the error of each
    model, and that of reading.
    """
    rounds = [alone(MODULE, PATIENCE) for _ in range(2)]
    merged = [_faster(one, other) for one, other in zip(*(each["rows"] for each in rounds), strict=True)]
    found = measured_of(rounds[0] | {"rows": merged})
    names = {f"{each.preset}_{each.context}": each for each in found.compared}
    apart = {f"speed_error_writing_{name}": ratio(each.error) for name, each in names.items()}
    apart |= {f"speed_error_reading_{name}": ratio(abs(each.reading[0] / each.reading[1] - 1))
              for name, each in names.items()}  # fmt: skip
    worst = max(each.error for each in found.compared)
    return {"speed_prediction_error": ratio(worst) | {"busy": found.busy}, **apart}


def _faster(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return one | {name: min(one[name], other[name]) for name in SPEEDS if name in one}


BENCHES = (speed_prediction_error,)
