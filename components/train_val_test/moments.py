"""What the picture knows of each moment of a run: numbers, mistakes and their pictures, how one digit is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.files import deflated
from core.once import once
from core.runs.run import Run, SameRun
from core.tasks.digits import data as digits
from core.tasks.digits.data import Images
from core.tasks.digits.in_numpy import probabilities
from core.training.frames import Frame

SHOWN = 10
"""Mistakes of a moment that the picture has room for; runs keep twelve."""


def frames_of(run: Run | None, measured: Sequence[Frame]) -> list[dict[str, Any]]:
    """Return the moments of a run as the picture draws them; those of a run that is over are made once."""
    if run is None:
        return _frames(measured)
    return _finished(SameRun(run))[0]


def images_of(run: Run | None, measured: Sequence[Frame]) -> dict[str, Any]:
    """Return the pictures of all the mistakes of a run, each once."""
    if run is None:
        return _images(measured)
    return _finished(SameRun(run))[1]


def chances_of(measured: Sequence[Frame], image: Images) -> dict[str, Any]:
    """Return the probabilities of a picture (28, 28) at the moments whose weights are kept, and which these are."""
    moments = [index for index, frame in enumerate(measured) if frame.weights]
    if not moments:
        return {"moments": [], "chances": []}
    chances = probabilities([measured[index] for index in moments], image)
    rows = [[round(float(p), 4) if np.isfinite(p) else None for p in row] for row in chances]
    return {"moments": moments, "chances": rows}


@once(16)
def _finished(key: SameRun) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    return _frames(key.run.measured), _images(key.run.measured)


def _images(measured: Sequence[Frame]) -> dict[str, Any]:
    if not measured:
        return {"index": [], "pixels": ""}
    found = np.unique(np.concatenate([frame.arrays["mistakes/index"][:SHOWN] for frame in measured]))
    found = found[found >= 0]
    return {"index": found.tolist(), "pixels": deflated(digits.load("validation")[0][found])}


def _frames(measured: Sequence[Frame]) -> list[dict[str, Any]]:
    labels = digits.load("validation")[1]
    return [_frame(frame, labels) for frame in measured]


def _frame(frame: Frame, labels: np.ndarray) -> dict[str, Any]:
    columns = (frame.arrays[f"mistakes/{name}"][:SHOWN].tolist() for name in ("index", "predicted", "confidence"))
    return {
        "epoch": round(frame.epoch, 3),
        "train": _measured(frame, "train"),
        "validation": _measured(frame, "validation"),
        "confusion": frame.arrays["confusion"].reshape(-1).tolist(),
        # Without a probability no mistake is surer than another: `mistakes` in task.py gives it a confidence of 0.
        "mistakes": [[i, int(labels[i]), p, round(c, 3)] for i, p, c in zip(*columns, strict=True) if c > 0],
    }


def _measured(frame: Frame, split: str) -> dict[str, float | None]:
    values = {name: frame.metrics[f"{split}_{name}"] for name in ("error", "loss")}
    return {name: float(f"{value:.5g}") if np.isfinite(value) else None for name, value in values.items()}
