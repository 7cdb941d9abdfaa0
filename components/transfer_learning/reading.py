"""What a run reads: its surest mistakes, sign by sign, and where it puts each photo."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.files import base64_of
from core.tasks.signs.photos import SIGNS, load
from core.tasks.signs.settings import SignsSettings
from core.tasks.signs.splits import split
from core.training.frames import Frame
from core.transfer_learning.maps import Map, map_of, pixels

SHOWN = 9
"""Mistakes."""


def panel_of(settings: SignsSettings, measured: Sequence[Frame]) -> dict[str, Any] | None:
    """Return what is shown of a finished run beside its curves; nothing where it was not measured."""
    last = measured[-1]
    if "read" not in last.arrays:
        return None
    places = split(settings.split).validation
    signs = load().signs[places]
    read, sure = last.arrays["read"], last.arrays["sure"].astype(np.float32)
    return {
        "photos": len(places),
        "mistakes": _mistakes(places, signs, read, sure),
        "signs": _by_sign(signs, read),
        "map": _map(settings, measured, places, signs),
    }


def image_address(index: int) -> str:
    """Return a photo as an address that holds all of it."""
    return f"data:image/webp;base64,{base64.b64encode(load().image(index)).decode()}"


def _mistakes(
    places: NDArray[np.int64], signs: NDArray[np.uint8], read: NDArray[np.uint8], sure: NDArray[np.float32]
) -> list[dict[str, Any]]:
    wrong = np.flatnonzero(read != signs)
    surest = wrong[np.argsort(-sure[wrong], kind="stable")][:SHOWN]
    return [
        {
            "image": image_address(int(places[at])),
            "sign": int(signs[at]),
            "read": int(read[at]),
            "sure": round(float(sure[at]), 4),
        }
        for at in surest
    ]


def _by_sign(signs: NDArray[np.uint8], read: NDArray[np.uint8]) -> list[dict[str, Any]]:
    """Return, for each sign, the share read right, and what it is most often taken for if at all."""
    found = []
    for sign in range(SIGNS):
        taken = np.bincount(read[signs == sign], minlength=SIGNS)
        wrong = taken.copy()
        wrong[sign] = 0
        right = float(taken[sign] / taken.sum())
        found.append({"right": round(right, 4), "taken": int(wrong.argmax()) if wrong.any() else None})
    return found


def _map(
    settings: SignsSettings, measured: Sequence[Frame], places: NDArray[np.int64], signs: NDArray[np.uint8]
) -> dict[str, Any] | None:
    """Return where photos lie before and after: a frozen base never changes, so that it is compared with the pixels."""
    after = map_of(measured[-1])
    if after is None:
        return None
    is_frozen = settings.way in {"random", "imagenet"}
    before = pixels(settings.split) if is_frozen else map_of(measured[0])
    assert before is not None
    kinds = ("pixels", "features") if is_frozen else ("base" if settings.is_tuned else "untrained", "trained")
    return {
        "numbers": base64_of(places.astype(np.uint16)),
        "signs": base64_of(signs),
        "before": {"kind": kinds[0], **_laid(before)},
        "after": {"kind": kinds[1], **_laid(after)},
    }


def _laid(found: Map) -> dict[str, Any]:
    places = np.clip(np.nan_to_num(found.places.astype(np.float32)) * 127, -127, 127).astype(np.int8)
    return {"places": base64_of(places), "kept": round(found.kept, 4), "alike": round(found.alike, 4)}
