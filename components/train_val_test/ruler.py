"""The ruler: what the network got wrong, and thought of one digit, at each epoch of a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from components.in_browser import component, surroundings, transport_labels
from components.language import _
from core.files import base64_of
from core.runs.run import Run
from core.tasks.digits import data as digits
from core.tasks.digits.data import Images
from core.tasks.digits.in_numpy import probabilities
from core.training.frames import Frame


def ruler(run: Run, image: Images | None, frame: int, on_frame: Callable[[], None], *, key: str) -> int:
    """Show the ruler under a finished run; return the frame the student left it on.

    Args:
        run: a run on digits, with its weights.
        image: the student's own digit (28, 28), or None.
        frame: where the ruler stands at first.
        on_frame: called when the student has moved it.
        key: of the component.
    """
    data = surroundings() | run_data(run.run_id, run.measured) | {"frame": frame, "labels": _labels()}
    if image is not None:
        chances = np.nan_to_num(probabilities(run.measured, image), nan=-1.0)
        data["digit"] = {
            "image": base64_of(image),
            "probabilities": [[None if p < 0 else round(float(p), 5) for p in row] for row in chances],
        }
    result = component("train_val_test/ruler")(key=key, data=data, default={"frame": frame}, on_frame_change=on_frame)
    left_on = result.frame
    last = len(run.measured) - 1
    return min(max(int(left_on), 0), last) if isinstance(left_on, (int, float)) else last


def run_data(run_id: str, frames: list[Frame]) -> dict[str, Any]:
    """Return what the component draws of a run: numbers of each frame, and the pictures of all its mistakes."""
    labels = digits.load("validation")[1]
    mistaken = np.unique(np.concatenate([frame.arrays["mistakes/index"] for frame in frames]))
    mistaken = mistaken[mistaken >= 0]
    return {
        "run": run_id,
        "frames": [_frame_data(frame, labels) for frame in frames],
        "images": {"index": mistaken.tolist(), "pixels": base64_of(digits.load("validation")[0][mistaken])},
    }


def _frame_data(frame: Frame, labels: np.ndarray) -> dict[str, Any]:
    found = zip(
        *(frame.arrays[f"mistakes/{name}"].tolist() for name in ("index", "predicted", "confidence")), strict=True
    )
    return {
        "epoch": round(frame.epoch, 3),
        "train": _finite(frame.metrics["train_error"]),
        "validation": _finite(frame.metrics["validation_error"]),
        "confusion": frame.arrays["confusion"].reshape(-1).tolist(),
        "mistakes": [[i, int(labels[i]), p, round(c, 4)] for i, p, c in found if i >= 0],
    }


def _finite(value: float) -> float | None:
    return round(value, 6) if np.isfinite(value) else None


def _labels() -> dict[str, str]:
    moving = transport_labels(_("Epoch on the ruler"), back=_("One epoch back"), forward=_("One epoch forward"))
    return moving | {
        "epoch": _("epoch %s"),
        "matrix": _("Confusion matrix, validation digits"),
        "corner": _("true ↓ predicted →"),
        "cell": _("Digits %a taken for %b: %n"),
        "mistakes": _("Its surest mistakes"),
        "mistake": "%a → %b",
        "digit": _("What it thinks of your digit"),
    }
