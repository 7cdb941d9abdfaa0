"""What the predicted speed of writing is worth on this machine, and the speed of the picture under the finger."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from core.measurement import alone
from core.model_size.chosen import of_preset
from core.model_size.presets import presets
from core.model_size.timed import measured_of
from core.model_size.timing import MODULE
from tests.benchmarks.shared import Results, browser, milliseconds, open_tab, ratio, server

BARS = {"speed_prediction_error": ("<=", 0.3), "size_slider_ms": ("<=", 16.7)}
MOVES = 200
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


def size_slider_ms() -> Results:
    """Work of one move of a size slider: handler start → blocks, figures and axis laid out; p95 of 200 moves.

    Width and layers in turn, on a model with experts and with another one pinned: what draws most; the slower one of
    Mixtral's eight experts, each a tile, and of 256.
    """
    found = {f"size_slider_{experts}_experts_ms": _moved(experts) for experts in (8, 256)}
    return {"size_slider_ms": max(found.values(), key=itemgetter("value")), **found}


def _moved(experts: int) -> dict[str, Any]:
    model = of_preset(presets()["mixtral_8x7b"]) | {"experts": experts}
    where = "&".join(f"ms_{name}={value}" for name, value in model.items()).lower()
    pin = "gpt2,true,12,768,12,12,3072,50257,1024,0,8,2,fp16"
    with browser() as running, server() as url:
        page = open_tab(running, f"{url}/model_size?opened=1&lang=en&{where}&ms_pin={pin}")
        sliders = [page.get_by_role("slider", name=name, exact=True) for name in ("Width", "Layers")]
        page.evaluate("window.curseursMoves = []")
        for move in range(MOVES):
            sliders[move % 2].press("ArrowRight" if move % 16 < 8 else "ArrowLeft")
        durations: list[float] = page.evaluate("window.curseursMoves")
    return milliseconds(sorted(durations)[int(0.95 * len(durations))]) | {"moves": len(durations)}


BENCHES = (speed_prediction_error, size_slider_ms)
