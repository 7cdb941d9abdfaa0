"""The occlusion map of a photo, for the browser to paint over it, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.language import _, percent
from components.transfer_learning import own_words as words
from core.transfer_learning.occlusion import Occlusion


def heat_of(found: Occlusion, names: Sequence[str]) -> dict[str, Any]:
    """Return what `own_heat.js` paints, and a sentence on the place that counts most; `names` are the classes'."""
    rows = len(found.drop)
    row, column = np.unravel_index(int(found.drop.argmax()), found.drop.shape)
    centre = (np.array([row, column]) * found.stride + found.patch / 2) / (found.stride * (rows - 1) + found.patch)
    before, worst = float(found.chances[found.predicted]), float(found.drop.max())
    said = _(
        "“{name}”: {before} on the photo as it is, {after} with a grey piece {place}, where it counts most.",
        name=names[found.predicted],
        before=percent(before, 0),
        after=percent(before - worst, 0),
        place=words.place(*centre),
    )
    return {"drop": [round(float(drop), 4) for drop in found.drop.ravel()], "rows": rows, "patch": found.patch,
            "stride": found.stride, "said": said}  # fmt: skip
