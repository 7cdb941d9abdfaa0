"""How fast a head learns beside scikit-learn's, and the base looks beside the package's; the page under the finger."""

from __future__ import annotations

import time
import warnings
from dataclasses import replace

import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from core.tasks.registry import frames
from core.tasks.signs import base
from core.tasks.signs.looking import CHUNK, Seen, as_taken, features, to_inputs
from core.tasks.signs.photos import load, pixels
from core.tasks.signs.settings import ALL, SignsSettings, usual
from core.tasks.signs.splits import drawn, split
from tests.benchmarks.shared import Results, browser, milliseconds, open_tab, ratio, server

BARS = {"head_vs_sklearn": ("<=", 1.0), "photos_per_second_vs_bare": (">=", 0.9), "tl_drag_ms": ("<=", 16.7)}
ROUNDS = 5
LOOKED_AT = 96
STOPS = range(2, 150, 3)
"""Iterations after which scikit-learn's is asked how accurate it is; it has converged before the last."""
MOVES = 200


def head_vs_sklearn() -> Results:
    """Train our head on all photos; then scikit-learn's logistic regression, as long as it needs for our accuracy.

    The same model for both, on one thread: a dense softmax without dropout. The head with the course's dropout, whose
    masks are most of its time and which a logistic regression has not, stands beside it.
    """
    plain = replace(usual("imagenet", ALL), dropout=0.0)
    with threadpool_limits(1):
        reference = _Logistic()
        ours, with_dropout = (_head(settings, reference) for settings in (plain, usual("imagenet", ALL)))
    return {"head_vs_sklearn": ours, "head_with_dropout_vs_sklearn": with_dropout}


class _Logistic:
    """Scikit-learn's logistic regression on all photos, stopped after more and more iterations.

    Attributes:
        accuracies: on people never seen, after each number of iterations of `STOPS`.
    """

    def __init__(self) -> None:
        signs, seen = load().signs, features()
        learned, asked = drawn("people", ALL, 1), split("people").validation
        self.given, self.asked = (seen[learned], signs[learned]), (seen[asked], signs[asked])
        self.accuracies = [float(self.fit(stop).score(*self.asked)) for stop in STOPS]

    def fit(self, iterations: int) -> LogisticRegression:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            return LogisticRegression(max_iter=iterations).fit(*self.given)

    def to_stay(self, accuracy: float) -> int:
        """Return the iterations after which it is as accurate, and stays so: what it loses again was luck."""
        below = [stop for stop, found in zip(STOPS, self.accuracies, strict=True) if found < accuracy]
        return min(below[-1] + STOPS.step, STOPS[-1]) if below else STOPS[0]


def _head(settings: SignsSettings, reference: _Logistic) -> dict[str, float | str]:
    """Return the seconds of our head ÷ the reference's to the same accuracy, both the fastest of some rounds."""
    torch.set_num_threads(1)
    runs = [list(frames(replace(settings, seed=seed)))[-1] for seed in range(1, ROUNDS + 1)]
    accuracy = 1 - sum(run.metrics["validation_error"] for run in runs) / ROUNDS
    needed, times = reference.to_stay(accuracy), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        reference.fit(needed)
        times.append(time.perf_counter() - began)
    about = {"accuracy": round(accuracy, 4), "iterations": needed}
    return ratio(min(run.seconds for run in runs) / min(times)) | about


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
