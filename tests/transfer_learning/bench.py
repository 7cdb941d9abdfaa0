"""How fast a head learns beside scikit-learn's, and the base looks beside the package's; the page under the finger."""

from __future__ import annotations

import time
import warnings

import numpy as np
import torch

from core.tasks.registry import frames
from core.tasks.signs import base
from core.tasks.signs.looking import CHUNK, Seen, as_taken, features, to_inputs
from core.tasks.signs.photos import load, pixels
from core.tasks.signs.settings import ALL, usual
from core.tasks.signs.splits import drawn, split
from tests.benchmarks.shared import Results, browser, milliseconds, open_tab, ratio, server

BARS = {"head_vs_sklearn": ("<=", 1.0), "photos_per_second_vs_bare": (">=", 0.9), "tl_drag_ms": ("<=", 16.7)}
ROUNDS = 5
LOOKED_AT = 96
MOVES = 200


def head_vs_sklearn() -> Results:
    """Train our head on all photos; then scikit-learn's logistic regression, as long as it needs for our accuracy."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    torch.set_num_threads(1)
    settings, signs, seen = usual("imagenet", ALL), load().signs, features()
    learned, asked = drawn("people", ALL, 1), split("people").validation
    runs = [list(frames(settings))[-1] for _ in range(ROUNDS)]
    ours = min(run.seconds for run in runs)
    accuracy = 1 - runs[0].metrics["validation_error"]
    needed = 1
    while True:
        times = []
        for _ in range(ROUNDS):
            model = LogisticRegression(max_iter=needed)
            began = time.perf_counter()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ConvergenceWarning)
                model.fit(seen[learned], signs[learned])
            times.append(time.perf_counter() - began)
        theirs = float(model.score(seen[asked], signs[asked]))
        if theirs >= accuracy or needed > 1_000:
            break
        needed = int(needed * 1.5) + 1
    about = {"accuracy": round(accuracy, 4), "iterations": needed, "theirs": round(theirs, 4)}
    return {"head_vs_sklearn": ratio(ours / min(times)) | about}


def photos_per_second_vs_bare() -> Results:
    """Features of the same photos by our base and by the package's own network: one thread, the same batches."""
    from assets.models.efficientnet_lite0.make_features import package

    torch.set_num_threads(1)
    theirs, photos = package(), pixels()
    places = as_taken(range(LOOKED_AT))

    def bare() -> None:
        with torch.no_grad():
            for begin in range(0, LOOKED_AT, CHUNK):
                given = to_inputs(np.stack(list(photos[begin : begin + CHUNK]))).contiguous()
                theirs.extract_features(given).mean((2, 3))

    def ours() -> None:
        for _share in Seen(base.imagenet()).look(places):
            pass

    seconds = {ours: np.inf, bare: np.inf}
    for _ in range(ROUNDS):
        for work in seconds:
            began = time.perf_counter()
            work()
            seconds[work] = min(seconds[work], time.perf_counter() - began)
    about = {"photos_per_second": round(LOOKED_AT / seconds[ours])}
    return {"photos_per_second_vs_bare": ratio(seconds[bare] / seconds[ours]) | about}


def tl_drag_ms() -> Results:
    """Work of one move of the ruler: handler start → all redrawn and laid out; p95 of 200 moves."""
    with browser() as running, server() as url:
        page = open_tab(running, f"{url}/transfer_learning?tl_photos=5&lang=en")
        ruler = page.get_by_role("slider", name="Photos of each sign")
        page.evaluate("window.curseursMoves = []")
        for move in range(MOVES):
            ruler.press("ArrowRight" if move % 8 < 4 else "ArrowLeft")
        durations: list[float] = page.evaluate("window.curseursMoves")
    return {"tl_drag_ms": milliseconds(sorted(durations)[int(0.95 * len(durations))]) | {"moves": len(durations)}}


BENCHES = (head_vs_sklearn, photos_per_second_vs_bare, tl_drag_ms)
